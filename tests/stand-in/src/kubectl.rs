//! `kubectl`, in front of the cluster, where there is no real one: its answers to the calls that
//! the outputs make, in its words.

use crate::Refusal;
use crate::cluster::objects;
use crate::cluster::resources::{Resource, base64, text};
use crate::cluster::{closed_address, selects};
use crate::world::World;
use serde_json::Value;

/// The options that take no value.
const SWITCHES: [&str; 5] =
    ["--all-containers", "--all-namespaces", "--ignore-not-found", "--no-headers", "--prefix"];

/// The words of a call.
struct Call<'a> {
    words: Vec<&'a str>,
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Call<'a> {
    fn parse(arguments: &'a [String]) -> Self {
        let mut call = Call { words: Vec::new(), options: Vec::new() };
        let mut arguments = arguments.iter();
        while let Some(word) = arguments.next() {
            if !word.starts_with("--") {
                call.words.push(word);
            } else if SWITCHES.contains(&word.as_str()) {
                call.options.push((word, "true"));
            } else if let Some((option, value)) = word.split_once('=') {
                call.options.push((option, value));
            } else {
                let value = arguments.next().map(String::as_str).unwrap_or_default();
                call.options.push((word, value));
            }
        }
        call
    }

    fn values(&self, option: &str) -> impl Iterator<Item = &'a str> {
        self.options.iter().filter(move |(name, _)| *name == option).map(|(_, value)| *value)
    }

    fn value(&self, option: &str) -> &'a str {
        self.values(option).next().unwrap_or_default()
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| *name == option)
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn namespace(&self) -> &'a str {
        if self.has("--namespace") { self.value("--namespace") } else { "default" }
    }
}

/// Fills in `{.FIELD.FIELD}`, in which a backslash protects a dot; nothing for what there is not.
fn jsonpath(template: &str, object: &Value) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (path, after) = after.split_once('}').unwrap_or((after, ""));
        let protected = path.replace("\\.", "\0");
        let value = protected
            .split('.')
            .skip(1)
            .fold(object, |value, field| &value[field.replace('\0', ".").as_str()]);
        filled.push_str(before);
        filled.push_str(value.as_str().unwrap_or_default());
        rest = after;
    }
    filled + rest
}

/// Aligns cells in columns.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.len() + 3)
            .max()
            .unwrap_or(0)
            .max(6)
    };
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            if at + 1 == row.len() { cell.clone() } else { format!("{cell:0$}", width(at)) }
        });
        cells.collect::<String>() + "\n"
    };
    rows.iter().map(line).collect()
}

/// The objects of a namespace, or of all, that `--selector` selects.
fn selected(
    world: &World,
    resource: &Resource,
    namespace: Option<&str>,
    call: &Call,
) -> Result<Vec<Value>, Refusal> {
    let mut selected = Vec::new();
    for object in objects::list(world, resource, namespace) {
        let labels = &object["metadata"]["labels"];
        let label = |key: &str| labels[key].as_str().map(str::to_owned);
        if selects(call.value("--selector"), label)
            .map_err(|status| Refusal::verbatim(status.printed()))?
        {
            selected.push(object);
        }
    }
    Ok(selected)
}

fn get(world: &World, call: &Call) -> Result<(), Refusal> {
    let word = call.word(1);
    let resource = Resource::by_word(word).ok_or_else(|| {
        Refusal::verbatim(format!("error: the server doesn't have a resource type \"{word}\""))
    })?;
    let is_everywhere = call.has("--all-namespaces") || !resource.is_namespaced;
    let namespace = (!is_everywhere).then_some(call.namespace());
    let name = call.word(2);
    let found = if name.is_empty() {
        selected(world, resource, namespace, call)?
    } else {
        match objects::get(world, resource, call.namespace(), name) {
            Ok(object) => vec![object],
            Err(_) if call.has("--ignore-not-found") => return Ok(()),
            Err(status) => return Err(Refusal::verbatim(status.printed())),
        }
    };
    let output = call.value("--output");
    if let Some(template) = output.strip_prefix("jsonpath=") {
        let filled: String = found.iter().map(|object| jsonpath(template, object)).collect();
        return world.say(&filled);
    }
    if output == "name" {
        let singular = resource.with_group(resource.singular);
        let name = |object: &Value| format!("{singular}/{}\n", text(object, "/metadata/name"));
        return world.say(&found.iter().map(name).collect::<String>());
    }
    if found.is_empty() {
        match namespace {
            Some(namespace) => eprintln!("No resources found in {namespace} namespace."),
            None => eprintln!("No resources found"),
        }
        return Ok(());
    }
    let with_namespaces = call.has("--all-namespaces") && resource.is_namespaced;
    let columns: Vec<_> = resource.columns(output == "wide").collect();
    let row = |namespace: &str, cells: Vec<String>| {
        let namespace = with_namespaces.then(|| namespace.to_owned());
        namespace.into_iter().chain(cells).collect::<Vec<String>>()
    };
    let heads = columns.iter().map(|column| column.title.to_uppercase()).collect();
    let mut rows = vec![row("NAMESPACE", heads)];
    rows.extend(found.iter().map(|object| {
        let cells = columns.iter().map(|column| (column.cell)(object)).collect();
        row(text(object, "/metadata/namespace"), cells)
    }));
    world.say(&aligned(&rows))
}

/// JSON of a text, as Go writes it: safe within HTML.
fn go_string(text: &str) -> String {
    ['<', '>', '&'].iter().fold(Value::from(text).to_string(), |json, character| {
        json.replace(*character, &format!("\\u{:04x}", u32::from(*character)))
    })
}

fn create(world: &World, call: &Call) -> Result<(), Refusal> {
    let (kind, namespace) = (call.word(1), call.namespace());
    let (resource, object, printed) = match (kind, call.word(2)) {
        ("namespace", name) => {
            let object = serde_json::json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } });
            (Resource::by_word("namespace"), object, format!("namespace/{name}"))
        }
        ("secret", "generic") => {
            let mut data = Vec::new();
            for pair in call.values("--from-file") {
                let (key, file) = pair.split_once('=').unwrap_or((pair, pair));
                let bytes = std::fs::read(file).map_err(|_| {
                    Refusal::verbatim(format!(
                        "error: error reading {file}: no such file or directory"
                    ))
                })?;
                data.push((key.to_owned(), bytes));
            }
            let name = call.word(3);
            let secret = objects::secret(name, call.value("--type"), &data);
            (Resource::by_word("secret"), secret, format!("secret/{name}"))
        }
        ("secret", "docker-registry") => {
            let name = call.word(3);
            let [server, user, password] =
                ["--docker-server", "--docker-username", "--docker-password"]
                    .map(|option| call.value(option));
            let auth = base64(format!("{user}:{password}").as_bytes());
            let [server, user, password, auth] =
                [server, user, password, auth.as_str()].map(go_string);
            // In the order in which kubectl writes it.
            let config = format!(
                "{{\"auths\":{{{server}:{{\"username\":{user},\"password\":{password},\"auth\":{auth}}}}}}}"
            );
            let data = [(".dockerconfigjson".to_owned(), config.into_bytes())];
            let secret = objects::secret(name, "kubernetes.io/dockerconfigjson", &data);
            (Resource::by_word("secret"), secret, format!("secret/{name}"))
        }
        _ => return Err(cannot(call)),
    };
    let resource = resource.ok_or_else(|| cannot(call))?;
    objects::create(world, resource, namespace, object).map_err(|status| {
        Refusal::verbatim(if kind == "secret" {
            format!("error: failed to create secret {}", status.message)
        } else {
            status.printed()
        })
    })?;
    world.say(&format!("{printed} created\n"))
}

fn delete(world: &World, call: &Call) -> Result<(), Refusal> {
    let (word, name) = (call.word(1), call.word(2));
    let resource = Resource::by_word(word).ok_or_else(|| cannot(call))?;
    match objects::delete(world, resource, call.namespace(), name) {
        Ok(_) => world.say(&format!("{} \"{name}\" deleted\n", resource.singular)),
        Err(_) if call.has("--ignore-not-found") => Ok(()),
        Err(status) => Err(Refusal::verbatim(status.printed())),
    }
}

fn wait(world: &World, call: &Call) -> Result<(), Refusal> {
    let (word, name) = call.word(1).split_once('/').unwrap_or_default();
    let resource = Resource::by_word(word).ok_or_else(|| cannot(call))?;
    let is_there = objects::get(world, resource, call.namespace(), name);
    match (call.value("--for"), is_there) {
        ("delete", Err(_)) => Ok(()),
        ("delete", Ok(_)) => Err(Refusal::verbatim(format!(
            "error: timed out waiting for the condition on {}/{name}",
            resource.plural
        ))),
        (_, Ok(_)) => world.say(&format!("{}/{name} condition met\n", resource.singular)),
        (_, Err(status)) => Err(Refusal::verbatim(status.printed())),
    }
}

/// Says only what happened to a pod, or to all pods of a namespace.
fn describe(world: &World, call: &Call) -> Result<(), Refusal> {
    let pods = Resource::by_word("pods").ok_or_else(|| cannot(call))?;
    let name = call.word(2);
    if !name.is_empty() {
        objects::get(world, pods, call.namespace(), name)
            .map_err(|status| Refusal::verbatim(status.printed()))?;
    } else if selected(world, pods, Some(call.namespace()), call)?.is_empty() {
        eprintln!("No resources found in {} namespace.", call.namespace());
        return Ok(());
    }
    world.say("Successfully pulled image\n")
}

fn logs(world: &World, call: &Call) -> Result<(), Refusal> {
    let pods = Resource::by_word("pods").ok_or_else(|| cannot(call))?;
    let pods = selected(world, pods, Some(call.namespace()), call)?;
    if pods.is_empty() {
        eprintln!("No resources found in {} namespace.", call.namespace());
    }
    let line = |pod: &Value| {
        let container = text(pod, "/spec/containers/0/name");
        format!("[pod/{}/{container}] {container} is ready\n", text(pod, "/metadata/name"))
    };
    world.say(&pods.iter().map(line).collect::<String>())
}

fn cannot(call: &Call) -> Refusal {
    Refusal::new(format!("the stand-in cannot answer kubectl {}", call.words.join(" ")))
}

/// Answers a call, or says no in the words of `kubectl`.
pub(crate) fn run(world: &World, arguments: &[String]) -> Result<(), Refusal> {
    let call = Call::parse(arguments);
    let context = call.value("--context");
    if !context.is_empty() && !world.contexts().iter().any(|other| other == context) {
        return Err(Refusal::verbatim(if call.word(0) == "get" && !call.has("--namespace") {
            format!(
                "Error in configuration: context was not found for specified context: {context}"
            )
        } else {
            format!("error: context \"{context}\" does not exist")
        }));
    }
    if call.words == ["config", "current-context"] {
        return match world.value("context") {
            Some(context) => world.say(&format!("{context}\n")),
            None => Err(Refusal::verbatim("error: current-context is not set")),
        };
    }
    if world.is_unreachable() {
        return Err(Refusal::verbatim(format!(
            "The connection to the server {} was refused - did you specify the right host or port?",
            closed_address()
        )));
    }
    match call.word(0) {
        "get" => {
            get(world, &call)?;
            if call.word(1) == "namespace" { world.look() } else { Ok(()) }
        }
        "create" => create(world, &call),
        "delete" => delete(world, &call),
        "wait" => wait(world, &call),
        "apply" => {
            // A pod that is there stays as it is.
            if world.has("pods", "connected-registry-pull") {
                return world.say("pod/connected-registry-pull unchanged\n");
            }
            world.copy(call.value("--filename"), "manifest")?;
            world.add("pods", "connected-registry-pull")?;
            world.say("pod/connected-registry-pull created\n")
        }
        "describe" => describe(world, &call),
        "logs" => logs(world, &call),
        _ => Err(cannot(&call)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_template_is_filled_in() {
        let object = json!({ "type": "T", "data": { "ca.crt": "Q0E=" } });
        assert_eq!(jsonpath("{.type}/{.data.ca\\.crt}", &object), "T/Q0E=");
        assert_eq!(jsonpath("{.data.ca.crt}{.none}", &object), "");
    }

    #[test]
    fn columns_are_as_wide_as_those_of_kubectl() {
        let rows =
            [["A", "NAME", "B"], ["1", "longer", "2"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows), "A     NAME     B\n1     longer   2\n");
    }

    #[test]
    fn strings_are_escaped_as_in_go() {
        assert_eq!(go_string("a\"<&"), "\"a\\\"\\u003c\\u0026\"");
    }
}
