//! The explanation of each command, and what older documents do with it if that differs.

use configurator_core::plan::meanings::Meaning;

macro_rules! commands {
    ($($words:literal => $what:literal $(, formerly $formerly:literal)?;)+) => {
        /// Every command, by its first words.
        static COMMANDS: &[(&str, Meaning)] = &[$(($words, Meaning { what: $what, formerly: commands!(@ $($formerly)?) })),+];
    };
    (@) => { None };
    (@ $formerly:literal) => { Some($formerly) };
}

// Of two that fit, the longer one stands first.
commands! {
    "az account show" => "Shows the subscription in use, and who is signed in.";
    "az acr connected-registry create" => "Makes the connected registry in the cloud registry, \
                                           with its sync token and scope map.",
        formerly "As the 2024 quickstart prints it, a blank after the backslash ends the command \
                  early.";
    "az acr connected-registry deactivate" => "Lets go of the deployment that the connected \
                                               registry was activated by.",
        formerly "The 2024 documents leave it out: a new deployment then ends with \
                  ALREADY_ACTIVATED.";
    "az acr connected-registry delete" => "Deletes the connected registry from the cloud registry.",
        formerly "The 2024 documents give the cluster's name and leave out --registry: the command \
                  fails.";
    "az acr connected-registry get-settings" => "Gets what the extension logs in with: the \
                                                 connection string.",
        formerly "The 2024 quickstart runs it inside a here-document, where its failure goes \
                  unnoticed.";
    "az acr connected-registry list-client-tokens" => "Lists the tokens that clients may log in \
                                                       with.";
    "az acr connected-registry list" => "Lists the connected registries of the cloud registry.";
    "az acr connected-registry permissions show" => "Shows what the connected registry may \
                                                     synchronize.";
    "az acr connected-registry permissions update" => "Changes which repositories the connected \
                                                       registry synchronizes.";
    "az acr connected-registry show" => "Shows what Azure knows about the connected registry.",
        formerly "The 2024 quickstart asks for one connected registry and shows the answer about \
                  another.";
    "az acr connected-registry update" => "Changes what is named here of the connected registry.";
    "az acr import" => "Copies an image into the cloud registry, from one to the other and not \
                        over this machine.";
    "az acr repository show-tags" => "Lists the tags of a repository.";
    "az acr scope-map delete" => "Deletes a scope map.";
    "az acr scope-map list" => "Lists the scope maps of the registry.";
    "az acr scope-map update" => "Changes what the tokens of a scope map may do.";
    "az acr show-endpoints" => "Shows the endpoints of the registry, the data endpoints among them.";
    "az acr show" => "Shows what Azure knows about the registry.";
    "az acr token create" => "Makes a token that clients log in with.",
        formerly "The 2024 quickstart pulls with a token that it never creates.";
    "az acr token credential generate" => "Generates a password of a token; the one before it \
                                           stops working.";
    "az acr token delete" => "Deletes a token.";
    "az acr token list" => "Lists the tokens of the registry.";
    "az acr token show" => "Shows a token.";
    "az acr update" => "Changes the registry.";
    "az connectedk8s show" => "Shows the cluster as Azure Arc knows it.";
    "az extension add" => "Installs an extension of the CLI.",
        formerly "The 2024 documents leave out the extension connectedk8s.";
    "az extension list" => "Lists the extensions of the CLI that are installed.";
    "az k8s-extension create" => "Installs the extension on the Arc-enabled cluster.",
        formerly "As the 2024 documents print it, it does not run: a blank after the backslash, or \
                  a missing backslash, ends it early.";
    "az k8s-extension delete" => "Removes the extension from the cluster, with its volume and its \
                                  certificates.",
        formerly "The 2024 documents give another cluster's name here (myarcakscluster), and no \
                  --yes.";
    "az k8s-extension extension-types list-versions-by-cluster" => "Lists the versions of the extension that this cluster can have.";
    "az k8s-extension list" => "Lists the extensions on the cluster.";
    "az k8s-extension show" => "Shows what Azure knows about the extension on the cluster.",
        formerly "A newer page gives the name alone; the cluster, its group and its type are \
                  required as well.";
    "az k8s-extension troubleshoot" => "The CLI's own look at an extension that fails; not tried.";
    "az k8s-extension update" => "Changes the extension on the cluster: by the CLI's source only \
                                  what is named; not tried against Azure.",
        formerly "In its examples of upgrades the 2024 quickstart repeats its HTTP settings, which \
                  would switch TLS off.";
    "az login" => "Signs you in.";
    "az provider register" => "Registers a resource provider in the subscription.",
        formerly "The 2024 documents leave out Microsoft.ExtendedLocation.";
    "az provider show" => "Shows whether a resource provider is registered.";
    "az role assignment list" => "Lists the roles that somebody has.";
    "az version" => "Says which version the CLI has.";
    "crictl pull" => "Pulls an image on this node.",
        formerly "The 2024 quickstart gives an address without a repository, or no image.";
    "kubectl apply" => "Makes or changes what a file describes.";
    "kubectl config current-context" => "Says which cluster kubectl points at.";
    "kubectl create namespace" => "Makes a namespace.";
    "kubectl create secret docker-registry" => "Makes a secret that images are pulled with.";
    "kubectl create secret generic" => "Makes a secret, from files: kubectl create secret tls \
                                        could not put ca.crt into it.";
    "kubectl delete" => "Deletes something in the cluster.";
    "kubectl describe" => "Says what the cluster knows about something, with its latest events.";
    "kubectl get" => "Shows something in the cluster.";
    "kubectl logs" => "Shows what pods said.";
    "kubectl wait" => "Waits for something in the cluster.";
    "openssl pkey" => "Reads a private key.";
    "openssl req" => "Makes a certificate.";
    "openssl verify" => "Checks who a certificate was issued by.";
    "openssl x509" => "Reads a certificate.";
    "sudo cp" => "Copies a file, with the rights of root.";
    "sudo mkdir" => "Makes a folder, with the rights of root.";
}

/// What a command does; `None` where its words are none of those.
pub(crate) fn of<'a>(
    program: &'a str,
    subcommand: impl Iterator<Item = &'a str>,
) -> Option<&'static Meaning> {
    let words = std::iter::once(program).chain(subcommand).collect::<Vec<_>>().join(" ");
    let fits = |name: &str| {
        words.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    COMMANDS.iter().find(|(name, _)| fits(name)).map(|(_, meaning)| meaning)
}
