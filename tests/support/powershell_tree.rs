//! PowerShell as its grammar sees it: commands with their words, strings with their values, and
//! what is not grammatical.

use super::powershell_chain::{Word, double_quoted, single_quoted};
use tree_sitter::{Node, Parser, Tree};

/// A text, taken apart.
pub(crate) struct Script {
    source: String,
    tree: Tree,
}

/// The value of a variable by its name; several for a list.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// A command and what stands behind it.
pub(crate) struct Call<'a> {
    script: &'a Script,
    node: Node<'a>,
}

impl Script {
    pub(crate) fn of(source: &str) -> Self {
        let mut parser = Parser::new();
        parser
            .set_language(&tree_sitter_powershell::LANGUAGE.into())
            .expect("the grammar fits the parser");
        Self {
            source: source.to_owned(),
            tree: parser.parse(source, None).expect("there is no limit of time"),
        }
    }

    /// Every node, those that hold others first.
    fn nodes(&self) -> Vec<Node<'_>> {
        fn add<'a>(node: Node<'a>, all: &mut Vec<Node<'a>>) {
            all.push(node);
            node.children(&mut node.walk()).for_each(|child| add(child, all));
        }
        let mut all = Vec::new();
        add(self.tree.root_node(), &mut all);
        all
    }

    fn text(&self, node: Node) -> &str {
        &self.source[node.byte_range()]
    }

    /// What the grammar does not know, with the number of the line.
    pub(crate) fn problems(&self) -> Vec<String> {
        let bad = self.nodes().into_iter().filter(|node| node.is_error() || node.is_missing());
        bad.map(|node| {
            format!("line {}: {} {:?}", node.start_position().row + 1, node.kind(), self.text(node))
        })
        .collect()
    }

    /// The statements of the outermost level.
    pub(crate) fn statements(&self) -> Vec<&str> {
        let root = self.tree.root_node();
        let lists = root
            .children(&mut root.walk())
            .filter(|node| node.kind() == "statement_list")
            .collect::<Vec<_>>();
        lists
            .into_iter()
            .flat_map(|list| {
                list.children(&mut list.walk()).map(|node| self.text(node)).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Every variable that is assigned, in lower case: by `=`, by `foreach`, as a parameter. With
    /// what it is within, outermost first.
    pub(crate) fn assigned(&self) -> Vec<(String, Vec<&'static str>)> {
        let mut assigned = Vec::new();
        for node in self.nodes() {
            let holder = match node.kind() {
                "left_assignment_expression" | "script_parameter" => Some(node),
                "foreach_statement" => {
                    node.children(&mut node.walk()).find(|child| child.kind() == "variable")
                }
                "pre_increment_expression" | "post_increment_expression" => Some(node),
                _ => None,
            };
            let Some(holder) = holder else { continue };
            let text = self.text(holder);
            let name = text.rsplit_once('$').map_or(text, |(_, name)| name);
            let name: String =
                name.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
            let is_member = node.kind() == "left_assignment_expression" && text.contains('.');
            if !is_member {
                assigned.push((name.to_lowercase(), self.ancestors(node)));
            }
        }
        assigned
    }

    fn ancestors(&self, node: Node) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        let mut node = node;
        while let Some(parent) = node.parent() {
            kinds.insert(0, parent.kind());
            node = parent;
        }
        kinds
    }

    /// The words that begin with `@` and are neither array nor hash table: splats, if they have no
    /// quotes.
    pub(crate) fn splats(&self) -> Vec<&str> {
        self.nodes()
            .into_iter()
            .filter(|node| node.child_count() == 0)
            .map(|node| self.text(node))
            .filter(|text| text.starts_with('@') && text.len() > 2)
            .collect()
    }

    /// Every command, in the order of the text.
    pub(crate) fn calls(&self) -> Vec<Call<'_>> {
        let named = |node: &Node| node.child(0).is_some_and(|child| child.kind() == "command_name");
        self.nodes()
            .into_iter()
            .filter(|node| node.kind() == "command" && named(node))
            .map(|node| Call { script: self, node })
            .collect()
    }

    /// The values of the elements of every array that is an argument of a method or of a command of
    /// this name.
    pub(crate) fn arrays_given_to(&self, name: &str, lookup: Lookup) -> Vec<Vec<String>> {
        let arrays = self.nodes().into_iter().filter(|node| node.kind() == "array_expression");
        let given = arrays.filter(|array| {
            let mut node = *array;
            while let Some(parent) = node.parent() {
                match parent.kind() {
                    "command" | "invokation_expression" => {
                        return self
                            .text(parent)
                            .split(['(', ' '])
                            .next()
                            .is_some_and(|start| start.ends_with(name));
                    }
                    "statement_list" => return false,
                    _ => node = parent,
                }
            }
            false
        });
        given
            .map(|array| {
                let statements = array
                    .children(&mut array.walk())
                    .find(|child| child.kind() == "statement_list");
                let statements: Vec<Node> = statements
                    .map(|list| list.children(&mut list.walk()).collect())
                    .unwrap_or_default();
                let values =
                    statements.into_iter().flat_map(|statement| match self.core(statement) {
                        list if list.kind() == "array_literal_expression" => {
                            self.words(list, lookup).into_iter().map(|word| word.text).collect()
                        }
                        expression => vec![self.value(expression, lookup)],
                    });
                values.collect()
            })
            .collect()
    }

    /// Without the layers of the grammar that add nothing.
    fn core<'a>(&self, node: Node<'a>) -> Node<'a> {
        let mut node = node;
        while node.child_count() == 1
            && !matches!(node.kind(), "string_literal" | "variable" | "integer_literal")
        {
            node = node.child(0).expect("it has one");
        }
        node
    }

    /// The value of an expression of strings and variables.
    fn value(&self, node: Node, lookup: Lookup) -> String {
        let node = self.core(node);
        match node.kind() {
            "additive_expression" => {
                let parts: Vec<Node> =
                    node.children(&mut node.walk()).filter(|child| child.kind() != "+").collect();
                parts.into_iter().map(|part| self.value(part, lookup)).collect()
            }
            "string_literal" | "variable" => {
                self.words(node, lookup).into_iter().map(|word| word.text).collect()
            }
            other => panic!("{other} {:?}", self.text(node)),
        }
    }

    /// The words that an argument amounts to.
    fn words(&self, node: Node, lookup: Lookup) -> Vec<Word> {
        let node = self.core(node);
        let text = self.text(node);
        let bare = |text: &str| Word { text: text.to_owned(), quoted: false };
        match node.kind() {
            "generic_token" | "command_parameter" | "integer_literal" => vec![bare(text)],
            "string_literal" => {
                let literal = node.child(0).expect("a literal of some kind");
                let text = match literal.kind() {
                    "verbatim_string_characters" => single_quoted(text),
                    "expandable_string_literal" => double_quoted(text, lookup),
                    other => panic!("{other} {text:?}"),
                };
                vec![Word { text, quoted: true }]
            }
            "variable" => {
                lookup(text.trim_start_matches('$')).iter().map(|value| bare(value)).collect()
            }
            "array_literal_expression" => {
                let elements: Vec<Node> =
                    node.children(&mut node.walk()).filter(|child| child.kind() != ",").collect();
                elements.into_iter().flat_map(|element| self.words(element, lookup)).collect()
            }
            "array_expression" => {
                let list = node
                    .children(&mut node.walk())
                    .find(|child| child.kind() == "statement_list")
                    .expect("it has elements");
                self.words(list, lookup)
            }
            other => panic!("{other} {text:?}"),
        }
    }
}

impl Call<'_> {
    pub(crate) fn name(&self) -> &str {
        self.script.text(self.node.child(0).expect("a name"))
    }

    /// The words behind the name, as many as the command gets.
    pub(crate) fn words(&self, lookup: Lookup) -> Vec<Word> {
        let elements = self
            .node
            .children(&mut self.node.walk())
            .find(|child| child.kind() == "command_elements");
        let Some(elements) = elements else { return Vec::new() };
        let arguments: Vec<Node> = elements
            .children(&mut elements.walk())
            .filter(|child| child.kind() != "command_argument_sep")
            .collect();
        arguments.into_iter().flat_map(|argument| self.script.words(argument, lookup)).collect()
    }

    /// Their texts, the name first.
    pub(crate) fn argv(&self, lookup: Lookup) -> Vec<String> {
        std::iter::once(self.name().to_owned())
            .chain(self.words(lookup).into_iter().map(|word| word.text))
            .collect()
    }
}
