//! Every task in both shells; and the page's engine, which is fetched when it is needed.

use browser_tests::{COMPLETE, Page, Result, visit};
use configurator_core::choices::{Preset, Shell, Task};

/// What all the tasks together ask for.
const NAMES: &str = "registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world,app/api&remove-repos=app/old&tokens=edge-clients\
                     &image=hello-world:latest&secret=edge-tls&crt=certs/tls.crt&key=certs/tls.key&ca=certs/ca.crt&schedule=0%200%20*%20*%20*&window=PT4H&version=0.11.0";

/// Whether the engine was fetched.
async fn fetched_engine(page: &Page) -> Result<bool> {
    page.js("return performance.getEntriesByType('resource').some(entry => entry.name.includes('/engine-'))", []).await
}

#[tokio::test]
async fn every_scenario_in_both_shells() -> Result<()> {
    visit("", async |page| {
        for preset in Preset::ALL {
            for shell in Shell::ALL {
                page.open(&format!("#scenario={}&{NAMES}&shell={}", preset.id(), shell.word()))
                    .await?;
                assert_eq!(page.chosen("shell").await?, shell.word());
                page.shows_what_the_link_says().await?;
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_task_from_one_to_the_next() -> Result<()> {
    visit(&format!("#{NAMES}"), async |page| {
        for task in Task::ALL.iter().rev() {
            page.click(&format!("#field-task-{}", task.word())).await?;
            page.has_output().await?;
            page.shows_what_the_link_says().await?;
            page.is_accessible(task.word()).await?;
        }
        page.click("#field-shell-powershell").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn where_nothing_is_asked_for_the_system_decides() -> Result<()> {
    visit("", async |page| {
        for (platform, shell) in [("Windows", "powershell"), ("macOS", "bash")] {
            page.pretend_platform(platform).await?;
            page.open("").await?;
            assert_eq!(page.chosen("shell").await?, shell, "{platform}");
            assert!(
                !fetched_engine(page).await?,
                "{platform}: until somebody uses the page, what came with it will do"
            );
            assert_eq!(
                page.text("panel").await?.contains("Get-Command -Name"),
                shell == "powershell",
                "{platform}"
            );
            page.open(COMPLETE).await?;
            assert_eq!(page.chosen("shell").await?, "bash", "{platform}: a link says which");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_task_that_cannot_be_loaded_is_said_and_can_be_tried_again() -> Result<()> {
    visit("", async |page| {
        page.block(&["*/engine-*"]).await?;
        page.open(COMPLETE).await?;
        page.click("#field-task-clean-up").await?;
        page.has_output().await?;
        assert!(
            page.js::<bool>("return document.getElementById('failed').checkVisibility()", [])
                .await?
        );
        page.click("#copy-script").await?;
        page.until("something is said", async || {
            Ok(page.text("said").await?.contains("That did not work"))
        })
        .await?;
        page.is_accessible("a task that could not be loaded").await?;
        // What is chosen and typed meanwhile is kept.
        page.fill("name", "edge02").await?;
        page.block(&[]).await?;
        page.click("#load-again").await?;
        page.has_output().await?;
        page.forget_complaints().await?;
        assert_eq!(page.value("name").await?, "edge02");
        page.shows_what_the_link_says().await
    })
    .await
}
