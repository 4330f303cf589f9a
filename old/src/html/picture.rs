//! What will exist afterwards, as a picture; and in words, for who does not see it and for screens
//! that have no room for it.

use super::Slot;
use crate::text::pictures as text;
use configurator_core::choices::Mode;
use configurator_core::choices::field_text::placeholder;
use configurator_core::scenario::{self, Install, Scenario, Synchronization, Task, Transport};
use configurator_core::schedule::{describe, describe_duration};
use maud::{Markup, html};

/// The picture, where the task is about what exists; else nothing. The names in it are slots of
/// their own: drawing it anew for each letter costs more than all the commands.
pub(super) fn picture(scenario: &Scenario) -> Vec<Slot> {
    let slot = |id: &str, depth, html: Markup| Slot::html(id, html, depth);

    let (install, mode, parent, when) = match &scenario.task {
        Task::Deploy(deploy) => (
            &deploy.install,
            Some(deploy.mode),
            deploy.parent.as_ref(),
            Some(&deploy.synchronization),
        ),
        Task::Redeploy(install) => (install, None, None, None),
        Task::CleanUp => return vec![slot("picture", 0, removed())],
        _ => return vec![slot("picture", 0, html! {})],
    };
    let names =
        Names::of(scenario, install, parent.map(|parent| shown(parent, |name| name.as_str())));
    let frame = html! {
        figure.picture {
            figcaption { (text::AFTERWARDS) }
            (drawing(names.is_nested, install, mode, when))
            ul id="picture-words" {}
        }
    };
    vec![
        slot("picture", 0, frame),
        slot("picture-above", 1, html! { (short(&names.above, 21)) }),
        slot("picture-cluster", 1, html! { (short(&names.cluster, 44)) }),
        slot("picture-connected", 1, html! { (short(&names.connected, 22)) }),
        slot("picture-ip", 1, html! { (short(&names.ip, 25)) }),
        slot("picture-words", 1, words(&names, install, mode, when)),
    ]
}

fn removed() -> Markup {
    html! {
        figure.picture {
            figcaption { (text::AFTERWARDS) }
            ul { li { (text::REMOVED) } li { (text::STAYS) } }
        }
    }
}

/// What things are called; a placeholder where nobody said.
struct Names {
    above: String,
    is_nested: bool,
    cluster: String,
    connected: String,
    ip: String,
}

impl Names {
    fn of(scenario: &Scenario, install: &Install, parent: Option<String>) -> Self {
        Self {
            is_nested: parent.is_some(),
            above: parent.unwrap_or_else(|| shown(&scenario.registry.name, |name| name.as_str())),
            cluster: shown(&scenario.cluster.name, |name| name.as_str()),
            connected: shown(&scenario.name, |name| name.as_str()),
            ip: shown(&install.ip, |ip| ip.as_str()),
        }
    }
}

fn shown<T>(slot: &scenario::Value<T>, name: impl Fn(&T) -> &str) -> String {
    slot.value.as_ref().map_or_else(|| placeholder(slot.field), |value| name(value).to_owned())
}

fn words(
    names: &Names,
    install: &Install,
    mode: Option<Mode>,
    when: Option<&Synchronization>,
) -> Markup {
    let times = match when {
        Some(Synchronization::Scheduled { schedule, window, .. }) => {
            match (&schedule.value, &window.value) {
                (Some(schedule), Some(window)) => {
                    format!("{}, for {}", describe(schedule), describe_duration(window.duration()))
                }
                _ => text::ON_A_SCHEDULE.to_owned(),
            }
        }
        _ => text::CONTINUOUSLY.to_owned(),
    };
    html! {
        li { (text::above(&names.above, names.is_nested)) }
        li { (text::in_cluster(&names.cluster, &names.connected, &names.ip, mode)) }
        @if when.is_some() { li { (text::upwards(&times)) } }
        li { (text::clients(&install.transport)) }
    }
}

/// As much of a name as has room in its box.
fn short(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        name.to_owned()
    } else {
        name.chars().take(room - 1).chain(['…']).collect()
    }
}

fn drawing(
    is_nested: bool,
    install: &Install,
    mode: Option<Mode>,
    when: Option<&Synchronization>,
) -> Markup {
    let line = |class: &str, x: u16, y: u16, words: &str| html! { text class=(class) x=(x) y=(y) { (words) } };
    let (wire, protocol) = match &install.transport {
        Transport::Http => ("wire bad", text::HTTP),
        Transport::Https { .. } => ("wire", text::HTTPS),
    };
    let times = match when {
        Some(Synchronization::Scheduled { .. }) => text::ON_A_SCHEDULE,
        Some(Synchronization::Continuous { .. }) => text::CONTINUOUSLY,
        None => "",
    };
    html! {
        svg viewBox="0 0 760 158" aria-hidden="true" focusable="false" {
            rect.zone x="1" y="1" width="212" height="156" rx="10" {}
            (line("soft", 14, 22, if is_nested { text::UPPER_LAYER } else { text::AZURE }))
            rect.zone x="318" y="1" width="441" height="156" rx="10" {}
            text.soft x="332" y="22" { (text::CLUSTER) ": " tspan id="picture-cluster" {} }
            rect.box x="14" y="48" width="186" height="76" rx="8" {}
            text.name id="picture-above" x="26" y="73" {}
            (line("soft", 26, 92, if is_nested { text::PARENT } else { text::CLOUD_REGISTRY }))
            @if !is_nested { (line("soft", 26, 109, text::DATA_ENDPOINT)) }
            rect.box.main x="332" y="48" width="196" height="76" rx="8" {}
            text.name id="picture-connected" x="344" y="73" {}
            (line("soft", 344, 92, text::mode(mode)))
            text.mono id="picture-ip" x="344" y="109" {}
            rect.box x="632" y="48" width="114" height="76" rx="8" {}
            (line("name", 644, 73, text::NODES))
            (line("soft", 644, 92, text::PODS))
            path.wire d="M332 80H200" {}
            (line("mid", 266, 72, text::HTTPS))
            (line("mid soft", 266, 97, times))
            path class=(wire) d="M632 80H528" {}
            (line("mid", 580, 72, protocol))
            @match &install.transport {
                Transport::Https { certificate, trust } => {
                    (line("soft", 332, 145, &format!("{}: {}", text::CERTIFICATE, text::certificate(certificate))))
                    (line("end trust", 746, 145, text::trust(*trust)))
                }
                Transport::Http => (line("end alarm", 746, 145, text::NOT_ENCRYPTED)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::{link, scenario};

    /// The words of the picture.
    fn told(link: &str) -> String {
        picture(&scenario::resolve(&link::parse(link).choices))
            .pop()
            .map(|slot| slot.inner_html().into_owned())
            .unwrap_or_default()
    }

    #[test]
    fn what_is_not_known_is_not_claimed() {
        assert!(told("#mode=read-write").contains("clients pull from it and push to it"));
        // Redeploying leaves the mode as it was: whichever that is.
        assert!(
            !told("#task=redeploy&mode=read-only").contains("clients pull"),
            "{}",
            told("#task=redeploy")
        );
        assert!(!told("#task=redeploy").contains("every minute"), "{}", told("#task=redeploy"));
    }
}
