//! The page fits: on a narrow screen, zoomed in, with larger text and with more spacing.

use browser_tests::{COMPLETE, Key, Look, Page, Result, WRONG, visit};
use serde_json::json;

/// A long word where words are long, to stretch the layout.
const LONG: &str = "#registry=contosocontosocontosocontosocontosocontoso&name=edge01edge01edge01edge01edge01edge01edge&rg=resource-group-with-a-name-that-does-not-end\
                    &cluster=cluster-with-a-name-that-does-not-end-either-and-goes-on&ip=fd00:1234:5678:9abc:def0:1234:5678:9abc&cidr=10.0.0.0/16\
                    &repos=a-repository/with-a-path/that-is-long/and-goes-on/and-on,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:b\
                    &subscription=A%20subscription%20with%20a%20name%20that%20does%20not%20end&colour=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Goes through states and tabs, with a style added to the page, and checks each.
async fn fits_in_every_state(page: &Page, look: Look, style: &str) -> Result<()> {
    page.look(&look).await?;
    for (state, fragment) in
        [("empty", ""), ("complete", COMPLETE), ("errors", WRONG), ("long", LONG)]
    {
        page.open(fragment).await?;
        page.js::<()>("const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets.push(sheet)", [json!(style)]).await?;
        page.fits(&format!("{state}, as it comes, at {width}", width = look.width)).await?;
        page.js::<()>(
            "document.querySelectorAll('details').forEach(details => details.open = true)",
            [],
        )
        .await?;
        for tab in ["Steps", "Script", "Protected settings"] {
            page.tab(tab).await?;
            page.fits(&format!("{state}, {tab}, at {width}", width = look.width)).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn page_fits_at_320_pixels() -> Result<()> {
    visit("", async |page| {
        fits_in_every_state(page, Look { width: 320, height: 640, ..Look::default() }, "").await
    })
    .await
}

#[tokio::test]
async fn page_fits_at_400_percent() -> Result<()> {
    visit("", async |page| {
        fits_in_every_state(page, Look { width: 320, height: 256, zoom: 4, ..Look::default() }, "")
            .await?;
        page.open(COMPLETE).await?;
        page.screenshot("complete-400-percent").await
    })
    .await
}

#[tokio::test]
async fn page_fits_at_usual_widths() -> Result<()> {
    visit("", async |page| {
        for width in [390, 768, 1025, 1920] {
            fits_in_every_state(page, Look { width, ..Look::default() }, "").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn page_fits_with_text_of_twice_the_size() -> Result<()> {
    visit("", async |page| {
        for width in [390, 1280] {
            fits_in_every_state(
                page,
                Look { width, ..Look::default() },
                "html { font-size: 200% }",
            )
            .await?;
            page.open(COMPLETE).await?;
            page.js::<()>("document.documentElement.style.fontSize = '200%'", []).await?;
            page.screenshot(&format!("complete-large-text-{width}")).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn page_fits_with_more_space_in_the_text() -> Result<()> {
    visit("", async |page| {
        let spacing = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
        for width in [320, 1280] {
            fits_in_every_state(page, Look { width, ..Look::default() }, spacing).await?;
            page.screenshot(&format!("long-more-space-{width}")).await?;
        }
        Ok(())
    })
    .await
}

/// An element with the focus is in the window, and not under the bar at its end.
#[tokio::test]
async fn focus_is_always_visible() -> Result<()> {
    visit("", async |page| {
        for (width, height) in [(1280, 800), (390, 844), (320, 256)] {
            page.look(&Look { width, height, ..Look::default() }).await?;
            page.open(WRONG).await?;
            for pressed in 0.. {
                page.press(Key::Tab).await?;
                let (name, is_seen): (String, bool) = page.js(FOCUS, []).await?;
                if name == "body" {
                    assert!(pressed > 20, "Tab reaches only {pressed} elements");
                    break;
                }
                assert!(
                    is_seen,
                    "at {width} by {height}, the focus is on {name}, which cannot be seen"
                );
                assert!(pressed < 300, "Tab never ends, at {name}");
            }
        }
        Ok(())
    })
    .await
}

/// The element with the focus, and whether any of it can be seen.
const FOCUS: &str = "
    const element = document.activeElement;
    const name = element === document.body ? 'body' : element.outerHTML.slice(0, 120);
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const middle = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    for (let y = Math.max(top, 0) + 2; y < Math.min(bottom, innerHeight); y += 8) {
        const found = document.elementFromPoint(middle, y);
        if (found && (element.contains(found) || found.contains(element))) return [name, true];
    }
    return [name, false];
";
