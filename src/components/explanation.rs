//! The meaning of the output: of one piece in a popover next to it, and of all pieces of a block as
//! a list.

use crate::browser::{self, Element, Event, HtmlElement, JsCast, focus, popover};
use crate::components::code_block::class;
use crate::components::field::{label, source_link};
use crate::components::findings::field_button;
use crate::model::Model;
use crate::output::{Code, text_of};
use crate::view::{dynamic, effect, flag, list, maybe, memo};
use configurator_core::choices::sections::is_used;
use configurator_render::explain::{Explanation, choice};
use configurator_render::shell::{About, Block, Kind, Purpose, Token};
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

const EXPLAIN_PIECE: &str = "What this part means";
const EXPLAIN: &str = "What each part means";
const CHOICE: &str = "From your choice:";
const NO_CHOICE: &str = "Wherever this stands, it is so.";
const FORMERLY: &str = "Other documents:";
const SOURCE: &str = "Source";

/// How long the pointer must stay, in milliseconds: passing over the commands explains nothing.
const DELAY: u32 = 350;

/// The id of the popover, for `aria-describedby`.
const POPOVER_ID: &str = "explained";

/// Pieces that are explained together: an option with its values, a command, or text of the shell.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    /// The number of the piece after its last one.
    end: usize,
    about: About,
    kind: Kind,
    /// The texts: of an option, the option itself and each of its values.
    texts: Vec<String>,
}

/// Returns the parts of a block.
fn parts(block: &Block) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut follows_space = true;
    for (number, piece) in block.pieces().enumerate() {
        let Some(first) = piece.first() else { continue };
        if is_layout(piece) {
            follows_space = true;
            continue;
        }
        let (end, text) = (number + 1, text_of(piece));
        match parts.last_mut() {
            Some(part) if belongs(&part.about, &first.about) && first.kind != Kind::Option => {
                part.end = end;
                // Of several pieces, the one that comes from a choice says most.
                if choice(&part.about).is_none() {
                    part.about = first.about;
                }
                match part.texts.last_mut() {
                    Some(word) if !follows_space => word.push_str(&text),
                    _ => part.texts.push(text),
                }
            }
            _ => parts.push(Part { end, about: first.about, kind: first.kind, texts: vec![text] }),
        }
        follows_space = false;
    }
    parts
}

/// Returns the part with a piece; `None` if there is no such piece, or if it only separates others.
fn part_at(block: &Block, number: usize) -> Option<Part> {
    if block.pieces().nth(number).is_none_or(is_layout) {
        return None;
    }
    parts(block).into_iter().find(|part| number < part.end)
}

fn is_layout(piece: &[Token]) -> bool {
    piece.iter().all(Token::is_layout)
}

/// Whether two adjacent pieces are of one argument, or of one entry of a file.
fn belongs(before: &About, after: &About) -> bool {
    match (before, after) {
        // The option may always be there, and its value come from a choice.
        (About::Argument { meaning: one, .. }, About::Argument { meaning: other, .. }) => {
            one == other
        }
        (About::Setting(one), About::Setting(other)) => one == other,
        _ => false,
    }
}

/// The name and the meaning of a part.
fn meaning(part: &Part, code: &Code) -> AnyView {
    let name = list(part.texts.iter().enumerate(), |(index, text)| {
        let kind = if index == 0 { part.kind } else { Kind::Value };
        let text = view! { <code class=class(kind)>{text.trim().to_owned()}</code> };
        if index == 0 { text.into_any() } else { (" ", text).into_any() }
    });
    let Explanation { what, choice, formerly, source } = Explanation::of(&part.about, code.shell);
    let model = Model::get();
    let choice = match choice {
        // A field that the task does not use is hidden.
        Some(field) if !is_used(&model.shape.read(), field) => {
            view! { {CHOICE} " " {label(field)} }.into_any()
        }
        Some(field) => {
            view! { {CHOICE} " " {field_button(field, label(field).into_any())} }.into_any()
        }
        None => NO_CHOICE.into_any(),
    };
    let formerly = maybe(formerly, |formerly| {
        view! { <p class="small formerly">{FORMERLY} " " {formerly}</p> }.into_any()
    });
    view! {
        <p class="part-name">{name}</p>
        <p>{what}</p>
        <p class="small">{choice}</p>
        {formerly}
        <p class="small">{SOURCE} ": " {source_link(&source)}</p>
    }
    .into_any()
}

/// The meaning of each part of a block.
fn meanings(code: &Code) -> AnyView {
    // The shell's own text is explained where it is shown; in a list, a script would be repeated.
    let is_listed =
        |part: &Part| !matches!(part.about, About::Shell(Purpose::Comment | Purpose::Layout));
    let parts = parts(&code.block).into_iter().filter(is_listed);
    let items = list(parts, |part| {
        let class = if part.kind == Kind::Program { "command" } else { "" };
        view! { <li class=class>{meaning(&part, code)}</li> }.into_any()
    });
    view! { <ul class="parts-list">{items}</ul> }.into_any()
}

/// The meaning of each part of a block, folded. It is built only while it is open.
#[component]
pub fn Parts(
    /// The text of the block.
    code: ReadSignal<Option<Code>>,
    /// The id of the list.
    id: String,
    /// What the block is, for users who do not see its place.
    name: String,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    // Folded, it does not even follow the block.
    let content = dynamic(move || match is_open.get().then(|| code.get()).flatten() {
        Some(code) => meanings(&code),
        None => ().into_any(),
    });
    view! {
        <details
            class="fold parts"
            on:toggle:target=move |event| is_open.set(event.target().open())
        >
            <summary>{EXPLAIN} <span class="visually-hidden">": " {name}</span></summary>
            <div id=id>{content}</div>
        </details>
    }
    .into_any()
}

/// The piece that is explained.
#[derive(Clone, Copy)]
struct Explained {
    code: ReadSignal<Option<Code>>,
    number: usize,
    about: About,
}

/// The popover. A handle: copying it copies no data.
#[derive(Clone, Copy)]
pub struct Explanations {
    explained: RwSignal<Option<Explained>>,
    /// The element of the piece that is explained.
    piece: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// What happens unless the pointer moves on.
    timer: StoredValue<Option<browser::Timer>, LocalStorage>,
    popover: NodeRef<html::Div>,
}

impl Explanations {
    /// Creates the handle: nothing is explained.
    pub fn new() -> Self {
        Self {
            explained: RwSignal::new(None),
            piece: StoredValue::new_local(None),
            timer: StoredValue::new_local(None),
            popover: NodeRef::new(),
        }
    }

    /// The popover of this page.
    pub fn get() -> Self {
        expect_context()
    }

    /// The part that is explained, with its block; `None` once the piece means something else.
    fn part(self) -> Option<(Part, Code)> {
        let Explained { code, number, about } = self.explained.get()?;
        let code = code.try_get().flatten()?;
        let part = part_at(&code.block, number).filter(|part| part.about == about)?;
        Some((part, code))
    }

    fn show(self, code: ReadSignal<Option<Code>>, number: usize, piece: &HtmlElement) {
        let part = code.try_with_untracked(|code| part_at(&code.as_ref()?.block, number)).flatten();
        let Some(Part { about, .. }) = part else { return };
        self.hide();
        let _never_fails = piece.set_attribute("aria-describedby", POPOVER_ID);
        self.piece.set_value(Some(piece.clone()));
        self.explained.set(Some(Explained { code, number, about }));
    }

    fn hide(self) {
        self.keep();
        // The page may be gone already.
        if let Some(piece) = self.piece.try_update_value(Option::take).flatten() {
            let _never_fails = piece.remove_attribute("aria-describedby");
            let _ = self.explained.try_set(None);
        }
    }

    /// Hides the popover if it explains a piece of this block.
    fn hide_from(self, code: ReadSignal<Option<Code>>) {
        let is_of = |explained: &Option<Explained>| {
            explained.is_some_and(|explained| explained.code == code)
        };
        if self.explained.try_with_untracked(is_of) == Some(true) {
            self.hide();
        }
    }

    fn soon(self, action: impl FnOnce() + 'static) {
        self.timer.set_value(Some(browser::timer(DELAY, action)));
    }

    /// Leaves the popover as it is.
    fn keep(self) {
        drop(self.timer.try_update_value(Option::take));
    }

    fn element(self) -> Option<HtmlElement> {
        self.popover.get_untracked().map(|popover| popover.unchecked_into())
    }

    fn is_within(self, element: Option<&Element>) -> bool {
        self.element().is_some_and(|popover| popover.contains(element.map(AsRef::as_ref)))
    }

    /// The element that is explained, if an event comes from it.
    fn is_of_piece(self, element: Option<&Element>) -> bool {
        let piece = self.piece.get_value();
        piece.is_some_and(|piece| element == Some(piece.as_ref()))
    }

    /// Listens to events outside the blocks. They arrive here first.
    fn listen(self) {
        let target = browser::target::<Element>;
        browser::on_document("pointerover", move |event| {
            if !is_mouse(event) {
                return;
            }
            let (target, piece) = (target(event), self.piece.get_value());
            // While a piece is focused, it keeps its explanation.
            let is_left = piece.is_some_and(|piece| !focus::has_focus(&piece))
                && !self.is_within(target.as_ref())
                && !self.is_of_piece(target.as_ref());
            if is_left {
                self.soon(move || self.hide());
            } else {
                self.keep();
            }
        });
        for kind in ["focusin", "click"] {
            browser::on_document(kind, move |event| {
                if !self.is_within(target(event).as_ref()) {
                    self.hide();
                }
            });
        }
        browser::on_document("keydown", move |event| {
            let is_escape =
                event.dyn_ref().is_some_and(|event: &KeyboardEvent| event.key() == "Escape");
            let piece = self.piece.get_value().filter(|_| is_escape && !has_modifier(event));
            let Some(piece) = piece else { return };
            let was_within = self.is_within(target(event).as_ref());
            self.hide();
            if was_within {
                focus::focus_in_place(&piece);
                self.hide();
            }
        });
        browser::on_document("scroll", move |_| self.follow());
    }

    /// Places the popover next to its piece.
    fn place(self) {
        if let (Some(popover), Some(piece)) = (self.element(), self.piece.get_value()) {
            popover::place(&popover, &piece);
        }
    }

    /// Keeps the popover next to its piece while that is in sight, or while the popover is read.
    fn follow(self) {
        let (Some(popover), Some(piece)) = (self.element(), self.piece.get_value()) else { return };
        if popover::is_in_sight(&piece, &popover) || focus::has_focus_within(&popover) {
            self.place();
        } else {
            self.hide();
        }
    }
}

impl Default for Explanations {
    fn default() -> Self {
        Self::new()
    }
}

fn is_mouse(event: &Event) -> bool {
    event.dyn_ref().is_some_and(|event: &PointerEvent| event.pointer_type() != "touch")
}

/// Whether a key has another meaning, such as going back in the history, or selecting.
fn has_modifier(event: &Event) -> bool {
    event.dyn_ref().is_some_and(|event: &KeyboardEvent| {
        event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key()
    })
}

/// The popover that explains a piece.
#[component]
pub fn Popover() -> impl IntoView {
    let explanations = Explanations::get();
    let part = memo(move || explanations.part());
    let content = dynamic(move || maybe(part.get(), |(part, code)| meaning(&part, &code)));
    effect(move || explanations.listen());
    effect(move || {
        if part.read().is_some() {
            // Its size is known as soon as its content is there.
            request_animation_frame(move || explanations.place());
        } else if explanations.explained.read_untracked().is_some() {
            explanations.hide();
        }
    });
    view! {
        <div
            class="explained-piece"
            id=POPOVER_ID
            role="group"
            aria-label=EXPLAIN_PIECE
            hidden=flag(move || part.read().is_none())
            node_ref=explanations.popover
        >
            {content}
        </div>
    }
    .into_any()
}

/// A block whose pieces are explained: by the pointer, the focus, a click, and arrow keys.
#[derive(Clone, Copy)]
pub struct ExplainedBlock {
    explanations: Explanations,
    code: ReadSignal<Option<Code>>,
    element: NodeRef<html::Code>,
}

impl ExplainedBlock {
    /// Creates the handle. The children of `element` are the pieces.
    pub fn new(code: ReadSignal<Option<Code>>, element: NodeRef<html::Code>) -> Self {
        let explanations = Explanations::get();
        on_cleanup(move || explanations.hide_from(code));
        Self { explanations, code, element }
    }

    /// The pointer is over something else.
    pub fn on_pointer_over(self, event: &PointerEvent) {
        let Some((piece, number)) = self.piece(event).filter(|_| is_mouse(event)) else { return };
        let Self { explanations, code, .. } = self;
        if !explanations.is_of_piece(Some(&piece)) {
            explanations.soon(move || explanations.show(code, number, &piece));
        }
    }

    /// Something got the focus.
    pub fn on_focus(self, event: &FocusEvent) {
        if let Some((piece, number)) = self.piece(event) {
            self.explanations.show(self.code, number, &piece);
        }
    }

    /// Something was clicked. If text is selected, it is not to be covered.
    pub fn on_click(self, event: &MouseEvent) {
        if let Some((piece, number)) = self.piece(event)
            && !browser::has_selection()
        {
            self.explanations.show(self.code, number, &piece);
        }
    }

    /// Arrow keys go from piece to piece, and Enter into the popover.
    pub fn on_key(self, event: &KeyboardEvent) {
        if has_modifier(event) {
            return;
        }
        let number = self.piece(event).map(|(_, number)| number);
        let to = match (event.key().as_str(), number) {
            ("ArrowRight", None) => self.next(0),
            ("ArrowRight", Some(number)) => self.next(number + 1),
            ("ArrowLeft", Some(number)) => self.previous(number),
            ("Enter", Some(_)) => {
                if self.explanations.element().is_some_and(|popover| focus::focus_first(&popover)) {
                    event.prevent_default();
                }
                return;
            }
            _ => return,
        };
        if let Some(piece) = to.and_then(|number| self.child(number)) {
            event.prevent_default();
            focus::focus_untabbable(&piece);
        }
    }

    /// Focuses a piece and explains it.
    pub fn go_to(self, number: usize) {
        if let Some(piece) = self.child(number) {
            focus::go_to(&piece);
            self.explanations.show(self.code, number, &piece);
        }
    }

    /// The piece that an event comes from, with its number.
    fn piece(self, event: &Event) -> Option<(HtmlElement, usize)> {
        let piece = browser::target::<HtmlElement>(event)?;
        if !piece.tag_name().eq_ignore_ascii_case("span") {
            return None;
        }
        let number = popover::position_among_siblings(&piece);
        (self.next(number) == Some(number)).then_some((piece, number))
    }

    fn child(self, number: usize) -> Option<HtmlElement> {
        let children = self.element.get_untracked()?.children();
        children.item(u32::try_from(number).ok()?)?.dyn_into().ok()
    }

    /// The numbers of the pieces that can be explained.
    fn numbers(self) -> Vec<usize> {
        let numbers = |code: &Option<Code>| {
            let block = code.as_ref().map(|code| &code.block);
            let pieces = block.into_iter().flat_map(Block::pieces).enumerate();
            pieces.filter(|(_, piece)| !is_layout(piece)).map(|(number, _)| number).collect()
        };
        self.code.try_with_untracked(numbers).unwrap_or_default()
    }

    fn next(self, from: usize) -> Option<usize> {
        self.numbers().into_iter().find(|number| *number >= from)
    }

    fn previous(self, before: usize) -> Option<usize> {
        self.numbers().into_iter().take_while(|number| *number < before).last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::code_block::{CodeBlock, id};
    use crate::output::{BlockKey, Blocks, Marks, Tab, render};
    use crate::testing::{start, to_html};
    use configurator_core::Planned;
    use configurator_core::choices::{Preset, Shell, TextField};
    use configurator_core::link;
    use configurator_core::plan::Origin;

    fn blocks(link: &str, tab: Tab) -> Blocks {
        let planned = Planned::of(&link::parse(link).choices);
        render(&planned.plan, planned.shell, tab)
    }

    #[test]
    fn every_piece_that_is_not_layout_is_explained() {
        let mut pieces = 0;
        for (preset, shell) in Preset::ALL
            .iter()
            .flat_map(|preset| Shell::ALL.iter().map(move |shell| (preset, shell)))
        {
            let (preset, shell) = (preset.id(), shell.word());
            let link = format!("#scenario={preset}&registry=contoso&shell={shell}");
            for (key, block, shell) in Tab::ALL.iter().flat_map(|tab| blocks(&link, *tab)) {
                let parts = parts(&block);
                for (number, piece) in block.pieces().enumerate() {
                    if is_layout(piece) {
                        continue;
                    }
                    let text = text_of(piece);
                    let part = parts.iter().find(|part| number < part.end);
                    let is_named = part.is_some_and(|part| {
                        part.texts.iter().any(|word| word.contains(text.trim()))
                    });
                    assert!(is_named, "{key:?}: {text}: {part:?}");
                    let source = part.map(|part| Explanation::of(&part.about, shell).source);
                    let url = source.and_then(|source| source.url).unwrap_or_default();
                    assert!(url.starts_with("https://"), "{key:?}: {text}");
                    pieces += 1;
                }
            }
        }
        assert!(pieces > 20_000, "{pieces}");
    }

    #[test]
    fn layout_and_missing_pieces_are_not_explained() {
        let blocks = blocks("#registry=contoso", Tab::Steps);
        // `az version`, with options.
        let (_, block, _) = &blocks[1];
        let mut layout = 0;
        for (number, piece) in block.pieces().enumerate() {
            assert_eq!(part_at(block, number).is_none(), is_layout(piece), "{number}");
            layout += usize::from(is_layout(piece));
        }
        assert!(layout > 0);
        assert_eq!(part_at(block, block.pieces().count()), None);
    }

    /// What a screen reader reads: the command, then each option with its values.
    #[test]
    fn list_has_each_option_with_its_values() {
        let link = "#registry=contoso&name=edge01&rg=rg1&repos=hello-world,app/api";
        let blocks = blocks(link, Tab::Steps);
        let create = blocks
            .into_iter()
            .find(|(_, block, _)| block.text().starts_with("az acr connected-registry create"));
        let Some((_, block, shell)) = create else { panic!("no block creates it") };
        let code = Code { block, shell, marks: Marks::default() };
        let html = to_html(start(link), || meanings(&code));
        let names: Vec<String> = html
            .split("<p class=\"part-name\">")
            .skip(1)
            .map(|item| {
                let name = item.split("</p>").next().unwrap_or_default().replace("</code>", "");
                name.split('<')
                    .map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text))
                    .collect()
            })
            .collect();
        assert_eq!(
            names,
            [
                "az acr connected-registry create",
                "--registry contoso",
                "--resource-group rg1",
                "--name edge01",
                "--repository hello-world app/api",
                "--mode ReadOnly",
                "--yes"
            ]
        );
        assert!(html.starts_with("<ul class=\"parts-list\"><li class=\"command\">"), "{html}");
        assert!(
            html.contains("From your choice: <button type=\"button\" class=\"link\">"),
            "{html}"
        );
    }

    #[test]
    fn list_is_built_only_while_it_is_open() {
        let key = BlockKey::Step("create", 0);
        let html = to_html(start("#registry=contoso"), || {
            view! { <CodeBlock key name="Create it"/> }.into_any()
        });
        let folded = format!(
            "<details class=\"fold parts\"><summary>What each part means\
             <span class=\"visually-hidden\">: Create it</span></summary>\
             <div id=\"{}-parts\"></div></details>",
            id(key)
        );
        assert!(html.ends_with(&folded), "{html}");
    }

    #[test]
    fn popover_is_hidden_and_empty_at_first() {
        let html = to_html(start(""), || view! { <Popover/> }.into_any());
        assert_eq!(
            html,
            "<div id=\"explained\" role=\"group\" aria-label=\"What this part means\" hidden \
             class=\"explained-piece\"></div>"
        );
    }

    #[test]
    fn explanation_leads_to_a_field_only_if_the_task_uses_it() {
        let of = |field: TextField| {
            let origin = Origin::Field(field.into());
            let token = Token { text: "a".into(), kind: Kind::Value, about: About::Name(origin) };
            let mut block = Block::default();
            block.tokens.push(token);
            let code = Code { block, shell: Shell::Bash, marks: Marks::default() };
            to_html(start(""), || meanings(&code))
        };
        let used = of(TextField::Registry);
        assert!(used.contains("From your choice: <button"), "{used}");
        let unused = of(TextField::Image);
        assert!(unused.contains(&format!("From your choice: {}", label(TextField::Image.into()))));
        assert!(!unused.contains("<button"), "{unused}");
    }
}
