//! Links of every kind, also harmful ones: the page shows what the native command prints, and runs
//! nothing.

use browser_tests::{COMPLETE, Page, Result, WRONG, css, messages, same_text, visit};
use configurator_core::choices::TextField;
use configurator_core::choices::sections::is_used;
use configurator_core::link;
use configurator_core::rules::Severity;
use configurator_render::Outcome;

/// Fails when markup in a value became part of the page.
async fn nothing_was_injected(page: &Page) -> Result<()> {
    let injected = css("main :is(img, script, iframe, svg:not(figure > svg), style, b)");
    assert_eq!(page.count(injected.even_hidden()).await?, 0, "an element was made from a value");
    assert!(page.js::<bool>("return window.injected === undefined", []).await?, "a value was run");
    Ok(())
}

/// Opens a link, and compares fields, findings and outputs with those of the library.
async fn compare(page: &Page, link: &str) -> Result<()> {
    page.open(link).await?;
    let parsed = link::parse(&page.hash().await?);
    let outcome = Outcome::of_link(&parsed);

    // Browsers change line breaks in their own ways.
    let without_breaks = |text: &str| text.replace(['\n', '\r'], "");
    page.fold_rare(true).await?;
    let shown: Vec<_> = page
        .values()
        .await?
        .into_iter()
        .map(|(field, text)| (field.key(), without_breaks(&text)))
        .collect();
    let given: Vec<_> = TextField::ALL
        .iter()
        .filter(|field| is_used(&parsed.choices, (**field).into()))
        .map(|field| (field.key(), without_breaks(parsed.choices.text(*field))))
        .collect();
    assert_eq!(shown, given, "{link}: the texts in the fields");
    for (key, word) in
        [("mode", parsed.choices.select.mode.word()), ("slot", parsed.choices.select.slot.word())]
    {
        assert_eq!(page.chosen(key).await?, word, "{link}: {key}");
    }

    let summary = page.state().await?;
    for problem in &parsed.problems {
        assert!(
            summary.contains(&problem.message),
            "{link}: the summary lacks {:?}: {summary}",
            problem.message
        );
    }
    for finding in outcome.findings.iter().filter(|finding| finding.rule != "missing") {
        let Some(field) = finding.field else { continue };
        let beside = page.texts_of(messages(field.key())).await?.concat();
        let is_in_summary =
            finding.severity == Severity::Info || summary.contains(&finding.message);
        assert!(is_in_summary, "{link}: the summary lacks {:?}: {summary}", finding.message);
        assert!(
            beside.contains(&finding.message),
            "{link}: beside {} there is no {:?}: {beside}",
            field.key(),
            finding.message
        );
    }

    page.shows_what_the_link_says().await?;
    nothing_was_injected(page).await
}

#[tokio::test]
async fn ordinary_links_give_the_native_output() -> Result<()> {
    visit("", async |page| {
        for link in [
            "",
            "#scenario=secure-default",
            COMPLETE,
            "#registry=contoso.azurecr.io&name=Edge01&ip=10.0.0.1&cidr=10.0.0.0/16&repos=a%20b%0Ac,b&v=1",
            "#registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world&cidr=10.0.0.0/16&cluster-rg=rg-clusters\
             &subscription=Edge%20Production&cluster-subscription=00000000-1111-2222-3333-444444444444&extension=edge&context=edge-admin\
             &mode=read-write&slot=2&shell=bash&v=1",
        ] {
            compare(page, link).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn hostile_links_are_not_run() -> Result<()> {
    visit("", async |page| {
        for link in [
            "#rg=x;%20echo%20INJECTED",
            "#rg=x;%20echo%20INJECTED&cluster=$(echo%20INJECTED)&name=`echo%20INJECTED`&subscription='%20||%20echo%20INJECTED%20'&extension=%22;echo%20INJECTED",
            "#registry=%0Aecho%20INJECTED&repos=a%0Aecho%20INJECTED;,%24(INJECTED)&context=x%E2%80%A8INJECTED",
            WRONG,
        ] {
            compare(page, link).await?;
            page.tab("Script").await?;
            assert!(!page.block_text().await?.contains("INJECTED"), "{link}: the value is in the script");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn markup_in_links_is_text() -> Result<()> {
    visit("", async |page| {
        let markup = "%3Cimg%20src=x%20onerror=%22window.injected=1;alert(1)%22%3E%3Cb%3E%22'%3E%3C/textarea%3E%3Cscript%3Ealert(2)%3C/script%3E";
        let everywhere: Vec<String> = TextField::ALL.iter().map(|field| format!("{}={markup}", field.key())).collect();
        compare(page, &format!("#{}", everywhere.join("&"))).await?;
        compare(page, &format!("#{markup}={markup}&mode={markup}&scenario={markup}&v={markup}")).await?;
        // Without any escapes.
        compare(page, "#repos=<img src=x onerror=alert(1)>&name=\"'><script>alert(2)</script>").await
    })
    .await
}

#[tokio::test]
async fn odd_links_give_the_native_output() -> Result<()> {
    visit("", async |page| {
        for link in [
            "#colour=red&mode=mirror&scenario=none&v=9&name=%ff&registry=a&registry=contoso",
            "#registry=&&&=&name&=x",
            "#rg=d%C3%A9p%C3%B4t&cluster=%E9%9B%86%E7%BE%A4&repos=%F0%9F%93%A6&subscription=Gro%C3%9Fhandel",
            "#rg=100%25&subscription=a%26b=c%23d%2Be",
            &format!("#name={}&repos={}", "a".repeat(1_001), "hello-world,".repeat(90)),
            &format!("#rg={}", "%C3%A4".repeat(1_200)),
        ] {
            compare(page, link).await?;
        }
        Ok(())
    })
    .await
}

/// Text areas drop a first line break, and both kinds of field change others: the meaning of their
/// texts must stay.
#[tokio::test]
async fn line_breaks_in_links_keep_their_meaning() -> Result<()> {
    visit("", async |page| {
        for link in [
            "#repos=%0Ahello-world%0Aapp/api%0A",
            "#repos=hello-world%0D%0Aapp/api",
            "#registry=contoso%0A&name=edge%0A01&ip=10.0.0%0D%0A.200",
        ] {
            page.open(link).await?;
            page.shows_what_the_link_says().await?;
            // Typing the texts of the fields again gives the same.
            let mut choices = link::parse(&page.hash().await?).choices;
            let meant = Outcome::of(&choices).document.script.text();
            for (key, text) in page.values().await? {
                choices.set_text(key, text);
            }
            same_text(
                &format!("{link}: the script of what the fields show"),
                &Outcome::of(&choices).document.script.text(),
                &meant,
            )?;
        }
        Ok(())
    })
    .await
}
