//! Without scripts: each scenario's commands are on the screen, for both shells, and there is no
//! control that would do nothing.

use browser_tests::{Result, button, field, visit};
use configurator_core::choices::{Choices, Preset, Shell};
use configurator_core::link;
use configurator_render::Outcome;
use serde_json::json;

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test]
async fn scenario_shows_its_commands_without_scripts() -> Result<()> {
    visit("", async |page| {
        page.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
        let of_scenarios =
            Preset::ALL.iter().map(|preset| (format!("scenarios/{}/", preset.id()), *preset));
        for (path, preset) in
            std::iter::once((String::new(), Preset::default())).chain(of_scenarios)
        {
            page.go(&format!("{}{path}", page.site())).await?;
            let (texts, elements) = page.laid_out().await?;
            let texts = without_spaces(&texts);
            for shell in Shell::ALL {
                let mut choices = Choices::from(preset);
                choices.select.shell = *shell;
                for block in Outcome::of(&choices)
                    .document
                    .steps
                    .iter()
                    .filter_map(|step| step.actions.as_ref())
                {
                    assert!(
                        texts.contains(&without_spaces(&block.text())),
                        "{path} {shell:?}: {}",
                        block.text()
                    );
                }
            }
            let dead: Vec<&String> = elements
                .iter()
                .filter(|name| {
                    ["BUTTON", "INPUT", "SELECT", "TEXTAREA", "DIALOG"].contains(&name.as_str())
                })
                .collect();
            assert!(dead.is_empty(), "{path}: {dead:?}");
            assert!(
                elements.iter().filter(|name| *name == "A").count() >= Preset::ALL.len(),
                "{path}: there are links to the others"
            );
            assert!(texts.contains("Withoutthemthispageshows"), "{path}");
        }
        page.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": false }))
            .await
            .map(drop)
    })
    .await
}

/// With scripts, the page of a scenario is the page.
#[tokio::test]
async fn scenario_page_works_as_the_page() -> Result<()> {
    visit("", async |page| {
        for preset in [Preset::Byoc, Preset::SyncDaily, Preset::CleanUp] {
            page.open_path(&format!("scenarios/{}/", preset.id())).await?;
            assert_eq!(page.hash().await?, "");
            assert_eq!(page.chosen("scenario").await?, preset.id());
            assert!(
                page.js::<String>("return document.title", [])
                    .await?
                    .starts_with(configurator_core::choices::preset_text::of(preset).title)
            );
            page.is_accessible(&format!("the page of {}", preset.id())).await?;
            page.fill("registry", "contoso").await?;
            page.until("the address follows", async || {
                Ok(page.hash().await?.contains("registry=contoso"))
            })
            .await?;
            page.shows_what_the_link_says().await?;
            let choices = link::parse(&page.hash().await?).choices;
            assert_eq!(choices.preset, preset);
            page.click(button("Share …")).await?;
            let shared = page.value_of(field("The link")).await?;
            assert_eq!(
                shared,
                format!("{}{}", page.site(), page.hash().await?),
                "the shared link leads to the page itself"
            );
        }
        Ok(())
    })
    .await
}
