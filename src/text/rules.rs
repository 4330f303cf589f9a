//! The sentences of the rules: what it is and what to do, and why it matters.

pub(crate) const REGISTRY_NAME: &str =
    "A container registry has 5 to 50 letters and digits, no dashes. Give the name as az acr list shows it, or its login server.";
pub(crate) const REGISTRY_NAME_WHY: &str = "The CLI refuses any other name before it asks Azure.";

pub(crate) fn registry_login_server(name: &str) -> String {
    format!("That is the login server; the commands use the registry's name, {name}.")
}
pub(crate) const REGISTRY_LOGIN_SERVER_WHY: &str = "The CLI wants the name, and drops the suffix with a warning.";

pub(crate) const CONNECTED_REGISTRY_NAME: &str =
    "A connected registry has 5 to 40 letters and digits, and begins with a letter. Leave out dashes and underscores.";
pub(crate) const CONNECTED_REGISTRY_NAME_WHY: &str =
    "The sync token and its scope map get the same name. The CLI's help also allows _ and -, but the registry's API does not.";

pub(crate) fn connected_registry_upper_case(lower: &str) -> String {
    format!("Better lower case, {lower}, unless it exists already in this spelling.")
}
pub(crate) const CONNECTED_REGISTRY_UPPER_CASE_WHY: &str = "Some versions of the CLI and of the extension refused or mishandled upper-case letters.";

pub(crate) const RESOURCE_GROUP_NAME: &str = "A resource group has 1 to 90 letters, digits and - _ . ( ), does not begin with - and does not end in a period. Give the name only, as az group list shows it.";
pub(crate) const RESOURCE_GROUP_NAME_WHY: &str = "Azure knows no other names; what does not fit is left out of the commands.";

pub(crate) const CLUSTER_NAME: &str =
    "An Arc cluster's name has letters, digits and - _ . and begins with a letter or digit. Give the name only, as az connectedk8s list shows it.";
pub(crate) const CLUSTER_NAME_WHY: &str = "What does not look like a name is left out of the commands.";

pub(crate) const CLUSTER_NAME_UNUSUAL: &str = "An unusual name for a cluster: compare it with az connectedk8s list.";
pub(crate) const CLUSTER_NAME_UNUSUAL_WHY: &str = "Arc documents no rule. AKS allows up to 63 letters, digits, - and _, with a letter or digit at both ends.";

pub(crate) const SERVICE_IP: &str = "That is not an IP address a service can have. Give one, without a prefix length, such as 10.0.0.200.";
pub(crate) const SERVICE_IP_WHY: &str = "The extension makes a Kubernetes service with this address; clients pull from it.";

pub(crate) const SERVICE_CIDR: &str = "That is not an IP range. Give an address and a prefix length, such as 10.0.0.0/16.";
pub(crate) const SERVICE_CIDR_WHY: &str = "It is only used here, to check the service IP.";

pub(crate) fn service_ip_outside_cidr(ip: &str, cidr: &str) -> String {
    format!("{ip} is not an address that a service in {cidr} can have. Take a free address inside that range, or correct the range.")
}
pub(crate) const SERVICE_IP_OUTSIDE_CIDR_WHY: &str = "Kubernetes refuses the service and the deployment ends with error 422.";

pub(crate) fn service_ip_of_kubernetes(ip: &str) -> String {
    format!("{ip} is usually the address of the Kubernetes API service. Take another one that is free.")
}
pub(crate) fn service_ip_of_dns(ip: &str) -> String {
    format!("{ip} is usually the address of the cluster's DNS service. Take another one, or make sure with kubectl get svc -A that it is free.")
}
pub(crate) const SERVICE_IP_RESERVED_WHY: &str = "Two services cannot have the same address; the deployment would fail.";

pub(crate) fn service_ip_public(ip: &str) -> String {
    format!("{ip} is not of a private range. Take a free one of the cluster's service CIDR, and give the range below to have it checked.")
}
pub(crate) const SERVICE_IP_PUBLIC_WHY: &str = "The documentation's 192.100.100.1 is only a placeholder: service ranges are private in nearly every cluster.";

pub(crate) fn repository_name(part: &str) -> String {
    let part: String = part.chars().filter(|c| !crate::scenario::is_invisible(*c)).take(60).collect();
    format!("\"{part}\" is not a repository. Give paths in lower case, such as app/api, without host and without tag.")
}
pub(crate) const REPOSITORY_NAME_WHY: &str =
    "Whole repositories are synchronized, with all their tags. The CLI does not check the names; the registry would synchronize nothing.";

pub(crate) fn repository_with_host(part: &str) -> String {
    format!("\"{part}\" looks as if a registry's host stood before the repository. Leave the host out, unless the path really begins so.")
}
pub(crate) const REPOSITORY_WITH_HOST_WHY: &str =
    "Repositories are named within the registry. The CLI does not check the names; the registry would synchronize nothing.";

pub(crate) const REPOSITORY_REPEATED: &str = "A repository is named twice; it is used once.";
pub(crate) const REPOSITORY_REPEATED_WHY: &str = "Naming it twice changes nothing.";

pub(crate) const SUBSCRIPTION: &str = "Give the subscription's id, or its name as az account list shows it, without quotes.";
pub(crate) const SUBSCRIPTION_WHY: &str = "What does not look like an id or a name is left out of the commands.";

pub(crate) const EXTENSION_NAME: &str = "An extension's name has letters, digits, dashes and periods, and begins with a letter or digit.";
pub(crate) const EXTENSION_NAME_WHY: &str = "What does not look like a name is left out of the commands.";

pub(crate) const EXTENSION_NAME_UNUSUAL: &str = "Better at most 53 lower-case letters, digits and dashes, unless it exists already in this spelling.";
pub(crate) const EXTENSION_NAME_UNUSUAL_WHY: &str =
    "The name seems to become that of the Helm release and of a service account, which allow no others. The CLI checks nothing.";

pub(crate) const KUBE_CONTEXT: &str = "Give a context as kubectl config get-contexts shows it.";
pub(crate) const KUBE_CONTEXT_WHY: &str = "What does not look like a context is left out of the commands.";

pub(crate) fn missing(label: &str) -> String {
    format!("Still missing: {label}.")
}
pub(crate) const MISSING_WHY: &str = "Until it is given, a placeholder stands in the commands, and the script refuses to start.";
