//! Nothing moves when the scripts arrive.

use browser_tests::{COMPLETE, Look, Result, visit, visit_host};
use serde_json::json;

/// Records which elements moved, and by how much.
const NOTE: &str = "window.shifts = []; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName)].join(' '));
}).observe({ type: 'layout-shift', buffered: true })";

#[tokio::test]
async fn nothing_moves_while_the_page_starts() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(NOTE).await?;
        // The scripts arrive after the page was painted.
        let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": 400_000, "uploadThroughput": 400_000 });
        page.chromium("Network.emulateNetworkConditions", slow).await?;
        for width in [1280, 390] {
            page.look(&Look { width, ..Look::default() }).await?;
            for path in ["", "scenarios/byoc/", "scenarios/clean-up/", COMPLETE, "#scenario=sync-daily&registry=contoso", "#scenario=http&shell=powershell"] {
                page.open_path(path).await?;
                tokio::time::sleep(std::time::Duration::from_millis(600)).await;
                let shifts: Vec<String> = page.js("return shifts", []).await?;
                assert!(shifts.is_empty(), "{path} at {width}: {shifts:?}");
            }
        }
        Ok(())
    })
    .await
}

/// An embedding page that keeps as much space free as the snippet says.
#[tokio::test]
async fn nothing_moves_in_the_embedding_page() -> Result<()> {
    visit_host("plain/", async |page| {
        page.js::<()>(
            "document.documentElement.classList.add('reserved'); window.at = () => document.getElementById('after').getBoundingClientRect().top",
            [],
        )
        .await?;
        let place = "document.getElementById('place').innerHTML = '<connected-registry data-view=command data-scenario=sync-daily data-height=900></connected-registry>'; return at()";
        let before: f64 = page.js(place, []).await?;
        page.enter(0).await?;
        page.leave_frame().await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(page.js::<f64>("return at()", []).await?, before);
        Ok(())
    })
    .await
}
