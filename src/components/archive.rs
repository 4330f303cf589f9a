//! All files of the output as one archive, which the worker creates.

use super::code_block::may_export;
use super::output::saved;
use crate::browser::worker::ask;
use crate::browser::{JsCast, JsValue, download};
use crate::messages::{ArchiveFile, Request, Response};
use crate::model::Model;
use configurator_core::choices::Shell;
use configurator_render::artifacts::OutputFile;
use leptos::prelude::*;

const FAILED: &str =
    "The archive could not be made: is the network there? Download the files one by one instead.";

/// Saves all files as one archive, unless the user must first be warned.
pub fn export_archive(model: Model) {
    let choices = model.choices.get_untracked();
    let files = OutputFile::bundle(&choices, &model.problems.get_untracked());
    let (has_placeholders, is_blocked) = unfinished(&files, choices.select.shell);
    if !may_export(model, has_placeholders, is_blocked) {
        return;
    }
    leptos::task::spawn_local(async move {
        let folder = folder(&files);
        let name = format!("{folder}.zip");
        let request = Request::CreateArchive { folder, files: archive_files(&files) };
        let is_saved = match ask(&request, &JsValue::UNDEFINED).await {
            Ok(answer) if matches!(answer.response, Response::ArchiveCreated) => answer
                .attachment
                .dyn_into()
                .is_ok_and(|archive| download::save(&name, &archive).is_ok()),
            _ => false,
        };
        model.say(if is_saved {
            saved(&name, has_placeholders, is_blocked)
        } else {
            FAILED.to_owned()
        });
    });
}

/// The name of the folder in the archive.
fn folder(files: &[OutputFile]) -> String {
    let first = files.first().and_then(|file| file.name.split('.').next());
    first.unwrap_or_default().to_owned()
}

fn archive_files(files: &[OutputFile]) -> Vec<ArchiveFile> {
    files
        .iter()
        .map(|file| ArchiveFile { name: file.name.clone(), text: file.saved().into_owned() })
        .collect()
}

/// Whether the files have placeholders or errors. The script for the other shell does not count:
/// the page lists no errors of it.
fn unfinished(files: &[OutputFile], shell: Shell) -> (bool, bool) {
    let other = match shell {
        Shell::Bash => ".ps1",
        Shell::PowerShell => ".sh",
    };
    let of_this = || files.iter().filter(|file| !file.name.ends_with(other));
    (of_this().any(|file| file.has_placeholders), of_this().any(|file| file.is_blocked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::link;

    fn files(link: &str) -> Vec<OutputFile> {
        OutputFile::bundle(&link::parse(link).choices, &[])
    }

    #[test]
    fn folder_is_named_like_the_script() {
        let files = files("#task=clean-up");
        assert_eq!(folder(&files), "clean-up-connected-registry");
        let files = archive_files(&files);
        assert!(files.iter().all(|file| file.name.starts_with("clean-up-connected-registry.")));
        assert!(files.iter().all(|file| file.text.contains("\r\n") == file.name.ends_with(".ps1")));
    }

    #[test]
    fn script_of_the_other_shell_does_not_count_as_unfinished() {
        // PowerShell cannot pass this text to a program.
        let link = "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=a";
        assert_eq!(unfinished(&files(link), Shell::Bash), (false, false));
        assert_eq!(unfinished(&files(""), Shell::Bash), (true, false));
        let file = |name: &str, is_blocked| OutputFile {
            name: name.to_owned(),
            text: String::new(),
            has_placeholders: is_blocked,
            is_blocked,
        };
        let files = [file("a.sh", false), file("a.ps1", true)];
        assert_eq!(unfinished(&files, Shell::Bash), (false, false));
        assert_eq!(unfinished(&files, Shell::PowerShell), (true, true));
    }
}
