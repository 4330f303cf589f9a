//! The recipes in `docs/recipes`: small projects of other people's generators, which have the page
//! in them. Here each is built by the generator that it is for, with the address of a test's server
//! in it, so that the browser tests can meet it as readers do.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::files;
use crate::run::{program, root, run, target};

/// Where the recipes are.
const RECIPES: &str = "docs/recipes";

/// The address in the recipes that whoever copies one replaces: that of the page's folder.
const CONFIGURATOR: &str = "https://example.com/configurator/";

/// The address of the pages themselves, for the one generator that must know it.
const OWN: &str = "https://example.com/docs/";

/// What the generators leave in a recipe that somebody has tried where it is. See
/// `docs/recipes/.gitignore`.
const LEFT_BEHIND: [&str; 5] = ["site", "_build", "node_modules", "dist", "cache"];

/// How the names of the browser tests begin that are about a recipe of [`build`] with a generator.
pub(crate) const TESTS: [&str; 2] = ["recipes::mkdocs", "recipes::sphinx"];

/// Copies the recipe of plain HTML, which needs no generator, into a folder called `plain`.
pub(crate) fn copy_plain(into: &Path, configurator: &str) -> Result<()> {
    copy("plain", &into.join("plain"), "", configurator)
}

/// Builds the recipes for MkDocs and Sphinx into folders called so, with a Python that has both.
/// `own` is the address of the folder around them.
pub(crate) fn build(python: &Path, into: &Path, own: &str, configurator: &str) -> Result<()> {
    let at = workshop("mkdocs");
    copy("mkdocs", &at, &format!("{own}mkdocs/"), configurator)?;
    // What it would say there is about its own future.
    let mut mkdocs = program(python);
    mkdocs.env("NO_MKDOCS_2_WARNING", "1").args([
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
    ]);
    run(mkdocs.arg(at.join("mkdocs.yml")).arg("--site-dir").arg(into.join("mkdocs")))?;

    let at = workshop("sphinx");
    copy("sphinx", &at, "", configurator)?;
    run(program(python)
        .args(["-m", "sphinx", "--fail-on-warning", "--quiet", "--doctree-dir"])
        .arg(at.join("doctrees"))
        .arg(&at)
        .arg(into.join("sphinx")))
}

/// Builds the recipe for VitePress into a folder called so, which lies at the path `base` of its
/// server. `installed` is [`crate::tools::vitepress`].
pub(crate) fn build_vitepress(
    installed: &Path,
    into: &Path,
    base: &str,
    configurator: &str,
) -> Result<()> {
    let at = installed.join("recipe");
    copy("vitepress", &at, "", configurator)?;
    let mut vitepress = program(installed.join("node_modules").join(".bin").join("vitepress"));
    run(vitepress
        .arg("build")
        .arg(&at)
        .args(["--base", &format!("{base}vitepress/"), "--outDir"])
        .arg(into.join("vitepress")))
}

/// Where a recipe is built.
fn workshop(name: &str) -> PathBuf {
    target().join("xtask").join("recipes").join(name)
}

/// Copies a recipe, with other addresses in it. Nothing stays of an earlier copy.
fn copy(name: &str, to: &Path, own: &str, configurator: &str) -> Result<()> {
    let from = root().join(RECIPES).join(name);
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    let mut replaced = 0;
    for file in files_of(&from)? {
        let text = files::text_of(&file)?;
        replaced += text.matches(CONFIGURATOR).count();
        files::write(
            &to.join(file.strip_prefix(&from)?),
            text.replace(CONFIGURATOR, configurator).replace(OWN, own),
        )?;
    }
    if replaced == 0 {
        bail!("{CONFIGURATOR} is nowhere in {}", from.display());
    }
    Ok(())
}

/// The files of a recipe, without what a generator has left there.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let entry = entry?;
        if LEFT_BEHIND.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            files.extend(files_of(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_other_addresses_and_nothing_else() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let to = folder.path().join("copy");
        files::write(&to.join("of-another-time"), "")?;
        copy("mkdocs", &to, "http://here/docs/", "http://there/")?;
        assert!(!to.join("of-another-time").exists());
        let settings = files::text_of(&to.join("mkdocs.yml"))?;
        assert!(
            settings.contains("site_url: http://here/docs/\n")
                && settings.contains("path: http://there/embed.js\n"),
            "{settings}"
        );
        for file in files_of(&to)? {
            assert!(!files::text_of(&file)?.contains("example.com"), "{}", file.display());
        }
        Ok(())
    }

    #[test]
    fn what_a_generator_left_is_no_part_of_a_recipe() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for name in [
            "index.md",
            "node_modules/vue/index.js",
            ".vitepress/config.js",
            ".vitepress/cache/x",
            ".vitepress/dist/index.html",
        ] {
            files::write(&folder.path().join(name), "")?;
        }
        let mut found = files_of(folder.path())?;
        found.sort();
        assert_eq!(
            found,
            [".vitepress/config.js", "index.md"].map(|name| folder.path().join(name))
        );
        Ok(())
    }

    /// Each says what is installed for it, and so it stands in the table of tools.
    #[test]
    fn every_recipe_is_told_of() -> Result<()> {
        let told = files::text_of(&root().join(RECIPES).join("README.md"))?;
        for entry in fs::read_dir(root().join(RECIPES))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(!entry.file_type()?.is_dir() || told.contains(&format!("]({name}/")), "{name}");
        }
        Ok(())
    }
}
