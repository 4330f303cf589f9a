//! The sentences of the steps.

use crate::azure::{CHECKED, OLDEST_AZURE_CLI, OLDEST_CONNECTEDK8S, OLDEST_K8S_EXTENSION, SKU};

pub(crate) fn checked() -> String {
    format!(
        "Checked against the parser of azure-cli {} and the source of k8s-extension {} on {}; never tried on a live subscription.",
        CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date
    )
}

// The tasks.
pub(crate) const DEPLOY_TITLE: &str = "Deploy a connected registry";
pub(crate) const SECURE_SUMMARY: &str = "HTTPS with a certificate from cert-manager, which the extension installs.";
pub(crate) const OWN_CERT_MANAGER_SUMMARY: &str = "HTTPS with a certificate from the cert-manager that the cluster has.";
pub(crate) const SECRET_SUMMARY: &str = "HTTPS with a certificate from a Kubernetes secret in the namespace connected-registry.";
pub(crate) const FILES_SUMMARY: &str = "HTTPS with your own certificate, from files on this machine.";
pub(crate) const HTTP_SUMMARY: &str = "Plain HTTP: nothing is encrypted. For development only.";
pub(crate) const REDEPLOY_TITLE: &str = "Deploy the extension again";
pub(crate) const REDEPLOY_SUMMARY: &str =
    "For a connected registry that was activated before (ALREADY_ACTIVATED): the old deployment is removed and deactivated first.";
pub(crate) const UPGRADE_SUMMARY: &str = "Changes how the extension is kept up to date, and nothing else of its configuration.";
pub(crate) const SCHEDULE_SUMMARY: &str = "Changes when the connected registry connects to its parent. Times are UTC.";
pub(crate) const REPOSITORIES_TITLE: &str = "Change the synchronized repositories";
pub(crate) const REPOSITORIES_SUMMARY: &str = "Changes which repositories the connected registry synchronizes.";
pub(crate) const PULL_TITLE: &str = "Pull an image";
pub(crate) const PULL_SUMMARY: &str = "Makes a client token, lets it use the connected registry, and pulls: with a pod, and with crictl on a node.";
pub(crate) const ROTATE_TITLE: &str = "Rotate the sync password";
pub(crate) const ROTATE_SUMMARY: &str = "Generates a new password of the sync token and gives it to the extension, with the whole of its protected settings.";
pub(crate) const DIAGNOSE_TITLE: &str = "Find out what is wrong";
pub(crate) const DIAGNOSE_SUMMARY: &str = "Shows one place after the other, and what to do about what it shows.";
pub(crate) const CLEAN_UP_TITLE: &str = "Remove the connected registry";
pub(crate) const CLEAN_UP_SUMMARY: &str = "Deactivates it, deletes the extension, and deletes it in the cloud, with its sync token and scope map.";

// Prerequisites.
pub(crate) const PREREQUISITES_TITLE: &str = "Check the prerequisites";
pub(crate) const PREREQUISITES_WHY: &str = "Nothing is changed. Each check says what to do where it fails.";
pub(crate) const NO_OUTPUT: &str = "No output.";
pub(crate) const KUBECTL_TOOL: &str = "kubectl is installed";
pub(crate) const KUBECTL_MISSING: &str = "kubectl was not found; this scenario needs it. Install it: https://kubernetes.io/docs/tasks/tools/";
pub(crate) const OPENSSL_TOOL: &str = "OpenSSL is installed";
pub(crate) const OPENSSL_MISSING: &str = "openssl was not found; it checks the certificate before it is used. Git for Windows brings one.";
pub(crate) const KUBECTL_POINTS_TITLE: &str = "kubectl points at this cluster";
pub(crate) const KUBECTL_ELSEWHERE: &str = "kubectl does not point at this cluster: its Azure Arc agents are called otherwise, or it has none. Choose the context with kubectl config use-context, or give it in the configurator.";
pub(crate) const KUBECTL_FAILED: &str = "kubectl could not ask the cluster.";
pub(crate) const EXISTS_TITLE: &str = "The connected registry exists";
pub(crate) const DOES_NOT_EXIST: &str = "The registry has no connected registry of this name. See them with: az acr connected-registry list";
pub(crate) const EXTENSION_EXISTS_TITLE: &str = "The extension exists";
pub(crate) const EXTENSION_DOES_NOT_EXIST: &str = "The cluster has no extension of this name. See them with: az k8s-extension list";
pub(crate) const SHOW_UNKNOWN: &str = "The connected registry could not be read.";
pub(crate) const RIGHTS: &str = "You need rights on both sides: for the registry the role \"Container Registry Contributor and Data Access Configuration Administrator\", for the cluster \"Kubernetes Extension Contributor\". Owner or Contributor on the resource groups covers both. This comes from the documentation of the roles and was not tried.";
pub(crate) const REGISTRY_RIGHTS: &str = "You need rights on the registry: the role \"Container Registry Contributor and Data Access Configuration Administrator\", or Owner or Contributor on its resource group. This comes from the documentation of the roles and was not tried.";
pub(crate) const CLUSTER_RIGHTS: &str = "You need rights on the cluster: the role \"Kubernetes Extension Contributor\", or Owner or Contributor on its resource group. This comes from the documentation of the roles and was not tried.";
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
pub(crate) const EXTENSION_UNREADABLE: &str = "The extension could not be read.";
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

// Verify.
pub(crate) const VERIFY_TITLE: &str = "Verify the deployment";
pub(crate) const VERIFY_WHY: &str = "The extension must be installed, and the connected registry comes online when it first synchronizes.";
pub(crate) const VERIFY_EXTENSION_WHY: &str = "The extension must be installed, and its pods must run.";
pub(crate) const VERIFY_EXTENSION_EXPECT: &str = "Succeeded, and the pods are Running.";
pub(crate) const VERIFY_STATE: &str = "The extension is installed";
pub(crate) const VERIFY_STATE_BAD: &str = "The extension's provisioning state is not Succeeded. If it is Creating or Updating, wait and run this again. If it is Failed, see why with the command below, delete the extension with az k8s-extension delete, and run this again. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc";
pub(crate) const VERIFY_EXPECT: &str = "Succeeded, and CONNECTION STATE Online; the latter can take some minutes: run the command again. The pods are Running.";
pub(crate) const VERIFY_HELP: &str =
    "Where the pod stays Pending, look at its persistent volume claim first; where its log says UNAUTHORIZED, at the password.";
pub(crate) const VERIFY_NOTE: &str = "The sample output of the 2024 quickstart is misleading: it shows ReadWrite, but the default mode is ReadOnly; and under LOGIN SERVER it shows the cloud registry's, but the connected registry's own stands there, or nothing.";

// Import.
pub(crate) const IMPORT_TITLE: &str = "Import an image";
pub(crate) const IMPORT_WHY: &str = "Copies it into the cloud registry, from where it is synchronized.";
pub(crate) const IMPORT_WARNING: &str = "An image that is already there under this name and tag is replaced.";
pub(crate) const IMPORT_OTHERWISE: &str = "The connected registry exists already, so nothing is imported.";
pub(crate) const IMPORT_RIGHTS: &str = "It needs the role \"Container Registry Data Importer and Data Reader\", by the documentation of the roles.";

// More about creating.
pub(crate) const PARENT_TITLE: &str = "The parent connected registry exists";
pub(crate) const PARENT_MISSING: &str = "The registry has no connected registry with the parent's name.";
pub(crate) const PARENT_WARNING: &str =
    "The parent must be of mode ReadWrite, or of the same mode, and must synchronize the repository acr/connected-registry.";
pub(crate) fn token_title(name: &str) -> String {
    format!("The client token {name} exists")
}
pub(crate) const TOKEN_MISSING: &str =
    "The registry has no such token. Client tokens must exist before they are given to a connected registry; the task \"Pull an image\" makes one.";

// Schedule.
pub(crate) const SCHEDULE_TITLE: &str = "Synchronize on a schedule";
pub(crate) const CONTINUOUS_TITLE: &str = "Synchronize continuously";
pub(crate) const SCHEDULE_WHY: &str = "The connected registry connects to its parent at these times only.";
pub(crate) const CONTINUOUS_WHY: &str = "The connected registry connects to its parent every minute.";
pub(crate) const SCHEDULE_LOOK: &str = "When it synchronizes now";
pub(crate) const WINDOW_LOOK: &str = "For how long";
pub(crate) const TTL_LOOK: &str = "How long messages are kept";
pub(crate) const SCHEDULE_ONLY_IF: &str = "it synchronizes otherwise now.";
pub(crate) const SCHEDULE_OTHERWISE: &str = "It synchronizes so already; nothing to do.";
pub(crate) const SCHEDULE_EXPECT: &str = "The new schedule under syncProperties in the output.";
pub(crate) const NOON_NOTE: &str = "The 2024 documents write 0 12 * * * for midnight; that is noon. Midnight is 0 0 * * *.";
pub(crate) const WINDOW_STAYS: &str =
    "A window that was set before stays set: the CLI has no option to clear it. With a run every minute it should not matter; the sources do not say.";
pub(crate) const WINDOW_FORMAT_NOTE: &str =
    "Should az show the window in another spelling, PT4H as 4:00:00, the same values are set once more, which changes nothing.";

// Repositories.
pub(crate) const REPOSITORIES_WHY: &str = "The sync scope map of the connected registry says what it may fetch.";
pub(crate) const REPOSITORIES_EXPECT: &str = "The list of repositories as it is now.";
pub(crate) const REMOVE_REPOSITORIES_WARNING: &str = "What is removed here is removed from all connected registries below this one as well.";
pub(crate) const REPOSITORIES_NOTE: &str = "What is added is added to all parents as well. A repository is synchronized at the next connection.";

// Log level.
pub(crate) const LOG_LEVEL_TITLE: &str = "Set the log level";
pub(crate) const LOG_LEVEL_WHY: &str = "It is a setting of the connected registry, not of the extension, and takes effect when it next synchronizes.";
pub(crate) const LOG_LEVEL_EXPECT: &str = "The new level under logging in the output. Set it back when you are done.";

// Deactivate and delete.
pub(crate) const DEACTIVATE_TITLE: &str = "Deactivate the connected registry";
pub(crate) const DEACTIVATE_WHY: &str = "Ends the tie between the connected registry in the cloud and its deployment.";
pub(crate) const DEACTIVATE_ONLY_IF: &str = "the registry has a connected registry of this name.";
pub(crate) const DEACTIVATE_OTHERWISE: &str = "There is no connected registry of this name; nothing to do.";
pub(crate) const DEACTIVATE_NOTE: &str = "Without it, a new deployment ends with ALREADY_ACTIVATED.";
pub(crate) const DELETE_TITLE: &str = "Delete the connected registry";
pub(crate) const DELETE_WHY: &str = "Deletes it in the cloud registry, with its sync token and scope map.";
pub(crate) const DELETE_WARNING: &str = "Client tokens stay; they belong to the cloud registry. The images in the cloud registry stay as well.";
pub(crate) const DELETE_NOTE: &str = "The 2024 documents give the cluster's name here and leave out --registry, --cleanup and --yes: the command fails, and would leave the token and the scope map behind.";
pub(crate) const DELETE_EXTENSION_TITLE: &str = "Delete the extension";
pub(crate) const DELETE_EXTENSION_WHY: &str = "Removes the connected registry from the cluster.";
pub(crate) const DELETE_EXTENSION_ONLY_IF: &str = "the cluster has an extension of this name.";
pub(crate) const DELETE_EXTENSION_OTHERWISE: &str = "There is no extension of this name; nothing to do.";
pub(crate) const DELETE_EXTENSION_WARNING: &str =
    "The volume with the synchronized content and the certificates is removed with it. What clients pushed and was not synchronized yet is lost.";
pub(crate) const DELETE_EXTENSION_NOTE: &str = "The 2024 documents give another cluster's name here (myarcakscluster), and no --yes: az then asks.";
pub(crate) const CLEAN_UP_ASK: &str = "This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet. Go on?";

// Certificates.
pub(crate) const CERT_MANAGER_STEP: &str = "Check that cert-manager is there";
pub(crate) const CERT_MANAGER_WHY: &str = "The extension asks it for the certificate. Nothing is changed.";
pub(crate) const CERT_MANAGER_TITLE: &str = "cert-manager is in the cluster";
pub(crate) const CERT_MANAGER_MISSING: &str = "cert-manager was not found in the cluster (no certificates.cert-manager.io). Without it the pod stays Pending. Install it, or choose \"Secure by default\", where the extension brings one.";
pub(crate) const CERT_MANAGER_NOTE: &str = "For new deployments Microsoft also offers cert-manager as an Arc extension of its own, microsoft.certmanagement.";
pub(crate) const OWN_CERT_MANAGER_NOTE: &str =
    "The 2024 quickstart asks for cert-manager.install=false in its text and leaves it out of its command: a second cert-manager would be installed.";
pub(crate) const CERTIFICATE_TITLE: &str = "Check the certificate";
pub(crate) const CERTIFICATE_WHY: &str = "A wrong certificate is found here in a second, in the cluster after an hour. Nothing is changed.";
pub(crate) const EXPIRY_TITLE: &str = "The certificate can be read, and does not expire within a day";
pub(crate) const EXPIRED: &str = "The certificate cannot be read as PEM, or it expires within a day.";
pub(crate) const PUBLIC_KEY_TITLE: &str = "The certificate has a public key";
pub(crate) const CERTIFICATE_UNREADABLE: &str = "The certificate cannot be read.";
pub(crate) const KEY_TITLE: &str = "The private key belongs to the certificate";
pub(crate) const KEY_OTHER: &str = "The private key does not belong to the certificate, or cannot be read as PEM without a passphrase.";
pub(crate) const CA_TITLE: &str = "The certificate of the authority can be read, and does not expire within a day";
pub(crate) const CA_EXPIRED: &str = "The certificate of the authority cannot be read as PEM, or it expires within a day.";
pub(crate) const CERTIFICATE_AGAIN_NOTE: &str =
    "The files go into the protected settings again, as they are now; whether the certificate holds for the service IP is not looked at here.";
pub(crate) const SAN_TITLE: &str = "The certificate holds for the service IP";
pub(crate) const SAN_MISSING: &str = "The certificate does not name the service IP: its subjectAltName must hold it as IP:ADDRESS, or clients refuse it.";
pub(crate) const CA_NOTE: &str = "Beside the certificate goes that of the authority that signed it. Where none is given, the certificate itself stands in its place, which is right only if it is self-signed.";
pub(crate) const SELF_SIGNED_TITLE: &str = "Make a self-signed certificate";
pub(crate) const SELF_SIGNED_WHY: &str =
    "On this machine, for the service IP, valid for a year; only where neither file exists. It is then checked like any other.";
pub(crate) const SELF_SIGNED_EXPECT: &str = "Two files, the certificate and its private key. The last line says that the IP does match.";
pub(crate) const SELF_SIGNED_WARNING: &str = "Keep the private key, and keep it private: renewing the certificate is up to you.";
pub(crate) const SELF_SIGNED_NOTE: &str = "Two -addext subjectAltName, as one document has them, fail with \"Duplicate extension\"; one with commas is right.";
pub(crate) const NAMESPACE_TITLE: &str = "Create the namespace";
pub(crate) const NAMESPACE_WHY: &str = "The secret must be there before the extension is.";
pub(crate) const NAMESPACE_LOOK: &str = "Which namespaces the cluster has";
pub(crate) const NAMESPACE_ONLY_IF: &str = "the cluster has no namespace connected-registry.";
pub(crate) const NAMESPACE_OTHERWISE: &str = "The namespace exists.";
pub(crate) const NAMESPACE_EXPECT: &str = "namespace/connected-registry created";
pub(crate) const SECRET_UNDO_WARNING: &str = "An extension that uses the secret cannot serve HTTPS without it once it restarts.";
pub(crate) const SECRET_TITLE: &str = "Create the TLS secret";
pub(crate) const SECRET_CHECK_TITLE: &str = "Check that the TLS secret is there";
pub(crate) const SECRET_WHY: &str = "The connected registry serves the certificate that is in it.";
pub(crate) const SECRETS_LOOK: &str = "Which secrets the namespace has";
pub(crate) const SECRET_ONLY_IF: &str = "the namespace has no secret of this name.";
pub(crate) const SECRET_OTHERWISE: &str = "The secret exists; it is not altered.";
pub(crate) const SECRET_EXPECT: &str = "secret/NAME created";
pub(crate) const SECRET_EXISTS_TITLE: &str = "The secret is in the namespace connected-registry";
pub(crate) const SECRET_DOES_NOT_EXIST: &str = "The namespace connected-registry has no secret of this name.";
pub(crate) const AFTER_REMOVAL_NOTE: &str = "The namespace may go with the extension, and the secret in it; so this looks again, after the removal. Where the namespace is still being removed, creating anything in it fails: wait, then run this again.";
pub(crate) const SECRET_NOTE: &str = "It must hold ca.crt, tls.crt and tls.key and be of type kubernetes.io/tls; kubectl create secret tls cannot put ca.crt into it. The 2024 documents show a fragment that is not JSON where its name belongs; it is tls.secret in the protected settings.";
pub(crate) const FLAT_KEYS_NOTE: &str =
    "The keys have dots and the values are text. Nested objects, as the 2024 documents suggest, reach the extension as unreadable text.";
pub(crate) const LABELS_TITLE: &str = "See which nodes have the label";
pub(crate) const LABELS_WHY: &str =
    "Only nodes with the label containerd-configured-by=connected-registry are made to trust the connected registry. Labelling them is up to you.";
pub(crate) const LABELS_EXPECT: &str = "The nodes with the label. Label one with: kubectl label node/NAME containerd-configured-by=connected-registry";
pub(crate) const LABELS_NOTE: &str = "The 2024 documents have trustDistribution.skipNodeSelector, with the opposite meaning; the later ones useNodeSelector.";
pub(crate) const OWN_TRUST_WARNING: &str =
    "The extension does not touch the nodes: until each of them trusts the authority, pulls fail with an unknown authority.";
pub(crate) const OWN_TRUST_TITLE: &str = "Make each node trust the certificate";
pub(crate) const OWN_TRUST_WHY: &str = "On every node, by hand or by your own tools. With containerd: copy the authority's certificate to /etc/containerd/connected-registry-ca.crt, and write this file into a folder of /etc/containerd/certs.d that is called like the service IP.";
pub(crate) const INSECURE_TITLE: &str = "Allow plain HTTP on each node";
pub(crate) const INSECURE_WHY: &str = "On every node; otherwise pulls fail with \"server gave HTTP response to HTTPS client\". With containerd: write this file into a folder of /etc/containerd/certs.d that is called like the service IP with :80 after it.";
pub(crate) const CONTAINERD_EXPECT: &str = "The next pull uses it; containerd need not be restarted.";
pub(crate) const CONTAINERD_NOTE: &str = "containerd must be told to look there: config_path = \"/etc/containerd/certs.d\" in the registry part of its configuration. This is from containerd's documentation and was not tried with the connected registry.";
pub(crate) const HTTP_WARNING: &str =
    "Not secure: images and passwords cross the cluster's network unencrypted, and anyone on it can alter them. For development only.";
pub(crate) const HTTP_NOTE: &str = "Not verified on the Arc extension: httpEnabled=true is from the documentation of the chart; the current documents of the extension no longer mention HTTP. The 2024 documents write HttpsEnabled=false, which no chart knows, and call it secure.";
pub(crate) const KEYS_OF_2024_WARNING: &str = "It also sets names of the 2024 documents, for extensions of that time. Current ones do not know them.";

// Upgrade.
pub(crate) const VERSIONS_TITLE: &str = "List the versions that exist";
pub(crate) const VERSIONS_WHY: &str = "A version that does not exist fails with \"failed in download the Chart path not found\".";
pub(crate) const VERSIONS_EXPECT: &str = "A table of versions; the one you chose must be in it.";
pub(crate) const VERSIONS_NOTE: &str = "The 2024 documents name 0.6.0 and 0.6.1; whether these still exist is not known.";
pub(crate) const AUTO_UPGRADE_LOOK: &str = "Whether it is upgraded automatically";
pub(crate) const VERSION_LOOK: &str = "Its version";
pub(crate) const AUTO_UPGRADE_TITLE: &str = "Upgrade automatically";
pub(crate) const AUTO_UPGRADE_WHY: &str = "Azure installs new minor versions of the extension by itself.";
pub(crate) const AUTO_UPGRADE_NOTE: &str =
    "The 2024 quickstart repeats the settings of its HTTP example here, which would switch TLS off. An update changes only what is named, so nothing else is.";
pub(crate) const PIN_TITLE: &str = "Bring the extension to a version";
pub(crate) const PIN_WHY: &str = "Installs this version, newer or older, and stays there: automatic upgrades are turned off.";
pub(crate) const PIN_NOTE: &str = "The 2024 quickstart gives --extension-type, which update does not know, and leaves out --auto-upgrade-minor-version false; the service refuses a version while automatic upgrades are on.";
pub(crate) const ROLLBACK_NOTE: &str = "This is a roll-back by hand. A failed upgrade is rolled back automatically only while automatic upgrades are on.";
pub(crate) const UPGRADE_ONLY_IF: &str = "it is otherwise now.";
pub(crate) const UPGRADE_OTHERWISE: &str = "It is so already; nothing to do.";
pub(crate) const UPDATE_TAKES: &str = "some minutes.";
pub(crate) const UPDATE_SETTINGS_TITLE: &str = "Give the extension the new settings";
pub(crate) const UPDATE_SETTINGS_WHY: &str = "The connected registry logs in with the new password from then on.";
pub(crate) const WHOLE_FILE_NOTE: &str =
    "The file holds all protected settings of this way of TLS: it is not certain that the service keeps those that are left out.";
pub(crate) const ROTATE_ASK: &str = "This generates the password anew. Until the extension has it, a deployment that uses it is cut off. Go on?";
pub(crate) const REDEPLOY_ASK: &str = "This removes the extension where it exists, with its volume, deactivates the connected registry and generates its password anew. What clients pushed and was not synchronized yet is lost. Go on?";

// Pull.
pub(crate) const TOKEN_UNDO_WARNING: &str = "Every client that uses the token loses access, to the cloud registry and to the connected registry.";
pub(crate) const TOKEN_TITLE: &str = "Create a client token";
pub(crate) const TOKEN_WHY: &str = "Clients log in with it. It may read this repository only; a scope map of its name with -scope-map after it says so.";
pub(crate) const TOKENS_LOOK: &str = "Which tokens the registry has";
pub(crate) const TOKENS_UNKNOWN: &str = "The tokens could not be listed.";
pub(crate) const TOKEN_ONLY_IF: &str = "the registry has no token of this name.";
pub(crate) const TOKEN_OTHERWISE: &str = "The token exists; it is not altered. Whether it may read this repository, its scope map says.";
pub(crate) const TOKEN_NOTE: &str = "The 2024 quickstart pulls with a token that it never creates, and without an image.";
pub(crate) const LINK_TITLE: &str = "Let the token use the connected registry";
pub(crate) const LINK_WHY: &str = "A connected registry knows only the client tokens that are linked to it.";
pub(crate) const LINKED_LOOK: &str = "Which tokens the connected registry knows";
pub(crate) const LINK_ONLY_IF: &str = "it is not linked yet.";
pub(crate) const LINK_OTHERWISE: &str = "The token is linked already.";
pub(crate) const LINK_TAKES: &str = "some seconds; the deployment learns of it when it next synchronizes.";
pub(crate) const LINK_NOTE: &str = "This step is missing from the documents' instructions; without it the pull is unauthorized.";
pub(crate) const SYNCHRONIZED_TITLE: &str = "See what is synchronized";
pub(crate) const SYNCHRONIZED_WHY: &str = "An image whose repository is not synchronized cannot be pulled.";
pub(crate) const SYNCHRONIZED_EXPECT: &str = "The repository of the image is in the list; if not, the task \"Repositories\" adds it.";
pub(crate) const PULL_SECRET_UNDO_WARNING: &str = "Pods that name the secret can no longer pull.";
pub(crate) const PULL_SECRET_TITLE: &str = "Create the pull secret";
pub(crate) const PULL_SECRET_WHY: &str = "In the cluster and the namespace that kubectl is set to, where the pod will run.";
pub(crate) const PULL_SECRETS_LOOK: &str = "Which secrets that namespace has";
pub(crate) const PULL_SECRET_ONLY_IF: &str = "the namespace has no secret connected-registry-pull.";
pub(crate) const PULL_SECRET_OTHERWISE: &str = "The pull secret exists; it is not altered.";
pub(crate) const PULL_SECRET_EXPECT: &str = "secret/connected-registry-pull created";
pub(crate) const CLIENT_PASSWORD_ASK: &str =
    "The client token existed before. Going on generates its password 1 anew: clients that use it are refused until they get the new one. Generate it?";
pub(crate) const CLIENT_PASSWORD_BAD: &str = "az did not print a password; no secret was made.";
pub(crate) const CLIENT_PASSWORD_WARNING: &str =
    "It generates password 1 of the client token, and hands it to kubectl as an argument: for that moment other users of this machine can see it.";
pub(crate) const POD_UNDO_WARNING: &str = "It deletes this pod only; it holds nothing that is kept.";
pub(crate) const POD_TITLE: &str = "Pull with a pod";
pub(crate) const POD_WHY: &str = "Kubernetes pulls the image with the pull secret and runs it once.";
pub(crate) const POD_EXPECT: &str = "pod/connected-registry-pull created; then Completed or Running. ErrImagePull or ImagePullBackOff means that the pull failed: kubectl describe pod connected-registry-pull says why.";
pub(crate) const CRICTL_TITLE: &str = "Pull with crictl";
pub(crate) const CRICTL_WHY: &str = "On a node of the cluster, to see whether the node itself can.";
pub(crate) const CRICTL_EXPECT: &str = "Image is up to date for …";
pub(crate) const CRICTL_WARNING: &str = "The password stands in the arguments and in the shell's history of the node.";
pub(crate) const CRICTL_NOTE: &str = "The 2024 quickstart gives no image; crictl needs ADDRESS/REPOSITORY:TAG.";
pub(crate) const CRICTL_PASSWORD_NOTE: &str = "A password is shown only when it is generated: az acr token credential generate with --password2 makes the second one, and leaves the first to the pull secret.";
pub(crate) const PULL_HTTP_NOTE: &str = "Plain HTTP is served on port 80, by the documentation of the chart.";

// Diagnose.
pub(crate) const DIAGNOSE_EXTENSION: &str = "The extension";
pub(crate) const DIAGNOSE_EXTENSION_WHY: &str = "Whether Azure Arc could install it; errors stand under errorInfo and statuses.";
pub(crate) const EXTENSION_SYMPTOMS: &[&str] = &[
    "\"can't reuse a name that is still in use\": an extension or Helm release of this name is there already. Delete it, or choose another name.",
    "\"unable to create new content in namespace connected-registry because it is being terminated\": the last removal is still going on. Wait, then deploy again.",
    "\"failed in download the Chart path not found\": the version does not exist. List those that do with the task \"Upgrade\".",
    "It fails without a message: Microsoft.KubernetesConfiguration is not registered. az provider register --namespace Microsoft.KubernetesConfiguration --wait",
    "422 Unprocessable Entity: the service IP is outside the service CIDR, or taken. Delete the extension and deploy it with another one.",
    "cert-manager \"already exists\": the cluster has one of its own. Deploy with \"Own cert-manager\".",
];
pub(crate) const DIAGNOSE_REGISTRY: &str = "The connected registry in the cloud";
pub(crate) const DIAGNOSE_REGISTRY_WHY: &str = "Its connection state, when it last synchronized, what it synchronizes, and which clients it knows.";
pub(crate) const REGISTRY_SYMPTOMS: &[&str] = &[
    "CONNECTION STATE Offline, long after the deployment: the pod does not run, or a firewall is in between. It needs port 443 to REGISTRY.azurecr.io and REGISTRY.REGION.data.azurecr.io.",
    "\"manifest unknown\" or image not found: the repository is not synchronized, or not yet. Add it with the task \"Repositories\".",
    "\"insufficient scopes\" on a pull: the client token's scope map lacks the repository. az acr scope-map update --add-repository",
    "A push is denied: the mode is ReadOnly, or the client token may not write.",
];
pub(crate) const DIAGNOSE_KUBECTL: &str = "Whether kubectl points at this cluster (only needed to show what is in the cluster)";
pub(crate) const DIAGNOSE_ONLY_IF: &str = "kubectl points at this cluster.";
pub(crate) const DIAGNOSE_OTHERWISE: &str = "kubectl is not there, or does not point at this cluster, so this is not shown.";
pub(crate) const DIAGNOSE_PODS: &str = "The pods";
pub(crate) const DIAGNOSE_PODS_WHY: &str = "Whether they run, and if not, why.";
pub(crate) const POD_SYMPTOMS: &[&str] = &[
    "Pending, because of a persistent volume claim: see the storage below.",
    "Pending, or 0/1 with an empty TLS secret: cert-manager is not in the cluster, or was not installed. Install one, or deploy with \"Secure by default\".",
];
pub(crate) const DIAGNOSE_EVENTS: &str = "The events";
pub(crate) const DIAGNOSE_EVENTS_WHY: &str = "What Kubernetes did and could not do, the latest last.";
pub(crate) const EVENT_SYMPTOMS: &[&str] = &["FailedScheduling, FailedMount and ErrImagePull say what is missing in their message."];
pub(crate) const DIAGNOSE_STORAGE: &str = "The storage";
pub(crate) const DIAGNOSE_STORAGE_WHY: &str = "Whether the claim is bound, and which classes there are.";
pub(crate) const STORAGE_SYMPTOMS: &[&str] =
    &["The claim stays Pending: there is no default class, or no room for its size. Deploy with a storage class and a size that fit."];
pub(crate) const DIAGNOSE_SERVICES: &str = "The services and their addresses";
pub(crate) const DIAGNOSE_SERVICES_WHY: &str = "Which addresses are taken, and whether the connected registry has its own.";
pub(crate) const SERVICE_SYMPTOMS: &[&str] = &["The service IP belongs to another service: deploy with one that is free."];
pub(crate) const DIAGNOSE_LOGS: &str = "The logs";
pub(crate) const DIAGNOSE_LOGS_WHY: &str =
    "What the connected registry says itself. The label is that of every pod of a Deployment; its own are not documented.";
pub(crate) const LOG_SYMPTOMS: &[&str] = &[
    "UNAUTHORIZED Incorrect Password: the password was generated anew, or the connection string is damaged. The task \"Rotate\" gives the extension a new one.",
    "ALREADY_ACTIVATED: the connected registry is tied to an earlier deployment. The task \"Redeploy\" deactivates it first.",
    "\"server gave HTTP response to HTTPS client\" on a node: plain HTTP needs an exception on each node.",
    "413 RequestEntityTooLarge on activation, with k3s: a known problem that is open at the time of writing.",
];
