//! The footer: what was checked, ways to report a problem and to use the page offline, the
//! scenarios, and the licenses.

use crate::about::About;
use crate::browser::page;
use crate::model::Model;
use crate::view::{effect, list, maybe, on, text};
use configurator_core::azure;
use configurator_core::choices::{Choices, Preset, preset_text};
use configurator_core::link;
use leptos::html;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

const PRIVATE: &str = "Everything happens in your browser: no server, no account, no tracking.";
const REPORT: &str = "Report a problem";
const REPORT_HINT: &str = "What it opens holds your choices, with the names in them, for you to \
                           look over before you send it.";
const REPORT_SENDS: &str = "Opening it sends your choices, with the names in them, to the site \
                            where problems are reported.";
const REPORT_TITLE: &str = "Connected Registry Configurator: ";
const ALONE: &str = "Open this in a window of its own";
const OFFLINE: &str = "Without a network:";
const OFFLINE_LINK: &str = "the whole page as one file";
const OFFLINE_HOW: &str = "which runs from a disk or a USB stick. Or open this page once: browsers \
                           that keep pages show it again without a network.";
const SCENARIOS: &str = "The documented scenarios, each at an address of its own";
const LICENSES: &str = "Licenses of what is in this page";
const LICENSES_LEAD: &str = "The configurator is MIT licensed. In it are, each under the license \
                             beside it (where there are several to choose from, under MIT):";
const LICENSE_TEXTS: &str = "The texts of these licenses";

/// The page as one file, in the folder of the page.
const SINGLE_FILE: &str = "connected-registry-configurator.html";

/// The texts of the licenses, in the folder of the page.
const LICENSE_FILE: &str = "licenses.txt";

/// The `meta` element by which the page's operator says where reports go: an address to file an
/// issue at, or to send an email to. If it is empty, a report is an email without a recipient.
const REPORTS_TO: &str = "report-problems-to";

/// Whether reports are filed on a website.
fn is_website(reports_to: &str) -> bool {
    reports_to.starts_with("https://")
}

/// The address that opens a report.
fn report_address(reports_to: &str, link: &str, browser: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let title = encode(REPORT_TITLE);
    let body = encode(&format!(
        "What happened, and what should have happened?\n\n\nThe choices (take out names that are \
         nobody's business):\n{link}\n\nThe browser:\n{browser}\n"
    ));
    if is_website(reports_to) {
        let separator = if reports_to.contains('?') { '&' } else { '?' };
        format!("{reports_to}{separator}title={title}&body={body}")
    } else {
        let recipient = reports_to.strip_prefix("mailto:").unwrap_or_default();
        format!("mailto:{recipient}?subject={title}&body={body}")
    }
}

/// The footer.
#[component]
pub fn Footer() -> impl IntoView {
    let about = About::get();
    let checked = format!("{} {PRIVATE}", azure::checked());
    let offline = maybe((!about.is_single_file()).then_some(()), |()| {
        let file = [about.root.as_str(), SINGLE_FILE].concat();
        view! {
            <p>{OFFLINE} " " <a href=file download="">{OFFLINE_LINK}</a> ", " {OFFLINE_HOW}</p>
        }
        .into_any()
    });
    view! {
        <footer>
            <p>{checked}</p>
            <Report/>
            <Alone/>
            <div class="about">
                {offline}
                <details class="fold">
                    <summary>{SCENARIOS}</summary>
                    {scenarios(&about)}
                </details>
                <details class="fold">
                    <summary>{LICENSES}</summary>
                    {licenses(&about)}
                </details>
            </div>
        </footer>
    }
    .into_any()
}

/// The link that reports a problem. Its address is written when it is about to be used: until then
/// nothing follows what is typed.
#[component]
fn Report() -> impl IntoView {
    let model = Model::get();
    let about = About::get();
    let report = NodeRef::<html::A>::new();
    let hint = RwSignal::new(REPORT_HINT);
    let update = move || {
        let Some(report) = report.get_untracked() else { return };
        let link = [about.root.as_str(), &model.fragment()].concat();
        report.set_href(&report_address(&page::meta(REPORTS_TO), &link, &page::user_agent()));
    };
    effect({
        let update = update.clone();
        move || {
            report.track();
            update();
            if is_website(&page::meta(REPORTS_TO)) {
                hint.set(REPORT_SENDS);
            }
        }
    });
    let on_focus = {
        let update = update.clone();
        move |_| update()
    };
    view! {
        <p class="report">
            <a
                id="report"
                href=""
                target="_blank"
                rel="noreferrer"
                node_ref=report
                on:focus=on_focus
                on:pointerdown=on(move |_| update())
            >
                {REPORT}
            </a>
            " "
            <span class="small" id="report-hint">{hint}</span>
        </p>
    }
    .into_any()
}

/// The link that opens the page in a window of its own, for readers of an embedding page.
#[component]
fn Alone() -> impl IntoView {
    let (model, about) = (Model::get(), About::get());
    let href = if model.is_framed() {
        super::share::address(model)
    } else {
        text(move || about.root.clone())
    };
    view! {
        <p class="alone"><a id="alone" href=href target="_blank" rel="noopener">{ALONE}</a></p>
    }
    .into_any()
}

/// Links to the scenarios: to the page of each, or within the single file to its choices.
pub fn scenarios(about: &About) -> AnyView {
    let links = list(Preset::ALL, |preset| {
        let address = if about.is_single_file() {
            link::fragment(&Choices::from(*preset))
        } else {
            format!("{}scenarios/{}/", about.root, preset.id())
        };
        view! { <li><a href=address>{preset_text::of(*preset).title}</a></li> }.into_any()
    });
    view! { <nav aria-label=SCENARIOS><ul>{links}</ul></nav> }.into_any()
}

fn licenses(about: &Arc<About>) -> AnyView {
    let software =
        list(&about.licenses, |software| view! { <li>{software.clone()}</li> }.into_any());
    let texts = match &about.license_texts {
        Some(texts) => view! {
            <details class="fold">
                <summary>{LICENSE_TEXTS}</summary>
                <pre class="texts" tabindex="0" role="region" aria-label=LICENSE_TEXTS>
                    {texts.clone()}
                </pre>
            </details>
        }
        .into_any(),
        None => {
            let file = [about.root.as_str(), LICENSE_FILE].concat();
            view! { <p><a href=file>{LICENSE_TEXTS}</a></p> }.into_any()
        }
    };
    view! { <p>{LICENSES_LEAD}</p> <ul class="licenses">{software}</ul> {texts} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::testing::html_of;
    use configurator_render::embed::Frame;

    fn footer(frame: Option<Frame>, license_texts: Option<&str>) -> String {
        let about = About {
            root: "../../".to_owned(),
            licenses: vec!["first 1.0.0, MIT".to_owned(), "<second> 0.2.0, MIT".to_owned()],
            license_texts: license_texts.map(str::to_owned),
        };
        let choices = link::parse("#registry=contoso").choices;
        let start = Start { choices, frame, ..Start::default() };
        html_of(start, about, || view! { <Footer/> }.into_any())
    }

    #[test]
    fn links_lead_to_the_folder_of_the_page() {
        let html = footer(None, None);
        assert!(html.contains(r#"<a href="../../scenarios/sync-daily/">"#), "{html}");
        assert!(html.contains(r#"href="../../licenses.txt""#), "{html}");
        assert!(html.contains(r#"href="../../connected-registry-configurator.html""#), "{html}");
        assert!(html.contains(r#"id="alone" href="../../""#), "{html}");
        assert_eq!(html.matches("scenarios/").count(), Preset::ALL.len(), "{html}");
    }

    #[test]
    fn single_file_leads_nowhere_else() {
        let html = footer(None, Some("MIT <License>\n\nPermission"));
        assert!(html.contains(">MIT &lt;License&gt;\n\nPermission</pre>"), "{html}");
        assert!(!html.contains("scenarios/") && !html.contains(OFFLINE), "{html}");
        assert!(!html.contains(LICENSE_FILE) && !html.contains(SINGLE_FILE), "{html}");
        assert!(html.contains("<a href=\"#scenario=byoc&amp;shell=bash&amp;v=1\">"), "{html}");
    }

    #[test]
    fn licenses_are_listed_as_text() {
        let html = footer(None, None);
        assert!(
            html.contains("<li>first 1.0.0, MIT</li><li>&lt;second&gt; 0.2.0, MIT</li>"),
            "{html}"
        );
    }

    #[test]
    fn framed_page_opens_alone_with_its_choices() {
        let html = footer(Some(Frame::default()), None);
        assert!(html.contains(r#"id="alone" href="../../#registry=contoso&amp;"#), "{html}");
    }

    #[test]
    fn report_goes_where_the_operator_says() {
        let report = |to: &str| report_address(to, "https://a/#name=e", "Mozilla/5.0");
        let website = report("https://example.com/new?template=bug");
        assert!(website.starts_with("https://example.com/new?template=bug&title="), "{website}");
        assert!(report("https://example.com/new").starts_with("https://example.com/new?title="));
        assert!(report("mailto:a@example.com").starts_with("mailto:a@example.com?subject="));
        // Any other address could run a script.
        assert!(report("javascript:alert(1)").starts_with("mailto:?subject="));
        assert!(website.contains("name%3De") && website.contains("Mozilla%2F5"), "{website}");
    }
}
