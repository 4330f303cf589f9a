//! Queries and formats: what `az` prints of a document.

use crate::Refusal;
use crate::call::Call;
use serde_json::Value;

/// What is asked of a document, and how it is to be printed.
pub(crate) struct Output {
    command: String,
    query: Option<jmespath::Expression<'static>>,
    format: String,
}

/// The cells of a table: for each row, names of columns and text.
type Rows = Vec<Vec<(String, String)>>;

impl Output {
    /// The options `--query` and `--output` of a call.
    pub(crate) fn of(call: &Call) -> Result<Self, Refusal> {
        let text = call.value("--query");
        let wrong =
            |_| Refusal::usage(format!("argument --query: invalid jmespath_type value: '{text}'"));
        let query =
            if call.has("--query") { Some(jmespath::compile(text).map_err(wrong)?) } else { None };
        let format = if call.has("--output") {
            call.value("--output").to_lowercase()
        } else {
            "json".to_owned()
        };
        Ok(Self { command: call.command.clone(), query, format })
    }

    /// What is printed of a document; nothing of null.
    pub(crate) fn render(&self, document: Value) -> Result<String, Refusal> {
        let wrong = |error: String| {
            Refusal::new(format!("Invalid jmespath query supplied for `--query`: {error}"))
        };
        let result = match &self.query {
            Some(query) => {
                let found = query.search(document).map_err(|error| wrong(error.to_string()))?;
                serde_json::to_value(&*found).map_err(|error| wrong(error.to_string()))?
            }
            None => document,
        };
        Ok(match self.format.as_str() {
            _ if result.is_null() => String::new(),
            "none" => String::new(),
            "tsv" => tsv(&result),
            "table" if self.query.is_none() => table(&rows_of_command(&self.command, &result)?),
            "table" => table(&rows(&result)),
            _ => format!("{result:#}\n"),
        })
    }
}

/// Python's `str` of a scalar.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Renders as knack's `_TsvOutput`.
fn tsv(result: &Value) -> String {
    // Of what is nested in a row, only the length of a list is printed.
    let cell = |value: &Value| match value {
        Value::Array(items) => items.len().to_string(),
        Value::Object(_) => String::new(),
        scalar => text_of(scalar),
    };
    let row = |value: &Value| match value {
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("\t"),
        // Sorted by their names.
        Value::Object(entries) => entries.values().map(cell).collect::<Vec<_>>().join("\t"),
        // On a line of its own, a truth value is in lower case.
        Value::Bool(value) => value.to_string(),
        scalar => text_of(scalar),
    };
    items(result).iter().map(|value| row(value) + "\n").collect()
}

/// The items of a list, or the one item.
fn items(result: &Value) -> &[Value] {
    match result {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

/// The text of a nested value in a table of azure-cli's module `acr`: a space where it is empty.
fn acr_cell(item: &Value, path: &str) -> String {
    let value = item.pointer(path).unwrap_or(&Value::Null);
    let is_empty = match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Number(_) => false,
    };
    if is_empty { " ".to_owned() } else { text_of(value) }
}

/// The columns of a connected registry, by `_format.py` of azure-cli's module `acr`; some are of
/// `show` only.
fn connected_registry(item: &Value, is_list: bool) -> Vec<(String, String)> {
    const LAST_SYNC: &str = "/parent/syncProperties/lastSyncTime";
    let parent = acr_cell(item, "/parent/id");
    let parent = parent.split_once("/connectedRegistries/").map_or("", |(_, name)| name);
    // The list takes the name of no parent for an empty value, too.
    let parent = if is_list && parent.is_empty() { " " } else { parent };
    let cell = |head: &str, path| (head.to_owned(), acr_cell(item, path));
    let mut cells = vec![
        cell("NAME", "/name"),
        cell("MODE", "/mode"),
        cell("CONNECTION STATE", "/connectionState"),
        ("PARENT".to_owned(), parent.to_owned()),
        cell("LOGIN SERVER", "/loginServer/host"),
        cell("LAST SYNC (UTC)", LAST_SYNC),
    ];
    if !is_list {
        cells.push(cell("SYNC SCHEDULE", "/parent/syncProperties/schedule"));
        cells.push(cell("SYNC WINDOW", "/parent/syncProperties/syncWindow"));
    }
    cells.push(cell("SYNC STATE", "/registrySyncResult/syncState"));
    cells
}

/// Connected registries, each followed by those below it.
fn family<'a>(all: &'a [Value], of: &[&'a Value]) -> Vec<&'a Value> {
    of.iter()
        .flat_map(|one| {
            let children: Vec<&Value> = all
                .iter()
                .filter(|other| one["id"].is_string() && other["parent"]["id"] == one["id"])
                .collect();
            std::iter::once(*one).chain(family(all, &children)).collect::<Vec<_>>()
        })
        .collect()
}

/// The columns of an extension, by `_format.py` of the CLI extension k8s-extension.
fn extension(item: &Value) -> Vec<(String, String)> {
    let cell = |head: &str, path| {
        let value = item.pointer(path).unwrap_or(&Value::Null);
        (!value.is_null()).then(|| (head.to_owned(), text_of(value)))
    };
    [
        cell("Name", "/name"),
        cell("ExtensionType", "/extensionType"),
        cell("Version", "/version"),
        cell("ProvisioningState", "/provisioningState"),
        cell("LastModifiedAt", "/systemData/lastModifiedAt"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The table of a command without a query: many commands have one of their own.
fn rows_of_command(command: &str, result: &Value) -> Result<Rows, Refusal> {
    let items = items(result);
    Ok(match command {
        "acr connected-registry list" => {
            let is_root =
                |one: &&Value| !items.iter().any(|other| one["parent"]["id"] == other["id"]);
            let roots: Vec<&Value> = items.iter().filter(is_root).collect();
            family(items, &roots).into_iter().map(|item| connected_registry(item, true)).collect()
        }
        "acr connected-registry show"
        | "acr connected-registry create"
        | "acr connected-registry update" => {
            items.iter().map(|item| connected_registry(item, false)).collect()
        }
        "k8s-extension list" | "k8s-extension show" => items.iter().map(extension).collect(),
        // Of its group, only `list` has a table of its own.
        "account show" => rows(result),
        _ if ["acr ", "account ", "k8s-extension "]
            .iter()
            .any(|group| command.starts_with(group)) =>
        {
            return Err(Refusal::new(format!("the stand-in has no table of az {command}")));
        }
        _ => rows(result),
    })
}

/// The rows of knack's `_TableOutput` where no command has its own. The columns of a query are
/// in the order of their names here, and in the order of the query in `az`.
fn rows(result: &Value) -> Rows {
    const SKIPPED: [&str; 3] = ["id", "type", "etag"];
    let entry = |value: &Value| -> Vec<(String, String)> {
        match value {
            Value::Array(cells) => cells
                .iter()
                .enumerate()
                .map(|(at, cell)| (format!("Column{}", at + 1), text_of(cell)))
                .collect(),
            Value::Object(entries) => {
                let is_shown = |(name, value): &(&String, &Value)| {
                    !SKIPPED.contains(&name.as_str())
                        && !value.is_null()
                        && !value.is_array()
                        && !value.is_object()
                };
                let capital = |name: &str| {
                    name.chars().next().map_or(String::new(), |first| {
                        first.to_uppercase().chain(name.chars().skip(1)).collect()
                    })
                };
                entries
                    .iter()
                    .filter(is_shown)
                    .map(|(name, value)| (capital(name), text_of(value)))
                    .collect()
            }
            scalar => vec![("Result".to_owned(), text_of(scalar))],
        }
    };
    items(result).iter().map(entry).collect()
}

/// Renders as the format `simple` of the Python package tabulate.
fn table(rows: &Rows) -> String {
    let mut heads: Vec<&str> = Vec::new();
    for (head, _) in rows.iter().flatten() {
        if !heads.contains(&head.as_str()) {
            heads.push(head);
        }
    }
    let cell = |row: &[(String, String)], head: &str| {
        row.iter().find(|(name, _)| name == head).map(|(_, cell)| cell.clone()).unwrap_or_default()
    };
    let width = |head: &&str| {
        rows.iter()
            .map(|row| cell(row, head).chars().count())
            .chain([head.chars().count() + 2])
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = heads.iter().map(width).collect();
    let line = |cells: Vec<String>| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    if rows.is_empty() {
        return "\n".to_owned();
    }
    let head = line(heads.iter().map(|head| (*head).to_owned()).collect());
    let rule = line(widths.iter().map(|width| "-".repeat(*width)).collect());
    let body = rows.iter().map(|row| line(heads.iter().map(|head| cell(row, head)).collect()));
    head + &rule + &body.collect::<String>()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn render(query: &str, format: &str, document: Value) -> Result<String, Refusal> {
        let words = ["version", "--query", query, "--output", format].map(str::to_owned);
        Output::of(&Call::parse(&words)?)?.render(document)
    }

    fn of(query: &str, format: &str) -> String {
        let document = json!({
            "name": "contoso", "on": true, "none": null, "list": ["a", null, "b"],
            "rows": [["a", true, null, ["x", "y"], {"z": 1}], ["b", false, 2, [], {}]], "object": {"b": "2", "a": "1"},
        });
        render(query, format, document).expect("the query is right")
    }

    #[test]
    fn a_wrong_path_prints_nothing() {
        for format in ["tsv", "json", "table"] {
            assert_eq!(of("syncProperties.schedule", format), "");
            assert_eq!(of("none", format), "");
        }
    }

    #[test]
    fn a_query_that_cannot_be_read_fails() {
        assert_eq!(
            render("[", "tsv", json!({})),
            Err(Refusal::usage("argument --query: invalid jmespath_type value: '['"))
        );
        assert_eq!(
            render("join(' ', name)", "tsv", json!({ "name": 1 }))
                .map_err(|refusal| refusal.status),
            Err(1)
        );
    }

    #[test]
    fn tsv_is_that_of_az() {
        assert_eq!(of("name", "tsv"), "contoso\n");
        assert_eq!(of("on", "tsv"), "true\n");
        assert_eq!(of("list", "tsv"), "a\nNone\nb\n");
        assert_eq!(of("rows", "tsv"), "a\tTrue\tNone\t2\t\nb\tFalse\t2\t0\t\n");
        assert_eq!(of("object", "tsv"), "1\t2\n");
        assert_eq!(of("[name]", "tsv"), "contoso\n");
        assert_eq!(of("[]", "tsv"), "");
    }

    #[test]
    fn tables_have_a_head() {
        assert_eq!(of("object", "table"), "A    B\n---  ---\n1    2\n");
        assert_eq!(
            of("[[name, on]]", "table"),
            "Column1    Column2\n---------  ---------\ncontoso    True\n"
        );
    }

    #[test]
    fn json_is_indented() {
        assert_eq!(of("object", "json"), "{\n  \"a\": \"1\",\n  \"b\": \"2\"\n}\n");
    }
}
