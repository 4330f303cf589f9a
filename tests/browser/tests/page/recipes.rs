//! The recipes in `docs/recipes`: pages that documentation generators made, with the page embedded,
//! as xtask has built them on the server of the embedding pages.

use anyhow::{Context, bail};
use browser_tests::{
    Page, Result, button, command, css, link, said, same_text, tab_panel, variable, visit_host,
};
use std::fs;
use std::path::Path;

/// A recipe, and where the parts that the test uses are on its pages.
struct Recipe {
    /// Its folder on the server.
    path: &'static str,
    /// The link with the choices of the element in it.
    link: &'static str,
    /// Whether the frame shows the form and the script; otherwise it shows one block of commands.
    has_form: bool,
    /// The control that makes the page dark, and then light again: it is clicked until it is so.
    toggle: &'static str,
    /// The links to the other page and back; none when there is only one page.
    links: Option<(&'static str, &'static str)>,
}

const PLAIN: Recipe = Recipe {
    path: "recipes/plain/",
    link: "#scenario=sync-daily&registry=contoso&name=edge01&rg=rg-edge&shell=bash&v=1",
    has_form: false,
    toggle: "#colors",
    links: None,
};

const MKDOCS: Recipe = Recipe {
    path: "recipes/mkdocs/",
    link: "#scenario=manual-upgrade&registry=contoso&name=edge01&rg=rg-edge&cluster=arc-edge01&version=0.9.1&shell=bash&v=1",
    has_form: false,
    toggle: ".md-header__option label:not([hidden])",
    links: Some((".md-content a[href*=afterwards]", ".md-content p a")),
};

const SPHINX: Recipe = Recipe {
    path: "recipes/sphinx/",
    link: "#scenario=sync-continuous&registry=contoso&shell=bash&v=1",
    has_form: true,
    toggle: ".theme-toggle-content .theme-toggle",
    links: Some(("article a[href*=afterwards]", "article p a")),
};

const VITEPRESS: Recipe = Recipe {
    path: "recipes/vitepress/",
    link: "#scenario=pull-image&registry=contoso&name=edge01&rg=rg-edge&ip=10.0.0.200&tokens=line-1&image=hello-world:latest&shell=bash&v=1",
    has_form: false,
    toggle: ".VPNavBarAppearance button",
    links: Some((".vp-doc a[href*=afterwards]", ".vp-doc p a")),
};

#[tokio::test]
async fn plain_html_recipe_works() -> Result<()> {
    works(&PLAIN).await
}

#[tokio::test]
async fn mkdocs_with_material_recipe_works() -> Result<()> {
    works(&MKDOCS).await
}

#[tokio::test]
async fn sphinx_with_furo_recipe_works() -> Result<()> {
    works(&SPHINX).await
}

#[tokio::test]
#[ignore = "takes 100 MB from npm; run by cargo xtask test --only vitepress"]
async fn judge_vitepress() -> Result<()> {
    works(&VITEPRESS).await
}

/// Everything that a recipe promises, in the order of use.
async fn works(recipe: &Recipe) -> Result<()> {
    visit_host(recipe.path, async |page| {
        let blocks = commands(recipe)?;
        holds(page, recipe.link).await?;
        copies(page, recipe, &blocks).await?;
        grows(page, recipe).await?;
        follows_the_toggle(page, recipe).await?;
        stays_itself_on_the_way(page, recipe).await?;
        page.was_quiet().await?;
        falls_back(page, recipe, &blocks).await
    })
    .await
}

/// The frame comes to hold the choices of a link.
async fn holds(page: &Page, link: &str) -> Result<()> {
    page.enter(0).await?;
    if page.until("", async || Ok(chosen(page).await? == link)).await.is_err() {
        bail!("the choices should be {link} and are {}", chosen(page).await?);
    }
    Ok(())
}

/// The choices in the frame, as a link: it offers to open them in a window of their own.
async fn chosen(page: &Page) -> Result<String> {
    let own = link("Open this in a window of its own").even_hidden();
    page.of(own, "new URL(element.href).hash").await
}

/// The commands in the frame are those that the element shows without a frame, and can be copied.
async fn copies(page: &Page, recipe: &Recipe, commands: &str) -> Result<()> {
    if recipe.has_form {
        // Once more, because names are missing in it.
        page.click(button("Copy script")).await?;
        page.click(button("Copy script")).await?;
    } else {
        page.click(css(".step > .code .copy").within(tab_panel())).await?;
    }
    page.wait_for_part(said(), "Copied").await?;
    page.leave_frame().await?;
    same_text("what was copied", page.clipboard().await?.trim_end(), commands)?;
    page.enter(0).await
}

/// Typing, or an explanation, makes the frame higher, and no part of it is hidden.
async fn grows(page: &Page, recipe: &Recipe) -> Result<()> {
    fits(page).await?;
    let before = height(page).await?;
    if recipe.has_form {
        page.fill("rg", "x;").await?;
        page.leave().await?;
    } else {
        // The explanation of the token is shown below the block.
        page.click(css(".step > .code code span").within(tab_panel())).await?;
    }
    page.until("it is higher", async || Ok(height(page).await? > before + 10.0)).await?;
    fits(page).await
}

/// The height of the frame in the embedding page.
async fn height(page: &Page) -> Result<f64> {
    page.leave_frame().await?;
    let height = page.js("return document.querySelector('connected-registry').shadowRoot.querySelector('iframe').getBoundingClientRect().height", []).await?;
    page.enter(0).await?;
    Ok(height)
}

async fn fits(page: &Page) -> Result<()> {
    page.until("the frame is as high as what is in it", async || {
        let frame = height(page).await?;
        let content: f64 = page
            .js("return Math.ceil(document.documentElement.getBoundingClientRect().height)", [])
            .await?;
        Ok((frame - content).abs() < 1.5)
    })
    .await
}

/// The embedding page becomes dark, and light again, by its own control; the frame follows.
async fn follows_the_toggle(page: &Page, recipe: &Recipe) -> Result<()> {
    let is_dark = "const [red] = getComputedStyle(document.querySelector('section, p')).color.match(/\\d+/g); return +red > 128";
    for dark in [true, false] {
        page.leave_frame().await?;
        // Some have a third state: as the system is, which is light here.
        for _ in 0..2 {
            page.click(css(recipe.toggle)).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if page.js::<bool>(is_dark, []).await? == dark {
                break;
            }
        }
        assert_eq!(page.js::<bool>(is_dark, []).await?, dark, "the page around does not change");
        page.enter(0).await?;
        let scheme = if dark { "dark" } else { "light" };
        page.until(scheme, async || {
            Ok(page
                .js::<String>("return getComputedStyle(document.documentElement).colorScheme", [])
                .await?
                == scheme)
        })
        .await?;
    }
    Ok(())
}

/// Readers go to another page and come back, by links and by the browser's button. The frame is
/// there each time, and never an entry in the history.
async fn stays_itself_on_the_way(page: &Page, recipe: &Recipe) -> Result<()> {
    page.leave_frame().await?;
    let entries = async || page.js::<u32>("return history.length", []).await;
    let before = entries().await?;
    let Some((away, back)) = recipe.links else {
        page.go(&format!("{}plain/", variable("HOSTS_URL")?)).await?;
        page.back().await?;
        holds(page, recipe.link).await?;
        page.leave_frame().await?;
        assert_eq!(entries().await?, before + 1);
        return page.enter(0).await;
    };
    let is_elsewhere = async || {
        let script = "return !document.querySelector('connected-registry') && !!document.querySelector('h1')?.textContent.startsWith('Afterwards')";
        page.js::<bool>(script, []).await
    };
    page.click(css(away)).await?;
    page.until("the other page", is_elsewhere).await?;
    assert_eq!(entries().await?, before + 1, "by a link");
    page.click(css(back)).await?;
    holds(page, recipe.link).await?;
    grows(page, recipe).await?;
    let left = chosen(page).await?;
    page.leave_frame().await?;
    assert_eq!(entries().await?, before + 2, "by another link");
    page.back().await?;
    page.until("the other page", is_elsewhere).await?;
    page.forward().await?;
    // When pages are loaded again, browsers restore what was typed in the frame.
    holds(page, &left).await?;
    follows_the_toggle(page, recipe).await?;
    page.leave_frame().await?;
    assert_eq!(entries().await?, before + 2, "by the browser's buttons");
    page.enter(0).await
}

/// When the script cannot be loaded, the link and the commands can be read.
async fn falls_back(page: &Page, recipe: &Recipe, commands: &str) -> Result<()> {
    page.leave_frame().await?;
    page.block_requests(&["*embed.js"]).await?;
    page.go(&format!("{}{}", variable("HOSTS_URL")?, recipe.path)).await?;
    page.click(css("connected-registry summary")).await?;
    let (address, seen, shown): (String, [bool; 2], String) = page
        .js(
            "const [link, block] = ['a', 'pre'].map(name => document.querySelector(`connected-registry ${name}`));
             return [link.href, [link, block].map(element => element.checkVisibility()), block.textContent]",
            [],
        )
        .await?;
    assert_eq!((address, seen), (format!("{}{}", page.site(), recipe.link), [true, true]));
    same_text("what is shown without the script", shown.trim_end(), commands)?;
    page.forget_complaints().await
}

/// The commands that stand for the element, without the HTML around them.
fn commands(recipe: &Recipe) -> Result<String> {
    let html = command(&[
        "embed",
        recipe.link,
        "--view",
        if recipe.has_form { "steps" } else { "command" },
    ])?;
    let block = html
        .split_once("<pre><code>")
        .and_then(|(_, rest)| rest.split_once("</code></pre>"))
        .context("no commands in what is pasted")?
        .0;
    Ok(["lt <", "gt >", "quot \"", "#123 {", "#125 }", "#10 \n", "amp &"].iter().fold(
        block.to_owned(),
        |text, escape| {
            let (name, character) = escape.split_once(' ').unwrap_or_default();
            text.replace(&format!("&{name};"), character)
        },
    ))
}

/// Each recipe says how its HTML was made; made again, it is the same. `UPDATE_EXPECT=1` writes it
/// again.
#[test]
fn html_of_the_recipes_is_printed_by_the_command() -> Result<()> {
    let plain = ("plain/index.html", "plain/index.html");
    let (mkdocs, vitepress) = (
        ("mkdocs/docs/index.md", "mkdocs/docs/index.md"),
        ("vitepress/index.md", "vitepress/index.md"),
    );
    for (page, file) in [plain, mkdocs, ("sphinx/index.rst", "sphinx/configurator.html"), vitepress]
    {
        let path = |name: &str| {
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/recipes")).join(name)
        };
        let read = |name: &str| {
            fs::read_to_string(path(name)).with_context(|| format!("cannot read {name}"))
        };
        let (page_text, text) = (read(page)?, read(file)?);
        let (_, said) = page_text
            .split_once("Made by: connected-registry ")
            .with_context(|| format!("{page} does not say how it was made"))?;
        let words = said.lines().next().unwrap_or_default().trim_end_matches(" -->").split(' ');
        let printed = command(&words.map(|word| word.trim_matches('\'')).collect::<Vec<_>>())?;
        // Generators have the script in their settings.
        let fresh: String = printed
            .split_inclusive('\n')
            .filter(|line| (page, file) == plain || !line.starts_with("<script "))
            .collect();
        let start = text.find("<div>\n").with_context(|| format!("no HTML in {file}"))?;
        let end = text[start..]
            .find("</div>\n")
            .with_context(|| format!("no end of the HTML in {file}"))?
            + start
            + "</div>\n".len();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(path(file), [&text[..start], &fresh, &text[end..]].concat())?;
        } else {
            same_text(file, &text[start..end], &fresh)?;
        }
    }
    Ok(())
}
