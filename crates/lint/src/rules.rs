//! The rules for pasted text, with their severities, reasons, sources and examples.
//!
//! The checks, with their messages, are in [`crate::read`]: options of az in `az.rs`, shell syntax,
//! other programs and configuration in `check.rs`, protected settings in `settings.rs`, the text
//! around commands in `prose_check.rs`. A test reads all examples.

use configurator_core::azure::{Source, sources};
use configurator_core::rules::Severity;

/// One rule about pasted text.
#[derive(Debug)]
pub struct CommandRule {
    /// Its id, in kebab case; of one space with those of [`super::Rule`], and never reused.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it matters; the same for every finding of the rule.
    pub why: &'static str,
    /// Where that is written.
    pub source: Source,
    /// A text that violates it.
    pub violating: &'static str,
    /// A text much like it that does not.
    pub clean: &'static str,
}

impl CommandRule {
    /// The rule of an id.
    pub fn of(id: &str) -> Option<&'static Self> {
        COMMANDS.iter().copied().find(|rule| rule.id == id)
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $NAME:ident = $id:literal, $severity:ident, $source:ident, $why:expr, $violating:expr, $clean:expr;)+) => {
        $($(#[$doc])* pub static $NAME: CommandRule = CommandRule {
            id: $id, severity: Severity::$severity, why: $why, source: sources::$source, violating: $violating, clean: $clean,
        };)+

        /// Every rule about pasted text.
        pub static COMMANDS: &[&CommandRule] = &[$(&$NAME),+];
    };
}

commands! {
    // The shell.
    /// Blanks behind the character that continues a line.
    BLANK_AFTER_CONTINUATION = "blank-after-continuation", Error, BASH, "Only as the very last character does it continue the line. Otherwise the command ends there, and the next line is an error of its own.",
        "az acr connected-registry list --registry contoso \\ \n  --output table\n", "az acr connected-registry list --registry contoso \\\n  --output table\n";
    /// A line that should go on.
    MISSING_CONTINUATION = "missing-continuation", Error, BASH, "The shell takes the line for the whole command, without these options; the next one is an error of its own.",
        "az acr connected-registry list --registry contoso\n  --output table\n", "az acr connected-registry list --registry contoso\n";
    /// A line that should not go on.
    STRAY_CONTINUATION = "stray-continuation", Error, BASH, "az gets the next command as arguments and refuses both, or does something else.",
        "az acr show --name contoso \\\naz acr connected-registry list --registry contoso\n", "az acr show --name contoso\naz acr connected-registry list --registry contoso\n";
    /// The character that continues a line, within a line.
    CONTINUATION_IN_LINE = "continuation-in-line", Error, BASH, "The next word then begins with a blank: a configuration key az sends with it, elsewhere it refuses the command.",
        "az acr connected-registry list --registry contoso \\ --output table\n", "az acr connected-registry list --registry contoso --output table\n";
    /// The other shell's way to continue a line.
    OTHER_CONTINUATION = "other-shell-continuation", Error, POWERSHELL_LANGUAGE, "Each shell has a sign of its own; with the other one the command ends at the end of its first line.",
        "$registry = 'contoso'\naz acr connected-registry list \\\n  --registry $registry\n", "$registry = 'contoso'\naz acr connected-registry list `\n  --registry $registry\n";
    /// Typographic characters.
    TYPOGRAPHIC = "typographic-character", Error, BASH, "They become part of the value, or hide an \
                                                         option from az.",
        "az acr connected-registry list \u{2013}registry \u{201c}contoso\u{201d}\n", "az acr connected-registry list --registry \"contoso\"\n";
    /// A placeholder without quotes.
    UNQUOTED_PLACEHOLDER = "unquoted-placeholder", Error, BASH, "bash looks for a file of the first word or reports a syntax error; PowerShell reports an error. Neither says that a value is missing.",
        "az acr connected-registry list --registry <registry name>\n", "az acr connected-registry list --registry '<registry name>'\n";
    /// A here-document that never ends.
    HERE_DOCUMENT_UNENDED = "here-document-unended", Error, BASH, "The shell takes all that follows for the text, the next commands included, or waits for more.",
        "cat <<EOF >notes.txt\nedge\n  EOF\n", "cat <<EOF >notes.txt\nedge\nEOF\n";
    /// A quote that is not closed.
    QUOTE_UNENDED = "quote-unended", Error, BASH, "All up to the next quote becomes one argument.",
        "az acr connected-registry list --registry \"contoso\naz acr show --name contoso\n", "az acr connected-registry list --registry \"contoso\"\naz acr show --name contoso\n";
    /// A parenthesis or brace that is not closed.
    GROUP_UNENDED = "group-unended", Error, BASH, "The shell waits for more, or reports a syntax \
                                                   error, and runs nothing of it.",
        "id=$(az acr show --name contoso --query id --output tsv\n", "id=$(az acr show --name contoso --query id --output tsv)\n";
    /// A command in a here-document.
    COMMAND_IN_HERE_DOCUMENT = "command-in-here-document", Warning, BASH, "Not even set -e stops there: bash writes an empty value, and the deployment fails later, elsewhere.",
        "cat <<EOF >notes.txt\n$(az acr show --name contoso --query id --output tsv)\nEOF\n",
        "id=$(az acr show --name contoso --query id --output tsv) &&\ncat <<EOF \
         >notes.txt\n$id\nEOF\n";
    /// A byte order mark.
    BYTE_ORDER_MARK = "byte-order-mark", Error, BASH, "bash takes it for the beginning of the \
                                                       first command's name; az refuses a JSON \
                                                       file that has one.",
        "\u{feff}az acr connected-registry list --registry contoso\n", "az acr connected-registry list --registry contoso\n";
    /// Line ends of Windows.
    CARRIAGE_RETURN = "carriage-return", Error, BASH, "bash keeps the carriage return as part of \
                                                       the last word of each line, and a \\ before \
                                                       it continues nothing.",
        "az acr connected-registry list --registry contoso\r\n", "az acr connected-registry list --registry contoso\n";
    /// The prompt, copied with the command.
    PROMPT_COPIED = "prompt-copied", Error, BASH, "The shell looks for a command that is called \
                                                   like the prompt.",
        "$ az acr connected-registry list --registry contoso\n", "az acr connected-registry list --registry contoso\n";
    /// A code block without its closing fence.
    CODE_FENCE_UNCLOSED = "code-fence-unclosed", Warning, COMMONMARK, "Some readers end it with what it stands in, others run on to the next fence and take the text in between for commands.",
        "1. List them:\n\n    ```bash\n    az acr connected-registry list --registry contoso\n\n## \
         Next\n",
        "1. List them:\n\n    ```bash\n    az acr connected-registry list --registry contoso\n    \
         ```\n\n## Next\n";
    /// A secret in a command.
    SECRET_IN_COMMAND = "secret-in-command", Warning, CRICTL, "What stands in a command is in the shell's history and, while it runs, visible to other users of the machine.",
        "crictl pull --creds tills:Vq8mZ2 10.0.0.200/hello-world:latest\n", "crictl pull --creds tills:'<client password>' 10.0.0.200/hello-world:latest\n";
    /// A text that is too long to read.
    TEXT_TOO_LONG = "text-too-long", Error, LINK, "A limit keeps any text from stopping the page.", "", "";
    /// A file that PowerShell writes in an encoding that az refuses.
    FILE_ENCODING = "settings-file-encoding", Warning, K8S_EXTENSION, "az k8s-extension refuses a JSON file in UTF-16 or with a byte order mark. PowerShell 7 writes UTF-8 without one.",
        "$settings = '{\"connectionString\": \"<connection string>\"}'\n$settings | Out-File \
         protected-settings-extension.json\n",
        "$settings = '{\"connectionString\": \"<connection string>\"}'\n$settings | Out-File \
         protected-settings-extension.json -Encoding ascii\n";
    /// A command of bash in a text for PowerShell.
    BASH_IN_POWERSHELL = "bash-in-powershell", Warning, POWERSHELL_LANGUAGE, "PowerShell reports an unknown command, and nothing comes of what was to pass through it.",
        "$id = az acr show --name contoso --query id --output tsv | tr -d '\\r'\n", "$id = az acr show --name contoso --query id --output tsv\n";

    // The CLI.
    /// A command that az does not have.
    UNKNOWN_COMMAND = "az-unknown-command", Error, CLI, "az stops before it does anything.",
        "az acr connected-registry remove --registry contoso --name edge01\n", "az acr connected-registry delete --registry contoso --name edge01 --cleanup --yes\n";
    /// An option that az does not have.
    UNKNOWN_OPTION = "az-unknown-option", Error, CLI, "az refuses the whole command.",
        "az acr connected-registry list --registri contoso\n", "az acr connected-registry list --registry contoso\n";
    /// An option of another command.
    OPTION_OF_ANOTHER = "az-option-of-another-command", Error, CLI, "az refuses the whole command.",
        "az acr connected-registry update --registry contoso --name edge01 --log-level Debug \
         --mode ReadWrite\n",
        "az acr connected-registry update --registry contoso --name edge01 --log-level Debug\n";
    /// An option that is not spelled out.
    ABBREVIATED_OPTION = "az-abbreviated-option", Warning, CLI, "A new option that begins the same makes it ambiguous, and az then refuses the command.",
        "az acr connected-registry list --reg contoso\n", "az acr connected-registry list \
                                                           --registry contoso\n";
    /// An option without its value, or with more than it takes.
    OPTION_VALUES = "az-option-values", Error, CLI, "az refuses the whole command.",
        "az acr connected-registry list --registry --output table\n", "az acr connected-registry list --registry contoso --output table\n";
    /// A word that belongs to no option.
    STRAY_WORD = "az-stray-word", Error, CLI, "az refuses the whole command.",
        "az acr connected-registry show edge01 --registry contoso --name edge01\n", "az acr connected-registry show --registry contoso --name edge01\n";
    /// A value that an option cannot have.
    OPTION_VALUE = "az-option-value", Error, CLI, "az compares it with its list, in any case of \
                                                   letters, and refuses everything else.",
        "az k8s-extension list --cluster-name arc1 --cluster-type connectedCluster \
         --resource-group rg1\n",
        "az k8s-extension list --cluster-name arc1 --cluster-type connectedClusters \
         --resource-group rg1\n";
    /// A setting without `=`.
    SETTING_WITHOUT_VALUE = "az-setting-without-value", Error, K8S_EXTENSION, "az refuses the whole command.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageRequest 250Gi --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageRequest=250Gi --yes\n";
    /// An option that the command needs.
    OPTION_MISSING = "az-option-missing", Error, CLI, "az stops with exit status 2: \"the \
                                                       following arguments are required\".",
        "az acr connected-registry show --name edge01\n", "az acr connected-registry show \
                                                           --registry contoso --name edge01\n";
    /// Options of which the command takes one, and another number is given.
    ONE_OF = "az-one-of", Error, CONNECTED_REGISTRY, "az refuses the command before it asks Azure.",
        "az acr connected-registry create --registry contoso --name edge01 --yes\n", "az acr connected-registry create --registry contoso --name edge01 --repository hello-world --yes\n";
    /// A list that is given twice: only the last is kept.
    LIST_REPEATED = "az-list-repeated", Error, CONNECTED_REGISTRY, "There is no error: what was given first is silently left out. (For az acr token create and scope maps it is the other way round.)",
        "az acr connected-registry create --registry contoso --name edge01 --repository \
         hello-world --repository app/api --yes\n",
        "az acr connected-registry create --registry contoso --name edge01 --repository \
         hello-world app/api --yes\n";
    /// A value that is given twice.
    OPTION_REPEATED = "az-option-repeated", Warning, CLI, "There is no error: what was given first \
                                                           is silently left out.",
        "az acr connected-registry list --registry contoso --registry fabrikam\n", "az acr connected-registry list --registry contoso\n";
    /// A spelling, an option or a command that is on its way out.
    DEPRECATED = "az-deprecated", Warning, CLI, "It still works, with a warning; a later release \
                                                 may drop it.",
        "az acr token credential generate --registry contoso --name till01 --password1 --days 30\n",
        "az acr token credential generate --registry contoso --name till01 --password1 \
         --expiration-in-days 30\n";
    /// A command that asks.
    PROMPTS = "az-prompts", Warning, CLI, "Without a terminal it ends: \"Unable to prompt for \
                                           confirmation as no tty available\". Pasted with more \
                                           lines, it may take the next one for the answer.",
        "az k8s-extension delete -c arc1 -t connectedClusters -g rg1 -n edge01\n", "az k8s-extension delete -c arc1 -t connectedClusters -g rg1 -n edge01 --yes\n";
    /// A command that asks in some cases.
    MAY_PROMPT = "az-may-prompt", Info, CONNECTED_REGISTRY, "The data endpoint changes how every client of the registry connects, so it is better turned on first, by a command of its own.",
        "az acr connected-registry create --registry contoso --name edge01 --repository \
         hello-world\n",
        "az acr connected-registry create --registry contoso --name edge01 --repository \
         hello-world --yes\n";
    /// A version that is pinned and upgraded automatically.
    VERSION_WITH_AUTO_UPGRADE = "version-with-auto-upgrade", Error, K8S_EXTENSION, "On create az refuses it; on update the service does, by the release notes of k8s-extension 1.5.0.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 \
         --auto-upgrade-minor-version true --version 0.11.0\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 \
         --auto-upgrade-minor-version false --version 0.11.0\n";
    /// A version that is pinned without a word about upgrades.
    VERSION_ALONE = "version-without-auto-upgrade", Warning, K8S_EXTENSION, "The pair of both is what every version of the CLI extension takes; what the service makes of one alone is not documented.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --version 0.11.0\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 \
         --auto-upgrade-minor-version false --version 0.11.0\n";
    /// Two signs of equality.
    DOUBLE_EQUALS = "double-equals", Error, K8S_EXTENSION, "az splits at the first = and sends the \
                                                            rest, sign and all, as the value, \
                                                            without a word.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageRequest==250Gi --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageRequest=250Gi --yes\n";
    /// A pull without an image, or without its repository.
    CRICTL_IMAGE = "crictl-image", Error, CRICTL, "crictl pulls one image; an address alone is \
                                                   none.",
        "crictl pull --creds tills:'<client password>'\n", "crictl pull --creds tills:'<client \
                                                            password>' \
                                                            10.0.0.200/hello-world:latest\n";
    /// Two lists of names in a certificate request.
    SAN_REPEATED = "openssl-extension-repeated", Error, OPENSSL, "OpenSSL 3 stops with \"Duplicate extension\".",
        "openssl req -x509 -newkey rsa:4096 -nodes -keyout tls.key -out tls.crt -subj /CN=edge \
         -addext subjectAltName=IP:10.0.0.200 -addext subjectAltName=DNS:edge\n",
        "openssl req -x509 -newkey rsa:4096 -nodes -keyout tls.key -out tls.crt -subj /CN=edge \
         -addext subjectAltName=IP:10.0.0.200,DNS:edge\n";

    // The extension's configuration.
    /// A key that no documentation knows.
    KEY_UNKNOWN = "config-key-unknown", Warning, GLOSSARY, "az sends every key and checks none; \
                                                            what the extension does with one that \
                                                            it does not know is not documented.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageClassName=fast pvc.size=250Gi --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageClassName=fast pvc.storageRequest=250Gi --yes\n";
    /// A key that is nearly right.
    KEY_MISSPELT = "config-key-misspelt", Error, GLOSSARY, "az sends every key as it is and checks \
                                                            none; nothing says that it is misspelt.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc-storageRequest=250Gi --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageRequest=250Gi --yes\n";
    /// A key of the 2024 documents, without the one of today.
    KEY_OBSOLETE = "config-key-obsolete", Warning, GLOSSARY, "Newer pages have other names, and say nothing of the old ones; whether newer extensions still read them is not documented.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         trustDistribution.skipNodeSelector=false --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         trustDistribution.useNodeSelector=true --yes\n";
    /// A protected setting where everybody can read it.
    KEY_PROTECTED = "config-key-protected", Error, K8S_EXTENSION, "What is in --config is shown to everybody who may look at the extension.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         tls.secret=edge-tls --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config-protected \
         tls.secret=edge-tls --yes\n";
    /// A value that a key cannot have.
    KEY_VALUE = "config-value", Error, GLOSSARY, "az sends every value as it is.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         cert-manager.install=no --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         cert-manager.install=false --yes\n";
    /// Settings with commas between them.
    SETTINGS_COMMA = "config-comma", Error, K8S_EXTENSION, "az takes all behind the first = for \
                                                            the value.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageClassName=fast,pvc.storageRequest=250Gi --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         pvc.storageClassName=fast pvc.storageRequest=250Gi --yes\n";
    /// A setting that the extension cannot do without.
    SETTING_REQUIRED = "config-required", Error, GLOSSARY, "The documentation requires an address \
                                                            in the cluster's service CIDR, \
                                                            service.clusterIP, and a connection \
                                                            string in the protected settings.",
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type \
         Microsoft.ContainerRegistry.ConnectedRegistry --config-protected-file p.json\n",
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type \
         Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 \
         --config-protected-file p.json\n";
    /// Settings that contradict each other.
    SETTINGS_CONTRADICT = "config-contradiction", Error, TUTORIAL, "The documentation has these settings in other combinations only; the chart rejects some, and what others do is not documented.",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         cert-manager.enabled=false cert-manager.install=true --yes\n",
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config \
         cert-manager.enabled=false cert-manager.install=false --yes\n";
    /// A cluster of another type.
    CLUSTER_TYPE = "cluster-type", Error, QUICKSTART, "The CLI knows other types for other \
                                                       extensions.",
        "az k8s-extension create -c aks1 -t managedClusters -g rg1 -n edge01 --extension-type \
         Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 \
         --config-protected-file protected-settings-extension.json\n",
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type \
         Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 \
         --config-protected-file protected-settings-extension.json\n";
    /// A schedule without a window.
    SCHEDULE_WITHOUT_WINDOW = "schedule-without-window", Warning, CONNECTED_REGISTRY, "The CLI's help says that it is required with a schedule, and does not check it. On update, the window from before may still be there.",
        "az acr connected-registry update --registry contoso --name edge01 --sync-schedule '0 0 * \
         * *'\n",
        "az acr connected-registry update --registry contoso --name edge01 --sync-schedule '0 0 * \
         * *' --sync-window PT4H\n";
    /// What is left behind by a removal.
    DELETE_LEAVES = "delete-leaves-token", Info, CONNECTED_REGISTRY, "They still give access to the registry's repositories.",
        "az acr connected-registry delete --registry contoso --name edge01 --yes\n", "az acr connected-registry delete --registry contoso --name edge01 --cleanup --yes\n";

    // The protected settings.
    /// No JSON.
    NOT_JSON = "settings-not-json", Error, K8S_EXTENSION, "az reads the file as JSON and stops \
                                                           otherwise.",
        "{\n  # TLS settings\n  \"connectionString\": \"<connection string>\"\n}\n", "{\n  \"connectionString\": \"<connection string>\"\n}\n";
    /// Objects within the object.
    SETTINGS_NESTED = "settings-nested", Error, TUTORIAL, "az does not flatten it: no version of \
                                                           the CLI extension makes tls.secret of \
                                                           it.",
        "{\"connectionString\": \"<connection string>\", \"tls\": {\"secret\": \"edge-tls\"}}\n", "{\"connectionString\": \"<connection string>\", \"tls.secret\": \"edge-tls\"}\n";
    /// Values that are no texts.
    SETTINGS_NOT_TEXT = "settings-not-text", Error, K8S_EXTENSION, "Depending on its version the CLI sends True for true, or something that is no text.",
        "{\"connectionString\": \"<connection string>\", \"tls.secret\": 5}\n", "{\"connectionString\": \"<connection string>\", \"tls.secret\": \"5\"}\n";
    /// No connection string.
    NO_CONNECTION_STRING = "settings-no-connection-string", Error, GLOSSARY, "It is required; whether an update keeps the one from before is not documented.",
        "{\"tls.secret\": \"edge-tls\"}\n", "{\"connectionString\": \"<connection string>\", \
                                             \"tls.secret\": \"edge-tls\"}\n";
    /// A key that the protected settings do not have.
    SETTINGS_KEY = "settings-key-unknown", Warning, TUTORIAL, "Documented are connectionString, tls.secret, tls.crt, tls.key and tls.cacrt.",
        "{\"connectionString\": \"<connection string>\", \"service.clusterIP\": \"10.0.0.200\"}\n", "{\"connectionString\": \"<connection string>\"}\n";
    /// A certificate or key that is no Base64 of one.
    SETTINGS_CERTIFICATE = "settings-certificate", Error, TUTORIAL, "The extension decodes it and expects PEM, which begins with -----BEGIN.",
        "{\"connectionString\": \"<connection string>\", \"tls.crt\": \"public-cert\", \
         \"tls.key\": \"<base64 of the key>\"}\n",
        "{\"connectionString\": \"<connection string>\", \"tls.crt\": \"<base64 of the \
         certificate>\", \"tls.key\": \"<base64 of the key>\"}\n";
    /// Certificate and key, of which one is missing, or a secret besides.
    SETTINGS_PAIR = "settings-certificate-pair", Error, TUTORIAL, "The certificate comes either from a Kubernetes secret or from the pair of certificate and key.",
        "{\"connectionString\": \"<connection string>\", \"tls.crt\": \"<base64 of the \
         certificate>\"}\n",
        "{\"connectionString\": \"<connection string>\", \"tls.crt\": \"<base64 of the \
         certificate>\", \"tls.key\": \"<base64 of the key>\"}\n";
    /// A connection string that cannot be one.
    CONNECTION_STRING = "settings-connection-string", Error, CONNECTED_REGISTRY, "The extension logs in with what az acr connected-registry get-settings prints; without --generate-password it puts a note in the place of the password.",
        "{\"connectionString\": \
         \"ConnectedRegistryName=edge01;SyncTokenName=edge01;SyncTokenPassword=<use \
         --generate-password 1>\"}\n", "{\"connectionString\": \"<connection string>\"}\n";
    /// A file that is written under one name and read under another.
    SETTINGS_FILE = "settings-file-differs", Warning, K8S_EXTENSION, "az stops where the file is missing, or takes an old one with other settings.",
        "printf '{\"connectionString\": \"%s\"}' '<connection string>' >settings.json\naz \
         k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 \
         --config-protected-file protected-settings-extension.json --yes\n",
        "printf '{\"connectionString\": \"%s\"}' '<connection string>' >settings.json\naz \
         k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 \
         --config-protected-file settings.json --yes\n";

    // The whole.
    /// A command that does not do what the text around it says.
    TOLD_OTHERWISE = "not-as-told", Warning, SYNC_TUTORIAL, "People copy the command and remember the sentence.",
        "# Every day at midnight\naz acr connected-registry update --registry contoso --name \
         edge01 --sync-schedule '0 12 * * *' --sync-window PT4H\n",
        "# Every day at midnight\naz acr connected-registry update --registry contoso --name \
         edge01 --sync-schedule '0 0 * * *' --sync-window PT4H\n";
    /// A pull with a token that the text neither makes nor links.
    TOKEN_NOT_LINKED = "token-not-linked", Info, TOKEN, "A connected registry knows only the \
                                                         client tokens that are linked to it.",
        "az acr connected-registry create -r contoso -n edge01 --repository hello-world \
         --yes\ncrictl pull --creds tills1:'<client password>' 10.0.0.200/hello-world:latest\n",
        "az acr connected-registry create -r contoso -n edge01 --repository hello-world \
         --client-tokens tills1 --yes\ncrictl pull --creds tills1:'<client password>' \
         10.0.0.200/hello-world:latest\n";
    /// One thing, called by two names.
    NAMES_DIFFER = "names-differ", Warning, QUICKSTART, "A command with another name acts on \
                                                         something else, or on nothing.",
        "az k8s-extension show -c arc1 -t connectedClusters -g rg1 -n edge01\naz k8s-extension \
         list -c arc1 -t connectedClusters -g rg1\naz k8s-extension delete -c arc2 -t \
         connectedClusters -g rg1 -n edge01 --yes\n",
        "az k8s-extension show -c arc1 -t connectedClusters -g rg1 -n edge01\naz k8s-extension \
         delete -c arc1 -t connectedClusters -g rg1 -n edge01 --yes\n";
}
