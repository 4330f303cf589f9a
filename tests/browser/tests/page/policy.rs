//! The page's content security policy, as the browser enforces it.

use browser_tests::{COMPLETE, Result, variable, visit};

#[tokio::test]
async fn injected_code_and_other_origins_are_refused() -> Result<()> {
    visit(COMPLETE, async |page| {
        let tried: Vec<String> = page
            .js(
                "const refused = [];
                 addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
                 const add = (name, attributes, text) => { const element = document.createElement(name); Object.assign(element, attributes); element.textContent = text ?? ''; document.body.append(element); return element };
                 add('script', {}, 'window.injected = 1');
                 document.body.insertAdjacentHTML('beforeend', '<p id=handler onclick=\"window.injected = 2\" style=\"color: red\">x</p>');
                 document.getElementById('handler').click();
                 add('style', {}, 'body { display: none }');
                 // Not from here: a driver's own scripts may do that.
                 setTimeout(() => { try { (0, eval)('window.injected = 3') } catch {} try { new Function('window.injected = 4')() } catch {} });
                 add('a', { href: 'javascript:window.injected = 5' }).click();
                 add('img', { src: 'https://elsewhere.example/x.png' });
                 add('script', { src: 'https://elsewhere.example/x.js' });
                 add('base', { href: 'https://elsewhere.example/' });
                 const form = add('form', { action: 'https://elsewhere.example/', method: 'post' }); form.submit();
                 fetch('https://elsewhere.example/').catch(() => {});
                 navigator.sendBeacon('https://elsewhere.example/');
                 return new Promise(done => setTimeout(() => done([...new Set(refused)].sort()), 500))",
                [],
            )
            .await?;
        for directive in ["base-uri", "connect-src", "form-action", "img-src", "script-src", "script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"] {
            assert!(tried.iter().any(|refused| refused == directive), "{directive} was not refused, but {tried:?}");
        }
        let (injected, is_seen, base): (Option<u32>, bool, String) =
            page.js("return [window.injected ?? null, getComputedStyle(document.body).display !== 'none', document.baseURI]", []).await?;
        assert_eq!(injected, None);
        assert!(is_seen && base.starts_with(page.site()));
        // The browser reports in the console what it refused.
        page.forget_complaints().await?;
        page.forget_requests().await?;
        page.open(COMPLETE).await
    })
    .await
}

/// Every HTML file has a policy, before the elements that it is about, and sends no referrer.
#[tokio::test]
async fn every_page_has_a_policy() -> Result<()> {
    visit("", async |page| {
        for path in ["", "scenarios/byoc/"] {
            page.open_path(path).await?;
            let (policy, referrer, is_first): (String, String, bool) = page
                .js(
                    "const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]');
                     const isFirst = !!(policy.compareDocumentPosition(document.querySelector('script, style, link')) & Node.DOCUMENT_POSITION_FOLLOWING);
                     return [policy.content, document.querySelector('meta[name=referrer]').content, isFirst]",
                    [],
                )
                .await?;
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self' 'sha256-") && policy.ends_with("base-uri 'none'; form-action 'none'"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains("http") && !policy.contains('*'), "{policy}");
            assert_eq!(referrer, "no-referrer");
            assert!(is_first);
        }
        let single = std::fs::read_to_string(format!("{}/connected-registry-configurator.html", variable("SITE_FOLDER")?))?;
        assert!(single.contains("content=\"default-src 'none'; script-src 'sha256-") && !single.contains("connect-src"));
        Ok(())
    })
    .await
}

/// Of a link that is cut off, or older or newer than the page, the page shows what it understands
/// and reports the rest.
#[tokio::test]
async fn old_and_truncated_links_report_what_was_ignored() -> Result<()> {
    visit("", async |page| {
        let whole = "#scenario=kubernetes-secret&registry=contoso&name=edge01&rg=rg-edge&secret=tls&subscription=B%C3%BCro&shell=powershell&v=1";
        for end in 1..whole.len() {
            // Every tenth character, and around the escapes.
            let Some(link) = whole.get(..end).filter(|link| end % 10 == 0 || link.ends_with('%') || link.ends_with("%C3") || link.ends_with("%B")) else {
                continue;
            };
            page.open(link).await?;
            let problems = configurator_core::link::parse(link).problems;
            let summary = page.state().await?;
            assert!(problems.iter().all(|problem| summary.contains(&problem.message)), "{link}: {summary}");
        }
        let newer = "#registry=contoso&v=7&trusted=yes&tls=quantum";
        page.open(newer).await?;
        let (problems, summary) = (configurator_core::link::parse(newer).problems, page.state().await?);
        assert!(problems.len() == 3 && problems.iter().all(|problem| summary.contains(&problem.message)), "{summary}");
        assert_eq!(page.value("registry").await?, "contoso");
        Ok(())
    })
    .await
}
