//! Each documented scenario, from opening the page to a copied script, by the actions that
//! docs/actions.md counts; each fix, by one click.

use anyhow::Context;
use browser_tests::{
    Result, button, command, css, messages, said, same_text, starting, state, text, visit,
};
use configurator_core::choices::{Preset, SelectField, TextField, field_text};
use configurator_core::rules::{self, TABLE};
use configurator_core::{link, scenario};

/// What a user enters, by the key of the field.
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
async fn scenario_takes_the_documented_number_of_actions() -> Result<()> {
    visit("", async |page| {
        for preset in Preset::ALL {
            page.open("").await?;
            let (mut choices, mut names) = (0, 0);
            let task = preset
                .fixes()
                .iter()
                .find(|(field, _)| *field == SelectField::Task)
                .map_or("deploy", |(_, word)| *word);
            if page.chosen("task").await? != task {
                page.choose("task", task).await?;
                choices += 1;
            }
            if page.chosen("scenario").await? != preset.id() {
                page.choose("scenario", preset.id()).await?;
                choices += 1;
            }
            page.wait_until_ready().await?;
            for label in page.texts_of(css(".missing button").within(state())).await? {
                let field = TextField::ALL.iter().find(|field| field_text::label(**field) == label);
                let key = field.map(|field| field.key()).unwrap_or_default();
                let (_, name) = NAMES
                    .into_iter()
                    .find(|(other, _)| *other == key)
                    .with_context(|| format!("{label} has no value here"))?;
                page.fill(key, name).await?;
                names += 1;
            }
            page.click(button("Copy script")).await?;
            page.wait_for_text(said(), "Copied.").await?;
            assert_eq!(
                [choices, names, 1],
                documented(*preset),
                "{}: choices, names, copies",
                preset.id()
            );
            let hash = page.hash().await?;
            assert!(
                hash.contains(&format!("scenario={}", preset.id()))
                    || *preset == Preset::default()
                    || !page.has(text(starting("Your own:"))).await?,
                "{hash}"
            );
            page.is_accessible(preset.id()).await?;
            same_text(
                preset.id(),
                &page.clipboard().await?,
                &command(&["script", &hash, "--paste"])?,
            )?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn fix_takes_one_click() -> Result<()> {
    visit("", async |page| {
        let mut fixes = 0;
        for rule in TABLE {
            let choices = link::parse(rule.violating).choices;
            for finding in rules::check(&choices, &scenario::resolve(&choices))
                .into_iter()
                .filter(|finding| finding.rule == rule.id)
            {
                let Some(fix) = &finding.fix else { continue };
                fixes += 1;
                page.open(&link::fragment(&choices)).await?;
                page.fold_rare(true).await?;
                let message = css(format!(".message:has([aria-label='The rule {}'])", rule.id));
                let fields = finding.field.map_or("", |field| field.key());
                let around = messages(fields).around(".field, fieldset");
                page.click(button(starting("Change it to")).within(message.within(around))).await?;
                page.wait_for_value(fix.field.key(), &fix.value).await?;
                let fixed = fix.apply(&choices);
                let left: Vec<String> = rules::check(&fixed, &scenario::resolve(&fixed))
                    .iter()
                    .map(|finding| finding.rule.to_owned())
                    .collect();
                let shown =
                    page.of_all::<String>(css(".message .rule-id"), "element.textContent").await?;
                assert!(shown.iter().all(|rule| left.contains(rule)), "{}: {shown:?}", rule.id);
                page.shows_what_the_link_says().await?;
            }
        }
        assert!(fixes >= 5, "there are more fixes than {fixes}");
        Ok(())
    })
    .await
}
