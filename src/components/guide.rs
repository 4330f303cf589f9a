//! The dialog with three questions, which lead to a scenario.

use crate::components::dialog::{Dialog, close_button, while_open};
use crate::components::field::question;
use crate::model::{Dialogs, Model};
use crate::view::text;
use configurator_core::choices::{Answers, Certificate, Recommendation, preset_text};
use leptos::prelude::*;

const TITLE: &str = "Three questions";
const CERTIFICATE: &str = "Do you have a TLS certificate for the connected registry?";
const CERTIFICATE_WHY: &str = "It must name the service IP of the connected registry.";
const CERTIFICATE_ANSWERS: &[(&str, &str)] =
    &[("no", "No"), ("files", "Yes, as PEM files"), ("secret", "Yes, as a Kubernetes secret")];
const CERT_MANAGER: &str = "Do you run cert-manager in the cluster already?";
const CERT_MANAGER_WHY: &str = "A second one collides with it. Where it runs, kubectl get \
                                customresourcedefinitions lists certificates.cert-manager.io.";
const CERT_MANAGER_ANSWERS: &[(&str, &str)] = &[("no", "No"), ("yes", "Yes")];
const NODES: &str = "May the extension change how the nodes trust registries?";
const NODES_WHY: &str = "It adds the certificate on every node, which must be Debian-based Linux \
                         with containerd (by the preview documentation).";
const NODES_ANSWERS: &[(&str, &str)] = &[("yes", "Yes"), ("no", "No, I take care of the nodes")];
const TAKE: &str = "Use this scenario";

/// The chosen answer of each question.
#[derive(Clone, Copy)]
struct Questions {
    certificate: RwSignal<&'static str>,
    cert_manager: RwSignal<&'static str>,
    nodes: RwSignal<&'static str>,
}

impl Questions {
    fn new() -> Self {
        Self {
            certificate: RwSignal::new("no"),
            cert_manager: RwSignal::new("no"),
            nodes: RwSignal::new("yes"),
        }
    }

    fn answers(self) -> Answers {
        Answers {
            has_cert_manager: self.cert_manager.get() == "yes",
            certificate: match self.certificate.get() {
                "files" => Certificate::Files,
                "secret" => Certificate::Secret,
                _ => Certificate::None,
            },
            may_touch_nodes: self.nodes.get() == "yes",
        }
    }
}

/// The dialog. The answers stay when it is closed.
#[component]
pub fn Guide() -> impl IntoView {
    let (open, questions) = (Dialogs::get().guide, Questions::new());
    view! {
        <Dialog id="guide" class="guide" title=TITLE open>
            {while_open(open, move || content(open, questions))}
        </Dialog>
    }
    .into_any()
}

fn content(open: RwSignal<bool>, questions: Questions) -> AnyView {
    let model = Model::get();
    let Questions { certificate, cert_manager, nodes } = questions;
    let recommended = text(move || {
        let scenario = preset_text::of(Recommendation::of(questions.answers()).preset).title;
        format!("Your scenario: {scenario}.")
    });
    let take = move |_| {
        let recommended = Recommendation::of(untrack(|| questions.answers()));
        open.set(false);
        model.choose(|choices| recommended.apply(choices));
        model.focus_scenario(recommended.preset);
    };
    view! {
        {question(
            "guide-certificate",
            CERTIFICATE,
            Some(CERTIFICATE_WHY),
            CERTIFICATE_ANSWERS,
            certificate,
        )}
        {question(
            "guide-cert-manager",
            CERT_MANAGER,
            Some(CERT_MANAGER_WHY),
            CERT_MANAGER_ANSWERS,
            cert_manager,
        )}
        {question("guide-nodes", NODES, Some(NODES_WHY), NODES_ANSWERS, nodes)}
        <p class="result" id="guide-result" role="status">{recommended}</p>
        <div class="buttons">
            <button class="button primary" id="guide-take" type="button" on:click=take>{TAKE}</button>
            {close_button(open)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    fn guide(answer: impl FnOnce(Questions)) -> String {
        html(&Default::default(), || {
            let questions = Questions::new();
            answer(questions);
            content(Dialogs::get().guide, questions)
        })
    }

    #[test]
    fn answers_lead_to_a_scenario() {
        let html = guide(|_| {});
        assert!(html.contains(">Your scenario: Secure by default.</p>"), "{html}");
        let html = guide(|questions| questions.certificate.set("secret"));
        assert!(html.contains(">Your scenario: Kubernetes secret.</p>"), "{html}");
        let html = guide(|questions| {
            questions.certificate.set("secret");
            questions.nodes.set("no");
        });
        assert!(html.contains(">Your scenario: Own trust distribution.</p>"), "{html}");
    }

    #[test]
    fn first_answers_are_the_default_answers() {
        let answers = html(&Default::default(), || {
            format!("{:?}", untrack(|| Questions::new().answers())).into_any()
        });
        assert_eq!(answers, format!("{:?}", Answers::default()));
        let html = guide(|_| {});
        assert_eq!(html.matches(" checked").count(), 3, "{html}");
        for answers in [CERTIFICATE_ANSWERS, CERT_MANAGER_ANSWERS, NODES_ANSWERS] {
            let label = answers.first().map(|(_, label)| *label).unwrap_or_default();
            assert!(html.contains(label), "{html}");
        }
    }

    #[test]
    fn closed_dialog_has_no_questions() {
        let html = html(&Default::default(), || view! { <Guide/> }.into_any());
        assert!(html.contains(TITLE) && !html.contains("<fieldset"), "{html}");
    }
}
