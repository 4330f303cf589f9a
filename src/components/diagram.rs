//! What will exist afterwards, as a diagram; and in words, for users who do not see it and for
//! screens without room for it.

use crate::model::Model;
use crate::view::{dynamic, list, maybe, memo, text};
use configurator_core::choices::field_text::placeholder;
use configurator_core::choices::{Mode, Trust};
use configurator_core::scenario::{
    Certificate, Install, Scenario, Synchronization, Task, Transport, Value,
};
use configurator_core::schedule::{describe, describe_duration};
use configurator_render::embed::Hidden;
use leptos::prelude::*;

const AFTERWARDS: &str = "What will exist afterwards";
const AZURE: &str = "Azure";
const UPPER_LAYER: &str = "Upper layer";
const CLUSTER: &str = "Arc cluster";
const CLOUD_REGISTRY: &str = "Container registry, Premium";
const DATA_ENDPOINT: &str = "data endpoint on";
const PARENT: &str = "Parent connected registry";
const NODES: &str = "Nodes";
const PODS: &str = "and their pods";
const CERTIFICATE: &str = "Certificate";
const HTTPS: &str = "HTTPS";
const HTTP: &str = "HTTP";
const NOT_ENCRYPTED: &str = "HTTP, not encrypted";
const CONTINUOUSLY: &str = "every minute";
const ON_A_SCHEDULE: &str = "on a schedule";
const REMOVED: &str = "Nothing of the connected registry is left in the cluster.";
const STAYS: &str = "The container registry and its images stay as they are.";

/// A connected registry, and its mode if that is known.
const fn connected_registry(mode: Option<Mode>) -> &'static str {
    match mode {
        None => "Connected registry",
        Some(Mode::ReadOnly) => "Connected registry, ReadOnly",
        Some(Mode::ReadWrite) => "Connected registry, ReadWrite",
    }
}

/// The source of a certificate, in a few words.
const fn certificate(certificate: &Certificate) -> &'static str {
    match certificate {
        Certificate::InstalledCertManager => "cert-manager, installed",
        Certificate::OwnCertManager => "your cert-manager",
        Certificate::Secret { .. } => "a Kubernetes secret",
        Certificate::Files(_) => "your own files",
    }
}

/// How the nodes come to trust it, in a few words.
const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Nodes => "trust by the extension",
        Trust::LabelledNodes => "trust on labelled nodes",
        Trust::Own => "trust is up to you",
    }
}

/// What a task leaves behind.
enum Outcome<'a> {
    /// The task is not about that.
    Unchanged,
    Removed,
    Installed {
        install: &'a Install,
        mode: Option<Mode>,
        parent: Option<String>,
        synchronization: Option<&'a Synchronization>,
    },
}

impl<'a> Outcome<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        match &scenario.task {
            Task::Deploy(deploy) => Self::Installed {
                install: &deploy.install,
                mode: Some(deploy.mode),
                parent: deploy.parent.as_ref().map(|parent| shown(parent, |name| name.as_str())),
                synchronization: Some(&deploy.synchronization),
            },
            // It leaves the mode as it was, whichever that is.
            Task::Redeploy(install) => {
                Self::Installed { install, mode: None, parent: None, synchronization: None }
            }
            Task::CleanUp => Self::Removed,
            _ => Self::Unchanged,
        }
    }
}

/// A value, or its placeholder.
fn shown<T>(value: &Value<T>, name: impl Fn(&T) -> &str) -> String {
    value.value.as_ref().map_or_else(|| placeholder(value.field), |value| name(value).to_owned())
}

/// Everything in the diagram but the names: that of what is installed is built again only if it is
/// different.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Frame {
    Empty,
    Removed,
    Installed(Drawing),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Drawing {
    is_nested: bool,
    mode: Option<Mode>,
    /// When it synchronizes; empty if that is not known.
    times: &'static str,
    /// The source of the certificate and how the nodes come to trust it; `None` for plain HTTP.
    encryption: Option<(&'static str, &'static str)>,
}

impl Frame {
    fn of(scenario: &Scenario) -> Self {
        match Outcome::of(scenario) {
            Outcome::Unchanged => Self::Empty,
            Outcome::Removed => Self::Removed,
            Outcome::Installed { install, mode, parent, synchronization } => {
                Self::Installed(Drawing {
                    is_nested: parent.is_some(),
                    mode,
                    times: match synchronization {
                        Some(Synchronization::Scheduled { .. }) => ON_A_SCHEDULE,
                        Some(Synchronization::Continuous { .. }) => CONTINUOUSLY,
                        None => "",
                    },
                    encryption: match &install.transport {
                        Transport::Https { certificate: from, trust: by } => {
                            Some((certificate(from), trust(*by)))
                        }
                        Transport::Http => None,
                    },
                })
            }
        }
    }
}

/// The names in the diagram, and what it shows in words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Names {
    above: String,
    cluster: String,
    connected: String,
    ip: String,
    words: Vec<String>,
}

impl Names {
    fn of(scenario: &Scenario) -> Self {
        let Outcome::Installed { install, mode, parent, synchronization } = Outcome::of(scenario)
        else {
            return Self::default();
        };
        let is_nested = parent.is_some();
        let above = parent.unwrap_or_else(|| shown(&scenario.registry.name, |name| name.as_str()));
        let cluster = shown(&scenario.cluster.name, |name| name.as_str());
        let connected = shown(&scenario.name, |name| name.as_str());
        let ip = shown(&install.ip, |ip| ip.as_str());
        let words = [
            Some(above_words(&above, is_nested)),
            Some(cluster_words(&cluster, &connected, &ip, mode)),
            synchronization.map(upward_words),
            Some(client_words(&install.transport)),
        ];
        Self {
            above: short(&above, 21),
            cluster: short(&cluster, 44),
            connected: short(&connected, 22),
            ip: short(&ip, 25),
            words: words.into_iter().flatten().collect(),
        }
    }
}

/// As much of a name as its box has room for.
fn short(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        name.to_owned()
    } else {
        name.chars().take(room - 1).chain(['…']).collect()
    }
}

fn above_words(name: &str, is_nested: bool) -> String {
    if is_nested {
        format!("Above it: the parent connected registry {name}, which it synchronizes with.")
    } else {
        format!(
            "In Azure: the container registry {name}, of the Premium SKU, with its dedicated data \
             endpoint on."
        )
    }
}

fn cluster_words(cluster: &str, name: &str, ip: &str, mode: Option<Mode>) -> String {
    let may = match mode {
        None => "",
        Some(Mode::ReadOnly) => "; clients pull from it",
        Some(Mode::ReadWrite) => "; clients pull from it and push to it",
    };
    format!("In the Arc cluster {cluster}: the connected registry {name} at {ip}{may}.")
}

fn upward_words(synchronization: &Synchronization) -> String {
    let when = match synchronization {
        Synchronization::Continuous { .. } => CONTINUOUSLY.to_owned(),
        Synchronization::Scheduled { schedule, window, .. } => {
            match (&schedule.value, &window.value) {
                (Some(schedule), Some(window)) => {
                    format!("{}, for {}", describe(schedule), describe_duration(window.duration()))
                }
                _ => ON_A_SCHEDULE.to_owned(),
            }
        }
    };
    format!("Between them: HTTPS, always encrypted; {when}.")
}

fn client_words(transport: &Transport) -> String {
    match transport {
        Transport::Http => "From the nodes and pods: plain HTTP. Nothing is encrypted, and each \
                            node must be told to accept that."
            .to_owned(),
        Transport::Https { certificate: from, trust } => {
            let trust = match trust {
                Trust::Nodes => "the extension makes the nodes trust it",
                Trust::LabelledNodes => {
                    "the extension makes the nodes trust it that have the label"
                }
                Trust::Own => "you make the nodes trust it",
            };
            format!(
                "From the nodes and pods: HTTPS, encrypted, with a certificate from {}; {trust}.",
                certificate(from)
            )
        }
    }
}

/// The diagram, unless the embedding page hides it. It is empty if the task is not about what
/// exists.
#[component]
pub fn Diagram() -> impl IntoView {
    let model = Model::get();
    if model.hides(Hidden::Picture) {
        return ().into_any();
    }
    let frame = memo(move || Frame::of(&model.planned.read().scenario));
    let names = memo(move || Names::of(&model.planned.read().scenario));
    let content = dynamic(move || match frame.get() {
        Frame::Empty => ().into_any(),
        Frame::Removed => {
            let words = [REMOVED, STAYS].map(str::to_owned);
            view! {
                <figure class="picture">
                    <figcaption>{AFTERWARDS}</figcaption>
                    <ul>{items(words.into())}</ul>
                </figure>
            }
            .into_any()
        }
        Frame::Installed(drawing) => {
            let words = dynamic(move || items(names.read().words.clone()));
            view! {
                <figure class="picture">
                    <figcaption>{AFTERWARDS}</figcaption>
                    {draw(drawing, names)}
                    <ul>{words}</ul>
                </figure>
            }
            .into_any()
        }
    });
    view! { <section class="made" id="picture" aria-label=AFTERWARDS>{content}</section> }
        .into_any()
}

fn items(words: Vec<String>) -> AnyView {
    list(words, |words| view! { <li>{words}</li> }.into_any())
}

/// A line of text.
fn line(class: &'static str, x: u16, y: u16, words: AnyView) -> AnyView {
    view! { <text class=class x=x y=y>{words}</text> }.into_any()
}

fn fixed(class: &'static str, x: u16, y: u16, words: &'static str) -> AnyView {
    line(class, x, y, words.into_any())
}

fn rectangle(class: &'static str, [x, y, width, height]: [u16; 4], radius: u16) -> AnyView {
    view! { <rect class=class x=x y=y width=width height=height rx=radius></rect> }.into_any()
}

fn draw(drawing: Drawing, names: Memo<Names>) -> AnyView {
    let Drawing { is_nested, mode, times, encryption } = drawing;
    let name = move |of: fn(&Names) -> &String| text(move || of(&names.read()).clone()).into_any();
    let (zone, above_kind) =
        if is_nested { (UPPER_LAYER, PARENT) } else { (AZURE, CLOUD_REGISTRY) };
    let cluster = view! { {CLUSTER} ": " <tspan>{name(|names| &names.cluster)}</tspan> }.into_any();
    let (wire, protocol) = match encryption {
        Some(_) => ("wire", HTTPS),
        None => ("wire bad", HTTP),
    };
    let foot = match encryption {
        Some((certificate, trust)) => vec![
            line("soft", 332, 145, format!("{CERTIFICATE}: {certificate}").into_any()),
            fixed("end trust", 746, 145, trust),
        ],
        None => vec![fixed("end alarm", 746, 145, NOT_ENCRYPTED)],
    };
    let parts = vec![
        rectangle("zone", [1, 1, 212, 156], 10),
        fixed("soft", 14, 22, zone),
        rectangle("zone", [318, 1, 441, 156], 10),
        line("soft", 332, 22, cluster),
        rectangle("box", [14, 48, 186, 76], 8),
        line("name", 26, 73, name(|names| &names.above)),
        fixed("soft", 26, 92, above_kind),
        maybe((!is_nested).then_some(()), |()| fixed("soft", 26, 109, DATA_ENDPOINT)),
        rectangle("box main", [332, 48, 196, 76], 8),
        line("name", 344, 73, name(|names| &names.connected)),
        fixed("soft", 344, 92, connected_registry(mode)),
        line("mono", 344, 109, name(|names| &names.ip)),
        rectangle("box", [632, 48, 114, 76], 8),
        fixed("name", 644, 73, NODES),
        fixed("soft", 644, 92, PODS),
        path("wire", "M332 80H200"),
        fixed("mid", 266, 72, HTTPS),
        fixed("mid soft", 266, 97, times),
        path(wire, "M632 80H528"),
        fixed("mid", 580, 72, protocol),
        foot.into_any(),
    ];
    view! { <svg viewBox="0 0 760 158" aria-hidden="true" focusable="false">{parts}</svg> }
        .into_any()
}

fn path(class: &'static str, line: &'static str) -> AnyView {
    view! { <path class=class d=line></path> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::testing::{in_page, start, to_html};
    use configurator_core::choices::{Choices, SelectField, TextField};
    use configurator_core::{link, scenario};
    use configurator_render::embed;

    fn html(link: &str) -> String {
        to_html(start(link), || view! { <Diagram/> }.into_any())
    }

    #[test]
    fn nothing_is_said_about_what_is_not_known() {
        assert!(html("#mode=read-write").contains("clients pull from it and push to it"));
        let redeployed = html("#task=redeploy&mode=read-only");
        assert!(redeployed.contains("the connected registry"), "{redeployed}");
        assert!(!redeployed.contains("clients pull"), "{redeployed}");
        assert!(!redeployed.contains("every minute"), "{redeployed}");
    }

    #[test]
    fn diagram_is_empty_if_the_task_is_not_about_what_exists() {
        assert_eq!(
            html("#task=rotate"),
            "<section id=\"picture\" aria-label=\"What will exist afterwards\" class=\"made\">\
             </section>"
        );
    }

    #[test]
    fn embedding_page_hides_the_diagram() {
        let frame = Some(embed::Frame::parse("?hide=picture"));
        let start = Start { frame, ..start("#registry=contoso") };
        assert_eq!(to_html(start, || view! { <Diagram/> }.into_any()), "");
    }

    #[test]
    fn names_and_encryption_are_drawn() {
        let secure = html("#registry=contoso&name=edge01&cluster=arc1&ip=10.0.0.200");
        for part in [
            "<text x=\"26\" y=\"73\" class=\"name\">contoso</text>",
            "<text x=\"332\" y=\"22\" class=\"soft\">Arc cluster: <tspan>arc1</tspan></text>",
            "<text x=\"746\" y=\"145\" class=\"end trust\">trust by the extension</text>",
            "<path d=\"M632 80H528\" class=\"wire\"></path>",
            "<li>In the Arc cluster arc1: the connected registry edge01 at 10.0.0.200; clients \
             pull from it.</li>",
        ] {
            assert!(secure.contains(part), "{part}: {secure}");
        }
        let plain = html("#tls=http&name=edge01edge01edge01edge01");
        assert!(plain.contains("<path d=\"M632 80H528\" class=\"wire bad\">"), "{plain}");
        assert!(plain.contains(">edge01edge01edge01edg…</text>"), "{plain}");
    }

    #[test]
    fn frame_is_kept_while_a_name_is_typed() {
        let frame = |choices: &Choices| Frame::of(&scenario::resolve(choices));
        let before = link::parse("#registry=contoso").choices;
        let typed = before.clone().with(TextField::Registry, "fabrikam");
        assert_eq!(frame(&typed), frame(&before));
        let mut chosen = before.clone();
        chosen.select.set_word(SelectField::Tls, "http");
        assert_ne!(frame(&chosen), frame(&before));
        in_page(start("#registry=contoso"), |model| {
            let names = memo(move || Names::of(&model.planned.read().scenario));
            assert_eq!(names.read_untracked().above, "contoso");
            model.set(typed, Vec::new());
            assert_eq!(names.read_untracked().above, "fabrikam");
        });
    }
}
