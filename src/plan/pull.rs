//! Steps to pull an image: a client token, its link to the connected registry, a pull secret and a
//! pod, and crictl on a node.

use super::checks::*;
use super::names::*;
use super::{
    Act, Action, Capture, Command, Condition, File, Must, Part, Place, Program, Step, Word,
};
use crate::azure::sources;
use crate::choices::TextField;
use crate::scenario::Pull;
use crate::text::{explain, steps as text};

/// What the pull secret and the pod are called.
const PULL_NAME: &str = "connected-registry-pull";
const MANIFEST: &str = "connected-registry-pull.yaml";

/// Where clients find the registry; plain HTTP is served on port 80.
fn server(pull: &Pull) -> Word {
    host(&pull.ip, pull.http.then_some(":80"))
}

#[inline(never)]
fn reference(pull: &Pull) -> Word {
    server(pull).then(Part::Literal("/".into())).then(Part::Variable(IMAGE))
}

#[inline(never)]
pub(super) fn token(commands: &Commands) -> Step {
    let list = only(commands.in_registry(&["acr", "token", "list"], sources::TOKEN), "[].name");
    let scope_map = Word(vec![Part::Variable(CLIENT_TOKEN), Part::Literal("-scope-map".into())]);
    let delete_scope_map = commands
        .in_registry(&["acr", "scope-map", "delete"], sources::ACR)
        .with_from(TextField::Tokens, "--name", scope_map, explain::SCOPE_MAP)
        .flag("--yes", explain::DELETE_TOKEN_YES);
    let create = commands
        .client_token(&["acr", "token", "create"])
        .with_words(
            TextField::Image,
            "--repository",
            vec![IMAGE_REPOSITORY.into(), "content/read".into(), "metadata/read".into()],
            explain::TOKEN_REPOSITORY,
        )
        .with("--no-passwords", "true", explain::NO_PASSWORDS);
    step("token", text::TOKEN_TITLE, text::TOKEN_WHY)
        .checking(vec![
            connected_registry_exists(commands),
            check(text::TOKENS_LOOK, look(TOKENS, list), Must::Answer, text::TOKENS_UNKNOWN),
        ])
        .only_if(only_if(
            Condition::Absent { from: TOKENS, name: CLIENT_TOKEN.into() },
            text::TOKEN_ONLY_IF,
            text::TOKEN_OTHERWISE,
        ))
        .doing(vec![Act::Run(create).into()])
        .expects(text::CREATE_EXPECT)
        .undone_by(
            commands
                .client_token(&["acr", "token", "delete"])
                .flag("--yes", explain::DELETE_TOKEN_YES),
            text::TOKEN_UNDO_WARNING,
        )
        .noting(vec![
            note(text::TOKEN_NOTE, sources::QUICKSTART),
            note_with(
                text::TOKEN_SEE_NOTE,
                sources::TOKEN,
                commands.client_token(&["acr", "token", "show"]).with(
                    "--query",
                    "scopeMapId",
                    explain::QUERY,
                ),
            ),
            note_with(text::TOKEN_SCOPE_MAP_NOTE, sources::ACR, delete_scope_map),
        ])
}

#[inline(never)]
pub(super) fn link(commands: &Commands) -> Step {
    let list = only(
        commands.connected_registry(&["acr", "connected-registry", "list-client-tokens"]),
        "[].name",
    );
    let update = commands.connected_registry(&["acr", "connected-registry", "update"]).with_from(
        TextField::Tokens,
        "--add-client-tokens",
        CLIENT_TOKEN,
        explain::ADD_CLIENT_TOKENS,
    );
    step("link", text::LINK_TITLE, text::LINK_WHY)
        .checking(vec![check(
            text::LINKED_LOOK,
            look(LINKED_TOKENS, list),
            Must::Answer,
            text::TOKENS_UNKNOWN,
        )])
        .only_if(only_if(
            Condition::Absent { from: LINKED_TOKENS, name: CLIENT_TOKEN.into() },
            text::LINK_ONLY_IF,
            text::LINK_OTHERWISE,
        ))
        .doing(vec![Act::Run(update).into()])
        .expects(text::CREATE_EXPECT)
        .takes(text::LINK_TAKES)
        .noting(vec![note(text::LINK_NOTE, sources::QUICKSTART)])
}

#[inline(never)]
fn generate(commands: &Commands) -> Command {
    commands
        .client_token(&["acr", "token", "credential", "generate"])
        .flag("--password1", explain::PASSWORD1)
        .with("--query", "passwords[0].value", explain::QUERY_PASSWORD)
        .with("--output", "tsv", explain::TSV)
        .flag("--only-show-errors", explain::ONLY_SHOW_ERRORS)
}

#[inline(never)]
pub(super) fn pull_secret(commands: &Commands, pull: &Pull) -> Step {
    let list = commands.kubectl(&["get", "secrets"]).with("--output", "name", explain::KUBE_OUTPUT);
    let absent =
        || Condition::Absent { from: PULL_SECRETS, name: "secret/connected-registry-pull".into() };
    let create = commands
        .kubectl(&["create", "secret", "docker-registry", PULL_NAME])
        .with_from(TextField::Ip, "--docker-server", server(pull), explain::DOCKER_SERVER)
        .with_from(TextField::Tokens, "--docker-username", CLIENT_TOKEN, explain::DOCKER_USERNAME)
        .with(
            "--docker-password",
            Word(vec![Part::Captured(CLIENT_PASSWORD)]),
            explain::DOCKER_PASSWORD,
        );
    let mut checks = vec![check(
        text::PULL_SECRETS_LOOK,
        look(PULL_SECRETS, list),
        Must::Answer,
        text::KUBECTL_FAILED,
    )];
    // The cluster is known here by what kubectl points at only.
    let where_to = match &commands.scenario.cluster.context {
        Some(_) => text::PULL_CONTEXT_ASK,
        None => {
            let context =
                Command::new(Program::Kubectl, &["config", "current-context"], sources::KUBECTL);
            checks.insert(
                0,
                check(
                    text::CONTEXT_LOOK,
                    look(CURRENT_CONTEXT, context),
                    Must::BeGiven,
                    text::CONTEXT_MISSING,
                ),
            );
            text::PULL_CURRENT_CONTEXT_ASK
        }
    };
    step("pull-secret", text::PULL_SECRET_TITLE, text::PULL_SECRET_WHY)
        .checking(checks)
        .only_if(only_if(absent(), text::PULL_SECRET_ONLY_IF, text::PULL_SECRET_OTHERWISE))
        .asking(vec![
            ask(None, where_to),
            ask(
                Some(Condition::All(vec![
                    absent(),
                    Condition::Present { from: TOKENS, name: CLIENT_TOKEN.into() },
                ])),
                text::CLIENT_PASSWORD_ASK,
            ),
            ask(Some(Condition::Not(Box::new(absent()))), text::PULL_SECRET_ASK),
        ])
        .doing(vec![
            Act::Capture(Capture {
                into: CLIENT_PASSWORD,
                command: generate(commands),
                begins_with: "",
                without: &[' ', '"'],
                otherwise: text::CLIENT_PASSWORD_BAD.into(),
            })
            .into(),
            Act::Run(create).into(),
        ])
        .expects(text::PULL_SECRET_EXPECT)
        .undone_by(
            commands.kubectl(&["delete", "secret", PULL_NAME]),
            text::PULL_SECRET_UNDO_WARNING,
        )
        .warning(vec![text::CLIENT_PASSWORD_WARNING.into()])
}

#[inline(never)]
pub(super) fn pod(commands: &Commands, pull: &Pull) -> Step {
    let line = |text: &'static str| Word::literal(text);
    let mut image = Word::literal("      image: \"");
    image.0.extend(reference(pull).0);
    let image = image.then(Part::Literal("\"".into()));
    let lines = vec![
        line("apiVersion: v1"),
        line("kind: Pod"),
        line("metadata:"),
        line("  name: connected-registry-pull"),
        line("spec:"),
        line("  restartPolicy: Never"),
        line("  containers:"),
        line("    - name: pulled"),
        image,
        line("  imagePullSecrets:"),
        line("    - name: connected-registry-pull"),
    ];
    let pod = Word::literal(format!("pod/{PULL_NAME}"));
    let wait = commands.kubectl(&["wait"]).positional(pod, explain::POD).with(
        "--for",
        "jsonpath={.status.phase}=Succeeded",
        explain::WAIT_FOR,
    );
    let wait = wait.with("--timeout", "2m", explain::WAIT_TIMEOUT);
    step("pod", text::POD_TITLE, text::POD_WHY)
        .doing(vec![
            // An existing one would be left as it is, and nothing be pulled.
            Act::Run(
                commands
                    .kubectl(&["delete", "pod", PULL_NAME])
                    .flag("--ignore-not-found", explain::IGNORE_NOT_FOUND),
            )
            .into(),
            Act::Write(File { path: MANIFEST.into(), private: false, lines }).into(),
            Act::Run(commands.kubectl(&["apply"]).with("--filename", MANIFEST, explain::MANIFEST))
                .into(),
            Act::Remove(MANIFEST.into()).into(),
            Act::Show(wait).into(),
            Action::from(Act::Show(commands.kubectl(&["describe", "pod", PULL_NAME]))),
        ])
        .expects(text::POD_EXPECT)
        .takes(text::POD_TAKES)
        .undone_by(commands.kubectl(&["delete", "pod", PULL_NAME]), text::POD_UNDO_WARNING)
        .warning(vec![text::POD_WARNING.into()])
}

#[inline(never)]
pub(super) fn crictl(pull: &Pull) -> Step {
    let credentials = Word(vec![
        Part::Variable(CLIENT_TOKEN),
        Part::Literal(":".into()),
        Part::Secret("client password"),
    ]);
    let command = Command::new(Program::Crictl, &["pull"], sources::CRICTL)
        .with_from(TextField::Tokens, "--creds", credentials, explain::CREDS)
        .positional_from(TextField::Image, reference(pull), explain::REFERENCE);
    let mut notes = vec![
        note(text::CRICTL_NOTE, sources::QUICKSTART),
        note(text::CRICTL_PASSWORD_NOTE, sources::TOKEN),
    ];
    if pull.http {
        notes.push(note(text::PULL_HTTP_NOTE, sources::HTTP));
    }
    step("crictl", text::CRICTL_TITLE, text::CRICTL_WHY)
        .on(Place::Node)
        .doing(vec![Act::Run(command).into()])
        .expects(text::CRICTL_EXPECT)
        .warning(vec![text::CRICTL_WARNING.into()])
        .noting(notes)
}

/// What is synchronized: an image that is not cannot be pulled.
#[inline(never)]
pub(super) fn synchronized(commands: &Commands) -> Step {
    let show = commands.connected_registry(&["acr", "connected-registry", "permissions", "show"]);
    step("synchronized", text::SYNCHRONIZED_TITLE, text::SYNCHRONIZED_WHY)
        .doing(vec![Act::Show(show).into()])
        .expects(text::SYNCHRONIZED_EXPECT)
}
