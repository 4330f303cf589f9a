//! Every task in both shells.

use browser_tests::{COMPLETE, Result, visit};
use configurator_core::choices::{Preset, Shell, Task};

/// The names that all tasks together ask for.
const NAMES: &str = "registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world,app/api&remove-repos=app/old&tokens=edge-clients\
                     &image=hello-world:latest&secret=edge-tls&crt=certs/tls.crt&key=certs/tls.key&ca=certs/ca.crt&schedule=0%200%20*%20*%20*&window=PT4H&version=0.11.0";

#[tokio::test]
async fn scenario_links_give_the_native_output_in_both_shells() -> Result<()> {
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
async fn tasks_give_the_native_output_one_after_the_other() -> Result<()> {
    visit(&format!("#{NAMES}"), async |page| {
        for task in Task::ALL.iter().rev() {
            page.choose("task", task.word()).await?;
            page.wait_until_ready().await?;
            page.shows_what_the_link_says().await?;
            page.is_accessible(task.word()).await?;
        }
        page.choose("shell", "powershell").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn operating_system_decides_the_shell_without_a_link() -> Result<()> {
    visit("", async |page| {
        for (platform, shell) in [("Windows", "powershell"), ("macOS", "bash")] {
            page.pretend_platform(platform).await?;
            page.open("").await?;
            assert_eq!(page.chosen("shell").await?, shell, "{platform}");
            assert_eq!(
                page.output().await?.contains("Get-Command -Name"),
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
