//! Every way in which published pages are wrong: found where it is, and mended so that bash runs it
//! and the CLI's parser takes it.
//!
//! In the texts `⟦rule⟧` stands before the place where that rule must find something, and nothing
//! else of weight may be found.

use crate::powershell_tree::Script;
use crate::walk::{objections_to_settings, unknown_settings};
use configurator_core::azure::tables::Tables;
use configurator_core::choices::Shell;
use configurator_core::rules::Severity;
use configurator_lint::read::{self, Form};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::process::{Command, Stdio};

/// A text with a fault.
struct Fault {
    /// What it shows.
    name: &'static str,
    /// What it is.
    form: Form,
    /// The text, with marks.
    text: &'static str,
    /// Whether what is wrong with it is still wrong when everything certain is mended: only a
    /// person knows better.
    remains: &'static [&'static str],
}

const BASH: Form = Form::Commands(Shell::Bash);
const POWERSHELL: Form = Form::Commands(Shell::PowerShell);

const fn fault(name: &'static str, form: Form, text: &'static str) -> Fault {
    Fault { name, form, text, remains: &[] }
}

const fn unmended(
    name: &'static str,
    form: Form,
    text: &'static str,
    remains: &'static [&'static str],
) -> Fault {
    Fault { name, form, text, remains }
}

const FAULTS: &[Fault] = &[
    // The shell.
    fault(
        "a blank, or two, behind the backslash",
        BASH,
        "az k8s-extension show --name edge01 ⟦blank-after-continuation⟧\\ \n  --cluster-name arc1 ⟦blank-after-continuation⟧\\  \n  --resource-group rg1 \\\n  --cluster-type connectedClusters\n",
    ),
    fault(
        "a blank behind the last backslash",
        BASH,
        "az acr connected-registry list --registry contoso ⟦blank-after-continuation⟧\\ \n",
    ),
    fault(
        "no backslash at the end of a line",
        BASH,
        "az acr connected-registry update --registry contoso⟦missing-continuation⟧\n    --name edge01 \\\n    --sync-schedule \"* * * * *\"   \n",
    ),
    fault(
        "settings broken over two lines",
        BASH,
        "az k8s-extension create --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 \\\n  --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \\\n  \
         --config service.clusterIP=10.0.0.200  trustDistribution.enabled=true⟦missing-continuation⟧ \n         cert-manager.enabled=true cert-manager.install=false \\\n  --config-protected-file protected-settings-extension.json\n",
    ),
    fault(
        "a backslash within the line",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config pvc.storageRequest=250Gi ⟦continuation-in-line⟧\\ trustDistribution.enabled=true\n",
    ),
    fault(
        "a backslash where the command is over",
        BASH,
        "az acr connected-registry show --registry contoso --name edge01 ⟦stray-continuation⟧\\\naz acr connected-registry list --registry contoso\n",
    ),
    fault(
        "a file name that is a placeholder",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes \\\n  --config-protected-file ⟦unquoted-placeholder⟧<path of the JSON file> \n",
    ),
    fault(
        "a name that is a placeholder",
        BASH,
        "az acr connected-registry list --registry ⟦unquoted-placeholder⟧<registry> --output table\n",
    ),
    fault(
        "typographic quotes and dashes, a blank that is none",
        BASH,
        "az acr connected-registry list ⟦typographic-character⟧–registry ⟦typographic-character⟧“contoso”⟦typographic-character⟧\u{a0}--output table\n",
    ),
    fault(
        "a here-document whose end is indented",
        BASH,
        "cat <<EOF >protected-settings-extension.json\n    {\n      \"connectionString\": \"<connection string>\"\n    }\n⟦here-document-unended⟧    EOF\naz acr connected-registry list --registry contoso\n",
    ),
    fault(
        "a failure that a here-document hides",
        BASH,
        "cat << EOF > protected-settings-extension.json\n{\n  \"connectionString\": \"⟦command-in-here-document⟧$(az acr connected-registry get-settings --name edge01 \\\n  --registry contoso --parent-protocol https --generate-password 1 \\\n  \
         --query ACR_REGISTRY_CONNECTION_STRING --output tsv --yes)\"\n}\nEOF\n",
    ),
    fault("a prompt", BASH, "⟦prompt-copied⟧$ az acr connected-registry list --registry contoso\n"),
    fault(
        "a byte order mark",
        BASH,
        "⟦byte-order-mark⟧\u{feff}az acr connected-registry list --registry contoso\n",
    ),
    fault(
        "line ends of Windows",
        BASH,
        "az acr connected-registry list \\⟦carriage-return⟧\r\n  --registry contoso\r\n",
    ),
    unmended(
        "a stray quote",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config-protected tls.secret=edge-tls⟦quote-unended⟧\"\naz acr connected-registry list --registry contoso\n",
        &["quote-unended"],
    ),
    unmended(
        "passwords in commands",
        BASH,
        "crictl pull --creds ⟦secret-in-command⟧tills:Vq8mZ2 10.0.0.200/hello-world:latest\nkubectl create secret docker-registry regcred --docker-server 10.0.0.200 --docker-username tills --docker-password ⟦secret-in-command⟧Vq8mZ2\n",
        &["secret-in-command"],
    ),
    // PowerShell.
    fault(
        "backslashes in PowerShell",
        POWERSHELL,
        "$registry = 'contoso'\naz acr connected-registry list ⟦other-shell-continuation⟧\\\n  --registry $registry ⟦blank-after-continuation⟧` \n  --output table\n",
    ),
    unmended(
        "the commands of bash in PowerShell, a file that az does not read, under another name",
        POWERSHELL,
        "$connection = az acr connected-registry get-settings --name edge01 --registry contoso --parent-protocol https --generate-password 1 --query ACR_REGISTRY_CONNECTION_STRING --output tsv --yes | ⟦bash-in-powershell⟧tr -d \"`r\"\n\
         $settings = '{\"connectionString\": \"' + $connection + '\"}'\n$settings | Out-File ⟦settings-file-encoding⟧settings.json\n\
         az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config-protected-file ⟦settings-file-differs⟧protected-settings-extension.json\n",
        &["bash-in-powershell", "settings-file-differs"],
    ),
    fault(
        "a line in PowerShell that does not go on",
        POWERSHELL,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --version 0.11.0⟦missing-continuation⟧\n  --auto-upgrade-minor-version false\n$id = 'x'\n",
    ),
    // The CLI.
    fault(
        "a line that does not go on, whose option is then a command",
        BASH,
        "az k8s-extension create --cluster-name arc1 \\\n  --cluster-type connectedClusters \\\n  --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \\\n  --name edge01 \\\n  --resource-group rg1 \\\n  \
         --config service.clusterIP=10.0.0.200 \\\n  --config-protected-file protected-settings-extension.json⟦missing-continuation⟧\n  --auto-upgrade-minor-version true\n",
    ),
    fault(
        "an option of create on update, a version without a word about upgrades, a question",
        BASH,
        "⟦az-prompts⟧az k8s-extension update --cluster-name arc1 \\\n  --cluster-type connectedClusters \\\n  ⟦az-option-of-another-command⟧--extension-type Microsoft.ContainerRegistry.ConnectedRegistry \\\n  --name edge01 \\\n  --resource-group rg1 \\\n  \
         --config pvc.storageRequest=250Gi \\\n  ⟦version-without-auto-upgrade⟧--version 0.11.0\n",
    ),
    fault(
        "a version that is pinned and upgraded",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --auto-upgrade-minor-version ⟦version-with-auto-upgrade⟧true --version 0.11.0\n",
    ),
    fault(
        "a removal that lacks the registry, and asks",
        BASH,
        "az acr connected-registry list --registry contoso\n⟦az-option-missing⟧⟦az-prompts⟧az acr connected-registry delete --name edge01 --resource-group rg1 \n",
    ),
    fault(
        "a look that lacks most of its options",
        BASH,
        "⟦az-option-missing⟧⟦az-option-missing⟧⟦az-option-missing⟧az k8s-extension show --name edge01\n",
    ),
    unmended(
        "two removals that ask",
        BASH,
        "⟦az-prompts⟧⟦deletes-volume⟧az k8s-extension delete --name edge01 --cluster-name arc1 --resource-group rg1 --cluster-type connectedClusters\n⟦az-prompts⟧az acr connected-registry deactivate --registry contoso --name edge01\n",
        &["deletes-volume"],
    ),
    fault(
        "a type of cluster that is none",
        BASH,
        "az k8s-extension list --cluster-name arc1 --cluster-type ⟦az-option-value⟧connectedCluster --resource-group rg1\n",
    ),
    fault(
        "a type of cluster that is for others",
        BASH,
        "az k8s-extension create -c arc1 -g rg1 -n edge01 --cluster-type ⟦cluster-type⟧managedClusters --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 --config-protected-file p.json\n",
    ),
    fault(
        "options and commands that are nearly right",
        BASH,
        "az acr ⟦az-unknown-command⟧conected-registry list --registry contoso\naz acr connected-registry ⟦az-unknown-command⟧udpate --registry contoso --name edge01 --log-level Debug\n\
         az acr connected-registry show --registry contoso ⟦az-unknown-option⟧--nmae edge01 ⟦az-abbreviated-option⟧--out table\n",
    ),
    fault(
        "commands of Azure Arc that ask, or lack a name",
        BASH,
        "⟦az-option-missing⟧az connectedk8s show --resource-group rg1\n⟦az-prompts⟧az connectedk8s disable-features -g rg1 -n arc1 --features azure-rbac\n\
         ⟦az-prompts⟧az connectedk8s delete --ids /subscriptions/0/a --force\n⟦az-prompts⟧az connectedk8s connect -g rg1 -n arc1 --enable-private-link\n\
         ⟦az-prompts⟧az connectedk8s update -g rg1 -n arc1 --azure-hybrid-benefit True\n",
    ),
    fault(
        "a list that is given twice",
        BASH,
        "az acr connected-registry create --registry contoso --name edge01 --repository hello-world ⟦az-list-repeated⟧--repository app/api --yes\n",
    ),
    fault(
        "spellings that are on their way out",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes ⟦az-deprecated⟧--config-settings pvc.storageRequest=250Gi\naz acr connected-registry create -r contoso -n edge01 --repository app/api ⟦az-deprecated⟧--audit-logs-enabled --yes\n",
    ),
    unmended(
        "commands that are on their way out",
        BASH,
        "⟦az-deprecated⟧az acr connected-registry install info --registry contoso --name edge01 --parent-protocol https\n",
        &["az-deprecated"],
    ),
    fault(
        "prompts of all kinds",
        BASH,
        "⟦prompt-copied⟧user@edge:~/work$ az acr connected-registry list --registry contoso\n⟦prompt-copied⟧[root@node1 ~]# az acr list\n⟦prompt-copied⟧C:\\\\work>az acr connected-registry list \\\n⟦prompt-copied⟧>  --registry contoso\n",
    ),
    fault(
        "prompts of PowerShell",
        POWERSHELL,
        "⟦prompt-copied⟧PS C:\\\\> az acr connected-registry list `\n⟦prompt-copied⟧>>   --registry contoso `\n⟦prompt-copied⟧>>   --output table\n",
    ),
    fault(
        "a schedule without quotes",
        BASH,
        "az acr connected-registry update --registry contoso --name edge01 --sync-schedule ⟦az-option-values⟧0 0 * * * --sync-window PT4H\n",
    ),
    fault(
        "a dash that is half a dash",
        BASH,
        "az acr connected-registry list ⟦typographic-character⟧—-registry contoso\n",
    ),
    fault(
        "a name that is nearly right, of a command that lacks more",
        BASH,
        "az acr connected-registry list --registry contoso\naz acr ⟦az-unknown-command⟧conected-registry delete --name edge01 --cleanup\n",
    ),
    fault(
        "a command that goes on into another program's",
        BASH,
        "az acr connected-registry create --registry contoso --name edge01 --yes --repository hello-world ⟦stray-continuation⟧\\\necho done\n",
    ),
    unmended(
        "a comment within a command",
        BASH,
        "az acr connected-registry list \\\n  --registry contoso \\\n  ⟦missing-continuation⟧# all of them\n  --output table\n",
        &["missing-continuation"],
    ),
    fault(
        "the sign of cmd.exe, and of PowerShell",
        BASH,
        "az acr connected-registry list ⟦other-shell-continuation⟧^\n  --registry contoso ⟦other-shell-continuation⟧`\n  --output table\n",
    ),
    // Configuration.
    fault(
        "commas between settings",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config trustDistribution.enabled=true⟦config-comma⟧,pvc.storageRequest=250Gi\n",
    ),
    fault(
        "two signs of equality",
        BASH,
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=⟦double-equals⟧=10.0.0.200 --config-protected-file p.json\n",
    ),
    fault(
        "plain HTTP as it was spelled in 2024, with trust",
        BASH,
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config-protected-file p.json \\\n  \
         --config service.clusterIP=10.0.0.200 ⟦config-contradiction⟧trustDistribution.enabled=true ⟦config-key-obsolete⟧trustDistribution.skipNodeSelector=true cert-manager.enabled=false cert-manager.install=false ⟦config-key-obsolete⟧⟦http⟧HttpsEnabled=false\n",
    ),
    fault(
        "the same in the other casing",
        BASH,
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config-protected-file p.json \\\n  \
         --config service.clusterIP=10.0.0.200 trustDistribution.enabled=false cert-manager.enabled=false cert-manager.install=false ⟦config-key-obsolete⟧⟦http⟧httpsEnabled=false\n",
    ),
    fault(
        "trust rejected, in two ways",
        BASH,
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config-protected-file p.json \\\n  \
         --config service.clusterIP=10.0.0.200 trustDistribution.enabled=false ⟦config-key-obsolete⟧trustDistribution.skipNodeSelector=false cert-manager.enabled=false cert-manager.install=false\n",
    ),
    fault(
        "keys with dashes for dots",
        BASH,
        "az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config-protected-file p.json --config ⟦config-key-misspelt⟧service-clusterIP=10.0.0.200 ⟦config-key-misspelt⟧pvc-storageClassName=fast\n",
    ),
    unmended(
        "a secret's name where everybody can read it, and a key that nobody knows",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config pvc.storageRequest=250Gi ⟦config-key-protected⟧tls.secret=edge-tls ⟦config-key-unknown⟧registry.replicas=2\n",
        &["config-key-protected", "config-key-unknown"],
    ),
    fault(
        "cert-manager installed and not enabled",
        BASH,
        "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config cert-manager.enabled=false ⟦config-contradiction⟧cert-manager.install=true\n",
    ),
    // Pulling, certificates.
    fault(
        "a pull without an image",
        BASH,
        "⟦crictl-image⟧crictl pull --creds tills:\"$PASSWORD\"\n",
    ),
    fault(
        "a pull from an address",
        BASH,
        "crictl pull --creds tills:\"$PASSWORD\" ⟦crictl-image⟧IP_of_the_registry\n",
    ),
    fault(
        "two lists of names",
        BASH,
        "openssl req -x509 -newkey rsa:4096 -nodes -keyout tls.key -out tls.crt -subj /CN=edge -addext subjectAltName=IP:10.0.0.200 ⟦openssl-extension-repeated⟧-addext subjectAltName=DNS:edge\n",
    ),
    // Names.
    unmended(
        "another cluster in the clean-up, and its name for the connected registry",
        BASH,
        "az k8s-extension show --name edge01 --cluster-name arc1 --resource-group rg1 --cluster-type connectedClusters\naz acr connected-registry show --registry contoso --name edge01\n\
         az k8s-extension list --cluster-name arc1 --resource-group rg1 --cluster-type connectedClusters\naz acr connected-registry list --registry contoso\n\
         ⟦deletes-volume⟧az k8s-extension delete --name edge01 --cluster-name ⟦names-differ⟧aks1 --resource-group rg1 --cluster-type connectedClusters --yes\n\
         az acr connected-registry permissions show --registry contoso --name edge01\naz acr connected-registry delete --registry contoso --name ⟦names-differ⟧aks1 --cleanup --yes\n",
        &["names-differ", "deletes-volume"],
    ),
    unmended(
        "a look at what was never created",
        BASH,
        "az acr connected-registry create --registry contoso --name edge01 --repository hello-world --yes\naz acr connected-registry show --registry contoso --name ⟦names-differ⟧readonly01 --output table\n",
        &["names-differ"],
    ),
    // Pages.
    fault(
        "noon for midnight",
        Form::Markdown,
        "## Synchronize every day at midnight\n\nRun this to connect once a day, with a window of 4 hours:\n\n```azurecli\naz acr connected-registry update --registry contoso \\\n  --name edge01 \\\n  --sync-schedule \"⟦not-as-told⟧0 12 * * *\" \\\n  --sync-window PT4H\n```\n",
    ),
    fault(
        "a setting that the text asks for",
        Form::Markdown,
        "1. Set `cert-manager.enabled=true` and `cert-manager.install=false`:\n\n    ```azurecli\n    az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \\\n    \
         --config-protected-file p.json ⟦not-as-told⟧--config service.clusterIP=10.0.0.200 cert-manager.enabled=true\n    ```\n",
    ),
    fault(
        "a fence that is not closed",
        Form::Markdown,
        "1. List them:\n\n    ⟦code-fence-unclosed⟧```azurecli\n    az acr connected-registry list --registry contoso ⟦blank-after-continuation⟧\\ \n    --output table\n\n### Next\n\nMore.\n",
    ),
    fault(
        "a block of a list, indented, in a quote",
        Form::Markdown,
        "> Run:\n>\n>     az acr connected-registry list ⟦blank-after-continuation⟧\\ \n>       --registry contoso\n",
    ),
    // Protected settings.
    fault(
        "something like YAML, with typographic quotes",
        Form::Markdown,
        "The file:\n\n```json\n⟦settings-no-connection-string⟧{ \n\n⟦settings-not-json⟧# TLS settings \n\n⟦settings-nested⟧tls: \n\nsecret: “\\edge-tls” \n\n} \n```\n",
    ),
    unmended(
        "the same with a certificate, indented",
        Form::Markdown,
        "1. The file:\n\n    ```json\n        ⟦settings-no-connection-string⟧{ \n        \n        ⟦settings-not-json⟧# TLS settings \n        \n        ⟦settings-nested⟧tls: \n        \n        crt: \"⟦settings-certificate⟧public-cert\"\n              key: \"⟦settings-certificate⟧private-key\"\n        \n        } \n    ```\n",
        &["settings-certificate"],
    ),
    fault(
        "variables without quotes",
        Form::Settings,
        "{\n  \"connectionString\": \"<connection string>\",\n  \"tls.crt\": ⟦settings-not-json⟧$TLS_CRT,\n  \"tls.key\": $TLS_KEY\n}\n",
    ),
    fault(
        "objects for dots",
        Form::Settings,
        "{\"connectionString\": \"<connection string>\", \"⟦settings-nested⟧tls\": {\"secret\": \"edge-tls\"}}\n",
    ),
    fault(
        "no connection string",
        Form::Settings,
        "⟦settings-no-connection-string⟧{\"tls.secret\": \"edge-tls\"}\n",
    ),
    fault(
        "a value that is no text, a comma too many",
        Form::Settings,
        "{\"connectionString\": \"<connection string>\", \"tls.secret\": 5⟦settings-not-json⟧,}\n",
    ),
    fault(
        "a key in other letters",
        Form::Settings,
        "{\"⟦config-key-misspelt⟧connectionstring\": \"<connection string>\"}\n",
    ),
];

/// What was found, as rule, line and column.
type Places = Vec<(String, usize, usize)>;

/// The text without its marks, and what they ask for.
fn marked(text: &str) -> (String, Places) {
    let mut plain = String::new();
    let mut places = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (rule, after) = after.split_once('⟧').expect("a mark is closed");
        plain.push_str(before);
        let line = plain.matches('\n').count() + 1;
        let column = plain.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        places.push((rule.to_owned(), line, column));
        rest = after;
    }
    plain.push_str(rest);
    places.sort();
    (plain, places)
}

fn found(text: &str, form: Form) -> Places {
    let reading = read::read(text, Some(form));
    let of_weight = reading
        .remarks
        .iter()
        .map(|remark| &remark.finding)
        .filter(|finding| finding.severity != Severity::Info);
    let mut places: Places = of_weight
        .map(|finding| {
            (
                finding.rule.to_owned(),
                finding.line.unwrap_or_default(),
                finding.column.unwrap_or_default(),
            )
        })
        .collect();
    places.sort();
    places
}

#[test]
fn every_fault_is_found_at_its_line_and_column_and_nothing_else() {
    let mut wrong = String::new();
    for Fault { name, form, text, .. } in FAULTS {
        let (text, expected) = marked(text);
        assert!(!expected.is_empty(), "{name}");
        let found = found(&text, *form);
        if found != expected {
            wrong.push_str(&format!("{name}\n  expected {expected:?}\n  found    {found:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a whole group of commands does not have is found, although nobody but the user knows what
/// was meant.
#[test]
fn what_azure_arc_does_not_have_is_found() {
    for text in [
        "az connectedk8s ⟦az-unknown-command⟧force-delete --resource-group rg1 --name arc1\n",
        "⟦az-option-missing⟧az connectedk8s enable-features --ids /subscriptions/0/a\n",
        "⟦az-option-missing⟧⟦az-option-missing⟧az connectedk8s delete --yes\n",
        "az connectedk8s troubleshoot -g rg1 -n arc1 ⟦az-option-of-another-command⟧--yes\n",
        "az connectedk8s connect -g rg1 -n arc1 ⟦az-option-of-another-command⟧--ids /subscriptions/0/a\n",
        "az connectedk8s delete -g rg1 -n arc1 --yes --force ⟦az-option-values⟧true\n",
    ] {
        let (text, expected) = marked(text);
        assert_eq!(found(&text, BASH), expected, "{text}");
    }
}

#[test]
fn every_rule_about_pasted_text_has_a_fault_or_an_example_here() {
    let mut wrong = Vec::new();
    for rule in configurator_lint::rules::COMMANDS {
        assert!(
            configurator_core::rules::Rule::of(rule.id).is_none(),
            "{} is also the id of a rule about choices",
            rule.id
        );
        assert!(
            rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            rule.id
        );
        if rule.violating.is_empty() {
            continue;
        }
        let has = |text: &str| {
            read::read(text, None).remarks.iter().any(|remark| remark.finding.rule == rule.id)
        };
        if !has(rule.violating) {
            wrong.push(format!("{} does not find {}", rule.id, rule.violating));
        }
        if has(rule.clean) {
            wrong.push(format!("{} objects to {}", rule.id, rule.clean));
        }
        if rule.severity == Severity::Error && read::read(rule.clean, None).has_errors() {
            wrong.push(format!("{}: an error in {}", rule.id, rule.clean));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_mended_has_nothing_left_that_can_be() {
    let mut wrong = String::new();
    for Fault { name, form, text, remains } in FAULTS {
        let corrected = read::read(&marked(text).0, Some(*form)).corrected;
        let reading = read::read(&corrected, Some(*form));
        let skipped: Vec<&str> = reading
            .remarks
            .iter()
            .filter(|remark| remark.finding.severity != Severity::Info)
            .map(|remark| remark.finding.rule)
            .collect();
        let unexpected: Vec<&&str> =
            skipped.iter().filter(|rule| !remains.contains(rule) && **rule != "http").collect();
        if !unexpected.is_empty() || !remains.iter().all(|rule| skipped.contains(rule)) {
            wrong.push_str(&format!("{name}: {skipped:?} in\n{corrected}\n"));
        }
        if reading.corrected != corrected {
            wrong.push_str(&format!(
                "{name}: mending does not come to an end\n{corrected}\n{}",
                reading.corrected
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The code of a text: all of it, or the blocks of a page.
fn code(text: &str, form: Form) -> Vec<(String, String)> {
    if form != Form::Markdown {
        return vec![(String::new(), text.to_owned())];
    }
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                is_open = true;
                let info = if let CodeBlockKind::Fenced(info) = kind {
                    info.to_string()
                } else {
                    String::new()
                };
                blocks.push((info, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => is_open = false,
            Event::Text(said) if is_open => {
                blocks.last_mut().expect("a block is open").1.push_str(&said)
            }
            _ => {}
        }
    }
    blocks
}

/// The words that programs get when bash runs a text with stubs for them: one argv a call.
fn run(text: &str) -> Result<Vec<Vec<String>>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let work = folder.path().join("work");
    fs::create_dir(&work).expect("a folder to work in");
    let log = folder.path().join("log");
    // Functions, not files: a file that was just written cannot always be run while other tests
    // start programs.
    let stub = |program: &str| {
        format!(
            "{program}() {{ {{ printf '%s\\0' {program} \"$@\"; printf '\\1\\0'; }} >>'{}'; echo 'ConnectedRegistryName=edge01;x'; }}\n",
            log.display()
        )
    };
    let stubs: String = ["az", "kubectl", "crictl", "openssl"].map(stub).concat();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &format!("{stubs}{text}")])
        .current_dir(&work)
        .env("PASSWORD", "x")
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    if !output.status.success() || !output.stderr.is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let said = fs::read_to_string(&log).unwrap_or_default();
    Ok(said
        .split("\u{1}\0")
        .filter(|call| !call.is_empty())
        .map(|call| call.split_terminator('\0').map(str::to_owned).collect())
        .collect())
}

/// What is wrong with a text that was mended: bash, the CLI's parser, the grammar of PowerShell and
/// JSON are the judges.
fn objections(text: &str, form: Form, tables: &Tables) -> Vec<String> {
    let mut objections = Vec::new();
    for (info, code) in code(text, form) {
        if form == Form::Settings || info == "json" {
            objections.extend(objections_to_settings(&code));
        } else if form == POWERSHELL {
            objections.extend(Script::of(&code).problems());
        } else {
            match run(&code) {
                Err(error) => objections.push(format!("bash: {error}")),
                Ok(calls) => {
                    if calls.is_empty() {
                        objections.push("nothing was called".to_owned());
                    }
                    for call in calls
                        .iter()
                        .filter(|call| call.first().is_some_and(|program| program == "az"))
                    {
                        objections.extend(tables.objections(&call[1..]));
                        objections.extend(
                            unknown_settings(call)
                                .into_iter()
                                .map(|key| format!("no such key: {key}")),
                        );
                    }
                }
            }
        }
    }
    objections
}

#[test]
fn what_is_mended_runs_in_bash_and_is_taken_by_the_cli() {
    let mut wrong = String::new();
    let tables = Tables::load().expect("the tables are JSON");
    for Fault { name, form, text, remains } in FAULTS {
        let corrected = read::read(&marked(text).0, Some(*form)).corrected;
        let mut found = objections(&corrected, *form, &tables);
        // What only a person can mend.
        let may_stay =
            ["quote-unended", "config-key-unknown", "config-key-protected", "missing-continuation"]
                .iter()
                .any(|rule| remains.contains(rule));
        found.retain(|objection| {
            !may_stay || !(objection.starts_with("bash") || objection.starts_with("no such key"))
        });
        if !found.is_empty() {
            wrong.push_str(&format!("{name}: {found:#?}\n{corrected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The judges find fault with the texts as they were: otherwise they would judge nothing.
#[test]
fn the_judges_refuse_what_was_not_mended() {
    let tables = Tables::load().expect("the tables are JSON");
    let refused = FAULTS
        .iter()
        .filter(|fault| !objections(&marked(fault.text).0, fault.form, &tables).is_empty())
        .count();
    assert!(refused * 2 > FAULTS.len(), "{refused} of {}", FAULTS.len());
}
