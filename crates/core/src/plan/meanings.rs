//! The explanation of each option, and what older documents say about it if that differs.
//!
//! The steps name a constant where they add the option. To find it, search the folder for the
//! option.
//!
//! Commands are explained in `configurator-render`, in `explain/commands.rs`, and the shell's own
//! text in `explain/purposes.rs`.

/// What something in a command means.
#[derive(Debug, Eq)]
pub struct Meaning {
    /// What it does.
    pub what: &'static str,
    /// What older documents say instead, and what comes of that.
    pub formerly: Option<&'static str>,
}

impl PartialEq for Meaning {
    /// Nearly always the very same: outputs are compared with each letter that is typed.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.what == other.what && self.formerly == other.formerly)
    }
}

impl serde::Serialize for Meaning {
    /// The sentence alone.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.what)
    }
}

macro_rules! meanings {
    ($($NAME:ident = $what:literal $(, formerly $formerly:literal)?;)+) => {
        $(pub(crate) const $NAME: &Meaning = &Meaning { what: $what, formerly: meanings!(@ $($formerly)?) };)+
    };
    (@) => { None };
    (@ $formerly:literal) => { Some($formerly) };
}

meanings! {
    REGISTRY = "The container registry in Azure, by its name.";
    REGISTRY_OF_CONNECTED = "The container registry in Azure. Its name alone, though the help of \
                             this option asks for a login server.";
    REGISTRY_GROUP = "The registry's resource group. Without it the CLI searches the whole \
                      subscription.";
    SUBSCRIPTION = "The subscription to work in, instead of the current one.";
    CONNECTED_REGISTRY = "The connected registry, by its name in the cloud registry.";
    REPOSITORY = "The repositories to synchronize: one option with several values. Given twice, \
                  the last one wins without a message.";
    MODE = "What clients may do: ReadOnly serves pulls, ReadWrite also takes pushes. It cannot be \
            changed later.",
        formerly "The sample output of the 2024 quickstart shows ReadWrite, but ReadOnly is the \
                  default.";
    YES_CREATE = "Answers the question that az would ask about the data endpoint.",
        formerly "The 2024 quickstart says that a command to enable the data endpoint is provided; \
                  az asks and enables it itself.";
    DATA_ENDPOINT = "Whether the registry has its dedicated data endpoint.";
    PARENT_PROTOCOL = "How the connected registry talks to its parent. To the cloud registry it is \
                       always https.";
    GENERATE_PASSWORD = "Generates this password of the sync token anew. Without it the connection \
                         string holds a placeholder.";
    QUERY_CONNECTION = "Only the connection string.";
    QUERY = "Prints only the part of the answer that is needed: a JMESPath expression.";
    TSV = "Plain text without quotes.";
    JSON = "Prints the answer as JSON.";
    ASSIGNEE = "Whose roles: those of who is signed in.";
    SCOPE = "The resource that the roles are on.";
    INCLUDE_INHERITED = "Also those on its resource group, its subscription and above.";
    INCLUDE_GROUPS = "Also those of the groups they are in.";
    NO_PRINCIPAL_NAMES = "Without asking the directory for names.";
    TABLE = "Prints the answer as a table.";
    YES_PASSWORD = "Answers the question that az would ask before it generates the password.";
    CLUSTER = "The Arc-enabled cluster, by its name in Azure.";
    CLUSTER_GROUP = "The cluster's resource group.";
    CLUSTER_TYPE = "An Arc-enabled cluster, which this extension is for.",
        formerly "The glossary writes connectedCluster, which is not what the CLI documents.";
    EXTENSION_TYPE = "The connected registry extension.";
    CERT_MANAGER_TYPE = "cert-manager, as Microsoft offers it.";
    EXTENSION_NAME = "The name of this instance of the extension.";
    CLUSTER_IP = "The address of the connected registry in the cluster; it must be free and inside \
                  the service CIDR.",
        formerly "For own trust the 2024 documents write service.clusterIP== with two =, so that \
                  the value begins with one; and their address is outside of the private ranges.";
    TRUST = "Makes the nodes trust the connected registry's certificate: by the preview \
             documentation only Debian-based Linux nodes with containerd.",
        formerly "The 2024 documents set trustDistribution.skipNodeSelector=true as well, a name \
                  that later ones dropped.";
    CERT_MANAGER_ENABLED = "The certificate comes from cert-manager.";
    CERT_MANAGER_INSTALL = "The extension brings its own cert-manager.";
    PROTECTED_FILE = "The file with the connection string. az does not show its values again.",
        formerly "The 2024 documents write <JSON file path> without quotes, which a shell takes \
                  for a redirection.";
    AUTO_UPGRADE = "Azure installs new minor versions of the extension by itself.",
        formerly "The 2024 quickstart leaves it out of most of its deployments, and sources \
                  disagree on its default; in a newer one the backslash before it is missing.";
    NAMESPACE = "The resource provider, by its namespace.";
    WAIT = "Waits until it is registered.";
    ADD_NAME = "The extension of the CLI, by its name.";
    UPGRADE = "Updates it where it is installed already.";
    YES_ADD = "Goes on without a question.";
    SKU = "The SKU that connected registries need.";
    KUBE_CONTEXT = "The kubectl context to use, instead of the current one.";
    NAMESPACE_LIST = "The namespaces to look at, separated by commas.";
    KUBE_NAMESPACE = "The Kubernetes namespace that this is in.";
    REQUEST_TIMEOUT = "Gives up on a cluster that does not answer.";
    KUBE_OUTPUT = "Prints only the part of the answer that is needed.";
    WAIT_GONE = "Waits until it is gone.";
    DELETE_YES = "Deletes without asking first.",
        formerly "The 2024 documents leave it out: az then asks, and fails where there is no \
                  terminal.";
    DELETE_TOKEN_YES = "Deletes without asking first.";
    DEACTIVATE_YES = "Deactivates without asking first.";
    CLEANUP = "Also deletes its sync token and scope map.",
        formerly "The 2024 documents leave it out: the token and the scope map stay behind.";
    IMPORT_SOURCE = "The image to copy, with its registry.";
    IMPORT_IMAGE = "What it is called in the registry.";
    BELOW = "Only the connected registries below this one.";
    PARENT = "The connected registry above this one.";
    CLIENT_TOKENS = "The tokens that clients may log in with: one option with several names. They \
                     must exist.";
    NOTIFICATIONS = "For which artifacts notifications are made: one option with several patterns.";
    LOG_LEVEL = "How much the connected registry logs.";
    GC_ENABLED = "Turns garbage collection off.";
    GC_SCHEDULE = "When garbage is collected, as a cron expression.";
    SYNC_SCHEDULE = "When it connects to its parent, as a cron expression in UTC.",
        formerly "The 2024 quickstart writes 0 12 * * * for midnight; that is noon.";
    SYNC_WINDOW = "For how long it stays connected each time, as an ISO 8601 duration.",
        formerly "The sample output of the 2024 quickstart shows 00:00:00-23:59:59; it is a \
                  duration.";
    MESSAGE_TTL = "How long synchronization messages are kept in the cloud, as an ISO 8601 \
                   duration.";
    ADD_REPOSITORIES = "Repositories to synchronize as well.";
    REMOVE_REPOSITORIES = "Repositories to synchronize no longer.";
    CERTIFICATE_FILE = "The file of the certificate.";
    KEY_FILE = "The file of the private key.";
    NOOUT = "Not the certificate itself.";
    PUBKEY = "Prints its public key.";
    PASSIN = "No passphrase: the extension could not ask for one.";
    CA_FILE = "The file of the authority's certificate.";
    TRUSTED = "Only this authority counts.";
    PARTIAL_CHAIN = "An intermediate authority will do.";
    UNTRUSTED = "Intermediate certificates may be in this file.";
    PUBOUT = "The public key that belongs to it.";
    CHECKEND = "Whether it expires within this many seconds, a day.";
    CHECKIP = "Whether it holds for this address.";
    X509 = "A certificate, not a request for one.";
    NEWKEY = "With a new key of this kind.";
    NODES = "The key without a passphrase: the extension could not ask for it.";
    SHA256 = "Signs the certificate with SHA-256.";
    DAYS = "For how many days it is valid.";
    SUBJ = "Its subject; without it openssl would ask.";
    ADDEXT = "The address it holds for: clients compare it with where they connect to.",
        formerly "One document gives -addext subjectAltName twice: openssl refuses that.";
    SECRET_NAME = "The Kubernetes secret, by its name.";
    SECRET_TYPE = "Makes it a secret for TLS.",
        formerly "A newer document puts the type under metadata, where it is ignored.";
    FROM_FILE = "A key of the secret, and the file it comes from.";
    SELECTOR = "Only objects that have this label.";
    HTTP_ENABLED = "Serves plain HTTP. From the documentation of the chart; not verified on the \
                    Arc extension.",
        formerly "The 2024 documents write httpsEnabled=false and HttpsEnabled=false, and say that \
                  HTTP can be further secured; it is not secure.";
    NO_TRUST = "The extension leaves the nodes as they are.",
        formerly "The 2024 documents set trustDistribution.skipNodeSelector=false as well, and \
                  leave trust on with plain HTTP.";
    TRUST_SOME = "Makes nodes trust the connected registry's certificate: by the preview \
                  documentation only Debian-based Linux nodes with containerd.";
    NODE_SELECTOR = "Only nodes with the label containerd-configured-by=connected-registry.",
        formerly "The 2024 documents have trustDistribution.skipNodeSelector, with the opposite \
                  meaning.";
    CERT_MANAGER_DISABLED = "The certificate does not come from cert-manager.";
    CERT_MANAGER_NOT_INSTALLED = "The extension does not bring cert-manager.",
        formerly "For a cert-manager of your own, the 2024 quickstart asks for this in its text \
                  and leaves it out of its command: a second one would be installed.";
    NO_AUTO_UPGRADE = "Turns automatic upgrades off; a version can be given only then.",
        formerly "The 2024 quickstart leaves it out where it gives a version; whether the service \
                  takes that while automatic upgrades are on is not known.";
    VERSION = "The version of the extension.",
        formerly "The 2024 quickstart names 0.6.0 and 0.6.1; whether these still exist is not \
                  known.";
    TRAIN = "The release train that versions come from.";
    STORAGE_CLASS = "The storage class of its volume.";
    STORAGE_REQUEST = "The size of the volume that holds the content.";
    KEYS_OF_2024 = "A name of the 2024 documents, beside the current one.";
    YES_UPGRADE = "Makes sure that nothing is asked: az asks where settings are given, which is \
                   not so here.";
    YES_UPDATE = "Answers the question that az would ask before it changes the configuration.";
    CLIENT_TOKEN = "The token that clients log in with, by its name.";
    TOKEN_REPOSITORY = "The repository it may read, and what it may do there.";
    NO_PASSWORDS = "Without passwords: az would print them. One is generated later, unseen.";
    ADD_CLIENT_TOKENS = "The token that clients may log in with.",
        formerly "The quickstarts leave this out; by the preview documentation the token must be \
                  linked.";
    PASSWORD1 = "Only the first of its two passwords.";
    QUERY_PASSWORD = "Prints only the password.";
    ONLY_SHOW_ERRORS = "Prints no warnings: only the password is wanted.";
    DOCKER_SERVER = "Where the image is pulled from.";
    DOCKER_USERNAME = "Who logs in: the client token.";
    DOCKER_PASSWORD = "The password of the client token.";
    MANIFEST = "The file that describes the pod.";
    CREDS = "The client token and its password.",
        formerly "The 2024 quickstart uses a token that it never creates.";
    REFERENCE = "Address, repository and tag.",
        formerly "The 2024 quickstart gives an address without a repository, or no image at all.";
    KUBE_WIDE = "Shows the node of each as well.";
    SORT_BY = "Sorts by time, the latest last.";
    ALL_NAMESPACES = "Looks in all namespaces of the cluster.";
    LOG_SELECTOR = "Every pod of a Deployment has this label.";
    ALL_CONTAINERS = "Shows every container of the pods.";
    PREFIX = "Each line says where it comes from.";
    TAIL = "Shows only the last lines.";
    SCOPE_MAP = "The scope map, by its name.";
    IGNORE_NOT_FOUND = "Where there is none, that is fine.";
    POD = "The pod, by its name.";
    WAIT_FOR = "Until it ran and ended well.";
    WAIT_TIMEOUT = "Gives up after this long.";
    NODE_FILE = "The file, in the current folder.";
    NODE_PLACE = "Where containerd looks for it.";
    NODE_FOLDER = "The folder of this registry.";
    KUBE_YAML = "With all that is known about it.";
}
