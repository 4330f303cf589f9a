//! Each documented scenario from opening the page to a copied script, by the actions that
//! docs/actions.md counts; every fix, in one click.

use browser_tests::{Result, command, same_text, visit};
use configurator_core::choices::{Preset, SelectField};
use configurator_core::rules::{self, TABLE};
use configurator_core::{link, scenario};

/// What somebody enters, by the key of the field.
const NAMES: [(&str, &str); 12] = [
    ("registry", "contoso"),
    ("name", "edge01"),
    ("rg", "rg-edge"),
    ("cluster", "arc-cluster-01"),
    ("ip", "10.0.0.200"),
    ("repos", "hello-world"),
    ("secret", "edge-tls"),
    ("crt", "certs/tls.crt"),
    ("key", "certs/tls.key"),
    ("version", "0.11.0"),
    ("tokens", "edge-clients"),
    ("image", "hello-world:latest"),
];

/// Choices, names entered and clicks to copy, as docs/actions.md has them for a scenario.
fn documented(preset: Preset) -> [usize; 3] {
    let row = include_str!("../../../../docs/actions.md")
        .lines()
        .find(|line| line.starts_with(&format!("| `{}` |", preset.id())));
    let mut numbers =
        row.unwrap_or_default().split('|').filter_map(|cell| cell.trim().parse().ok());
    [(); 3].map(|()| numbers.next().unwrap_or_default())
}

#[tokio::test]
async fn each_takes_as_few_actions_as_are_documented() -> Result<()> {
    visit("", async |page| {
        for preset in Preset::ALL {
            page.open("").await?;
            let (mut choices, mut names) = (0, 0);
            let task = preset.fixes().iter().find(|(field, _)| *field == SelectField::Task).map_or("deploy", |(_, word)| *word);
            if page.chosen("task").await? != task {
                page.click(&format!("#field-task-{task}")).await?;
                choices += 1;
            }
            if !page.js::<bool>("return document.getElementById(`scenario-${arguments[0]}`).checked", [preset.id().into()]).await? {
                page.click(&format!("#scenario-{}", preset.id())).await?;
                choices += 1;
            }
            page.has_output().await?;
            for key in page
                .js::<Vec<String>>("return [...document.querySelectorAll('#summary .missing [data-focus]')].map(button => button.dataset.focus)", [])
                .await?
            {
                let (_, name) = NAMES.into_iter().find(|(other, _)| *other == key).unwrap_or_else(|| panic!("{key} has no value here"));
                page.fill(&key, name).await?;
                names += 1;
            }
            page.click("#copy-script").await?;
            page.until("it is copied", async || Ok(page.text("said").await? == "Copied.")).await?;
            assert_eq!([choices, names, 1], documented(*preset), "{}: choices, names, copies", preset.id());
            let hash = page.hash().await?;
            assert!(
                hash.contains(&format!("scenario={}", preset.id())) || *preset == Preset::default() || page.text("no-scenario").await?.is_empty(),
                "{hash}"
            );
            page.is_accessible(preset.id()).await?;
            same_text(preset.id(), &page.clipboard().await?, &command(&["script", &hash, "--paste"])?)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_fix_mends_in_one_click() -> Result<()> {
    visit("", async |page| {
        let mut fixes = 0;
        for rule in TABLE {
            let choices = link::parse(rule.violating).choices;
            for finding in rules::check(&choices, &scenario::resolve(&choices)).into_iter().filter(|finding| finding.rule == rule.id) {
                let Some(fix) = &finding.fix else { continue };
                fixes += 1;
                page.open(&link::fragment(&choices)).await?;
                let key = finding.field.map(|field| field.key()).unwrap_or_default();
                page.fold_rare(true).await?;
                page.click(&format!("#messages-{key} .message:has([data-rule={}]) [data-fix]", rule.id)).await?;
                page.holds(fix.field.key(), &fix.value).await?;
                let fixed = fix.apply(&choices);
                let left: Vec<String> = rules::check(&fixed, &scenario::resolve(&fixed)).iter().map(|finding| finding.rule.to_owned()).collect();
                let shown: Vec<String> =
                    page.js("return [...document.querySelectorAll('.message [data-rule]')].map(button => button.dataset.rule)", []).await?;
                assert!(shown.iter().all(|rule| left.contains(rule)), "{}: {shown:?}", rule.id);
                page.shows_what_the_link_says().await?;
            }
        }
        assert!(fixes >= 5, "there are more fixes than {fixes}");
        Ok(())
    })
    .await
}
