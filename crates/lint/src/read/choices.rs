//! From actions to choices: the actions that belong to one deployment become one set of choices.

use super::Skipped;
use super::actions::{ActionKind, FieldValue, ParsedAction};
use super::call::Certainty;
use super::check::name_of;
use crate::lexer::{Span, sorted};
use crate::read::actions::LEFT_VALUE;
use configurator_core::choices::{
    Choices, Field, Preset, SelectField as S, Shell, TEXT_LIMIT, Task, TextField as T,
};
use configurator_core::link::fragment;
use configurator_core::plan::task_titles::{
    AUTO_UPGRADE_TITLE, CLEAN_UP_TITLE, CONTINUOUS_TITLE, DEPLOY_TITLE, DIAGNOSE_TITLE, PULL_TITLE,
    REDEPLOY_TITLE, REPOSITORIES_TITLE, ROTATE_TITLE, SCHEDULE_TITLE, pin_title,
};
use configurator_core::scenario::{self, ConnectedRegistryName, ExtensionName};
use std::collections::{HashMap, HashSet};

/// A set of choices, and where in the text they are from.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedChoices {
    /// The choices.
    pub choices: Choices,
    /// Where the commands begin and end that they are from.
    pub span: Span,
    /// The shell that these are written for; `None` where they are none, but settings.
    pub shell: Option<Shell>,
    /// Where each field is from.
    pub(super) places: HashMap<Field, Span>,
}

/// A script of this configurator's own, as far as its head tells.
#[derive(Clone, Debug)]
pub(super) struct Own {
    task: Task,
    rolls_back: bool,
    /// The names at its top.
    pub(super) names: Vec<FieldValue>,
}

impl Own {
    /// What the title in the first comments says; `None` where they are of another script.
    pub(super) fn of_title(title: &str, names: Vec<FieldValue>) -> Option<Self> {
        let (task, rolls_back) = match title {
            DEPLOY_TITLE => (Task::Deploy, false),
            REDEPLOY_TITLE => (Task::Redeploy, false),
            AUTO_UPGRADE_TITLE => (Task::Upgrade, false),
            CONTINUOUS_TITLE | SCHEDULE_TITLE => (Task::Schedule, false),
            REPOSITORIES_TITLE => (Task::Repositories, false),
            PULL_TITLE => (Task::Pull, false),
            ROTATE_TITLE => (Task::Rotate, false),
            DIAGNOSE_TITLE => (Task::Diagnose, false),
            CLEAN_UP_TITLE => (Task::CleanUp, false),
            title if title == pin_title(false) => (Task::Upgrade, false),
            title if title == pin_title(true) => (Task::Upgrade, true),
            _ => return None,
        };
        Some(Self { task, rolls_back, names })
    }
}

/// Deeds that belong together.
struct Group<'a> {
    task: Task,
    actions: Vec<&'a ParsedAction>,
    /// What another one begins with: a page shows how the connected registry is created once, and
    /// the extension in several ways.
    inherited: Option<&'a ParsedAction>,
}

impl<'a> Group<'a> {
    fn new(task: Task, actions: Vec<&'a ParsedAction>) -> Self {
        Self { task, actions, inherited: None }
    }

    fn all(&self) -> impl Iterator<Item = &'a ParsedAction> {
        self.actions.iter().copied().chain(self.inherited)
    }
}

impl Group<'_> {
    fn has(&self, kind: ActionKind) -> bool {
        self.actions.iter().any(|action| action.kind == kind)
    }
}

/// The sets of choices that deeds amount to, in the order of the text; and what is left.
pub(super) fn import(
    actions: &[ParsedAction],
    own: Option<&Own>,
) -> (Vec<ImportedChoices>, Vec<Skipped>) {
    let mut skipped: Vec<Skipped> =
        actions.iter().flat_map(|action| action.skipped.iter().cloned()).collect();
    let groups = match own {
        Some(own) => vec![Group::new(own.task, actions.iter().collect())],
        None => groups(actions),
    };
    // What a part of a page does not say, the rest of it does.
    let mut everywhere: HashMap<T, &FieldValue> = HashMap::new();
    for said in
        actions.iter().flat_map(|action| &action.said).filter(|said| said.known == Certainty::Yes)
    {
        everywhere.entry(said.field).or_insert(said);
    }
    let mut imported: Vec<ImportedChoices> =
        groups.iter().map(|group| choices_of(group, &everywhere, own, &mut skipped)).collect();
    // A page that shows the same twice amounts to it once.
    let mut seen = HashSet::new();
    imported.retain(|imported| seen.insert(fragment(&imported.choices)));
    // What is the same twice stands side by side.
    let mut skipped =
        sorted(skipped, |skipped| [skipped.span.start, skipped.span.end, skipped.why.len()]);
    skipped.dedup();
    (imported, skipped)
}

fn groups(actions: &[ParsedAction]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    // What comes before the command it is for.
    let mut pending: Vec<&ParsedAction> = Vec::new();
    let created = actions.iter().find(|action| action.kind == ActionKind::Create);
    for action in actions {
        let last = groups.last_mut();
        match action.kind {
            ActionKind::Query => match last {
                Some(last) => last.actions.push(action),
                None => pending.push(action),
            },
            ActionKind::Connect
            | ActionKind::Settings
            | ActionKind::Certificate
            | ActionKind::Import => pending.push(action),
            ActionKind::Token | ActionKind::Pull => match last {
                Some(last) if last.task == Task::Pull => last.actions.push(action),
                _ => groups.push(Group::new(Task::Pull, vec![action])),
            },
            ActionKind::Link => match last {
                Some(last) if matches!(last.task, Task::Pull | Task::Deploy) => {
                    last.actions.push(action)
                }
                _ => groups.push(Group::new(Task::Pull, vec![action])),
            },
            ActionKind::Create => {
                let mut all = std::mem::take(&mut pending);
                all.push(action);
                groups.push(Group::new(Task::Deploy, all));
            }
            ActionKind::Install => {
                let mut all = std::mem::take(&mut pending);
                all.push(action);
                match last {
                    Some(last) if last.task == Task::Deploy && !last.has(ActionKind::Install) => {
                        last.actions.extend(all)
                    }
                    // The old deployment is removed first.
                    Some(last)
                        if last.task == Task::CleanUp
                            && created.is_none()
                            && last.has(ActionKind::Deactivate) =>
                    {
                        last.task = Task::Redeploy;
                        last.actions.extend(all);
                    }
                    _ => {
                        groups.push(Group { inherited: created, ..Group::new(Task::Deploy, all) });
                    }
                }
            }
            ActionKind::Protect => {
                let mut all = std::mem::take(&mut pending);
                all.push(action);
                groups.push(Group::new(Task::Rotate, all));
            }
            ActionKind::Upgrade => groups.push(Group::new(Task::Upgrade, vec![action])),
            ActionKind::Schedule => groups.push(Group::new(Task::Schedule, vec![action])),
            ActionKind::LogLevel => groups.push(Group::new(Task::Diagnose, vec![action])),
            ActionKind::Permissions => match last {
                Some(last) if last.task == Task::Repositories => last.actions.push(action),
                _ => groups.push(Group::new(Task::Repositories, vec![action])),
            },
            ActionKind::Remove | ActionKind::Uninstall | ActionKind::Deactivate => match last {
                Some(last) if last.task == Task::CleanUp => last.actions.push(action),
                _ => groups.push(Group::new(Task::CleanUp, vec![action])),
            },
        }
    }
    // What was to come did not: a settings file by itself, or names that are only looked at.
    let only_looks = pending.iter().all(|action| action.kind == ActionKind::Query);
    match groups.last_mut() {
        Some(last) => last.actions.extend(pending),
        None if only_looks && pending.iter().all(|action| action.said.is_empty()) => {}
        None if only_looks => groups.push(Group::new(Task::Diagnose, pending)),
        None => groups.push(Group::new(Task::Deploy, pending)),
    }
    groups
}

/// What is collected of a group.
struct Draft<'a> {
    choices: Choices,
    places: HashMap<Field, Span>,
    /// Fields whose places are there, but no values.
    placeholders: Vec<&'a FieldValue>,
    skipped: &'a mut Vec<Skipped>,
}

impl<'a> Draft<'a> {
    fn choose(&mut self, field: S, word: &str, span: Span) {
        self.choices.select.set_word(field, word);
        self.places.entry(field.into()).or_insert(span);
    }

    fn text(&mut self, field: T, said: &'a FieldValue) {
        // Of a value that is not in the text nothing can be said.
        if said.known != Certainty::No {
            self.places.entry(field.into()).or_insert(said.span);
        }
        match said.known {
            Certainty::No => {}
            _ if said.text.chars().count() > TEXT_LIMIT => {
                self.skipped.push(Skipped::new(said.span, &said.text, LEFT_VALUE))
            }
            Certainty::Yes => self.choices.set_text(field, said.text.as_str()),
            Certainty::Placeholder => self.placeholders.push(said),
        }
    }
}

fn choices_of<'a>(
    group: &Group<'a>,
    everywhere: &HashMap<T, &'a FieldValue>,
    own: Option<&'a Own>,
    skipped: &'a mut Vec<Skipped>,
) -> ImportedChoices {
    let mut draft = Draft {
        choices: Choices::default(),
        places: HashMap::new(),
        placeholders: Vec::new(),
        skipped,
    };
    let acts = || group.actions.iter().filter(|action| action.kind != ActionKind::Query);
    let of = |actions: &mut dyn Iterator<Item = &&ParsedAction>| {
        actions.fold(None, |all: Option<Span>, action| {
            Some(all.map_or(action.span, |all| {
                Span::new(all.start.min(action.span.start), all.end.max(action.span.end))
            }))
        })
    };
    let span = of(&mut acts()).or_else(|| of(&mut group.actions.iter())).unwrap_or_default();
    draft.choices.select.task = group.task;
    let shell = acts().find_map(|action| action.shell);
    draft.choices.select.shell = shell.unwrap_or_default();
    // What is said of a removal is said of the extension's.
    let is_removal = matches!(group.task, Task::CleanUp | Task::Redeploy);
    let of_task = |action: &&&ParsedAction| {
        if is_removal {
            action.kind == ActionKind::Uninstall
        } else {
            action.kind != ActionKind::Query
        }
    };
    if let Some(action) =
        group.actions.iter().find(of_task).or(group.actions.first().filter(|_| !is_removal))
    {
        draft.places.insert(S::Task.into(), action.span);
    }
    let said: Vec<&FieldValue> = match own {
        Some(own) => own.names.iter().collect(),
        None => group.all().flat_map(|action| &action.said).collect(),
    };
    // A parent is looked at, too; it is another connected registry.
    let parent = said.iter().find(|said| said.field == T::Parent).map(|said| said.text.as_str());
    let said: Vec<&FieldValue> = said
        .iter()
        .copied()
        .filter(|said| said.field != T::Name || parent != Some(&said.text))
        .collect();
    names(&mut draft, &said, everywhere, group.task, own.is_some());
    for (field, word, span) in group.all().flat_map(|action| &action.chosen) {
        match field {
            // Which password is generated first, or when it is changed, goes without saying.
            S::PasswordSlot => {
                let usual = if group.task == Task::Rotate { "2" } else { "1" };
                draft.choose(
                    S::PasswordSlot,
                    if *word == usual { S::PasswordSlot.words()[0] } else { word },
                    *span,
                );
            }
            S::SelfSigned | S::SecretExists | S::Tls => {}
            _ => draft.choose(*field, word, *span),
        }
    }
    transport(&mut draft, group);
    let Draft { mut choices, places, placeholders, .. } = draft;
    choices.preset = match own {
        Some(own) if own.rolls_back => Preset::PinVersion,
        _ => choices.recognized().unwrap_or_default(),
    };
    // A place that must be filled in is empty; one that need not be, was meant to be filled in.
    let mut places = places;
    loop {
        let open = scenario::resolve(&choices).open();
        let is_meant = |said: &&&FieldValue| match said.field {
            // The extension is called like the connected registry.
            T::Extension if open.contains(&T::Name) => false,
            field => !open.contains(&field) && choices.text(field).is_empty(),
        };
        let Some(said) = placeholders.iter().find(is_meant) else {
            if let (true, Some(said)) = (
                open.contains(&T::Name),
                placeholders.iter().find(|said| said.field == T::Extension),
            ) {
                places.entry(T::Name.into()).or_insert(said.span);
            }
            break;
        };
        choices.set_text(said.field, said.text.as_str());
    }
    ImportedChoices { choices, span, shell, places }
}

/// The text fields.
fn names<'a>(
    draft: &mut Draft<'a>,
    said: &[&'a FieldValue],
    everywhere: &HashMap<T, &'a FieldValue>,
    task: Task,
    is_own: bool,
) {
    let of = |field: T| {
        said.iter()
            .copied()
            .filter(|said| said.field == field)
            .min_by_key(|said| (said.known != Certainty::Yes, 0))
            .or_else(|| everywhere.get(&field).copied().filter(|_| !is_own))
    };
    let needs_registry = task != Task::Upgrade;
    for field in T::ALL.iter().copied() {
        match field {
            // Those of the cluster go without saying where they are the registry's.
            T::ResourceGroup
            | T::ClusterResourceGroup
            | T::Subscription
            | T::ClusterSubscription => {}
            _ => {
                // What is particular to one command is not taken from elsewhere.
                let is_name = matches!(
                    field,
                    T::Registry
                        | T::Name
                        | T::Cluster
                        | T::Extension
                        | T::Ip
                        | T::Repositories
                        | T::Context
                );
                let found = if is_name && !(field == T::Repositories && task == Task::Repositories)
                {
                    of(field)
                } else {
                    said.iter().copied().find(|said| said.field == field)
                };
                if let Some(found) = found {
                    draft.text(field, found);
                    let others = said.iter().filter(|other| {
                        !is_own
                            && other.field == field
                            && other.known == Certainty::Yes
                            && name_of(field, &other.text) != name_of(field, &found.text)
                    });
                    draft.skipped.extend(others.map(|other| {
                        Skipped::new(
                            other.span,
                            &other.text,
                            "it says something else than what was taken over",
                        )
                    }));
                }
            }
        }
    }
    for (of_registry, of_cluster) in
        [(T::ResourceGroup, T::ClusterResourceGroup), (T::Subscription, T::ClusterSubscription)]
    {
        let registry = of(of_registry);
        let cluster = of(of_cluster);
        match (registry, cluster) {
            (Some(registry), Some(cluster))
                if cluster.hinted
                    || name_of(of_registry, &registry.text)
                        != name_of(of_registry, &cluster.text) =>
            {
                draft.text(of_registry, registry);
                draft.text(of_cluster, cluster);
            }
            (Some(registry), _) => draft.text(of_registry, registry),
            (None, Some(cluster))
                if cluster.hinted
                    || (needs_registry
                        && !matches!(task, Task::CleanUp | Task::Diagnose)
                        && of_cluster == T::ClusterSubscription) =>
            {
                draft.text(of_cluster, cluster)
            }
            (None, Some(cluster)) => {
                draft.text(of_registry, cluster);
                if cluster.known == Certainty::Placeholder {
                    // It stands for the field that it is in now.
                    draft.placeholders.retain(|hole| hole.field != of_cluster);
                }
            }
            (None, None) => {}
        }
    }
    let choices = &mut draft.choices;
    // What goes without saying.
    let default = ConnectedRegistryName::parse(choices.text(T::Name))
        .ok()
        .map(|name| ExtensionName::of(&name).as_str().to_owned());
    if default.is_some_and(|default| default == choices.text(T::Extension)) {
        choices.set_text(T::Extension, "");
    }
    if !choices.text(T::CaCertificate).is_empty()
        && choices.text(T::CaCertificate) == choices.text(T::Certificate)
    {
        choices.set_text(T::CaCertificate, "");
    }
    let certificate =
        said.iter().find(|said| said.field == T::Certificate).map(|said| said.text.as_str());
    draft
        .placeholders
        .retain(|hole| hole.field != T::CaCertificate || Some(hole.text.as_str()) != certificate);
}

/// How clients talk to the connected registry: from configuration and protected settings.
fn transport(draft: &mut Draft, group: &Group) {
    let uses_transport = matches!(group.task, Task::Deploy | Task::Redeploy | Task::Rotate);
    let config: Vec<&(String, String, Span)> =
        group.all().flat_map(|action| &action.config).collect();
    let protected: Vec<&(String, Span)> =
        group.all().flat_map(|action| &action.protected).collect();
    let said = |key: &str| {
        config
            .iter()
            .rev()
            .find(|(other, ..)| other == key)
            .map(|(_, value, span)| (value.as_str(), *span))
    };
    let is =
        |key: &str, value: &str| said(key).filter(|(said, _)| *said == value).map(|(_, span)| span);
    let has = |key: &str| protected.iter().find(|(other, _)| other == key).map(|(_, span)| *span);
    if let Some((_, _, span)) =
        group.all().flat_map(|action| &action.chosen).find(|(field, ..)| *field == S::Tls)
    {
        draft.choose(S::Tls, "http", *span);
    }
    if !uses_transport {
        return;
    }
    let old_http = config
        .iter()
        .find(|(key, value, _)| key.eq_ignore_ascii_case("HttpsEnabled") && value == "false")
        .map(|(.., span)| *span);
    if let Some(span) = is("httpEnabled", "true").or(old_http) {
        draft.choose(S::Tls, "http", span);
    } else if let Some(span) = has("tls.crt").or(has("tls.key")) {
        draft.choose(S::Tls, "byoc", span);
    } else if let Some(span) = has("tls.secret") {
        draft.choose(S::Tls, "secret", span);
    } else if let Some(span) = is("cert-manager.enabled", "false") {
        draft.choose(S::Tls, "secret", span);
        let is_made = group
            .all()
            .flat_map(|action| &action.chosen)
            .any(|(field, ..)| *field == S::SecretExists);
        if !is_made && group.task != Task::Rotate {
            draft.choose(S::SecretExists, "yes", span);
            draft.skipped.push(Skipped::new(span, "cert-manager.enabled=false", "where the certificate comes from is in a file that is not in the text; taken for an existing Kubernetes secret"));
        }
    } else if let Some(span) = is("cert-manager.install", "false") {
        draft.choose(S::Tls, "own-cert-manager", span);
    } else if let Some((_, span)) = said("cert-manager.enabled").or(said("cert-manager.install")) {
        draft.choose(S::Tls, "cert-manager", span);
    }
    let is_http = draft.choices.select.word(S::Tls) == "http";
    if draft.choices.select.word(S::Tls) == "secret"
        && draft.choices.select.word(S::SecretExists) != "yes"
    {
        let made = group
            .all()
            .flat_map(|action| &action.chosen)
            .find(|(field, ..)| *field == S::SecretExists);
        let place = draft.places.get(&S::Tls.into()).copied().unwrap_or_default();
        match made {
            Some((_, word, span)) => draft.choose(S::SecretExists, word, *span),
            None => draft.choose(S::SecretExists, "yes", place),
        }
    }
    if let Some((_, word, span)) =
        group.all().flat_map(|action| &action.chosen).find(|(field, ..)| *field == S::SelfSigned)
    {
        draft.choose(S::SelfSigned, word, *span);
    }
    if !is_http && matches!(group.task, Task::Deploy | Task::Redeploy) {
        if let Some(span) = is("trustDistribution.enabled", "false") {
            draft.choose(S::Trust, "own", span);
        } else if let Some(span) = is("trustDistribution.useNodeSelector", "true")
            .or(is("trustDistribution.skipNodeSelector", "false"))
        {
            draft.choose(S::Trust, "labelled-nodes", span);
        } else if let Some((_, span)) = said("trustDistribution.enabled") {
            draft.choose(S::Trust, "nodes", span);
        }
    } else if is_http && let Some((_, span)) = said("trustDistribution.enabled") {
        draft.places.entry(S::Trust.into()).or_insert(span);
    }
    if let Some(span) = group.all().find_map(|action| action.of_2024) {
        draft.choose(S::Keys, "2024", span);
    }
}
