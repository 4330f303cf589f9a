//! The names of Azure and Kubernetes. Each has a type that only holds a valid one.
//!
//! Every `parse` takes text without surrounding spaces. The patterns are those of the services. If
//! a service documents none, the type accepts what is known to work, and a rule warns about the
//! rest.

use std::net::IpAddr;

/// Text that is not a value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The part that is wrong, where only a part is (one repository of several); else the whole
    /// text.
    pub part: String,
}

impl ParseError {
    fn because(part: &str) -> Self {
        Self { part: part.to_owned() }
    }
}

macro_rules! names {
    ($($(#[$doc:meta])* $Name:ident,)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $Name(String);

            impl $Name {
                /// The value as it goes into a command.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        )+
    };
}

names! {
    /// A cloud registry, without suffix, in lower case: 5 to 50 letters and digits (azure-cli
    /// 2.91.0 `validate_registry_name`; registry API).
    RegistryName,
    /// A connected registry: 5 to 40 letters and digits, a letter first. It is also the name of the
    /// sync token and scope map, so the pattern is the one that every CLI version and the token API
    /// take.
    ConnectedRegistryName,
    /// A resource group: 1 to 90 of letters, digits and `_-.()`, no period at the end (Azure
    /// resource name rules).
    ResourceGroupName,
    /// An Arc-enabled cluster. Arc documents no pattern: 1 to 90 of letters, digits and `_-.`, a
    /// letter or digit first.
    ClusterName,
    /// An extension instance. Not documented either: 1 to 63 of letters, digits and `-.`, a letter
    /// or digit first.
    ExtensionName,
    /// A subscription, by id or display name: 1 to 64 printable characters, no `-` or `@` first,
    /// none of `<>` and quotes.
    Subscription,
    /// A kubectl context: 1 to 253 of letters, digits and `_-.:@/`, no `-` first.
    KubeContext,
    /// A repository path in a registry: lower case, no host, no tag (OCI distribution
    /// specification).
    Repository,
    /// A token of a registry: 5 to 50 letters, digits and dashes (registry API, Token).
    TokenName,
    /// A Kubernetes object: a DNS subdomain of lower-case letters, digits, `-` and `.`, at most 253
    /// characters (RFC 1123).
    KubernetesName,
    /// A Kubernetes quantity of storage, such as `250Gi`.
    StorageRequest,
    /// A version of the extension: semantic, three numbers and perhaps a suffix.
    Version,
    /// A release train of the extension: letters, digits and dashes.
    ReleaseTrain,
    /// The path of a file on the user's machine: printable, no quotes, no `<>|*?,=`, no `-` or `~`
    /// first, at most 255 characters.
    FilePath,
    /// A notification pattern: `repository:tag:action`, parts may be `*`.
    Notification,
}

fn only(
    text: &str,
    length: std::ops::RangeInclusive<usize>,
    allowed: impl Fn(char) -> bool,
) -> bool {
    length.contains(&text.chars().count()) && text.chars().all(allowed)
}

/// Whether a character cannot be seen, or changes how others are shown: a control, a zero-width or
/// a bidirectional one.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn starts_alphanumeric(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// The resource id of something, as the portal and `--query id` show it:
/// `/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/…/KIND/NAME`, in any case of
/// letters; the end may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceId<'a> {
    /// The id of the subscription.
    pub subscription: &'a str,
    /// The resource group.
    pub group: Option<&'a str>,
    /// The kind and the name of a resource.
    pub resource: Option<(&'a str, &'a str)>,
}

impl<'a> ResourceId<'a> {
    /// Takes text without blanks around it; `None` where it is no resource id.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix('/')?.trim_end_matches('/').split('/');
        let is = |part: Option<&str>, word: &str| {
            part.is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        if !is(parts.next(), "subscriptions") {
            return None;
        }
        let subscription = parts.next().filter(|part| !part.is_empty())?;
        let group = if is(parts.next(), "resourceGroups") { Some(parts.next()?) } else { None };
        let _providers = parts.next();
        let _namespace = parts.next();
        let resource = parts.next().zip(parts.next());
        Some(Self { subscription, group, resource })
    }

    /// The name of the resource, where it is of this kind.
    pub fn name_of(&self, wanted: &str) -> Option<&'a str> {
        self.resource.filter(|(kind, _)| kind.eq_ignore_ascii_case(wanted)).map(|(_, name)| name)
    }
}

impl RegistryName {
    /// What the id of a registry calls its kind.
    pub const KIND: &'static str = "registries";

    /// The suffix of a login server in the public cloud; the CLI drops it too.
    pub const SUFFIX: &'static str = ".azurecr.io";

    /// Takes a name, a resource id, or a login server: `contoso.azurecr.io`,
    /// `https://contoso.azurecr.io/`, and `contoso-a1b2c3.azurecr.io` with a domain name label, are
    /// `contoso`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let in_id = || ResourceId::parse(text).and_then(|id| id.name_of(Self::KIND));
        let name = Self::from_login_server(text).or_else(in_id).unwrap_or(text);
        if only(name, 5..=50, |c| c.is_ascii_alphanumeric()) {
            Ok(Self(name.to_ascii_lowercase()))
        } else {
            Err(ParseError::because(text))
        }
    }

    /// The name in a login server; `None` where the text is not one.
    pub fn from_login_server(text: &str) -> Option<&str> {
        let text = text.strip_prefix("https://").unwrap_or(text).trim_end_matches('/');
        let at = text.len().checked_sub(Self::SUFFIX.len())?;
        let suffix = text.get(at..)?;
        if !suffix.eq_ignore_ascii_case(Self::SUFFIX) {
            return None;
        }
        let host = text.get(..at)?;
        Some(host.split_once('-').map_or(host, |(name, _label)| name))
    }
}

impl ConnectedRegistryName {
    /// 5 to 40 letters and digits, a letter first.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 5..=40, |c| c.is_ascii_alphanumeric())
            && text.starts_with(|first: char| first.is_ascii_alphabetic());
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl ResourceGroupName {
    /// 1 to 90 of letters, digits and `_-.()`, no period at the end; or a resource id with such a
    /// group in it.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let whole = text;
        let text = ResourceId::parse(text).and_then(|id| id.group).unwrap_or(text);
        // Azure takes letters of every script.
        let fits = only(text, 1..=90, |c| c.is_alphanumeric() || "_-.()".contains(c))
            && !text.ends_with('.')
            && !text.starts_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(whole)) }
    }
}

impl ClusterName {
    /// What the id of a cluster calls its kind.
    pub const KIND: &'static str = "connectedClusters";

    /// 1 to 90 of letters, digits and `_-.`, a letter or digit first; or the resource id of a
    /// cluster with such a name.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let whole = text;
        let text = ResourceId::parse(text).and_then(|id| id.name_of(Self::KIND)).unwrap_or(text);
        let fits = only(text, 1..=90, |c| c.is_ascii_alphanumeric() || "_-.".contains(c))
            && starts_alphanumeric(text);
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(whole)) }
    }

    /// Whether AKS would take it: 1 to 63 letters, digits, `_` and `-`, a letter or digit at both
    /// ends.
    pub fn is_usual(&self) -> bool {
        only(&self.0, 1..=63, |c| c.is_ascii_alphanumeric() || "_-".contains(c))
            && self.0.ends_with(|last: char| last.is_ascii_alphanumeric())
    }
}

impl ExtensionName {
    /// 1 to 63 of letters, digits and `-.`, a letter or digit first.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 1..=63, |c| c.is_ascii_alphanumeric() || "-.".contains(c))
            && starts_alphanumeric(text);
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }

    /// The usual name: that of the connected registry in lower case.
    pub fn of(name: &ConnectedRegistryName) -> Self {
        Self(name.as_str().to_ascii_lowercase())
    }

    /// Whether it can be a Helm release and a service account: at most 53 lower-case letters,
    /// digits and `-`.
    pub fn is_usual(&self) -> bool {
        only(&self.0, 1..=53, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !self.0.ends_with('-')
    }
}

impl Subscription {
    /// 1 to 64 printable characters, none of `<>` and quotes, no `-` first, and no `@`: the CLI
    /// would read a file of that name. Of a resource id, the subscription.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let text = ResourceId::parse(text).map_or(text, |id| id.subscription);
        let fits = only(text, 1..=64, |c| {
            !is_invisible(c) && (c == ' ' || !c.is_whitespace()) && !"<>\"'`$\\".contains(c)
        }) && !text.starts_with(['-', '@']);
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl KubeContext {
    /// 1 to 253 of letters, digits and `_-.:@/`, no `-` first.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 1..=253, |c| c.is_ascii_alphanumeric() || "_-.:@/".contains(c))
            && !text.starts_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl Repository {
    /// Path components of lower-case letters and digits, joined inside by `.`, `_`, `__` or dashes;
    /// at most 255 characters in all.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let component = |component: &str| {
            // Between separators there is always a letter or digit, so a separator is a run of one
            // of the allowed forms.
            let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            let mut separators =
                component.split(alphanumeric).filter(|separator| !separator.is_empty());
            component.starts_with(alphanumeric)
                && component.ends_with(alphanumeric)
                && separators.all(|separator| {
                    matches!(separator, "." | "_" | "__")
                        || separator.bytes().all(|byte| byte == b'-')
                })
        };
        if text.len() <= 255 && text.split('/').all(component) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseError::because(text))
        }
    }
}

impl TokenName {
    /// 5 to 50 letters, digits and dashes, no dash first.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits =
            only(text, 5..=50, |c| c.is_ascii_alphanumeric() || c == '-') && !text.starts_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl KubernetesName {
    /// Lower-case letters, digits, `-` and `.`, a letter or digit at both ends of each part.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = only(text, 1..=253, |c| alphanumeric(c) || c == '-' || c == '.')
            && text
                .split('.')
                .all(|part| part.starts_with(alphanumeric) && part.ends_with(alphanumeric));
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl StorageRequest {
    /// A number that does not begin with 0, and a unit: `Ki Mi Gi Ti Pi` or `K M G T P`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = text.get(number.len()..).unwrap_or_default();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |digits: &str| {
            !digits.is_empty()
                && digits.len() <= 12
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let fits = digits(whole)
            && !whole.starts_with('0')
            && digits(fraction)
            && (unit.is_empty() || Self::factor(unit).is_some());
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }

    fn factor(unit: &str) -> Option<u64> {
        let (letter, base): (&str, u64) = match unit.strip_suffix('i') {
            Some(letter) => (letter, 1024),
            None => (unit, 1000),
        };
        Some(base.pow(match letter {
            "K" => 1,
            "M" => 2,
            "G" => 3,
            "T" => 4,
            "P" => 5,
            _ => return None,
        }))
    }

    /// The size in bytes, without the fraction.
    pub fn bytes(&self) -> u64 {
        let number: String = self.0.chars().take_while(char::is_ascii_digit).collect();
        let unit = self.0.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        number.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(Self::factor(unit).unwrap_or(1))
    }
}

impl Version {
    /// `1.2.3`, or with a suffix `1.2.3-preview.1`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (numbers, suffix) = match text.split_once('-') {
            Some((numbers, suffix)) => (numbers, Some(suffix)),
            None => (text, None),
        };
        let parts: Vec<&str> = numbers.split('.').collect();
        let number = |part: &&str| {
            !part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let fits = parts.len() == 3
            && parts.iter().all(number)
            && suffix.is_none_or(|suffix| {
                only(suffix, 1..=64, |c| c.is_ascii_alphanumeric() || ".-".contains(c))
            });
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl ReleaseTrain {
    /// 1 to 63 letters, digits and dashes, a letter first.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 1..=63, |c| c.is_ascii_alphanumeric() || c == '-')
            && text.starts_with(|c: char| c.is_ascii_alphabetic());
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }

    /// Whether it is one of the documented ones.
    pub fn is_usual(&self) -> bool {
        matches!(self.0.to_ascii_lowercase().as_str(), "stable" | "preview")
    }
}

impl FilePath {
    /// Printable characters; no quotes, no `$`, none of `<>|*?,=`, no `-` or `~` first, no `\\` at
    /// the end.
    ///
    /// What every shell could be told but no sensible path needs is left out; `~` is not expanded
    /// within quotes. `kubectl create secret --from-file` refuses paths with `=`, and takes `,` for
    /// the end of one.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 1..=255, |c| !is_invisible(c) && !"<>|*?,=\"'`$".contains(c))
            && !text.starts_with(['-', '~'])
            && !text.ends_with(['\\', '/']);
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

impl Notification {
    /// `repository:action`, `repository:tag:action` or `repository@digest:action`; any part may be
    /// `*` (azure-cli, `--notifications`).
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let fits = only(text, 1..=512, |c| c.is_ascii_alphanumeric() || "_-./:@*".contains(c))
            && !text.starts_with(['-', '@'])
            && text.rsplit_once(':').is_some_and(|(what, action)| {
                !what.is_empty() && matches!(action, "push" | "delete" | "*")
            });
        if fits { Ok(Self(text.to_owned())) } else { Err(ParseError::because(text)) }
    }
}

/// An image to pull: repository and tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its repository.
    pub repository: Repository,
    /// Its tag.
    pub tag: String,
}

impl Image {
    /// `repository:tag`; the tag has 1 to 128 letters, digits and `_-.`, no `-` or `.` first (OCI
    /// distribution specification).
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (repository, tag) = text.rsplit_once(':').ok_or_else(|| ParseError::because(text))?;
        let fits = only(tag, 1..=128, |c| c.is_ascii_alphanumeric() || "_-.".contains(c))
            && !tag.starts_with(['-', '.']);
        if !fits {
            return Err(ParseError::because(text));
        }
        Ok(Self {
            repository: Repository::parse(repository).map_err(|_| ParseError::because(text))?,
            tag: tag.to_owned(),
        })
    }

    /// `repository:tag`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.repository.as_str(), self.tag)
    }
}

/// An image to import: the registry it comes from, repository and tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSource {
    text: String,
    /// What it is called in the registry.
    pub image: Image,
}

impl ImportSource {
    /// `registry.example.org/repository:tag`: a host with a dot or a port, then an [`Image`].
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (host, image) = text.split_once('/').ok_or_else(|| ParseError::because(text))?;
        let fits = only(host, 3..=253, |c| c.is_ascii_alphanumeric() || "-.:".contains(c))
            && host.contains(['.', ':'])
            && starts_alphanumeric(host);
        if !fits {
            return Err(ParseError::because(text));
        }
        Ok(Self { text: text.to_owned(), image: Image::parse(image)? })
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The pieces of a list as people type it: separated by commas, blanks or lines.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|piece| !piece.is_empty())
}

/// At least one value, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(Vec<T>);

impl<T: PartialEq> List<T> {
    /// Takes a list; a value that is named twice is kept once. The error names the first that is
    /// wrong.
    pub fn parse(
        text: &str,
        parse: impl Fn(&str) -> Result<T, ParseError>,
    ) -> Result<Self, ParseError> {
        let mut values: Vec<T> = Vec::new();
        for piece in pieces(text) {
            let value = parse(piece)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() { Err(ParseError::because(text)) } else { Ok(Self(values)) }
    }

    /// In the order given.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

/// The repositories to synchronize.
pub type Repositories = List<Repository>;

/// An address that a Kubernetes service can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterIp {
    /// As typed: what parses is right, and the standard library's formatting of addresses is 3 KiB
    /// of wasm.
    text: String,
    address: IpAddr,
}

impl ClusterIp {
    /// IPv4 or IPv6; not unspecified, loopback, multicast, broadcast, link-local, or IPv4 written
    /// as IPv6.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let address: IpAddr = text.parse().map_err(|_| ParseError::because(text))?;
        let is_special = match address {
            IpAddr::V4(v4) => v4.is_broadcast() || v4.is_link_local(),
            IpAddr::V6(v6) => v6.is_unicast_link_local() || v6.to_ipv4_mapped().is_some(),
        };
        if address.is_unspecified() || address.is_loopback() || address.is_multicast() || is_special
        {
            return Err(ParseError::because(text));
        }
        Ok(Self { text: text.to_owned(), address })
    }

    /// The address as it goes into a command.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// Whether it is of a private range (RFC 1918, RFC 6598, RFC 4193), as the service CIDR of
    /// nearly every cluster is.
    pub fn is_private(&self) -> bool {
        match self.address {
            IpAddr::V4(v4) => {
                v4.is_private() || (v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]))
            }
            IpAddr::V6(v6) => v6.is_unique_local(),
        }
    }
}

/// The range that a cluster gives its services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCidr {
    text: String,
    range: ipnet::IpNet,
}

impl ServiceCidr {
    /// An address and a prefix length: `10.0.0.0/16`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let range = text.parse().map_err(|_| ParseError::because(text))?;
        Ok(Self { text: text.to_owned(), range })
    }

    /// The range as typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a service can have the address: inside, and neither the first nor, for IPv4, the
    /// last of the range.
    pub fn can_assign(&self, ip: &ClusterIp) -> bool {
        let last_of_v4 = ip.address().is_ipv4() && ip.address() == self.range.broadcast();
        self.range.contains(&ip.address()) && ip.address() != self.range.network() && !last_of_v4
    }

    /// The place of the address in the range, counted from the network address; `None` outside the
    /// range or beyond 65,535.
    pub fn offset(&self, ip: &ClusterIp) -> Option<u16> {
        let offset = match (self.range.network(), ip.address()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                u128::from(u32::from(address).checked_sub(u32::from(network))?)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                u128::from(address).checked_sub(u128::from(network))?
            }
            _ => return None,
        };
        self.range.contains(&ip.address()).then(|| u16::try_from(offset).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_are_named_as_the_cli_reads_them() {
        let name = |text: &str| RegistryName::parse(text).map(|name| name.as_str().to_owned()).ok();
        assert_eq!(name("contoso").as_deref(), Some("contoso"));
        assert_eq!(name("Contoso.azurecr.io").as_deref(), Some("contoso"));
        assert_eq!(name("contoso-a1b2c3.AzureCR.io").as_deref(), Some("contoso"));
        for wrong in [
            "",
            "four",
            "con-toso",
            "contoso.example.io",
            "contoso;echo",
            ".azurecr.io",
            "contosö",
            &"a".repeat(51),
        ] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn connected_registries_have_names_that_a_token_can_have() {
        for right in ["edge01", "Edge1", "abcde", &"a".repeat(40)] {
            assert!(ConnectedRegistryName::parse(right).is_ok(), "{right}");
        }
        for wrong in ["", "edge", "1edge", "edge-01", "edge_01", "edge 1", &"a".repeat(41)] {
            assert!(ConnectedRegistryName::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn resource_groups_hold_nothing_a_shell_would_read() {
        for right in ["rg1", "rg-edge_(a).b", "größe"] {
            assert!(ResourceGroupName::parse(right).is_ok(), "{right}");
        }
        for wrong in ["", "rg.", "x; echo INJECTED", "-g", "a b", "a$b", "a\nb", &"a".repeat(91)] {
            assert!(ResourceGroupName::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn subscriptions_hold_nothing_that_cannot_be_seen() {
        assert!(Subscription::parse("Edge Production (Größe 2)").is_ok());
        for wrong in ["", "-x", "a\u{202e}b", "a\u{200b}b", "a\u{a0}b", "a\tb", "a'b", "$(x)"] {
            assert!(Subscription::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn repositories_are_paths_without_tag_or_host() {
        for right in ["hello-world", "app/api", "a.b_c__d---e/1", "a"] {
            assert!(Repository::parse(right).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "Hello",
            "hello:latest",
            "a/",
            "/a",
            "a//b",
            "a..b",
            "a___b",
            "-a",
            "a-",
            "a/*",
            "a@b",
        ] {
            assert!(Repository::parse(wrong).is_err(), "{wrong}");
        }
        let many = Repositories::parse("hello-world, app/api\nhello-world", Repository::parse)
            .map(|all| all.iter().map(|one| one.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(many, Ok(vec!["hello-world".to_owned(), "app/api".to_owned()]));
        assert_eq!(
            Repositories::parse("good, Bad:1", Repository::parse)
                .map_err(|parse_errors| parse_errors.part),
            Err("Bad:1".to_owned())
        );
        assert!(Repositories::parse(" , ", Repository::parse).is_err());
    }

    #[test]
    fn names_of_kubernetes_and_files() {
        assert!(KubernetesName::parse("edge-tls.v1").is_ok());
        for wrong in ["", "Edge", "-a", "a-", "a..b", "a_b"] {
            assert!(KubernetesName::parse(wrong).is_err(), "{wrong}");
        }
        for right in ["tls.crt", "/etc/pki/tls crt.pem", "C:\\certs\\tls.crt", "certs/größe.pem"]
        {
            assert!(FilePath::parse(right).is_ok(), "{right}");
        }
        for wrong in ["", "~/tls.crt", "-k", "a\nb", "a'b", "$HOME/x", "dir/", "a*"] {
            assert!(FilePath::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn quantities_versions_images_and_patterns() {
        let bytes = |text: &str| StorageRequest::parse(text).map(|size| size.bytes()).ok();
        assert_eq!(bytes("250Gi"), Some(250 << 30));
        assert_eq!(bytes("1.5T"), Some(1_000_000_000_000));
        assert_eq!(bytes("1024"), Some(1024));
        for wrong in ["", "0Gi", "Gi", "250GB", "-1Gi", "1..5Gi", "250 Gi"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
        for (text, right) in [
            ("1.2.3", true),
            ("0.11.0-preview.1", true),
            ("1.2", false),
            ("v1.2.3", false),
            ("1.2.3-", false),
            ("1.2.x", false),
        ] {
            assert_eq!(Version::parse(text).is_ok(), right, "{text}");
        }
        for (text, right) in [
            ("hello-world:latest", true),
            ("app/api:1.0_b", true),
            ("hello-world", false),
            ("Hello:1", false),
            ("a:-1", false),
        ] {
            assert_eq!(Image::parse(text).is_ok(), right, "{text}");
        }
        let import = |text: &str| ImportSource::parse(text).map(|source| source.image.name()).ok();
        assert_eq!(
            import("mcr.microsoft.com/hello-world:latest").as_deref(),
            Some("hello-world:latest")
        );
        assert_eq!(import("hello-world:latest"), None);
        for (text, right) in [
            ("*:*", true),
            ("hello-world:latest:push", true),
            ("a@sha256:0:delete", true),
            ("hello-world", false),
            ("a:pull", false),
        ] {
            assert_eq!(Notification::parse(text).is_ok(), right, "{text}");
        }
        for (text, right) in
            [("edge-client", true), ("abcd", false), ("-abcde", false), ("a_bcd", false)]
        {
            assert_eq!(TokenName::parse(text).is_ok(), right, "{text}");
        }
    }

    #[test]
    fn service_addresses_and_ranges() {
        for wrong in [
            "",
            "10.0.0",
            "10.0.0.256",
            "0.0.0.0",
            "127.0.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "10.0.0.1/16",
            "169.254.1.1",
            "fe80::1",
            "::ffff:10.0.0.1",
        ] {
            assert!(ClusterIp::parse(wrong).is_err(), "{wrong}");
        }
        let (Ok(cidr), Ok(six)) =
            (ServiceCidr::parse("10.0.3.0/16"), ServiceCidr::parse("fd00::/108"))
        else {
            panic!("both are ranges")
        };
        let ip =
            |text: &str| ClusterIp::parse(text).unwrap_or_else(|_| panic!("{text} is an address"));
        assert!(cidr.can_assign(&ip("10.0.0.200")));
        assert!(!cidr.can_assign(&ip("10.0.0.0")), "the network address");
        assert!(!cidr.can_assign(&ip("10.0.255.255")), "the broadcast address");
        assert!(!cidr.can_assign(&ip("10.1.0.10")));
        assert!(six.can_assign(&ip("fd00::10")));
        assert_eq!(cidr.offset(&ip("10.0.0.10")), Some(10));
        assert_eq!(six.offset(&ip("fd00::a")), Some(10));
        assert_eq!(cidr.offset(&ip("10.1.0.10")), None);
        assert!(
            ip("10.1.2.3").is_private()
                && ip("100.64.0.1").is_private()
                && ip("fd00::1").is_private()
        );
        assert!(!ip("192.100.100.1").is_private());
    }
}
