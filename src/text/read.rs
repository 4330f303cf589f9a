//! The sentences about pasted text: what is wrong, what to do, and why it matters.

use crate::choices::{Shell, TextField};
use crate::shell::lexer::FaultKind;
use crate::text::fields;

// The shell.

/// What a fault of the shell is, and what to do.
pub(crate) fn fault(kind: FaultKind, said: &str, shell: Shell) -> String {
    let sign = if shell == Shell::Bash { "\\" } else { "`" };
    match kind {
        FaultKind::BlankAfterContinuation => format!("A blank stands behind the {sign} at the end of the line, so the command ends here. Remove the blank."),
        FaultKind::MissingContinuation if said.trim_start().starts_with('#') => {
            "A comment cannot stand within a command: the command ends here. Move the comment above it.".to_owned()
        }
        FaultKind::MissingContinuation => format!("The command ends here, but the next line belongs to it. Put {sign} at the end of this line."),
        FaultKind::StrayContinuation => format!("The {sign} makes the next line, another command, a part of this one. Remove it."),
        FaultKind::ContinuationInLine => format!("The {sign} within the line makes the blank behind it a part of the next word. Remove it."),
        FaultKind::OtherContinuation => {
            let name = if shell == Shell::Bash { "bash" } else { "PowerShell" };
            format!("In {name}, {} does not continue a line. Put {sign} there.", said.trim())
        }
        FaultKind::Typographic => {
            if shell == Shell::Bash {
                "A typographic quote, dash or blank of a word processor: bash takes it for a letter. Type it anew.".to_owned()
            } else {
                "A typographic dash or blank of a word processor: az may get it as it is. Type it anew.".to_owned()
            }
        }
        FaultKind::Placeholder => format!("The shell takes the angle brackets of {} for redirections. Put the value there, or quotes around it.", shown(said)),
        FaultKind::UnendedHereDocument => {
            if said.starts_with("<<") || said.starts_with('@') {
                "The text that begins here never ends: no line consists of the closing word alone. Add that line.".to_owned()
            } else {
                "The closing word must stand alone at the beginning of its line, without blanks. Remove them.".to_owned()
            }
        }
        FaultKind::UnendedQuote => "This quote is not closed before the next command. Close it, or remove it.".to_owned(),
        FaultKind::UnendedGroup => "What is opened here is never closed. Add what closes it.".to_owned(),
        FaultKind::OutputInHereDocument => {
            "Where this command fails, nobody sees it: the file is written all the same, with nothing in its place. Keep its output in a variable first."
                .to_owned()
        }
        FaultKind::ByteOrderMark => "The file begins with a byte order mark. Save it as UTF-8 without one.".to_owned(),
        FaultKind::CarriageReturn => "The line ends are those of Windows. Save the file with LF line ends.".to_owned(),
        FaultKind::Prompt => "The prompt was copied with the command. Remove it.".to_owned(),
    }
}

pub(crate) const BLANK_AFTER_CONTINUATION_WHY: &str = "Only as the very last character does it continue the line. Otherwise the command ends there, and the next line is an error of its own.";
pub(crate) const MISSING_CONTINUATION_WHY: &str = "The shell takes the line for the whole command, without these options; the next one is an error of its own.";
pub(crate) const STRAY_CONTINUATION_WHY: &str =
    "az gets the next command as arguments and refuses both, or does something else.";
pub(crate) const CONTINUATION_IN_LINE_WHY: &str = "The next word then begins with a blank: a configuration key az sends with it, elsewhere it refuses the command.";
pub(crate) const OTHER_CONTINUATION_WHY: &str = "Each shell has a sign of its own; with the other one the command ends at the end of its first line.";
pub(crate) const TYPOGRAPHIC_WHY: &str =
    "They become part of the value, or hide an option from az.";
pub(crate) const UNQUOTED_PLACEHOLDER_WHY: &str = "bash looks for a file of the first word or reports a syntax error; PowerShell reports an error. Neither says that a value is missing.";
pub(crate) const HERE_DOCUMENT_UNENDED_WHY: &str =
    "The shell takes all that follows for the text, the next commands included, or waits for more.";
pub(crate) const QUOTE_UNENDED_WHY: &str = "All up to the next quote becomes one argument.";
pub(crate) const GROUP_UNENDED_WHY: &str =
    "The shell waits for more, or reports a syntax error, and runs nothing of it.";
pub(crate) const COMMAND_IN_HERE_DOCUMENT_WHY: &str = "Not even set -e stops there: bash writes an empty value, and the deployment fails later, elsewhere.";
pub(crate) const BYTE_ORDER_MARK_WHY: &str = "bash takes it for the beginning of the first command's name; az refuses a JSON file that has one.";
pub(crate) const CARRIAGE_RETURN_WHY: &str = "bash keeps the carriage return as part of the last word of each line, and a \\ before it continues nothing.";
pub(crate) const PROMPT_COPIED_WHY: &str =
    "The shell looks for a command that is called like the prompt.";
pub(crate) const CODE_FENCE_UNCLOSED: &str =
    "Nothing closes the code block that begins here. Close it with a fence of its own.";
pub(crate) const CODE_FENCE_UNCLOSED_WHY: &str = "Some readers end it with what it stands in, others run on to the next fence and take the text in between for commands.";
pub(crate) fn secret_in_command(what: &str) -> String {
    format!(
        "{what} stands in the text. Put a variable or a placeholder there, and change it if others have seen this text."
    )
}
pub(crate) const A_PASSWORD: &str = "A password";
pub(crate) const A_CONNECTION_STRING: &str = "A connection string with its password";
pub(crate) const A_PRIVATE_KEY: &str = "A private key";
pub(crate) const SECRET_IN_COMMAND_WHY: &str = "What stands in a command is in the shell's history and, while it runs, visible to other users of the machine.";
pub(crate) fn too_long(bytes: usize, limit: usize) -> String {
    format!("The text has {bytes} bytes; up to {limit} are read. Give the part with the commands.")
}
pub(crate) const TEXT_TOO_LONG_WHY: &str = "A limit keeps any text from stopping the page.";
pub(crate) fn file_encoding(file: &str) -> String {
    format!(
        "Windows PowerShell 5.1 writes {} as UTF-16, or with a byte order mark. Write -Encoding ascii.",
        shown(file)
    )
}
pub(crate) const FILE_ENCODING_WHY: &str = "az k8s-extension refuses a JSON file in UTF-16 or with a byte order mark. PowerShell 7 writes UTF-8 without one.";
pub(crate) fn bash_in_powershell(program: &str) -> String {
    format!(
        "{program} is not a command of PowerShell, and Windows has no such program. On Windows, write it in PowerShell."
    )
}
pub(crate) const BASH_IN_POWERSHELL_WHY: &str =
    "PowerShell reports an unknown command, and nothing comes of what was to pass through it.";

// The CLI.

pub(crate) fn unknown_command(said: &str, likely: Option<&str>, known: &[&str]) -> String {
    match likely {
        Some(likely) => {
            format!("az has no command \"{}\". Did you mean \"{likely}\"?", shown(said))
        }
        None => format!("az has no command \"{}\". There are: {}.", shown(said), known.join(", ")),
    }
}
pub(crate) const UNKNOWN_COMMAND_WHY: &str = "az stops before it does anything.";
pub(crate) fn unknown_option(option: &str, command: &str, likely: Option<&str>) -> String {
    match likely {
        Some(likely) => {
            format!("az {command} has no option {}. Did you mean {likely}?", shown(option))
        }
        None => format!(
            "az {command} has no option {}. Remove it, or look at az {command} --help.",
            shown(option)
        ),
    }
}
pub(crate) const UNKNOWN_OPTION_WHY: &str = "az refuses the whole command.";
pub(crate) fn option_of_another(option: &str, command: &str, other: &str) -> String {
    format!("{} is an option of az {other}, not of az {command}. Remove it.", shown(option))
}
pub(crate) const OPTION_OF_ANOTHER_WHY: &str = "az refuses the whole command.";
pub(crate) fn abbreviated_option(option: &str, whole: &str) -> String {
    format!("az takes {} for {whole}. Spell it out.", shown(option))
}
pub(crate) const ABBREVIATED_OPTION_WHY: &str =
    "A new option that begins the same makes it ambiguous, and az then refuses the command.";
pub(crate) fn no_value(option: &str) -> String {
    format!("{} needs a value, and none follows. Add it.", shown(option))
}
pub(crate) fn too_many_values(option: &str, most: usize, word: &str) -> String {
    if most == 0 {
        format!(
            "{} takes no value; {} belongs to nothing. Remove it, or put quotes around what belongs together.",
            shown(option),
            shown(word)
        )
    } else {
        format!(
            "{} takes one value; {} belongs to nothing. Remove it, or put quotes around what belongs together.",
            shown(option),
            shown(word)
        )
    }
}
pub(crate) const OPTION_VALUES_WHY: &str = "az refuses the whole command.";
pub(crate) fn unquoted_schedule(schedule: &str) -> String {
    format!(
        "Put quotes around {}: without them the shell puts names of files in the place of each *.",
        shown(schedule)
    )
}
pub(crate) fn stray_word(word: &str, command: &str) -> String {
    format!(
        "az {command} takes options only; {} belongs to none. Remove it, or name its option.",
        shown(word)
    )
}
pub(crate) const STRAY_WORD_WHY: &str = "az refuses the whole command.";
pub(crate) fn option_value(
    option: &str,
    value: &str,
    choices: &[String],
    likely: Option<&str>,
) -> String {
    match likely {
        Some(likely) => {
            format!("{} cannot be {}. Did you mean {likely}?", shown(option), shown(value))
        }
        None => format!(
            "{} cannot be {}. It can be: {}.",
            shown(option),
            shown(value),
            choices.join(", ")
        ),
    }
}
pub(crate) const OPTION_VALUE_WHY: &str =
    "az compares it with its list, in any case of letters, and refuses everything else.";
pub(crate) fn setting_without_value(word: &str) -> String {
    format!("A setting is KEY=VALUE; {} has no =. Write key and value as one word.", shown(word))
}
pub(crate) const SETTING_WITHOUT_VALUE_WHY: &str = "az refuses the whole command.";
pub(crate) fn option_missing(option: &str, command: &str) -> String {
    format!("az {command} needs {option}, and it is not given. Add it.")
}
pub(crate) const OPTION_MISSING_WHY: &str =
    "az stops with exit status 2: \"the following arguments are required\".";
pub(crate) fn one_of(options: &[&str], command: &str, given: usize) -> String {
    let options = options.join(" or ");
    if given == 0 {
        format!("az {command} needs {options}. Add one of them.")
    } else {
        format!("az {command} takes {options}, not more than one of them. Remove the others.")
    }
}
pub(crate) const ONE_OF_WHY: &str = "az refuses the command before it asks Azure.";
pub(crate) fn list_repeated(option: &str) -> String {
    format!(
        "{option} is given more than once; az keeps the last only. Put all values behind one {option}."
    )
}
pub(crate) const LIST_REPEATED_WHY: &str = "There is no error: what was given first is silently left out. (For az acr token create and scope maps it is the other way round.)";
pub(crate) fn option_repeated(option: &str) -> String {
    format!("{option} is given more than once; az keeps the last only. Remove the others.")
}
pub(crate) const OPTION_REPEATED_WHY: &str =
    "There is no error: what was given first is silently left out.";
pub(crate) fn deprecated(what: &str, instead: Option<&str>) -> String {
    match instead {
        Some(instead) => format!("{what} is deprecated. Write {instead}."),
        None => format!("{what} is deprecated and hidden. Leave it out."),
    }
}
pub(crate) const DEPRECATED_WHY: &str =
    "It still works, with a warning; a later release may drop it.";
pub(crate) fn prompts(command: &str) -> String {
    format!("az {command} asks before it acts. Add --yes where nobody can answer.")
}
pub(crate) const PROMPTS_WHY: &str = "Without a terminal it ends: \"Unable to prompt for confirmation as no tty available\". Pasted with more lines, it may take the next one for the answer.";
pub(crate) fn may_prompt(command: &str) -> String {
    format!(
        "az {command} asks where the registry's data endpoint is off. Add --yes where nobody can answer: it then turns the endpoint on."
    )
}
pub(crate) const MAY_PROMPT_WHY: &str = "The data endpoint changes how every client of the registry connects, so it is better turned on first, by a command of its own.";
pub(crate) const VERSION_WITH_AUTO_UPGRADE: &str = "A version is pinned, and minor versions are upgraded automatically: both together are refused. Give --auto-upgrade-minor-version false with --version.";
pub(crate) const VERSION_WITH_AUTO_UPGRADE_WHY: &str = "On create az refuses it; on update the service does, by the release notes of k8s-extension 1.5.0.";
pub(crate) fn version_alone(creates: bool) -> String {
    if creates {
        "A version alone is refused by k8s-extension 1.9 (1.6 sent it). Add --auto-upgrade-minor-version false.".to_owned()
    } else {
        "A version alone says nothing about automatic upgrades, of whose default the sources disagree. Add --auto-upgrade-minor-version false.".to_owned()
    }
}
pub(crate) const VERSION_ALONE_WHY: &str = "The pair of both is what every version of the CLI extension takes; what the service makes of one alone is not documented.";
pub(crate) const DOUBLE_EQUALS: &str =
    "Two = signs: the second becomes the beginning of the value. Write one.";
pub(crate) const DOUBLE_EQUALS_WHY: &str =
    "az splits at the first = and sends the rest, sign and all, as the value, without a word.";
pub(crate) const CRICTL_NO_IMAGE: &str =
    "No image is given. Add ADDRESS/REPOSITORY:TAG, with the service IP as the address.";
pub(crate) fn crictl_no_repository(image: &str) -> String {
    format!("{} names no repository. Write ADDRESS/REPOSITORY:TAG.", shown(image))
}
pub(crate) const CRICTL_IMAGE_WHY: &str = "crictl pulls one image; an address alone is none.";
pub(crate) const SAN_REPEATED: &str =
    "subjectAltName is added twice. Give all names in one, with commas.";
pub(crate) const SAN_REPEATED_WHY: &str = "OpenSSL 3 stops with \"Duplicate extension\".";

// The extension's configuration.

pub(crate) fn key_unknown(key: &str) -> String {
    format!(
        "No documentation of the extension knows the key {}. Compare it with the glossary.",
        shown(key)
    )
}
pub(crate) const KEY_UNKNOWN_WHY: &str = "az sends every key and checks none; what the extension does with one that it does not know is not documented.";
pub(crate) fn key_misspelt(key: &str, likely: &str) -> String {
    format!("The key is spelled {likely}, not {}.", shown(key))
}
pub(crate) const KEY_MISSPELT_WHY: &str =
    "az sends every key as it is and checks none; nothing says that it is misspelt.";
pub(crate) fn key_obsolete(key: &str, instead: Option<&str>) -> String {
    match instead {
        Some(instead) => {
            format!("{} is of the documents of 2024. Today it is {instead}.", shown(key))
        }
        None => format!(
            "{} is of the documents of 2024, and nothing takes its place here. Leave it out.",
            shown(key)
        ),
    }
}
pub(crate) const KEY_OBSOLETE_WHY: &str = "Newer pages have other names, and say nothing of the old ones; whether newer extensions still read them is not documented.";
pub(crate) fn key_protected(key: &str) -> String {
    format!(
        "{key} belongs into the protected settings. Move it to --config-protected-file or --config-protected."
    )
}
pub(crate) const KEY_PROTECTED_WHY: &str =
    "What is in --config is shown to everybody who may look at the extension.";
pub(crate) fn key_value(key: &str, value: &str) -> String {
    format!("{key} is true or false, not {}.", shown(value))
}
pub(crate) const KEY_VALUE_WHY: &str = "az sends every value as it is.";
pub(crate) const SETTINGS_COMMA: &str =
    "Settings are put apart by blanks, not by commas. Write a blank.";
pub(crate) const SETTINGS_COMMA_WHY: &str = "az takes all behind the first = for the value.";
pub(crate) fn setting_required(what: &str) -> String {
    format!("The extension needs {what}, and none is given. Add it.")
}
pub(crate) const SETTING_REQUIRED_WHY: &str = "The documentation requires an address in the cluster's service CIDR, service.clusterIP, and a connection string in the protected settings.";
pub(crate) const INSTALL_WITHOUT_ENABLED: &str = "cert-manager.install=true with cert-manager.enabled=false: the chart rejects it. Set both to false.";
pub(crate) const TRUST_WITH_HTTP: &str = "Trust is distributed for a certificate, and plain HTTP has none. Set trustDistribution.enabled=false.";
pub(crate) const CERT_MANAGER_WITH_HTTP: &str =
    "cert-manager makes a certificate, and plain HTTP has none. Set both of its keys to false.";
pub(crate) const TLS_WITH_CERT_MANAGER: &str =
    "A certificate is given, and cert-manager is to make one. Set both of its keys to false.";
pub(crate) const SETTINGS_CONTRADICT_WHY: &str = "The documentation has these settings in other combinations only; the chart rejects some, and what others do is not documented.";
pub(crate) const CLUSTER_TYPE: &str =
    "The connected registry extension runs on Arc-enabled clusters. Write connectedClusters.";
pub(crate) const CLUSTER_TYPE_WHY: &str = "The CLI knows other types for other extensions.";
pub(crate) const SCHEDULE_WITHOUT_WINDOW: &str =
    "A schedule needs a window, and none is given. Add --sync-window, PT4H for instance.";
pub(crate) const SCHEDULE_WITHOUT_WINDOW_WHY: &str = "The CLI's help says that it is required with a schedule, and does not check it. On update, the window from before may still be there.";
pub(crate) const DELETE_LEAVES: &str =
    "Without --cleanup the sync token and its scope map stay. Add it, if they are to go.";
pub(crate) const DELETE_LEAVES_WHY: &str = "They still give access to the registry's repositories.";

// The protected settings.

pub(crate) fn not_json(what: NotJson) -> String {
    let what = match what {
        NotJson::Comment => "JSON has no comments.",
        NotJson::Quotes => "JSON has plain double quotes, no others.",
        NotJson::Bare => "Keys and values stand in double quotes in JSON.",
        NotJson::Comma => "Between two entries stands a comma in JSON, and none behind the last.",
        NotJson::Empty => "The file has no entry.",
        NotJson::Other => "This is not JSON.",
    };
    format!("{what} Write one object of texts, with dotted keys.")
}

/// What makes a text no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotJson {
    /// A comment.
    Comment,
    /// Single or typographic quotes.
    Quotes,
    /// A key or value without quotes.
    Bare,
    /// A comma that is missing, or one too many.
    Comma,
    /// Nothing in it.
    Empty,
    /// Something else.
    Other,
}

pub(crate) const NOT_JSON_WHY: &str = "az reads the file as JSON and stops otherwise.";
pub(crate) fn settings_nested(key: &str) -> String {
    format!(
        "{} is an object within the object. Write its entries with dotted keys, tls.secret for instance.",
        shown(key)
    )
}
pub(crate) const SETTINGS_NESTED_WHY: &str =
    "az does not flatten it: no version of the CLI extension makes tls.secret of it.";
pub(crate) fn settings_not_text(key: &str) -> String {
    format!("The value of {} is no text. Put it in double quotes.", shown(key))
}
pub(crate) const SETTINGS_NOT_TEXT_WHY: &str =
    "Depending on its version the CLI sends True for true, or something that is no text.";
pub(crate) const NO_CONNECTION_STRING: &str =
    "connectionString is missing. Add it, with what az acr connected-registry get-settings prints.";
pub(crate) const NO_CONNECTION_STRING_WHY: &str =
    "It is required; whether an update keeps the one from before is not documented.";
pub(crate) fn settings_key(key: &str) -> String {
    format!(
        "The protected settings have no key {} in any documentation. Give it with --config, or leave it out.",
        shown(key)
    )
}
pub(crate) const SETTINGS_KEY_WHY: &str =
    "Documented are connectionString, tls.secret, tls.crt, tls.key and tls.cacrt.";
pub(crate) fn settings_certificate(key: &str) -> String {
    format!(
        "The value of {key} is not the Base64 of a PEM file on one line. Make it so: base64 <FILE | tr -d '\\r\\n'"
    )
}
pub(crate) const SETTINGS_CERTIFICATE_WHY: &str =
    "The extension decodes it and expects PEM, which begins with -----BEGIN.";
pub(crate) const SETTINGS_ONE_OF_PAIR: &str =
    "tls.crt and tls.key belong together, and one of them is missing. Add it.";
pub(crate) const SETTINGS_SECRET_AND_PAIR: &str =
    "tls.secret and tls.crt are two sources of one certificate. Keep one.";
pub(crate) const SETTINGS_PAIR_WHY: &str = "The certificate comes either from a Kubernetes secret or from the pair of certificate and key.";
pub(crate) const CONNECTION_STRING: &str = "This connection string has no password. get-settings generates one with --generate-password 1, which replaces password 1: who uses that is cut off.";
pub(crate) const CONNECTION_STRING_BROKEN: &str = "This is not what az acr connected-registry get-settings prints: it begins with ConnectedRegistryName= and has no line break.";
pub(crate) const CONNECTION_STRING_WHY: &str = "The extension logs in with what az acr connected-registry get-settings prints; without --generate-password it puts a note in the place of the password.";
pub(crate) fn settings_file(read: &str, written: &str) -> String {
    format!("The text writes {} and gives {} to az. Use one name.", shown(written), shown(read))
}
pub(crate) const SETTINGS_FILE_WHY: &str =
    "az stops where the file is missing, or takes an old one with other settings.";

// The whole.

pub(crate) fn told_otherwise_schedule(told: &str, is: &str) -> String {
    format!("The text says \"{told}\", but this is {is}. Correct one of them.")
}
pub(crate) fn told_otherwise_setting(setting: &str) -> String {
    format!("The text asks for {setting}, and this command does not set it. Add it.")
}
pub(crate) const TOLD_OTHERWISE_WHY: &str = "People copy the command and remember the sentence.";
pub(crate) fn token_not_linked(token: &str) -> String {
    format!(
        "This text neither makes the client token {} nor links it to the connected registry. Where that is not done elsewhere: az acr token create, then az acr connected-registry update --add-client-tokens.",
        shown(token)
    )
}
pub(crate) const TOKEN_NOT_LINKED_WHY: &str =
    "A connected registry knows only the client tokens that are linked to it.";
pub(crate) fn names_differ(field: TextField, here: &str, elsewhere: &str, line: usize) -> String {
    format!(
        "{} is {} here, and {} in line {line}. If both mean the same, write the same.",
        fields::of(field).label,
        shown(here),
        shown(elsewhere)
    )
}
pub(crate) const NAMES_DIFFER_WHY: &str =
    "A command with another name acts on something else, or on nothing.";

// What is taken over.

/// Nothing could be taken over.
pub const NOTHING_TAKEN: &str = "No command that can be taken over.";
/// Why something is not taken over.
pub(crate) const LEFT_OTHER_COMMAND: &str = "a command that the form does not make";
pub(crate) const LEFT_OPTION: &str = "an option without a place in the form";
pub(crate) const LEFT_KEY: &str = "a configuration setting without a place in the form";
pub(crate) const LEFT_SECRET: &str = "a secret: the form never holds any";
pub(crate) const LEFT_UNKNOWN: &str = "its value is not in the text";
pub(crate) const LEFT_CONTRADICTION: &str = "it says something else than what was taken over";
pub(crate) const LEFT_VALUE: &str = "a value that the form does not have";
pub(crate) const LEFT_CERTIFICATE: &str = "where the certificate comes from is in a file that is not in the text; taken for an existing Kubernetes secret";

/// A text of somebody's, for a message: short, and on one line.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text
        .chars()
        .map(|c| if c.is_control() || crate::scenario::is_invisible(c) { ' ' } else { c })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
