//! `az`, in front of the cloud.

use crate::Refusal;
use crate::call::Call;
use crate::documents;
use crate::output::Output;
use crate::world::World;
use serde_json::{Value, json};

pub(crate) fn run(world: &World, words: &[String]) -> Result<(), Refusal> {
    // These are of the tests only.
    match words {
        [answer, key, ..] if answer == "answer" => {
            return world.say_raw(&world.bytes(&format!("kept/{key}"))?);
        }
        [take, ..] if take == "take" => return Ok(()),
        [save, file, ..] if save == "save" => return world.copy(file, "kept/saved"),
        _ => {}
    }
    let call = Call::parse(words)?;
    let output = Output::of(&call)?;
    let text = output.render(answer(world, &call)?)?;
    world.say(&text)
}

/// Where an option is given, its value is kept.
fn set(world: &World, call: &Call, file: &str, option: &str) -> Result<(), Refusal> {
    if call.value(option).is_empty() {
        Ok(())
    } else {
        world.keep(file, &format!("{}\n", call.value(option)))
    }
}

/// What is to be set of a connected registry.
fn synchronize(world: &World, call: &Call) -> Result<(), Refusal> {
    for (file, option) in [
        ("schedule", "--sync-schedule"),
        ("window", "--sync-window"),
        ("ttl", "--sync-message-ttl"),
        ("log-level", "--log-level"),
    ] {
        set(world, call, file, option)?;
    }
    Ok(())
}

/// What is to be set of an extension.
fn upgrade(world: &World, call: &Call) -> Result<(), Refusal> {
    for (file, option) in [
        ("auto-upgrade", "--auto-upgrade-minor-version"),
        ("version", "--version"),
        ("train", "--release-train"),
    ] {
        set(world, call, file, option)?;
    }
    Ok(())
}

/// Links tokens with a connected registry.
fn link(world: &World, tokens: &[&str]) -> Result<(), Refusal> {
    for token in tokens {
        if !world.has("tokens", token) {
            return Err(Refusal::not_found(format!("no token {token}")));
        }
        world.add("linked", &world.find("tokens", token).unwrap_or_default())?;
    }
    Ok(())
}

/// The documents of all names in a file.
fn each(world: &World, file: &str, document: impl Fn(&str) -> Value) -> Value {
    world.lines(file).iter().filter(|name| !name.is_empty()).map(|name| document(name)).collect()
}

/// Does what a command does, and returns the document that it answers with.
fn answer(world: &World, call: &Call) -> Result<Value, Refusal> {
    let command = call.command.as_str();
    match command.rsplit_once(' ') {
        Some(("acr connected-registry", "list")) if call.has("--parent") => {
            let parent = call.value("--parent");
            if !world.has("registries", parent) {
                return Err(Refusal::new(format!(
                    "Parent connected registry '{parent}' doesn't exist."
                )));
            }
        }
        Some(("acr connected-registry", "list" | "create"))
        | Some(("k8s-extension", "list" | "create")) => {}
        _ if command.starts_with("acr connected-registry ") => {
            let name = call.value("--name");
            if !world.has("registries", name) {
                return Err(Refusal::not_found(format!("no connected registry {name}")));
            }
        }
        Some(("k8s-extension", "show" | "update" | "delete"))
            if !world.has("extensions", call.value("--name")) =>
        {
            return Err(Refusal::not_found("no such extension"));
        }
        _ => {}
    }
    // A resource answers with its name as it was created.
    let kept = match command.rsplit_once(' ') {
        Some(("acr token" | "acr token credential", _)) => {
            world.find("tokens", call.value("--name"))
        }
        Some((group, _)) if group.starts_with("acr connected-registry") => {
            world.find("registries", call.value("--name"))
        }
        Some(("k8s-extension", _)) => world.find("extensions", call.value("--name")),
        _ => None,
    };
    let kept = kept.unwrap_or_else(|| call.value("--name").to_owned());
    let name = kept.as_str();
    let sync_scope_map = || documents::scope_map(name, &world.lines("repositories"));
    let connected_registry = |name: &str| documents::connected_registry(world, name);
    Ok(match command {
        "version" => documents::version(),
        "extension list" => documents::cli_extensions(),
        "account show" => documents::account(),
        "account list" | "login" => documents::accounts(),
        // Every world has the extensions, and az prints nothing if it adds one.
        "extension add" => Value::Null,
        "provider show" => documents::provider(world, call.value("--namespace")),
        "provider register" => {
            world.add("registered", call.value("--namespace"))?;
            Value::Null
        }
        "role assignment list" => documents::roles(call.value("--scope")),
        "connectedk8s show" => documents::cluster(name, call.value("--resource-group")),
        "acr show" => documents::registry(world, name),
        "acr show-endpoints" => documents::endpoints(&documents::registry(world, name)),
        "acr update" => {
            set(world, call, "endpoint", "--data-endpoint-enabled")?;
            documents::registry(world, name)
        }
        "acr import" => {
            for image in call.values("--image") {
                if world.has("imported", image) {
                    return Err(Refusal::new(format!(
                        "tag {image} already exists in target registry"
                    )));
                }
                world.add("imported", image)?;
            }
            Value::Null
        }
        "acr repository show-tags" => {
            let repository = call.value("--repository");
            let images = world.lines("imported");
            let tags: Vec<&str> = images
                .iter()
                .filter_map(|image| image.strip_prefix(repository)?.strip_prefix(':'))
                .collect();
            if tags.is_empty() {
                return Err(Refusal::new(format!("repository {repository} is not found")));
            }
            json!(tags)
        }
        "acr token list" => each(world, "tokens", documents::token),
        "acr token show" if world.has("tokens", name) => documents::token(name),
        "acr token show" => return Err(Refusal::not_found("no such token")),
        "acr token create" => {
            world.add("tokens", name)?;
            world.add("scope-maps", &format!("{name}-scope-map"))?;
            documents::token(name)
        }
        "acr token delete" => {
            world.drop("tokens", name)?;
            Value::Null
        }
        "acr token credential generate" if world.has("tokens", name) => {
            documents::credentials(name)
        }
        "acr token credential generate" => return Err(Refusal::not_found("no such token")),
        "acr scope-map list" => each(world, "scope-maps", |name| documents::scope_map(name, &[])),
        "acr scope-map update" => documents::scope_map(name, &[]),
        "acr scope-map delete" => {
            world.drop("scope-maps", name)?;
            Value::Null
        }
        "acr connected-registry list" => each(
            world,
            if call.has("--parent") { "children" } else { "registries" },
            connected_registry,
        ),
        "acr connected-registry create" => {
            link(world, &call.values("--client-tokens"))?;
            for file in ["registries", "tokens", "scope-maps"] {
                world.add(file, name)?;
            }
            world.keep_lines(
                "repositories",
                &call.values("--repository").into_iter().map(str::to_owned).collect::<Vec<_>>(),
            )?;
            synchronize(world, call)?;
            connected_registry(name)
        }
        "acr connected-registry update" => {
            synchronize(world, call)?;
            link(world, &call.values("--add-client-tokens"))?;
            connected_registry(name)
        }
        "acr connected-registry show" => connected_registry(name),
        "acr connected-registry permissions update" => {
            for repository in call.values("--add") {
                world.add("repositories", repository)?;
            }
            for repository in call.values("--remove") {
                world.drop("repositories", repository)?;
            }
            sync_scope_map()
        }
        "acr connected-registry permissions show" => sync_scope_map(),
        "acr connected-registry list-client-tokens" => each(world, "linked", documents::token),
        "acr connected-registry deactivate" => {
            world.keep("active", "")?;
            Value::Null
        }
        "acr connected-registry delete" => {
            world.drop("registries", name)?;
            if call.has("--cleanup") {
                world.drop("tokens", name)?;
                world.drop("scope-maps", name)?;
            }
            Value::Null
        }
        "acr connected-registry get-settings" => documents::settings(
            name,
            call.value("--parent-protocol"),
            call.has("--generate-password"),
        ),
        "k8s-extension list" => each(world, "extensions", |name| documents::extension(world, name)),
        "k8s-extension show" => documents::extension(world, name),
        "k8s-extension create" => {
            if world.has("extensions", name) {
                return Err(Refusal::new("can't reuse a name that is still in use"));
            }
            if world.value("active").is_some() {
                return Err(Refusal::new("ALREADY_ACTIVATED"));
            }
            world.refuse_if_going()?;
            world.take_settings(call.value("--config-protected-file"))?;
            world.add("extensions", name)?;
            world.keep("active", &format!("{name}\n"))?;
            world.add("namespaces", "connected-registry")?;
            upgrade(world, call)?;
            documents::extension(world, name)
        }
        "k8s-extension update" => {
            if call.has("--config-protected-file") {
                world.take_settings(call.value("--config-protected-file"))?;
            }
            upgrade(world, call)?;
            documents::extension(world, name)
        }
        "k8s-extension extension-types list-versions-by-cluster" => {
            documents::extension_versions(call.value("--extension-type"))
        }
        // It collects logs, and has no document.
        "k8s-extension troubleshoot" => Value::Null,
        "k8s-extension delete" => {
            world.drop("extensions", name)?;
            if !world.has("removal", "stays") {
                world.keep_lines("going", &world.lines("removal"))?;
            }
            Value::Null
        }
        // Silence would let a wrong command pass.
        _ => return Err(Refusal::new(format!("the stand-in cannot answer az {command}"))),
    })
}
