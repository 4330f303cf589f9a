//! The sentences of the steps.

use crate::azure::{CHECKED, OLDEST_AZURE_CLI, OLDEST_CONNECTEDK8S, OLDEST_K8S_EXTENSION, SKU};

pub(crate) const DEPLOY_TITLE: &str = "Deploy a connected registry, secure by default";
pub(crate) fn deploy_summary() -> Vec<std::borrow::Cow<'static, str>> {
    vec![
        "HTTPS with a certificate from cert-manager, which the extension installs, and every node is made to trust it.".into(),
        format!(
            "Checked against the parser of azure-cli {} and the source of k8s-extension {} on {}; never tried on a live subscription.",
            CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date
        )
        .into(),
    ]
}

// Prerequisites.
pub(crate) const PREREQUISITES_TITLE: &str = "Check the prerequisites";
pub(crate) const PREREQUISITES_WHY: &str = "Nothing is changed. Each check says what to do where it fails.";
pub(crate) const RIGHTS: &str = "You need rights on both sides: for the registry the role \"Container Registry Contributor and Data Access Configuration Administrator\", for the cluster \"Kubernetes Extension Contributor\". Owner or Contributor on the resource groups covers both; registering a resource provider needs rights on the subscription. This comes from the documentation of the roles and was not tried.";
pub(crate) const AZ_TITLE: &str = "The Azure CLI is installed";
pub(crate) const AZ_MISSING: &str = "The Azure CLI (az) was not found. Install it: https://learn.microsoft.com/cli/azure/install-azure-cli";
pub(crate) fn az_version_title() -> String {
    format!("Its version is {OLDEST_AZURE_CLI} or newer")
}
pub(crate) fn az_too_old() -> String {
    format!(
        "The Azure CLI must be {OLDEST_AZURE_CLI} or newer, the oldest for which these commands are known to do what they say. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli"
    )
}
pub(crate) fn k8s_extension_title() -> String {
    format!("The CLI extension k8s-extension is installed, {OLDEST_K8S_EXTENSION} or newer")
}
pub(crate) const K8S_EXTENSION_MISSING: &str = "The CLI extension k8s-extension is missing or too old; it deploys extensions to Arc clusters.";
pub(crate) fn connectedk8s_title() -> String {
    format!("The CLI extension connectedk8s is installed, {OLDEST_CONNECTEDK8S} or newer")
}
pub(crate) const CONNECTEDK8S_MISSING: &str = "The CLI extension connectedk8s is missing or too old; it shows whether the cluster is connected.";
pub(crate) const LOGIN_TITLE: &str = "You are logged in, and the subscription is within reach";
pub(crate) const LOGIN_MISSING: &str =
    "You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table";
pub(crate) const CLUSTER_SUBSCRIPTION_TITLE: &str = "The cluster's subscription is within reach";
pub(crate) const REGISTRY_TITLE: &str = "The registry exists";
pub(crate) const REGISTRY_MISSING: &str = "The registry was not found. Check its name, its resource group and the subscription, and that you may read it.";
pub(crate) fn sku_title() -> String {
    format!("Its SKU is {SKU}")
}
pub(crate) fn sku_wrong() -> String {
    format!("The SKU of the registry is not {SKU}, which connected registries need. Moving it to {SKU} costs more, so this script does not do it.")
}
pub(crate) const CONNECTED_TITLE: &str = "The cluster is connected to Azure Arc";
pub(crate) const NOT_CONNECTED: &str = "The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster";
pub(crate) const KUBECTL_TITLE: &str = "Whether kubectl points at this cluster (only needed to see the pods at the end)";

// Resource providers.
pub(crate) const PROVIDERS_TITLE: &str = "Register the resource providers";
pub(crate) const PROVIDERS_WHY: &str = "Those that extensions on Arc clusters use. Without Microsoft.KubernetesConfiguration the deployment fails without a message. Registering needs rights on the subscription.";
pub(crate) fn provider_title(namespace: &str) -> String {
    format!("Registration state of {namespace}")
}
pub(crate) const PROVIDERS_TAKE: &str = "some minutes where one is not registered yet.";
pub(crate) const PROVIDERS_EXPECT: &str = "No output. az provider show then says Registered.";

// Data endpoint.
pub(crate) const ENDPOINT_TITLE: &str = "Enable the dedicated data endpoint";
pub(crate) const ENDPOINT_WHY: &str = "The connected registry fetches image layers from it.";
pub(crate) const ENDPOINT_LOOK: &str = "Whether the data endpoint is on";
pub(crate) const ENDPOINT_UNKNOWN: &str = "Azure did not say whether the data endpoint is on.";
pub(crate) const ENDPOINT_ONLY_IF: &str = "it is off.";
pub(crate) const ENDPOINT_OTHERWISE: &str = "The data endpoint is on already; nothing to do.";
pub(crate) const ENDPOINT_ASK: &str = "The registry's dedicated data endpoint is off. Enabling it changes how every client of that registry fetches layers: firewalls must let them reach REGISTRY.REGION.data.azurecr.io. Enable it?";
pub(crate) const ENDPOINT_WARNING: &str =
    "It changes how every client of that registry fetches layers: firewalls must let them reach REGISTRY.REGION.data.azurecr.io on port 443.";
pub(crate) const ENDPOINT_UNDO_WARNING: &str = "Every connected registry of this registry needs the data endpoint.";
pub(crate) const ENDPOINT_TAKES: &str = "some seconds.";
pub(crate) const ENDPOINT_EXPECT: &str = "\"dataEndpointEnabled\": true in the output.";
pub(crate) const ENDPOINT_FIREWALL: &str =
    "Connected registries and clients must reach REGISTRY.azurecr.io and REGISTRY.REGION.data.azurecr.io, both on port 443.";
pub(crate) const ENDPOINT_NOTE: &str = "The 2024 quickstart says that creating the connected registry provides a command to enable the endpoint. It asks and enables it itself, and with --yes really does so only since azure-cli 2.75; a step of its own works everywhere.";

// Create.
pub(crate) const CREATE_TITLE: &str = "Create the connected registry";
pub(crate) const CREATE_WHY: &str = "In the cloud registry, with the repositories that it synchronizes.";
pub(crate) const CREATE_LOOK: &str = "Which connected registries the registry has";
pub(crate) const CREATE_UNKNOWN: &str = "The connected registries could not be listed.";
pub(crate) const CREATE_ONLY_IF: &str = "the registry has no connected registry of this name.";
pub(crate) const CREATE_OTHERWISE: &str = "The connected registry exists; it is not altered, its repositories, mode and schedule stay as they are.";
pub(crate) const CREATE_WARNING: &str = "It also makes a sync token and a scope map of the same name, and overwrites existing ones.";
pub(crate) const CREATE_UNDO_WARNING: &str = "It deletes the connected registry with its sync token and scope map; a deployment of it is cut off.";
pub(crate) const TOKENS_LOOK: &str = "Which tokens the registry has";
pub(crate) const SCOPE_MAPS_LOOK: &str = "Which scope maps the registry has";
pub(crate) const NAMES_UNKNOWN: &str = "Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.";
pub(crate) const FOREIGN_EXTENSION_ASK: &str = "The cluster has an extension of this name, but the registry has no such connected registry: the extension belongs to another one, is not altered, and will not use the new one. Create the connected registry all the same?";
pub(crate) const TOKEN_ASK: &str =
    "The registry has a token with the name of the new connected registry. Creating it overwrites that token: who uses it loses access. Go on?";
pub(crate) const SCOPE_MAP_ASK: &str = "The registry has a scope map with the name of the new connected registry. Creating it overwrites that scope map, and the rights of the tokens that use it. Go on?";
pub(crate) const CREATE_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
pub(crate) const CREATE_NOTE: &str = "The 2024 quickstart breaks this command with a blank after the backslash; az then reports missing arguments.";

// Protected settings.
pub(crate) const SETTINGS_TITLE: &str = "Write the protected settings";
pub(crate) const SETTINGS_WHY: &str = "The connection string goes straight into a file that only you can read.";
pub(crate) const EXTENSION_LOOK: &str = "Which extensions the cluster has";
pub(crate) const EXTENSION_UNKNOWN: &str = "The extensions of the cluster could not be listed.";
pub(crate) const EXTENSION_ONLY_IF: &str = "the cluster has no extension of this name.";
pub(crate) const SETTINGS_OTHERWISE: &str = "The extension exists already, so no password is generated.";
pub(crate) fn password_ask(slot: &str) -> String {
    format!(
        "The connected registry exists already. Going on generates password {slot} of its sync token anew: a deployment that uses this password is cut off until it gets the new connection string. Generate it?"
    )
}
pub(crate) fn password_warning(slot: &str) -> String {
    format!("It generates password {slot} of the sync token: a deployment that uses this password is cut off until it gets the new connection string.")
}
pub(crate) const SETTINGS_REPLACES: &str = "A file protected-settings-extension.json in the current folder is replaced, and removed at the end.";
pub(crate) const SETTINGS_EXPECT: &str = "No output. The file protected-settings-extension.json holds the connection string; do not share it.";
pub(crate) const SETTINGS_TAKES: &str = "some seconds.";
pub(crate) const SETTINGS_BAD: &str = "az did not print a connection string; no file was written.";
pub(crate) const SETTINGS_NOTE: &str = "The 2024 quickstart takes the connection string inside a here-document: where az fails, bash goes on and writes an empty connection string, and the file is readable by every user of the machine.";

// Extension.
pub(crate) const EXTENSION_TITLE: &str = "Deploy the extension";
pub(crate) const EXTENSION_WHY: &str = "Azure Arc installs the connected registry in the cluster.";
pub(crate) const EXTENSION_OTHERWISE: &str = "The extension exists; it is not altered.";
pub(crate) const EXTENSION_TAKES: &str = "some minutes.";
pub(crate) const EXTENSION_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
pub(crate) const EXTENSION_UNDO_WARNING: &str =
    "The volume with the synchronized content and the certificates goes with it; so does what clients pushed and was not synchronized yet.";
pub(crate) const CERT_MANAGER_WARNING: &str = "The extension installs cert-manager. Where the cluster already runs one, the two collide.";
pub(crate) const TRUST_WARNING: &str = "Trust is distributed to Debian-based Linux nodes with containerd; others need the certificate by hand.";
pub(crate) const STORAGE_WARNING: &str =
    "It claims 500 GiB of the cluster's default storage class, as the documentation says; without such a class, or without room, the pod stays Pending.";
pub(crate) const EXTENSION_NOTE: &str = "The 2024 quickstart adds trustDistribution.skipNodeSelector, a name that the later documentation dropped, and leaves the other settings to their defaults. Here they are written out, because the sources disagree on a default.";
pub(crate) const UPGRADE_NOTE: &str =
    "The 2024 quickstart leaves out --auto-upgrade-minor-version, and the sources disagree on its default; so it is always given.";

// Removing the file.
pub(crate) const REMOVE_TITLE: &str = "Remove the protected settings file";
pub(crate) const REMOVE_WHY: &str = "The extension has it; what stays on the disk can only leak.";
pub(crate) const REMOVE_EXPECT: &str = "No output.";

// Verify.
pub(crate) const VERIFY_TITLE: &str = "Verify the deployment";
pub(crate) const VERIFY_WHY: &str = "The extension must be installed, and the connected registry comes online when it first synchronizes.";
pub(crate) const VERIFY_STATE: &str = "The extension is installed";
pub(crate) const VERIFY_STATE_BAD: &str = "The extension's provisioning state is not Succeeded. If it is Creating or Updating, wait and run this again. If it is Failed, see why with the command below, delete the extension with az k8s-extension delete, and run this again. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc";
pub(crate) const VERIFY_EXPECT: &str = "Succeeded, and CONNECTION STATE Online; the latter can take some minutes: run the command again. The pods are Running.";
pub(crate) const VERIFY_HELP: &str =
    "Where the pod stays Pending, look at its persistent volume claim first; where its log says UNAUTHORIZED, at the password.";
pub(crate) const VERIFY_NOTE: &str = "The sample output of the 2024 quickstart is misleading: it shows ReadWrite, but the default mode is ReadOnly; and under LOGIN SERVER it shows the cloud registry's, but the connected registry's own stands there, or nothing.";
