//! The sentences of the rules: what it is and what to do, and why it matters.

use crate::portable::Unportable;
use crate::schedule::{
    CronError, CronReason, CronSchedule, DurationError, DurationReason, SyncWindow, describe,
    describe_duration,
};

pub(crate) const REGISTRY_NAME: &str = "A container registry has 5 to 50 letters and digits, no dashes. Give the name as az acr list shows it, or its login server.";
pub(crate) const REGISTRY_NAME_WHY: &str = "The CLI refuses any other name before it asks Azure.";

pub(crate) fn registry_login_server(name: &str) -> String {
    format!("That is the login server; the commands use the registry's name, {name}.")
}
pub(crate) const REGISTRY_LOGIN_SERVER_WHY: &str =
    "The CLI wants the name, and drops the suffix with a warning.";

pub(crate) fn resource_id(name: &str) -> String {
    format!("That is a resource id; the commands use the name in it, {name}.")
}
pub(crate) fn resource_id_also(value: &str) -> String {
    format!("The resource id that you gave says {value}.")
}
pub(crate) const RESOURCE_ID_WHY: &str =
    "The CLI takes name, resource group and subscription one by one.";

pub(crate) const CONNECTED_REGISTRY_NAME: &str = "A connected registry has 5 to 40 letters and digits, and begins with a letter. Leave out dashes and underscores.";
pub(crate) const CONNECTED_REGISTRY_NAME_WHY: &str = "The sync token and its scope map get the same name. The CLI's help also allows _ and -, but the registry's API does not.";

pub(crate) fn connected_registry_upper_case(lower: &str) -> String {
    format!("Better lower case, {lower}, unless it exists already in this spelling.")
}
pub(crate) const CONNECTED_REGISTRY_UPPER_CASE_WHY: &str =
    "Some versions of the CLI and of the extension refused or mishandled upper-case letters.";

pub(crate) const RESOURCE_GROUP_NAME: &str = "A resource group has 1 to 90 letters, digits and - _ . ( ), does not begin with - and does not end in a period. Give the name only, as az group list shows it.";
pub(crate) const RESOURCE_GROUP_NAME_WHY: &str =
    "Azure knows no other names; what does not fit is left out of the commands.";

pub(crate) const CLUSTER_NAME: &str = "An Arc cluster's name has letters, digits and - _ . and begins with a letter or digit. Give the name only, as az connectedk8s list shows it.";
pub(crate) const CLUSTER_NAME_WHY: &str =
    "What does not look like a name is left out of the commands.";

pub(crate) const CLUSTER_NAME_UNUSUAL: &str =
    "An unusual name for a cluster: compare it with az connectedk8s list.";
pub(crate) const CLUSTER_NAME_UNUSUAL_WHY: &str = "Arc documents no rule. AKS allows up to 63 letters, digits, - and _, with a letter or digit at both ends.";

pub(crate) const SERVICE_IP: &str = "That is not an IP address a service can have. Give one, without a prefix length, such as 10.0.0.200.";
pub(crate) const SERVICE_IP_WHY: &str =
    "The extension makes a Kubernetes service with this address; clients pull from it.";

pub(crate) const SERVICE_CIDR: &str =
    "That is not an IP range. Give an address and a prefix length, such as 10.0.0.0/16.";
pub(crate) const SERVICE_CIDR_WHY: &str = "It is only used here, to check the service IP.";

pub(crate) fn service_ip_outside_cidr(ip: &str, cidr: &str) -> String {
    format!(
        "{ip} is not an address that a service in {cidr} can have. Take a free address inside that range, or correct the range."
    )
}
pub(crate) const SERVICE_IP_OUTSIDE_CIDR_WHY: &str =
    "Kubernetes refuses the service and the deployment ends with error 422.";

pub(crate) fn service_ip_of_kubernetes(ip: &str) -> String {
    format!(
        "{ip} is usually the address of the Kubernetes API service. Take another one that is free."
    )
}
pub(crate) fn service_ip_of_dns(ip: &str) -> String {
    format!(
        "{ip} is usually the address of the cluster's DNS service. Take another one, or make sure with kubectl get svc -A that it is free."
    )
}
pub(crate) const SERVICE_IP_RESERVED_WHY: &str =
    "Two services cannot have the same address; the deployment would fail.";

pub(crate) fn service_ip_public(ip: &str) -> String {
    format!(
        "{ip} is not of a private range. Take a free one of the cluster's service CIDR, and give the range below to have it checked."
    )
}
pub(crate) const SERVICE_IP_PUBLIC_WHY: &str = "The documentation's 192.100.100.1 is only a placeholder: service ranges are private in nearly every cluster.";

pub(crate) fn repository_name(part: &str) -> String {
    let part: String =
        part.chars().filter(|c| !crate::scenario::is_invisible(*c)).take(60).collect();
    format!(
        "\"{part}\" is not a repository. Give paths in lower case, such as app/api, without host and without tag."
    )
}
pub(crate) const REPOSITORY_NAME_WHY: &str = "Whole repositories are synchronized, with all their tags. The CLI does not check the names; probably nothing would be synchronized.";

pub(crate) fn repository_with_host(part: &str) -> String {
    format!(
        "\"{part}\" looks as if a registry's host stood before the repository. Leave the host out, unless the path really begins so."
    )
}
pub(crate) const REPOSITORY_WITH_HOST_WHY: &str = "Repositories are named within the registry. The CLI does not check the names; probably nothing would be synchronized.";

pub(crate) const REPOSITORY_REPEATED: &str = "A repository is named twice; it is used once.";
pub(crate) const REPOSITORY_REPEATED_WHY: &str = "Naming it twice changes nothing.";

pub(crate) const SUBSCRIPTION: &str =
    "Give the subscription's id, or its name as az account list shows it, without quotes.";
pub(crate) const SUBSCRIPTION_WHY: &str =
    "What does not look like an id or a name is left out of the commands.";

pub(crate) fn altered_by_powershell(why: Unportable, is_subscription: bool) -> String {
    let what = match why {
        Unportable::Percent => "a percent sign".to_owned(),
        Unportable::Operator(c) => format!("\"{c}\" without a blank beside it"),
        _ => "this".to_owned(),
    };
    let instead = if is_subscription {
        "Give the subscription's id instead."
    } else {
        "Give another one, or choose Bash."
    };
    format!("PowerShell cannot pass {what} on as it is. {instead}")
}
pub(crate) const ALTERED_BY_POWERSHELL_WHY: &str = "Under Windows az is a batch file: cmd.exe reads its arguments again and acts on such characters, even if they are quoted. So they are left out of the commands.";

pub(crate) const EXTENSION_NAME: &str = "An extension's name has letters, digits, dashes and periods, and begins with a letter or digit.";
pub(crate) const EXTENSION_NAME_WHY: &str =
    "What does not look like a name is left out of the commands.";

pub(crate) const EXTENSION_NAME_UNUSUAL: &str = "Better at most 53 lower-case letters, digits and dashes, unless it exists already in this spelling.";
pub(crate) const EXTENSION_NAME_UNUSUAL_WHY: &str = "The name seems to become that of the Helm release and of a service account, which allow no others. The CLI checks nothing.";

pub(crate) const KUBE_CONTEXT: &str = "Give a context as kubectl config get-contexts shows it.";
pub(crate) const KUBE_CONTEXT_WHY: &str =
    "What does not look like a context is left out of the commands.";

pub(crate) fn missing(label: &str) -> String {
    format!("Still missing: {label}.")
}
pub(crate) const MISSING_WHY: &str =
    "Until it is given, a placeholder stands in the commands, and the script refuses to start.";

pub(crate) fn added_and_removed(repository: &str) -> String {
    format!("{repository} is to be added and removed. Decide for one.")
}
pub(crate) const ADDED_AND_REMOVED_WHY: &str = "The CLI refuses the command.";

pub(crate) const NESTED: &str = "The parent must be of mode ReadWrite, or of the same mode as this one, and must synchronize the repository acr/connected-registry.";
pub(crate) const NESTED_WHY: &str =
    "A connected registry below another one gets its own image from there.";

pub(crate) const KUBERNETES_NAME: &str =
    "Give a name of lower-case letters, digits, - and ., with a letter or digit at both ends.";
pub(crate) const KUBERNETES_NAME_WHY: &str = "Kubernetes knows no other names.";

pub(crate) const FILE_PATH: &str = "Give the path of a file in full, or from the folder you run the commands in; without ~, quotes, $, commas, = and wildcards.";
pub(crate) const FILE_PATH_WHY: &str = "The path stands quoted in the commands, where no shell expands ~ or variables; kubectl reads = and , in its own way.";

pub(crate) const NO_CA: &str = "Without a CA certificate the certificate itself stands in its place. That is right only if it is self-signed.";
pub(crate) const NO_CA_WHY: &str = "The nodes are made to trust what stands there.";

pub(crate) const CERTIFICATE_NEEDS_IP: &str = "Its subjectAltName must hold the service IP, as IP:ADDRESS. The script checks that, its date and its key before it changes anything.";
pub(crate) const SECRET_NEEDS_IP: &str = "The subjectAltName of its certificate must hold the service IP, as IP:ADDRESS. The script does not look into the secret for that.";
pub(crate) const CERTIFICATE_NEEDS_IP_WHY: &str =
    "Clients pull from that address and refuse a certificate that does not name it.";

pub(crate) const TRUST_REJECTED: &str = "Nobody makes the nodes trust the certificate that cert-manager makes: distribute its authority yourself, or let the extension do it.";
pub(crate) const TRUST_REJECTED_WHY: &str =
    "Pulls fail with an unknown authority until the nodes trust it.";

pub(crate) const LABELLED_NODES: &str =
    "Label the nodes: kubectl label node/NAME containerd-configured-by=connected-registry";
pub(crate) const LABELLED_NODES_WHY: &str =
    "Nodes without the label are left alone, and pulls on them fail.";

pub(crate) const HTTP: &str = "Not secure: for development only. Every node needs an exception for the address, and the mode is not verified on the Arc extension.";
pub(crate) const HTTP_WHY: &str = "Images and passwords cross the network unencrypted. The newest documentation no longer mentions HTTP.";

pub(crate) const TRUST_WITHOUT_TLS: &str =
    "Without TLS there is no certificate to trust; this choice has no effect.";
pub(crate) const TRUST_WITHOUT_TLS_WHY: &str = "Trust distribution is off under HTTP.";

fn shown(part: &str) -> String {
    part.chars().filter(|c| !c.is_control()).take(40).collect()
}

pub(crate) fn cron(error: &CronError) -> String {
    const FIELDS: [&str; 5] = ["minute", "hour", "day of the month", "month", "weekday"];
    match error {
        CronError::FieldCount { found } => format!(
            "{found} fields where five belong: minute hour day month weekday, such as 0 0 * * * for midnight UTC."
        ),
        CronError::Nickname { word } => {
            format!(
                "\"{}\" is not known to the service for sure. Write the five fields, such as 0 0 * * * for midnight UTC.",
                shown(word)
            )
        }
        CronError::Never => "That day never comes. Correct day and month.".to_owned(),
        CronError::Field { field, part, reason } => {
            let name = FIELDS.get(usize::from(field.number()) - 1).copied().unwrap_or_default();
            let part = shown(part);
            let range = field.range();
            match reason {
                CronReason::Missing => format!("Something is missing in the field for the {name}."),
                CronReason::NotAValue => format!("\"{part}\" is not a {name}. Give {} to {}, * or a list.", range.start(), range.end()),
                CronReason::OutOfRange => format!("\"{part}\" is out of range: the {name} goes from {} to {}.", range.start(), range.end()),
                CronReason::Reversed => format!("\"{part}\" ends before it begins. Write it as two ranges."),
                CronReason::Step => format!("\"{part}\" is not a step that the field for the {name} can take."),
                CronReason::StepOfNumber => format!("\"{part}\" means different things to different programs. Write * or a range before the slash."),
                CronReason::StarInList => "\"*\" within a list means different things to different programs. Let it stand alone, or leave it out.".to_owned(),
                CronReason::Extension => format!("\"{part}\" is not part of plain cron, and the service may not know it."),
            }
        }
    }
}
pub(crate) const SYNC_SCHEDULE_WHY: &str =
    "The CLI does not check the schedule; a wrong one goes out to the service.";

pub(crate) fn duration(error: &DurationError) -> String {
    match error {
        DurationError::Part { part, reason } => {
            let part = shown(part);
            match reason {
                DurationReason::Shape if part.is_empty() => {
                    "A number or its unit is missing. Write it like PT4H or P1D.".to_owned()
                }
                DurationReason::Shape => format!(
                    "\"{part}\" does not belong in a duration. Write it like PT4H for four hours or P1D for a day."
                ),
                DurationReason::TimeWithoutT => {
                    format!("Hours, minutes and seconds need a T before them: PT{part}.")
                }
                DurationReason::Calendar => {
                    "Years and months have no fixed length. Give days, such as P30D.".to_owned()
                }
                DurationReason::Fraction => {
                    "Whole numbers only: PT90M for an hour and a half.".to_owned()
                }
                DurationReason::TooLong => "That is too long.".to_owned(),
            }
        }
        DurationError::OutOfRange { shortest, longest } => {
            let words = |seconds: u64| match (seconds % 86_400, seconds / 86_400, seconds / 3_600) {
                (0, 1, _) => "1 day".to_owned(),
                (0, days, _) => format!("{days} days"),
                (_, _, 1) => "1 hour".to_owned(),
                (_, _, hours) => format!("{hours} hours"),
            };
            format!("Give {} to {}.", words(*shortest), words(*longest))
        }
    }
}
pub(crate) const SYNC_WINDOW_WHY: &str =
    "A schedule needs a window of 1 hour to 7 days; the CLI does not check it.";
pub(crate) const MESSAGE_TTL_WHY: &str =
    "Messages live for 1 to 90 days; the CLI does not check it.";
pub(crate) const GC_SCHEDULE_WHY: &str =
    "The CLI does not check the schedule; a wrong one goes out to the service.";

pub(crate) const WINDOW_SHORT: &str = "Better three hours or more.";
pub(crate) const WINDOW_SHORT_WHY: &str = "The documentation allows one hour; the provider for Terraform enforces three. What the service does is not known.";

pub(crate) const WINDOWS_OVERLAP: &str = "A window is still open when the next one begins. Make it shorter, or the schedule sparser, or synchronize continuously.";
pub(crate) const WINDOWS_OVERLAP_WHY: &str =
    "It probably comes to a longer window; the sources do not say.";

pub(crate) fn schedule_in_words(schedule: &CronSchedule, window: &SyncWindow) -> String {
    let words = describe(schedule);
    let mut first = words.chars();
    let capital: String =
        first.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(first).collect();
    format!("{capital}, for {}.", describe_duration(window.duration()))
}
pub(crate) const SCHEDULE_IN_WORDS_WHY: &str =
    "The 2024 documents call 0 12 * * * midnight; it is noon.";

pub(crate) const WINDOW_IGNORED: &str = "A window is given but not used: it belongs to a schedule.";
pub(crate) const WINDOW_IGNORED_WHY: &str = "Continuous synchronization has no window.";

pub(crate) const VERSION: &str =
    "Give a version of three numbers, as the list of versions shows it; 0.11.0 is only an example.";
pub(crate) const VERSION_WHY: &str =
    "A version that does not exist fails with \"failed in download the Chart path not found\".";
pub(crate) const VERSION_IGNORED: &str =
    "A version is given but not used: it belongs to \"Stay at a version\".";
pub(crate) const VERSION_IGNORED_WHY: &str =
    "A version can be given only while automatic upgrades are off.";
pub(crate) const PINNED: &str = "It stays at this version and gets no updates, not even security updates, until you bring it to another one. Automatic roll-back of a failed upgrade works only while automatic upgrades are on.";
pub(crate) const PINNED_WHY: &str = "A pinned version and automatic upgrades exclude each other.";
pub(crate) const TRAIN: &str = "Give the name of a release train: stable or preview.";
pub(crate) const TRAIN_WHY: &str = "What does not look like a name is left out of the commands.";
pub(crate) const TRAIN_UNUSUAL: &str = "The release trains known here are stable and preview.";
pub(crate) const TRAIN_UNUSUAL_WHY: &str = "An unknown train has no versions.";

pub(crate) const STORAGE_REQUEST: &str = "Give a Kubernetes quantity, such as 250Gi.";
pub(crate) const STORAGE_REQUEST_WHY: &str =
    "Kubernetes refuses the volume claim otherwise, and the pod stays Pending.";
pub(crate) const STORAGE_SMALL: &str =
    "That is little: every synchronized image is stored there. The default is 500Gi.";
pub(crate) const STORAGE_SMALL_WHY: &str = "A full volume probably stops the synchronization.";

pub(crate) const KEYS_OF_2024: &str =
    "Names of the 2024 documents are emitted as well. Use them only for an extension of that time.";
pub(crate) const KEYS_OF_2024_WHY: &str = "The later documents no longer have them; whether an extension reads HttpsEnabled is not known.";

pub(crate) const PARENT_IS_ITSELF: &str = "A connected registry cannot be its own parent. Give another one, or leave it empty for the cloud registry.";
pub(crate) const PARENT_IS_ITSELF_WHY: &str = "The parent must exist before its child.";

pub(crate) fn token_name(part: &str) -> String {
    format!("\"{}\" is not a token. Tokens have 5 to 50 letters, digits and dashes.", shown(part))
}
pub(crate) const TOKEN_NAME_WHY: &str = "The registry knows no other names for tokens.";
pub(crate) const TOKEN_IS_SYNC_TOKEN: &str =
    "The connected registry's own sync token has this name. Give clients another one.";
pub(crate) const TOKEN_IS_SYNC_TOKEN_WHY: &str =
    "Creating a connected registry makes a token of its name, and overwrites one that exists.";

pub(crate) fn notification(part: &str) -> String {
    format!(
        "\"{}\" is not a pattern. Write repository:tag:action, such as hello-world:*:push; the action is push, delete or *.",
        shown(part)
    )
}
pub(crate) const NOTIFICATION_WHY: &str =
    "The CLI does not check patterns; a wrong one probably reports nothing.";

pub(crate) const IMAGE: &str =
    "Give repository and tag, such as hello-world:latest, without a registry.";
pub(crate) const IMAGE_WHY: &str = "The address of the connected registry is put before it.";
pub(crate) const IMPORT: &str =
    "Give registry, repository and tag, such as mcr.microsoft.com/hello-world:latest.";
pub(crate) const IMPORT_WHY: &str = "The image is copied from there into the container registry.";
pub(crate) fn import_not_synchronized(repository: &str) -> String {
    format!(
        "{repository} is imported but not among the repositories to synchronize. Add it there if the edge is to have it."
    )
}
pub(crate) const IMPORT_NOT_SYNCHRONIZED_WHY: &str =
    "Only the repositories listed reach the connected registry.";

pub(crate) const SERVICE_IP_V6: &str = "Pulls from an IPv6 address were not verified: it stands in brackets, which not every tool takes.";
pub(crate) const SERVICE_IP_V6_WHY: &str =
    "The documentation allows IPv6 for the service, and shows pulls by IPv4 only.";
pub(crate) const TOKEN_TOO_LONG: &str = "Give the token at most 40 characters: the scope map that is made for it has -scope-map after its name.";
pub(crate) const TOKEN_TOO_LONG_WHY: &str = "A scope map's name has at most 50 characters.";
pub(crate) fn image_not_synchronized(repository: &str) -> String {
    format!(
        "{repository} is not among the repositories given. Add it with the task Repositories, or the pull finds nothing."
    )
}
pub(crate) const PARENT_MODE: &str =
    "Only a parent of mode ReadWrite can have a child that takes pushes; the script checks it.";
pub(crate) const PARENT_MODE_WHY: &str =
    "The CLI refuses any other. The mode cannot be changed later.";
pub(crate) const REPOSITORIES_MANY: &str = "That is probably more than 500 permissions, the most that a scope map holds. Give fewer repositories.";
pub(crate) const REPOSITORIES_MANY_WHY: &str =
    "Each repository is counted here once for each thing the sync token may do with it.";
pub(crate) const KEYS_OF_2024_NEWEST: &str = "With automatic upgrades the newest version is installed, not one of 2024. Choose a version, or current keys.";
pub(crate) const KEYS_OF_2024_NEWEST_WHY: &str =
    "The names of 2024 are meant for extensions of that time.";
pub(crate) const DELETES_VOLUME: &str = "The volume goes with the extension: synchronized content, certificates, and pushes that were not synchronized yet.";
pub(crate) const DELETES_VOLUME_WHY: &str =
    "Deleting the extension deletes its persistent volume claim.";
pub(crate) const NOT_CHANGED: &str = "This task does not change it.";
pub(crate) const NOT_CHANGED_WHY: &str =
    "az acr connected-registry update can change it; see its help.";
pub(crate) fn firewall(registry: &str) -> String {
    format!(
        "The cluster must reach {registry}.azurecr.io and {registry}.REGION.data.azurecr.io, both on port 443."
    )
}
pub(crate) const FIREWALL_WHY: &str = "The connected registry fetches from there. A registry with a domain name label has longer names: az acr show-endpoints";
pub(crate) const LIMITS: &str = "A connected registry costs 10 USD a month (since August 2025). A registry has at most 50 of them, each with 50 clients.";
pub(crate) const LIMITS_WHY: &str = "By the documentation, which also names what is missing: image locking, resource logs, and following a geo-replication.";
