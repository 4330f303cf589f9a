//! The sentences of the steps.

use crate::azure::{CHECKED, OLDEST_CONNECTEDK8S, OLDEST_K8S_EXTENSION, SKU};

pub(crate) fn checked() -> String {
    format!(
        "Checked against the parser of azure-cli {} and the sources of k8s-extension {OLDEST_K8S_EXTENSION} and {} on {}; the other tools by their documentation. Never tried on a live subscription.",
        CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date
    )
}

// The tasks.
pub(crate) const DEPLOY_TITLE: &str = "Deploy a connected registry";
pub(crate) const SECURE_SUMMARY: &str =
    "HTTPS with a certificate from cert-manager, which the extension installs.";
pub(crate) const OWN_CERT_MANAGER_SUMMARY: &str =
    "HTTPS with a certificate from the cert-manager that the cluster has.";
pub(crate) const SECRET_SUMMARY: &str =
    "HTTPS with a certificate from a Kubernetes secret in the namespace connected-registry.";
pub(crate) const FILES_SUMMARY: &str =
    "HTTPS with your own certificate, from files on this machine.";
pub(crate) const HTTP_SUMMARY: &str =
    "Plain HTTP: nothing is encrypted. For development only. NOT VERIFIED on the Arc extension.";
pub(crate) const REDEPLOY_TITLE: &str = "Deploy the extension again";
pub(crate) const REDEPLOY_SUMMARY: &str = "For a connected registry that was activated before (ALREADY_ACTIVATED): the old deployment is removed and deactivated first.";
pub(crate) const UPGRADE_SUMMARY: &str =
    "Changes how the extension is kept up to date, and nothing else of its configuration.";
pub(crate) const SCHEDULE_SUMMARY: &str =
    "Changes when the connected registry connects to its parent. Times are UTC.";
pub(crate) const REPOSITORIES_TITLE: &str = "Change the synchronized repositories";
pub(crate) const REPOSITORIES_SUMMARY: &str =
    "Changes which repositories the connected registry synchronizes.";
pub(crate) const PULL_TITLE: &str = "Pull an image";
pub(crate) const PULL_SUMMARY: &str = "Makes a client token, lets it use the connected registry, and pulls: with a pod, and with crictl on a node.";
pub(crate) const ROTATE_TITLE: &str = "Rotate the sync password";
pub(crate) const ROTATE_SUMMARY: &str = "Generates a new password of the sync token and gives it to the extension, with the whole of its protected settings.";
pub(crate) const DIAGNOSE_TITLE: &str = "Find out what is wrong";
pub(crate) const DIAGNOSE_SUMMARY: &str =
    "Shows one place after the other, and what to do about what it shows.";
pub(crate) const CLEAN_UP_TITLE: &str = "Remove the connected registry";
pub(crate) const CLEAN_UP_SUMMARY: &str = "Deactivates it, deletes the extension, and deletes it in the cloud, with its sync token and scope map.";

// What a second run does, what is said at the end, and what a script acts on.
pub(crate) const AGAIN_LEFT: &str = "It can be run again: what exists is left alone.";
pub(crate) const AGAIN_SAME: &str = "It can be run again: what is so already is left alone.";
pub(crate) const AGAIN_REPOSITORIES: &str =
    "It can be run again: it adds and removes the same once more, which changes nothing.";
pub(crate) const AGAIN_PULL: &str = "It can be run again: token, link and pull secret are left alone, the pod is made anew and pulls again.";
pub(crate) const AGAIN_ROTATE: &str = "Each run generates the password anew.";
pub(crate) const AGAIN_REDEPLOY: &str =
    "Each run removes the deployment, with its volume, and makes it anew.";
pub(crate) const AGAIN_SHOWN: &str = "It changes nothing.";
pub(crate) const AGAIN_LOG_LEVEL: &str = "It changes nothing but the log level.";
pub(crate) const AGAIN_CLEAN_UP: &str = "It can be run again: it removes what is still there.";
pub(crate) const DONE: &str = "Done.";
pub(crate) const DONE_ONLINE: &str = "Done. It may take some minutes until CONNECTION STATE says Online; with a schedule perhaps until the next window, the sources do not say.";
pub(crate) const SUBJECT_REGISTRY: &str = "Registry {registry} (resource group {resource_group}), connected registry {connected_registry}";
pub(crate) const SUBJECT_CLUSTER: &str =
    "Cluster {cluster} (resource group {resource_group}), extension {extension}";
pub(crate) const SUBJECT_CLUSTER_ELSEWHERE: &str =
    "Cluster {cluster} (resource group {cluster_resource_group}), extension {extension}";
pub(crate) const SUBJECT_SUBSCRIPTION: &str = "Subscription {=account}";
pub(crate) const SUBJECT_CLUSTER_SUBSCRIPTION: &str =
    "The cluster's subscription {=cluster_account}";

// Prerequisites.
pub(crate) const PREREQUISITES_TITLE: &str = "Check the prerequisites";
pub(crate) const PREREQUISITES_WHY: &str =
    "Nothing is changed. A check that stops the script says what to do.";
pub(crate) const NO_OUTPUT: &str = "No output.";
pub(crate) const KUBECTL_TOOL: &str = "kubectl is installed";
pub(crate) const KUBECTL_MISSING: &str = "kubectl was not found; this scenario needs it. Install it: https://kubernetes.io/docs/tasks/tools/";
pub(crate) const OPENSSL_TOOL: &str = "OpenSSL is installed";
pub(crate) const OPENSSL_MISSING: &str = "openssl was not found; it checks the certificate before it is used. Git for Windows brings one.";
pub(crate) const KUBECTL_POINTS_TITLE: &str = "kubectl points at this cluster";
pub(crate) const KUBECTL_ELSEWHERE: &str = "kubectl points at another cluster, or at one without Azure Arc agents, or may not read what they are called; the command below shows their group and name. Choose the context with kubectl config use-context, or give it in the configurator.";
pub(crate) const KUBECTL_FAILED: &str = "kubectl could not ask the cluster.";
pub(crate) const EXISTS_TITLE: &str = "The connected registry exists";
pub(crate) const DOES_NOT_EXIST: &str = "The registry has no connected registry of this name, or they could not be listed; then az said why above.";
pub(crate) const EXTENSION_EXISTS_TITLE: &str = "The extension exists";
pub(crate) const EXTENSION_DOES_NOT_EXIST: &str = "The cluster has no connected registry extension of this name, or they could not be listed; then az said why above.";
pub(crate) const SHOW_UNKNOWN: &str = "The connected registry could not be read.";
pub(crate) const fn rights(registry: bool, cluster: bool) -> &'static str {
    match (registry, cluster) {
        (true, true) => {
            "You need, by the documentation of the roles: on the registry \"Container Registry Contributor and Data Access Configuration Administrator\", on the cluster \"Kubernetes Extension Contributor\"; or Owner or Contributor on both resource groups. Where az says AuthorizationFailed, one of them is missing. The checks show the roles that az finds; other roles may serve as well, so the script goes on."
        }
        (true, false) => {
            "You need, by the documentation of the roles, \"Container Registry Contributor and Data Access Configuration Administrator\" on the registry; or Owner or Contributor on its resource group. Where az says AuthorizationFailed, it is missing. A check shows the roles that az finds; others may serve as well, so the script goes on."
        }
        _ => {
            "You need, by the documentation of the roles, \"Kubernetes Extension Contributor\" on the cluster; or Owner or Contributor on its resource group. Where az says AuthorizationFailed, it is missing. A check shows the roles that az finds; others may serve as well, so the script goes on."
        }
    }
}
pub(crate) const SIGNED_IN_TITLE: &str = "Who is signed in";
pub(crate) const SUBSCRIPTION_ID_TITLE: &str = "The id of the subscription";
pub(crate) const CLUSTER_SUBSCRIPTION_ID_TITLE: &str = "The id of the cluster's subscription";
pub(crate) const REGISTRY_ROLES_TITLE: &str = "Your roles on the registry (needed: Container Registry Contributor and Data Access Configuration Administrator, or Contributor, or Owner)";
pub(crate) const CLUSTER_ROLES_TITLE: &str = "Your roles on the cluster (needed: Kubernetes Extension Contributor, or Contributor, or Owner)";
pub(crate) const AZ_TITLE: &str = "The Azure CLI is installed";
pub(crate) const AZ_MISSING: &str = "The Azure CLI (az) was not found. Install it: https://learn.microsoft.com/cli/azure/install-azure-cli";
pub(crate) fn version_title(oldest: &str) -> String {
    format!("Its version is {oldest} or newer")
}
pub(crate) fn az_too_old(oldest: &str) -> String {
    format!(
        "The Azure CLI must be {oldest} or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli"
    )
}
pub(crate) fn k8s_extension_title() -> String {
    format!("The CLI extension k8s-extension is installed, {OLDEST_K8S_EXTENSION} or newer")
}
pub(crate) const K8S_EXTENSION_MISSING: &str = "The CLI extension k8s-extension is missing, or older than the oldest that these commands were tried with. Install or update it with the command below.";
pub(crate) fn connectedk8s_title() -> String {
    format!("The CLI extension connectedk8s is installed, {OLDEST_CONNECTEDK8S} or newer")
}
pub(crate) const CONNECTEDK8S_MISSING: &str = "The CLI extension connectedk8s is missing or too old. Install or update it with the command below.";
pub(crate) const LOGIN_TITLE: &str = "You are logged in and can use the subscription";
pub(crate) const LOGIN_MISSING: &str = "You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table";
pub(crate) const CLUSTER_SUBSCRIPTION_TITLE: &str = "You can use the cluster's subscription";
pub(crate) const REGISTRY_TITLE: &str = "The registry exists";
pub(crate) const REGISTRY_MISSING: &str = "The registry was not found. Check its name, its resource group and the subscription, and that you may read it. Or your login has expired: az login";
pub(crate) fn sku_title() -> String {
    format!("Its SKU is {SKU}")
}
pub(crate) fn sku_wrong() -> String {
    format!(
        "The SKU of the registry is not {SKU}, which connected registries need. The command below moves it to {SKU}, which costs more; so this script does not run it."
    )
}
pub(crate) const CONNECTED_TITLE: &str = "The cluster is connected to Azure Arc";
pub(crate) const NOT_CONNECTED: &str = "The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster";
pub(crate) const CONNECTED_LOOK: &str = "Whether the cluster is connected to Azure Arc";
pub(crate) const KUBECTL_TITLE: &str =
    "Whether kubectl points at this cluster (to look inside; nothing depends on it)";

// Resource providers.
pub(crate) const PROVIDERS_TITLE: &str = "Register the resource providers";
pub(crate) const PROVIDERS_WHY: &str = "Those that extensions on Arc clusters use, by the Arc documentation; only its newer pages name Microsoft.ExtendedLocation. Without Microsoft.KubernetesConfiguration the deployment fails without a message. Registering needs rights on the subscription.";
pub(crate) fn provider_title(namespace: &str) -> String {
    format!("Registration state of {namespace}")
}
pub(crate) const PROVIDER_ASK: &str = "Whether Microsoft.KubernetesConfiguration is registered could not be read. If it is not, the deployment fails without a message. Go on?";
pub(crate) const PROVIDERS_NOTE: &str = "Microsoft.ContainerRegistry is not looked at: the registry exists. The 2024 documents leave out Microsoft.ExtendedLocation, and the CLI extension connectedk8s.";
pub(crate) const PROVIDERS_TAKE: &str = "some minutes where one is not registered yet.";
pub(crate) const PROVIDERS_EXPECT: &str = "No output. az provider show then says Registered.";

// Data endpoint.
pub(crate) const ENDPOINT_TITLE: &str = "Enable the dedicated data endpoint";
pub(crate) const ENDPOINT_WHY: &str = "The connected registry fetches image layers from it.";
pub(crate) const ENDPOINT_LOOK: &str = "Whether the data endpoint is on";
pub(crate) const ENDPOINT_UNKNOWN: &str = "Azure did not say whether the data endpoint is on.";
pub(crate) const ENDPOINT_ONLY_IF: &str = "it is off.";
pub(crate) const ENDPOINT_OTHERWISE: &str = "The data endpoint is on already; nothing to do.";
pub(crate) const ENDPOINT_ASK: &str = "The dedicated data endpoint of {registry} is off. Enabling it changes how every client of that registry fetches layers: firewalls must let them reach {registry}.REGION.data.azurecr.io. Enable it?";
pub(crate) const ENDPOINT_WARNING: &str = "It changes how every client of that registry fetches layers: firewalls must let them reach REGISTRY.REGION.data.azurecr.io on port 443.";
pub(crate) const ENDPOINT_UNDO_WARNING: &str =
    "Every connected registry of this registry needs the data endpoint.";
pub(crate) const ENDPOINT_TAKES: &str = "some seconds.";
pub(crate) const ENDPOINT_EXPECT: &str = "\"dataEndpointEnabled\": true in the output.";
pub(crate) const ENDPOINT_FIREWALL: &str = "Connected registries, and clients that pull from the cloud registry, must reach it and its data endpoint, both on port 443. Their names:";
pub(crate) const ENDPOINT_NOTE: &str = "The 2024 quickstart says that creating the connected registry provides a command to enable the endpoint. It asks and enables it itself, and with --yes really does so only since azure-cli 2.75; a step of its own works everywhere.";

// Create.
pub(crate) const CREATE_TITLE: &str = "Create the connected registry";
pub(crate) const CREATE_WHY: &str = "It is made in the cloud registry, with the repositories that it synchronizes. By the documentation a registry has at most 50 connected registries, with 50 clients each; each connected registry costs 10 USD a month since August 2025.";
pub(crate) const CREATE_LOOK: &str = "Which connected registries the registry has";
pub(crate) const CREATE_UNKNOWN: &str = "The connected registries could not be listed.";
pub(crate) const CREATE_ONLY_IF: &str = "the registry has no connected registry of this name.";
pub(crate) const CREATE_OTHERWISE: &str = "The connected registry exists; nothing chosen here is applied to it. Use the tasks Synchronize and Repositories.";
pub(crate) const CREATE_WARNING: &str =
    "It also makes a sync token and a scope map of the same name, and overwrites existing ones.";
pub(crate) const CREATE_UNDO_WARNING: &str = "It deletes the connected registry with its sync token and scope map; a deployment of it is cut off.";
pub(crate) const SCOPE_MAPS_LOOK: &str = "Which scope maps the registry has";
pub(crate) const NAMES_UNKNOWN: &str = "Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.";
pub(crate) const FOREIGN_EXTENSION_ASK: &str = "The cluster has an extension {extension}, but the registry has no connected registry {connected_registry}: the extension belongs to another one, is not altered, and will not use the new one. Create the connected registry all the same?";
pub(crate) const TOKEN_ASK: &str = "The registry has a token {connected_registry}, as the new connected registry is called. Creating it overwrites that token: who uses it may lose access. Go on?";
pub(crate) const SCOPE_MAP_ASK: &str = "The registry has a scope map {connected_registry}, as the new connected registry is called. Creating it overwrites that scope map, and the rights of the tokens that use it. Go on?";
pub(crate) const CREATE_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
pub(crate) const CREATE_NOTE: &str = "The 2024 quickstart breaks this command with a blank after the backslash; az then reports missing arguments.";

// Protected settings.
pub(crate) const SETTINGS_TITLE: &str = "Write the protected settings";
pub(crate) const SETTINGS_WHY: &str =
    "The connection string goes straight into a file that only you can read.";
pub(crate) const EXTENSION_LOOK: &str = "Which extensions the cluster has";
pub(crate) const EXTENSION_UNKNOWN: &str = "The extensions of the cluster could not be listed.";
pub(crate) const EXTENSION_UNREADABLE: &str = "The extension could not be read.";
pub(crate) const EXTENSION_TYPE_LOOK: &str =
    "An extension of this name, if there is one, is a connected registry";
pub(crate) const EXTENSION_OF_ANOTHER_TYPE: &str = "The cluster has an extension of this name that is no connected registry, or its type could not be read. It is left alone: give the extension another name.";
pub(crate) const OTHER_EXTENSION_ASK: &str = "The cluster has a connected registry extension of another name, which stays. Both would use the namespace connected-registry; whether that works is not documented. Go on all the same?";
pub(crate) const CONNECTED_EXTENSIONS_LOOK: &str =
    "The connected registry extensions of the cluster";
pub(crate) const DEPLOYED_LOOK: &str =
    "How it is deployed now: version, automatic upgrades, settings, keys of the protected settings";
pub(crate) const COMPARE_ASK: &str = "What was chosen here replaces what is deployed; nothing is taken over. Have you compared it with the settings above, and is it right?";
pub(crate) const EXTENSION_ONLY_IF: &str = "the cluster has no extension of this name.";
pub(crate) const SETTINGS_OTHERWISE: &str =
    "The extension exists already: no password is generated, no file is written.";
pub(crate) fn password_ask(slot: &str) -> String {
    format!(
        "The connected registry exists already. Going on generates password {slot} of its sync token anew: a deployment that uses this password is cut off until it gets the new connection string. If it was deployed before, here or elsewhere, the new deployment ends with ALREADY_ACTIVATED: answer no, and use the task Redeploy. Generate it?"
    )
}
pub(crate) fn password_warning(slot: &str) -> String {
    format!(
        "It generates password {slot} of the sync token: a deployment that uses this password is cut off until it gets the new connection string. On a first deployment nobody uses it yet."
    )
}
pub(crate) const SETTINGS_REPLACES: &str = "A file protected-settings-extension.json in the current folder is replaced, and removed at the end.";
pub(crate) const SETTINGS_EXPECT: &str = "No output. The file protected-settings-extension.json holds the connection string; do not share it.";
pub(crate) const SETTINGS_TAKES: &str = "some seconds.";
pub(crate) const SETTINGS_BAD: &str = "az did not print a connection string; no file was written.";
pub(crate) const SETTINGS_NOTE: &str = "The 2024 quickstart takes the connection string inside a here-document: where az fails, bash goes on and writes an empty connection string, and the file is readable by every user of the machine. Copied with its indentation, the here-document never ends.";

// Extension.
pub(crate) const EXTENSION_TITLE: &str = "Deploy the extension";
pub(crate) const EXTENSION_WHY: &str = "Azure Arc installs the connected registry in the cluster.";
pub(crate) const EXTENSION_OTHERWISE: &str = "The extension exists; nothing chosen here is applied to it. Use the tasks Upgrade and Redeploy.";
pub(crate) const EXTENSION_TAKES: &str = "some minutes.";
pub(crate) const EXTENSION_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
pub(crate) const EXTENSION_UNDO_WARNING: &str = "The volume with the synchronized content and the certificates goes with it; so does what clients pushed and was not synchronized yet.";
pub(crate) const CERT_MANAGER_WARNING: &str =
    "The extension installs cert-manager. Where the cluster already runs one, the two collide.";
pub(crate) const TRUST_WARNING: &str = "By the documentation of the preview chart, trust is distributed only to Debian-based Linux nodes with containerd; Windows nodes and others need the certificate by hand.";
pub(crate) const STORAGE_WARNING: &str = "It claims 500 GiB of the cluster's default storage class, as the documentation says; without such a class, or without room, the pod stays Pending.";
pub(crate) const WRITTEN_OUT_NOTE: &str = "The 2024 quickstart sets only service.clusterIP here. The other settings are written out because the sources disagree on the default of trustDistribution.enabled.";
pub(crate) const NODE_SELECTOR_NOTE: &str = "The 2024 documents also set trustDistribution.skipNodeSelector=true, a name that later ones dropped.";
pub(crate) const OWN_TRUST_NOTE: &str = "The 2024 documents also set trustDistribution.skipNodeSelector=false, a name that later ones dropped; trustDistribution.enabled=false alone says it.";
pub(crate) const COMMAND_NOTE: &str = "As the 2024 documents print it, no command of this kind runs: a blank after the backslash or a missing backslash ends it early, service.clusterIP== puts an = before the address, and <JSON file path> without quotes is a redirection. In a newer quickstart a backslash is missing before --auto-upgrade-minor-version.";
pub(crate) const HTTP_ASK: &str = "Plain HTTP: images and passwords cross the network of {cluster} unencrypted, and it is NOT VERIFIED on the Arc extension. For development only. Deploy {extension} all the same?";
pub(crate) const UPGRADE_NOTE: &str = "The 2024 quickstart leaves out --auto-upgrade-minor-version, and the sources disagree on its default; so it is always given.";
pub(crate) const BROKEN_NOTE: &str = "As the 2024 documents print this command it does not run: a blank after the backslash ends it early.";

// Removing the file.
pub(crate) const REMOVE_TITLE: &str = "Remove the protected settings file";
pub(crate) const REMOVE_WHY: &str = "The extension has it; what stays on the disk can only leak.";
pub(crate) const REMOVE_ONLY_IF: &str = "one was written.";
pub(crate) const REMOVE_OTHERWISE: &str = "None was written.";

// Verify.
pub(crate) const VERIFY_TITLE: &str = "Verify the deployment";
pub(crate) const VERIFY_WHY: &str = "The extension must be installed, and the connected registry comes online when it first synchronizes.";
pub(crate) const VERIFY_UPGRADE_WHY: &str =
    "The extension must be installed, and its pods must run.";
pub(crate) const VERIFY_STATE: &str = "The extension is installed";
pub(crate) const VERIFY_STATE_BAD: &str = "The extension's provisioning state is not Succeeded. If it is Creating or Updating, wait, and look again with the command below. If it is Failed, that command says why; ";
pub(crate) const DEPLOY_FAILED: &str =
    "the task Diagnose helps. The task Redeploy deploys it anew, and deletes its volume.";
pub(crate) const UPGRADE_FAILED: &str =
    "bring it back to the version before, with the task Upgrade.";
pub(crate) const ROTATE_FAILED: &str = "the task Diagnose helps. Rotate again when it is mended.";
pub(crate) const VERIFY_MESSAGES: &str = " The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc";
pub(crate) const VERIFY_EXPECT: &str = "Succeeded, and CONNECTION STATE Online; the latter can take some minutes: run the command again. With a schedule it may say Offline outside the window; the sources do not say. The pods are Running.";
pub(crate) const VERIFY_UPGRADE_EXPECT: &str = "Succeeded. The pods are Running.";
pub(crate) const VERIFY_HELP: &str = "Where the pod stays Pending, look at its persistent volume claim first; where its log says UNAUTHORIZED, at the password.";
pub(crate) const VERIFY_NOTE: &str = "The sample output of the 2024 quickstart is misleading: it shows ReadWrite, but the default mode is ReadOnly; the cloud registry's name and login server under PARENT and LOGIN SERVER, where nothing or the connected registry's own stands; another connected registry than it asks for; and 00:00:00-23:59:59 as SYNC WINDOW, which is a duration or empty.";

// Import.
pub(crate) const IMPORT_TITLE: &str = "Import an image";
pub(crate) const IMPORT_WHY: &str = "Copies it into the cloud registry under the name after --image, from where it is synchronized.";
pub(crate) const IMPORT_LOOK: &str =
    "Which tags the repository has (nothing where it does not exist, or may not be read)";
pub(crate) const IMPORT_ONLY_IF: &str = "the tag is not there yet.";
pub(crate) const IMPORT_OTHERWISE: &str = "The image is there already; it is not replaced.";
pub(crate) const IMPORT_NOTE: &str = "Without --force: where the tags could not be read and the image is there, az refuses and nothing is replaced.";
pub(crate) const IMPORT_RIGHTS: &str = "It needs the role \"Container Registry Data Importer and Data Reader\", by the documentation of the roles.";

// More about creating.
pub(crate) const PARENT_TITLE: &str = "The parent connected registry exists";
pub(crate) const PARENT_MISSING: &str =
    "The registry has no connected registry with the parent's name.";
pub(crate) const PARENT_MODE_TITLE: &str = "The parent is of mode ReadWrite";
pub(crate) const PARENT_MODE_WRONG: &str = "The parent is not of mode ReadWrite, as that of a connected registry that takes pushes must be.";
pub(crate) const PARENT_WARNING: &str = "The parent must be of mode ReadWrite, or of the same mode, and must synchronize the repository acr/connected-registry. The child must trust the authority of its certificate. A parent that serves plain HTTP needs --parent-protocol http, which this script does not give.";
pub(crate) fn token_title(name: &str) -> String {
    format!("The client token {name} exists")
}
pub(crate) const TOKEN_MISSING: &str = "The registry has no such token. Client tokens must exist before they are given to a connected registry; the task \"Pull an image\" makes one.";

// Schedule.
pub(crate) const SCHEDULE_TITLE: &str = "Synchronize on a schedule";
pub(crate) const CONTINUOUS_TITLE: &str = "Synchronize continuously";
pub(crate) const SCHEDULE_WHY: &str =
    "The connected registry connects to its parent at these times only.";
pub(crate) const CONTINUOUS_WHY: &str =
    "The connected registry stays in touch with its parent: it synchronizes every minute.";
pub(crate) const SCHEDULE_LOOK: &str = "When it synchronizes now";
pub(crate) const WINDOW_LOOK: &str = "For how long";
pub(crate) const TTL_LOOK: &str = "How long messages are kept";
pub(crate) const SCHEDULE_ONLY_IF: &str = "that is not so already.";
pub(crate) const SCHEDULE_OTHERWISE: &str = "That is so already; nothing to do.";
pub(crate) const SCHEDULE_EXPECT: &str =
    "The new schedule under parent.syncProperties in the output.";
pub(crate) const NOON_NOTE: &str =
    "The 2024 documents write 0 12 * * * for midnight; that is noon. Midnight is 0 0 * * *.";
pub(crate) const WINDOW_STAYS: &str = "A window that was set before stays set: the CLI has no option to clear it. By the glossary it is ignored with a run every minute.";
pub(crate) const WINDOW_FORMAT_NOTE: &str = "az prints durations in another form, PT4H as 4:00:00. The script compares them in that form. If you edit a duration in the script, it is always set.";

// Repositories.
pub(crate) const REPOSITORIES_WHY: &str =
    "The sync scope map of the connected registry says what it may fetch.";
pub(crate) const REPOSITORIES_EXPECT: &str = "The list of repositories as it is now.";
pub(crate) const REMOVE_REPOSITORIES_WARNING: &str =
    "What is removed here is removed from all connected registries below this one as well.";
pub(crate) const REMOVE_REPOSITORIES_ASK: &str = "{connected_registry} of {registry}, and every connected registry below it, stops synchronizing {removed_repositories}. Go on?";
pub(crate) const REPOSITORIES_NOTE: &str = "What is added is added to all parents as well. A repository is probably synchronized at the next connection.";

// Log level.
pub(crate) const LOG_LEVEL_TITLE: &str = "Set the log level";
pub(crate) const LOG_LEVEL_WHY: &str = "It is a setting of the connected registry, not of the extension; it probably takes effect when it next synchronizes.";
pub(crate) const LOG_LEVEL_EXPECT: &str = "The new level under logging in the output.";
pub(crate) const LOG_LEVEL_ASK: &str = "This sets the log level of {connected_registry}. Go on?";
pub(crate) const LOG_LEVEL_BACK: &str = "Set it back when you are done:";

// Deactivate and delete.
pub(crate) const DEACTIVATE_TITLE: &str = "Deactivate the connected registry";
pub(crate) const DEACTIVATE_WHY: &str =
    "Cuts the deployment off from the cloud: it no longer synchronizes.";
pub(crate) const DEACTIVATE_ONLY_IF: &str = "the registry has a connected registry of this name.";
pub(crate) const DEACTIVATE_OTHERWISE: &str =
    "There is no connected registry of this name; nothing to do.";
pub(crate) const DEACTIVATE_NOTE: &str =
    "Without it, a new deployment ends with ALREADY_ACTIVATED. The 2024 documents leave it out.";
pub(crate) const DELETE_TITLE: &str = "Delete the connected registry";
pub(crate) const CHILDREN_LOOK: &str = "Which connected registries are below it";
pub(crate) const CHILDREN_ASK: &str = "Below {connected_registry} are other connected registries, which synchronize through it: {=children}. Go on?";
pub(crate) const DELETE_WHY: &str =
    "Deletes it in the cloud registry, with its sync token and scope map.";
pub(crate) const DELETE_WARNING: &str = "What stays: the images in the cloud registry, client tokens with their scope maps, the data endpoint, pull secrets and pods, what the nodes trust, and files on this machine.";
pub(crate) const DELETE_NOTE: &str = "The 2024 documents give the cluster's name here and leave out --registry, --cleanup and --yes: the command fails, and would leave the token and the scope map behind.";
pub(crate) const DELETE_EXTENSION_TITLE: &str = "Delete the extension";
pub(crate) const DELETE_EXTENSION_WHY: &str = "Removes the connected registry from the cluster.";
pub(crate) const DELETE_EXTENSION_ONLY_IF: &str = "the cluster has an extension of this name.";
pub(crate) const DELETE_EXTENSION_OTHERWISE: &str =
    "There is no extension of this name; nothing to do.";
pub(crate) const DELETE_EXTENSION_WARNING: &str = "The volume with the synchronized content and the certificates is removed with it; what clients pushed and was not synchronized yet is lost. The namespace connected-registry probably goes too, with every secret in it (not tried). Whether a cert-manager that the extension installed goes as well, which others may use, is not documented.";
pub(crate) const DELETE_EXTENSION_NOTE: &str = "The 2024 documents give another cluster's name here (myarcakscluster), and no --yes: az then asks.";
pub(crate) const EXTENSIONS_LOST: &str = "The extensions of the cluster could not be listed. If the cluster is gone from Azure Arc, delete the connected registry in the cloud only, with the command below.";
pub(crate) const CALLED_OTHERWISE_ASK: &str = "The cluster has no extension of this name, but others that are connected registries: they are listed above. If one of them is the deployment of this connected registry, it stays and is cut off. Delete the connected registry in the cloud all the same?";
pub(crate) const OUT_OF_REACH_ASK: &str = "The cluster does not seem to be connected to Azure Arc, so the extension cannot be removed from it and stays. Delete the connected registry in the cloud only?";
pub(crate) const CLEAN_UP_ONLY_IF: &str =
    "the cluster has an extension of this name and is connected.";
pub(crate) const CLEAN_UP_OTHERWISE: &str = "No extension is removed: there is none of this name, or the cluster is not connected. In that case run this again once it is.";
pub(crate) const FORCE_NOTE: &str = "For a cluster that never comes back, az k8s-extension delete has --force; what it leaves behind was not tried.";
pub(crate) const CLEAN_UP_ASK: &str = "This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet, and probably the namespace connected-registry with every secret in it. Go on?";

// Certificates.
pub(crate) const CERT_MANAGER_STEP: &str = "Check that cert-manager is there";
pub(crate) const CERT_MANAGER_WHY: &str =
    "The extension asks it for the certificate. Nothing is changed.";
pub(crate) const CERT_MANAGER_TITLE: &str = "cert-manager is in the cluster";
pub(crate) const CERT_MANAGER_LOOK: &str =
    "Whether the cluster has a cert-manager (if kubectl points at it)";
pub(crate) const CERT_MANAGER_ASK: &str = "cert-manager is in the cluster already, perhaps left by an earlier deployment. The one that the extension installs collides with it. If it is to stay, answer no and choose \"Own cert-manager\". Go on all the same?";
pub(crate) const CERT_MANAGER_MISSING: &str = "cert-manager was not found in the cluster (no certificates.cert-manager.io). Without it the pod stays Pending. Install it, for instance with the command below, or choose \"Secure by default\", where the extension brings one.";
pub(crate) const CERT_MANAGER_NOTE: &str = "For new deployments Microsoft recommends its own Arc extension, microsoft.certmanagement; by the documentation of the preview, not tried.";
pub(crate) const OWN_CERT_MANAGER_NOTE: &str = "The 2024 quickstart asks for cert-manager.install=false in its text and leaves it out of its command: a second cert-manager would be installed.";
pub(crate) const CERTIFICATE_TITLE: &str = "Check the certificate";
pub(crate) const CERTIFICATE_WHY: &str =
    "A wrong certificate is found before anything is deployed with it. Nothing is changed.";
pub(crate) const EXPIRY_TITLE: &str =
    "The certificate can be read, and does not expire within a day";
pub(crate) const EXPIRED: &str =
    "The certificate cannot be read as PEM, or it expires within a day.";
pub(crate) const PUBLIC_KEY_TITLE: &str = "The certificate has a public key";
pub(crate) const CERTIFICATE_UNREADABLE: &str = "The certificate cannot be read.";
pub(crate) const KEY_TITLE: &str = "The private key belongs to the certificate";
pub(crate) const KEY_OTHER: &str = "The private key does not belong to the certificate, has a passphrase, or cannot be read as PEM.";
pub(crate) const SAN_TITLE: &str = "The certificate holds for the service IP";
pub(crate) const SAN_MISSING: &str = "The certificate does not name the service IP: its subjectAltName must hold it as IP:ADDRESS, or clients refuse it. (Where openssl does not know -checkip, as LibreSSL may not: use OpenSSL.)";
pub(crate) const CA_TITLE: &str =
    "The authority's certificate can be read, and does not expire within a day";
pub(crate) const CA_EXPIRED: &str =
    "The authority's certificate cannot be read as PEM, or it expires within a day.";
pub(crate) const VERIFIED_LOOK: &str = "Whether that authority signed the certificate";
pub(crate) const NOT_VERIFIED_ASK: &str = "openssl could not confirm that the authority signed the certificate. If it did not, no client trusts it. Go on all the same?";
pub(crate) const CA_NOTE: &str = "tls.cacrt is the certificate of the authority that signed. Where none is given, the certificate itself stands there, which is right only if it is self-signed.";
pub(crate) const SELF_SIGNED_TITLE: &str = "Make a self-signed certificate";
pub(crate) const SELF_SIGNED_WHY: &str = "On this machine, for the service IP, valid for a year; only where neither file exists, in folders that exist. It is then checked like any other.";
pub(crate) const SELF_SIGNED_EXPECT: &str =
    "Two files, the certificate and its private key. The last line says that the IP does match.";
pub(crate) const SELF_SIGNED_WARNING: &str =
    "Keep the private key, and keep it private: renewing the certificate is up to you.";
pub(crate) const SELF_SIGNED_NOTE: &str = "Two -addext subjectAltName, as one document has them, fail with \"Duplicate extension\"; one with commas is right.";
pub(crate) const NAMESPACE_TITLE: &str = "Create the namespace";
pub(crate) const NAMESPACE_WHY: &str = "The secret must be there before the extension is.";
pub(crate) const NAMESPACE_LOOK: &str = "The state of the namespace connected-registry";
pub(crate) const NAMESPACE_STAYS: &str =
    "The state of the namespace connected-registry is not Terminating";
pub(crate) const NAMESPACE_TERMINATING: &str = "The namespace connected-registry is being removed: an earlier deployment is not quite gone. Wait, then run this again.";
pub(crate) const REMOVAL_TITLE: &str = "Wait until the old deployment is gone";
pub(crate) const REMOVAL_WHY: &str =
    "Until then nothing can be made in the namespace connected-registry.";
pub(crate) const REMOVAL_EXPECT: &str = "namespace/connected-registry condition met. Where the namespace stays, the first wait ends with a timeout, which does no harm, and its state is Active. As long as that is Terminating, do not go on.";
pub(crate) const REMOVAL_NOTE: &str = "That the namespace goes with the extension follows from the message \"because it is being terminated\" in the documentation; it was not tried.";
pub(crate) const REMOVAL_TAKES_LONG: &str = "The namespace connected-registry is still being removed, or kubectl could not ask. Wait, then run this again.";
pub(crate) const SECRET_IS_GONE: &str = "The TLS secret went with the old deployment. Create the namespace and the secret again, then run this again.";
pub(crate) const SECRET_GOES_ASK: &str = "Deleting the extension probably removes the namespace connected-registry with every secret in it, the TLS secret too. Do you have its certificate and key elsewhere?";
pub(crate) const SECRET_KEPT_ASK: &str =
    "The TLS secret exists and is kept; the files given here are not put into it. Go on?";
pub(crate) const SECRET_TYPE_LOOK: &str = "Its type";
pub(crate) const SECRET_CA_LOOK: &str = "Its ca.crt";
pub(crate) const SECRET_WRONG_ASK: &str = "The TLS secret is not as documented: of type kubernetes.io/tls, with a ca.crt. Go on all the same?";
pub(crate) const NAMESPACE_ONLY_IF: &str = "the cluster has no namespace connected-registry.";
pub(crate) const NAMESPACE_OTHERWISE: &str = "The namespace exists.";
pub(crate) const NAMESPACE_EXPECT: &str = "namespace/connected-registry created";
pub(crate) const SECRET_UNDO_WARNING: &str =
    "An extension that uses the secret cannot serve HTTPS without it once it restarts.";
pub(crate) const SECRET_TITLE: &str = "Create the TLS secret";
pub(crate) const SECRET_CHECK_TITLE: &str = "Check that the TLS secret is there";
pub(crate) const SECRET_WHY: &str = "The connected registry serves the certificate that is in it.";
pub(crate) const SECRETS_LOOK: &str = "Which secrets the namespace has";
pub(crate) const SECRET_ONLY_IF: &str = "the namespace has no secret of this name.";
pub(crate) const SECRET_OTHERWISE: &str =
    "The secret exists; it is not altered, and the files given here are not put into it.";
pub(crate) const SECRET_EXPECT: &str = "secret/NAME created";
pub(crate) const SECRET_EXISTS_TITLE: &str = "The secret is in the namespace connected-registry";
pub(crate) const SECRET_DOES_NOT_EXIST: &str =
    "The namespace connected-registry has no secret of this name.";
pub(crate) const SECRET_NOTE: &str = "It must hold ca.crt, tls.crt and tls.key and be of type kubernetes.io/tls; kubectl create secret tls cannot put ca.crt into it. The 2024 documents show a fragment that is not JSON where its name belongs; it is tls.secret in the protected settings. A newer one puts type under metadata, where it is ignored, and leaves out the namespace.";
pub(crate) const FLAT_KEYS_NOTE: &str = "The keys have dots and the values are text. Nested objects, as the 2024 documents suggest, do not arrive as tls.secret or tls.crt. The examples of the 2024 documents are not JSON and leave out connectionString, without which the login is lost.";
pub(crate) const LABELS_TITLE: &str = "See which nodes have the label";
pub(crate) const LABELS_WHY: &str = "Only nodes with the label containerd-configured-by=connected-registry are made to trust the connected registry. Labelling them is up to you.";
pub(crate) const LABELS_EXPECT: &str = "The nodes with the label. Label one with: kubectl label node/NAME containerd-configured-by=connected-registry";
pub(crate) const LABELS_NOTE: &str = "The 2024 documents have trustDistribution.skipNodeSelector, with the opposite meaning; the later ones useNodeSelector.";
pub(crate) const OWN_TRUST_WARNING: &str = "The extension does not touch the nodes: until each of them trusts the authority, pulls fail with \"x509: certificate signed by unknown authority\".";
pub(crate) const OWN_TRUST_TITLE: &str = "Make each node trust the certificate";
pub(crate) const OWN_TRUST_WHY: &str = "On every node, by hand or by your own tools; with containerd like this. It needs the authority's certificate there as ca.crt, in the current folder.";
pub(crate) fn own_authority(path: &str) -> String {
    format!("The authority's certificate is {path} on this machine. Copy it to the node as ca.crt.")
}
pub(crate) const AUTHORITY_IN_SECRET: &str = "The authority's certificate is in the TLS secret, as base64; decode it with base64 -d and copy it to the node as ca.crt:";
pub(crate) const AUTHORITY_UNKNOWN: &str = "Where the authority's certificate is to be found that cert-manager uses for this, no document says.";
pub(crate) const INSECURE_TITLE: &str = "Allow plain HTTP on each node";
pub(crate) const INSECURE_WHY: &str = "On every node; otherwise pulls fail with \"server gave HTTP response to HTTPS client\". With containerd like this.";
pub(crate) const CONTAINERD_EXPECT: &str =
    "The next pull uses it. Where config_path had to be set first, containerd must be restarted.";
pub(crate) const CONTAINERD_NOTE: &str = "containerd must be told to look there: config_path = \"/etc/containerd/certs.d\" in the registry part of its configuration; k3s and others have a place of their own. This is from containerd's documentation and was not tried with the connected registry.";
pub(crate) const HTTP_WARNING: &str = "Not secure: images and passwords cross the cluster's network unencrypted, and anyone on it can alter them. For development only.";
pub(crate) const HTTP_NOTE: &str = "httpEnabled=true is from the documentation of the chart; the current documents of the extension no longer mention HTTP. The 2024 documents write HttpsEnabled=false, which the later ones do not have, with trustDistribution.enabled=true, and say that it can be further secured; it is not secure.";
pub(crate) const KEYS_OF_2024_WARNING: &str = "It also sets names of the 2024 documents, for extensions of that time. The later documents no longer have them.";

// Upgrade.
pub(crate) const VERSIONS_TITLE: &str = "The versions that exist";
pub(crate) const VERSIONS_NOTE: &str = "Take a version from the list. The 2024 documents name 0.6.0 and 0.6.1, a sample output 0.11.0; whether these still exist is not known.";
pub(crate) const AUTO_UPGRADE_LOOK: &str = "Whether it is upgraded automatically";
pub(crate) const VERSION_LOOK: &str = "Its version";
pub(crate) const TRAIN_LOOK: &str = "Its release train";
pub(crate) const AUTO_UPGRADE_TITLE: &str = "Upgrade automatically";
pub(crate) const AUTO_UPGRADE_WHY: &str =
    "Azure installs new minor versions of the extension by itself.";
pub(crate) const AUTO_UPGRADE_NOTE: &str = "The 2024 quickstart repeats the settings of its HTTP example here, which would switch TLS off. By the CLI's source, not tried: an update changes only what is named, so nothing else is.";
pub(crate) const AUTO_UPGRADE_ASK: &str = "From now on Azure upgrades {extension} on {cluster} by itself, perhaps at once; the connected registry may restart. Go on?";
pub(crate) const fn pin_title(rolls_back: bool) -> &'static str {
    if rolls_back { "Roll back to a version" } else { "Upgrade to a version" }
}
pub(crate) const PIN_WHY: &str =
    "Installs this version, newer or older, and stays there: automatic upgrades are turned off.";
pub(crate) const PIN_NOTE: &str = "The 2024 quickstart calls this an automatic roll-back. It gives --extension-type, which update does not know, leaves out --auto-upgrade-minor-version false, and repeats its HTTP settings; a newer page gives --auto-upgrade-minor-version true.";
pub(crate) const MANUAL_NOTE: &str = "The 2024 quickstart leaves out --auto-upgrade-minor-version false; whether the service takes a version while automatic upgrades are on is not known.";
pub(crate) const PIN_ASK: &str = "{extension} on {cluster} is at version {=installed_version}. The connected registry may restart, and what a step back may break is not documented. Bring it to {extension_version}, which must be in the list above?";
pub(crate) const ROLLBACK_NOTE: &str = "A failed upgrade is rolled back automatically only while automatic upgrades are on; pinning turns that off. What going back may break is not documented.";
pub(crate) const UPGRADE_ONLY_IF: &str = "that is not so already.";
pub(crate) const UPGRADE_OTHERWISE: &str = "That is so already; nothing to do.";
pub(crate) const UPDATE_TAKES: &str = "some minutes.";
pub(crate) const UPDATE_SETTINGS_TITLE: &str = "Give the extension the new settings";
pub(crate) const UPDATE_SETTINGS_WHY: &str =
    "The connected registry logs in with the new password from then on.";
pub(crate) const WHOLE_FILE_NOTE: &str = "The file holds all protected settings of this way of TLS: it is not certain that the service keeps those that are left out.";
pub(crate) const ROTATE_ASK: &str = "This generates the password anew. Until the extension has it, a deployment that uses it is cut off. Go on?";
pub(crate) const SAME_TLS_ASK: &str = "The protected settings are written for the way of TLS that was chosen here. Compare it with the settings above: is the extension deployed that way?";
pub(crate) const ROTATE_TURNS: &str = "The two passwords take turns: where the first rotation used password 2, the next one needs password 1 (slot=1). If you do not know which one is in use, expect an outage until the extension has the new one.";
pub(crate) const REDEPLOY_ASK: &str = "This removes the extension where it exists, with its volume, deactivates the connected registry and generates its password anew. What clients pushed and was not synchronized yet is lost. Go on?";

// Pull.
pub(crate) const TOKEN_UNDO_WARNING: &str = "Every client that uses the token loses access, to the cloud registry and to the connected registry. Its scope map stays.";
pub(crate) const TOKEN_TITLE: &str = "Create a client token";
pub(crate) const TOKEN_WHY: &str = "Clients log in with it. It may read this repository only: its rights stand in a scope map that is called like it, with -scope-map after it.";
pub(crate) const TOKENS_LOOK: &str = "Which tokens the registry has";
pub(crate) const TOKENS_UNKNOWN: &str = "The tokens could not be listed.";
pub(crate) const TOKEN_ONLY_IF: &str = "the registry has no token of this name.";
pub(crate) const TOKEN_OTHERWISE: &str = "The token exists; it is not altered. Whether it may read this repository stands in its scope map.";
pub(crate) const TOKEN_NOTE: &str =
    "The 2024 quickstart pulls with a token that it never creates, and without an image.";
pub(crate) const TOKEN_SEE_NOTE: &str = "Which scope map an existing token has:";
pub(crate) const TOKEN_SCOPE_MAP_NOTE: &str =
    "Deleting the token leaves the scope map that was made with it:";
pub(crate) const LINK_TITLE: &str = "Let the token use the connected registry";
pub(crate) const LINK_WHY: &str =
    "A connected registry knows only the client tokens that are linked to it.";
pub(crate) const LINKED_LOOK: &str = "Which tokens the connected registry knows";
pub(crate) const LINK_ONLY_IF: &str = "it is not linked yet.";
pub(crate) const LINK_OTHERWISE: &str = "The token is linked already.";
pub(crate) const LINK_TAKES: &str = "some seconds; the deployment learns of it when it next synchronizes, which with a schedule may take until the next window.";
pub(crate) const LINK_NOTE: &str =
    "The quickstarts leave this step out; by the preview documentation the token must be linked.";
pub(crate) const SYNCHRONIZED_TITLE: &str = "See what is synchronized";
pub(crate) const SYNCHRONIZED_WHY: &str =
    "An image whose repository is not synchronized cannot be pulled.";
pub(crate) const SYNCHRONIZED_EXPECT: &str =
    "The repository of the image is in the list; if not, the task \"Repositories\" adds it.";
pub(crate) const PULL_SECRET_UNDO_WARNING: &str = "Pods that name the secret can no longer pull.";
pub(crate) const PULL_SECRET_TITLE: &str = "Create the pull secret";
pub(crate) const PULL_SECRET_WHY: &str =
    "In the cluster and the namespace that kubectl is set to, where the pod will run.";
pub(crate) const PULL_SECRETS_LOOK: &str = "Which secrets that namespace has";
pub(crate) const PULL_SECRET_ONLY_IF: &str = "the namespace has no secret connected-registry-pull.";
pub(crate) const PULL_SECRET_OTHERWISE: &str = "The pull secret exists; it is not altered.";
pub(crate) const PULL_SECRET_ASK: &str = "The secret connected-registry-pull exists and is kept, whatever token and address are in it (to have it made anew, say no and delete it). Go on?";
pub(crate) const CONTEXT_LOOK: &str = "What kubectl points at";
pub(crate) const CONTEXT_MISSING: &str = "kubectl has no current context. Choose one with kubectl config use-context, or give it in the configurator.";
pub(crate) const PULL_CURRENT_CONTEXT_ASK: &str = "The pull secret and the pod are made where kubectl's context {=current_context} points, in its current namespace. Is that the cluster of {connected_registry}?";
pub(crate) const PULL_CONTEXT_ASK: &str = "The pull secret and the pod are made where kubectl's context {kubectl_context} points, in its current namespace. Is that the cluster of {connected_registry}?";
pub(crate) const PULL_SECRET_EXPECT: &str = "secret/connected-registry-pull created";
pub(crate) const CLIENT_PASSWORD_ASK: &str = "The client token {client_token} of {registry} existed before. Going on generates its password 1 anew: clients that use it are refused until they get the new one. Generate it?";
pub(crate) const CLIENT_PASSWORD_BAD: &str = "az did not print a password; no secret was made.";
pub(crate) const CLIENT_PASSWORD_WARNING: &str = "It generates password 1 of the client token, and hands it to kubectl as an argument: for that moment other users of this machine can see it.";
pub(crate) const POD_UNDO_WARNING: &str =
    "It deletes this pod only; it holds nothing that is kept.";
pub(crate) const POD_TITLE: &str = "Pull with a pod";
pub(crate) const POD_WHY: &str =
    "Kubernetes pulls the image with the pull secret and runs it once.";
pub(crate) const POD_EXPECT: &str = "pod/connected-registry-pull created; then the events at the end say \"Pulled\" or \"Failed to pull image\", with the reason. An image that does not end by itself is waited for in vain; that is no fault.";
pub(crate) const POD_TAKES: &str = "up to two minutes.";
pub(crate) const POD_WARNING: &str = "A token that was just made or linked is unknown to the deployment until it next synchronizes: the pull is unauthorized until then. Run this again then.";
pub(crate) const CRICTL_TITLE: &str = "Pull with crictl";
pub(crate) const CRICTL_WHY: &str = "On a node of the cluster, to see whether the node itself can.";
pub(crate) const CRICTL_EXPECT: &str = "Image is up to date for ...";
pub(crate) const CRICTL_WARNING: &str =
    "The password stands in the arguments and in the shell's history of the node.";
pub(crate) const CRICTL_NOTE: &str =
    "The 2024 quickstart gives no image; crictl needs ADDRESS/REPOSITORY:TAG.";
pub(crate) const CRICTL_PASSWORD_NOTE: &str = "A password is shown only when it is generated: az acr token credential generate with --password2 makes the second one, and leaves the first to the pull secret.";
pub(crate) const PULL_HTTP_NOTE: &str =
    "Plain HTTP is served on port 80, by the documentation of the chart.";

// Diagnose.
pub(crate) const KUBECTL_TITLE_DIAGNOSE: &str = "Whether kubectl points at this cluster";
pub(crate) const DIAGNOSE_ONLY_IF: &str = "kubectl is there and points at this cluster.";
pub(crate) const DIAGNOSE_OTHERWISE: &str = "kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.";
pub(crate) const DIAGNOSE_AZURE: &str = "The Azure CLI, the registry and the cluster";
pub(crate) const DIAGNOSE_AZURE_WHY: &str =
    "What everything else needs: a login, the SKU Premium, the data endpoint, a connected cluster.";
pub(crate) const LOGIN_SYMPTOM: &str =
    "\"Please run az login\", an expired login, or a subscription that is not found: log in again.";
pub(crate) const SKU_SYMPTOM: &str =
    "Sku is not Premium: connected registries need it. This moves the registry, and costs more:";
pub(crate) const ENDPOINT_SYMPTOM: &str = "DataEndpoint is not true: creating a connected registry fails until it is on. Turning it on changes how every client of the registry fetches layers:";
pub(crate) const AGENTS_SYMPTOM: &str = "Connectivity is not Connected, or the cluster is not found: its Arc agents do not run or cannot reach Azure, or it was never connected. A support page names agents older than 1.5.3 as too old. Look at the agents:";
pub(crate) const PROVIDER_SYMPTOM: &str = "The last line is not Registered: Microsoft.KubernetesConfiguration is missing, and deployments fail without a message:";
pub(crate) const RIGHTS_SYMPTOM: &str = "AuthorizationFailed: by the documentation you need the role \"Container Registry Contributor and Data Access Configuration Administrator\" on the registry and \"Kubernetes Extension Contributor\" on the cluster, or Owner or Contributor on both resource groups.";
pub(crate) const DIAGNOSE_EXTENSION: &str = "The extension";
pub(crate) const DIAGNOSE_EXTENSION_WHY: &str =
    "Whether Azure Arc could install it; errors probably stand under errorInfo and statuses.";
pub(crate) const NAME_IN_USE: &str = "\"can't reuse a name that is still in use\": an extension or Helm release of this name is there already. Choose another name, or delete that one; its volume goes with it. See them:";
pub(crate) const TERMINATING: &str = "\"unable to create new content in namespace connected-registry because it is being terminated\": the last removal is still going on. Deploy again when this finds no such namespace:";
pub(crate) const NO_SUCH_VERSION: &str = "\"failed in download the Chart path not found\": the version does not exist. Those that exist:";
pub(crate) const NO_MESSAGE: &str = "It fails without a message: Microsoft.KubernetesConfiguration is probably not registered, see above.";
pub(crate) const UNPROCESSABLE: &str = "422 Unprocessable Entity: the service IP is outside the service CIDR, or taken. The task \"Redeploy\" takes another one, and deletes the volume. Those that are taken:";
pub(crate) const CERT_MANAGER_TWICE: &str = "cert-manager \"already exists\": the cluster has one of its own. Use the task \"Redeploy\" with the certificate \"cert-manager, your own\"; it deletes the volume.";
pub(crate) const TROUBLESHOOT: &str = "The CLI has a look of its own at extensions; not tried:";
pub(crate) const DIAGNOSE_REGISTRY: &str = "The connected registry in the cloud";
pub(crate) const DIAGNOSE_REGISTRY_WHY: &str = "Its connection state, when it last synchronized, what it synchronizes, and which clients it knows.";
pub(crate) const OFFLINE: &str = "CONNECTION STATE Offline, long after the deployment: the pod does not run, or a firewall is in between. With a schedule, look again inside the window. It needs port 443 to these:";
pub(crate) const MANIFEST_UNKNOWN: &str = "\"manifest unknown\" or image not found: the repository is not synchronized, or not yet. This adds it:";
pub(crate) const INSUFFICIENT_SCOPES: &str = "\"insufficient scopes\" on a pull: the scope map of the client token lacks the repository. If it is the one made with the token:";
pub(crate) const PUSH_DENIED: &str = "A push is denied: this prints ReadOnly, which cannot be changed; or the scope map of the client token lacks content/write and metadata/write.";
pub(crate) const SYNC_STATE: &str =
    "What SYNC STATE means exactly is not documented; others asked, too: issue 591 of Azure/acr.";
pub(crate) const LOWER_CASE: &str = "\"Connected registry name must use only lowercase\" on creating: a misleading message of old CLIs (2.35); update the Azure CLI.";
pub(crate) const REGION_ERROR: &str =
    "The portal shows an error about the region: known as issue 711 of Azure/acr.";
pub(crate) const DIAGNOSE_PODS: &str = "The pods";
pub(crate) const DIAGNOSE_PODS_WHY: &str = "Whether they run, and if not, why.";
pub(crate) const PENDING_CLAIM: &str =
    "Pending, because of a persistent volume claim: see the storage below.";
pub(crate) const PENDING_SECRET: &str = "Pending or 0/1, with an empty TLS secret: no cert-manager is in the cluster. Install one, or use the task \"Redeploy\" with the certificate \"cert-manager, installed\", which deletes the volume. The secrets:";
pub(crate) const DIAGNOSE_EVENTS: &str = "The events";
pub(crate) const DIAGNOSE_EVENTS_WHY: &str =
    "What Kubernetes did and could not do, the latest last.";
pub(crate) const EVENT_SYMPTOM: &str =
    "FailedScheduling, FailedMount and Failed say in their message what is missing.";
pub(crate) const DIAGNOSE_STORAGE: &str = "The storage";
pub(crate) const DIAGNOSE_STORAGE_WHY: &str =
    "Whether the claim is bound, and which classes there are.";
pub(crate) const CLAIM_PENDING: &str = "The claim stays Pending: there is no default class, or no room for its size. The task \"Redeploy\" takes another class and size, and deletes the volume. What the claim asks for:";
pub(crate) const CLAIM_UPDATE: &str = "Changing them in place, as the troubleshooting page has it; not verified, and Kubernetes may refuse to change a claim:";
pub(crate) const DIAGNOSE_SERVICES: &str = "The services and their addresses";
pub(crate) const DIAGNOSE_SERVICES_WHY: &str =
    "Which addresses are taken, and whether the connected registry has its own.";
pub(crate) const ADDRESS_TAKEN: &str = "The service IP belongs to another service: use the task \"Redeploy\" with one that is free; it deletes the volume.";
pub(crate) const DIAGNOSE_LOGS: &str = "The logs";
pub(crate) const DIAGNOSE_LOGS_WHY: &str = "What the connected registry says itself. The label is that of every pod of a Deployment; its own are not documented.";
pub(crate) const NOTHING_LOGGED: &str =
    "\"No resources found\": its pods have other labels. For one of those listed above:";
pub(crate) const UNAUTHORIZED: &str = "UNAUTHORIZED Incorrect Password: the password was generated anew, or the connection string is damaged, for instance by a carriage return that az prints under Windows. The task \"Rotate\" gives the extension a new one.";
pub(crate) const ALREADY_ACTIVATED: &str = "ALREADY_ACTIVATED: the connected registry is tied to an earlier deployment. The task \"Redeploy\" deactivates it first, and deletes the volume.";
pub(crate) const HTTP_RESPONSE: &str = "\"server gave HTTP response to HTTPS client\" on a node: plain HTTP needs an exception on each node; the last step of the scenario \"HTTP\" makes it.";
pub(crate) const PARENT_NOT_TRUSTED: &str = "A nested registry does not trust its parent's certificate: the authority of the parent's certificate is unknown to it. Known as issue 620 of Azure/acr.";
pub(crate) const TOO_LARGE: &str = "413 RequestEntityTooLarge on activation, with k3s: open at the time of writing, https://github.com/Azure/acr/issues/725";
