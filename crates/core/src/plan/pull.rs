//! Steps to pull an image: a client token, its link to the connected registry, a pull secret and a
//! pod, and crictl on a node.

use super::checks::*;
use super::names::*;
use super::{
    Action, Capture, Command, Condition, Expectation, File, Operation, Part, Place, Program, Step,
    Word,
};
use crate::azure::sources;
use crate::choices::TextField;
use crate::plan::certificate::KUBECTL_FAILED;
use crate::plan::meanings;
use crate::plan::registry::TOKENS_LOOK;
use crate::scenario::Pull;

pub(crate) const CREATE_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
const TOKENS_UNKNOWN: &str = "The tokens could not be listed.";

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
        .with_from(TextField::Tokens, "--name", scope_map, meanings::SCOPE_MAP)
        .flag("--yes", meanings::DELETE_TOKEN_YES);
    let create = commands
        .client_token(&["acr", "token", "create"])
        .with_words(
            TextField::Image,
            "--repository",
            vec![IMAGE_REPOSITORY.into(), "content/read".into(), "metadata/read".into()],
            meanings::TOKEN_REPOSITORY,
        )
        .with("--no-passwords", "true", meanings::NO_PASSWORDS);
    step(
        "token",
        "Create a client token",
        "Clients log in with it. It may read this repository \
                                            only: its rights stand in a scope map that is called \
                                            like it, with -scope-map after it.",
    )
    .checking(vec![
        connected_registry_exists(commands),
        check(TOKENS_LOOK, query_into(TOKENS, list), Expectation::Answer, TOKENS_UNKNOWN),
    ])
    .only_if(only_if(
        Condition::Absent { from: TOKENS, name: CLIENT_TOKEN.into() },
        "the registry has no token of this name.",
        "The token exists; it is not altered. Whether it may read this repository stands in \
             its scope map.",
    ))
    .doing(vec![Operation::Run(create).into()])
    .expects(CREATE_EXPECT)
    .undone_by(
        commands
            .client_token(&["acr", "token", "delete"])
            .flag("--yes", meanings::DELETE_TOKEN_YES),
        "Every client that uses the token loses access, to the cloud registry and to the \
             connected registry. Its scope map stays.",
    )
    .noting(vec![
        note(
            "The 2024 quickstart pulls with a token that it never creates, and without an \
                  image.",
            sources::QUICKSTART,
        ),
        note_with(
            "Which scope map an existing token has:",
            sources::TOKEN,
            commands.client_token(&["acr", "token", "show"]).with(
                "--query",
                "scopeMapId",
                meanings::QUERY,
            ),
        ),
        note_with(
            "Deleting the token leaves the scope map that was made with it:",
            sources::ACR,
            delete_scope_map,
        ),
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
        meanings::ADD_CLIENT_TOKENS,
    );
    step(
        "link",
        "Let the token use the connected registry",
        "A connected registry knows only the client tokens that are linked to it.",
    )
    .checking(vec![check(
        "Which tokens the connected registry knows",
        query_into(LINKED_TOKENS, list),
        Expectation::Answer,
        TOKENS_UNKNOWN,
    )])
    .only_if(only_if(
        Condition::Absent { from: LINKED_TOKENS, name: CLIENT_TOKEN.into() },
        "it is not linked yet.",
        "The token is linked already.",
    ))
    .doing(vec![Operation::Run(update).into()])
    .expects(CREATE_EXPECT)
    .takes(
        "some seconds; the deployment learns of it when it next synchronizes, which with a \
                schedule may take until the next window.",
    )
    .noting(vec![note(
        "The quickstarts leave this step out; by the preview documentation the \
                           token must be linked.",
        sources::QUICKSTART,
    )])
}

#[inline(never)]
fn generate(commands: &Commands) -> Command {
    commands
        .client_token(&["acr", "token", "credential", "generate"])
        .flag("--password1", meanings::PASSWORD1)
        .with("--query", "passwords[0].value", meanings::QUERY_PASSWORD)
        .with("--output", "tsv", meanings::TSV)
        .flag("--only-show-errors", meanings::ONLY_SHOW_ERRORS)
}

#[inline(never)]
pub(super) fn pull_secret(commands: &Commands, pull: &Pull) -> Step {
    let list =
        commands.kubectl(&["get", "secrets"]).with("--output", "name", meanings::KUBE_OUTPUT);
    let absent =
        || Condition::Absent { from: PULL_SECRETS, name: "secret/connected-registry-pull".into() };
    let create = commands
        .kubectl(&["create", "secret", "docker-registry", PULL_NAME])
        .with_from(TextField::Ip, "--docker-server", server(pull), meanings::DOCKER_SERVER)
        .with_from(TextField::Tokens, "--docker-username", CLIENT_TOKEN, meanings::DOCKER_USERNAME)
        .with(
            "--docker-password",
            Word(vec![Part::Captured(CLIENT_PASSWORD)]),
            meanings::DOCKER_PASSWORD,
        );
    let mut checks = vec![check(
        "Which secrets that namespace has",
        query_into(PULL_SECRETS, list),
        Expectation::Answer,
        KUBECTL_FAILED,
    )];
    // The cluster is known here by what kubectl points at only.
    let where_to = match &commands.scenario.cluster.context {
        Some(_) => {
            "The pull secret and the pod are made where kubectl's context {kubectl_context} \
             points, in its current namespace. Is that the cluster of {connected_registry}?"
        }
        None => {
            let context =
                Command::new(Program::Kubectl, &["config", "current-context"], sources::KUBECTL);
            checks.insert(
                0,
                check(
                    "What kubectl points at",
                    query_into(CURRENT_CONTEXT, context),
                    Expectation::BeGiven,
                    "kubectl has no current context. Choose one with kubectl config use-context, \
                     or give it in the configurator.",
                ),
            );
            "The pull secret and the pod are made where kubectl's context {=current_context} \
             points, in its current namespace. Is that the cluster of {connected_registry}?"
        }
    };
    step(
        "pull-secret",
        "Create the pull secret",
        "In the cluster and the namespace that kubectl \
                                                   is set to, where the pod will run.",
    )
    .checking(checks)
    .only_if(only_if(
        absent(),
        "the namespace has no secret connected-registry-pull.",
        "The pull secret exists; it is not altered.",
    ))
    .prompting(vec![
        prompt(None, where_to),
        prompt(
            Some(Condition::All(vec![
                absent(),
                Condition::Present { from: TOKENS, name: CLIENT_TOKEN.into() },
            ])),
            "The client token {client_token} of {registry} existed before. Going on generates \
                 its password 1 anew: clients that use it are refused until they get the new one. \
                 Generate it?",
        ),
        prompt(
            Some(Condition::Not(Box::new(absent()))),
            "The secret connected-registry-pull \
                                                           exists and is kept, whatever token and \
                                                           address are in it (to have it made \
                                                           anew, say no and delete it). Go on?",
        ),
    ])
    .doing(vec![
        Operation::Capture(Capture {
            into: CLIENT_PASSWORD,
            command: generate(commands),
            begins_with: "",
            without: &[' ', '"'],
            otherwise: "az did not print a password; no secret was made.".into(),
        })
        .into(),
        Operation::Run(create).into(),
    ])
    .expects("secret/connected-registry-pull created")
    .undone_by(
        commands.kubectl(&["delete", "secret", PULL_NAME]),
        "Pods that name the secret can no longer pull.",
    )
    .warning(vec![
        "It generates password 1 of the client token, and hands it to kubectl as an \
                       argument: for that moment other users of this machine can see it."
            .into(),
    ])
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
    let wait = commands.kubectl(&["wait"]).positional(pod, meanings::POD).with(
        "--for",
        "jsonpath={.status.phase}=Succeeded",
        meanings::WAIT_FOR,
    );
    let wait = wait.with("--timeout", "2m", meanings::WAIT_TIMEOUT);
    step(
        "pod",
        "Pull with a pod",
        "Kubernetes pulls the image with the pull secret and runs it \
                                    once.",
    )
    .doing(vec![
        // An existing one would be left as it is, and nothing be pulled.
        Operation::Run(
            commands
                .kubectl(&["delete", "pod", PULL_NAME])
                .flag("--ignore-not-found", meanings::IGNORE_NOT_FOUND),
        )
        .into(),
        Operation::Write(File { path: MANIFEST.into(), private: false, lines }).into(),
        Operation::Run(commands.kubectl(&["apply"]).with(
            "--filename",
            MANIFEST,
            meanings::MANIFEST,
        ))
        .into(),
        Operation::Remove(MANIFEST.into()).into(),
        Operation::Show(wait).into(),
        Action::from(Operation::Show(commands.kubectl(&["describe", "pod", PULL_NAME]))),
    ])
    .expects(
        "pod/connected-registry-pull created; then the events at the end say \"Pulled\" \
                  or \"Failed to pull image\", with the reason. An image that does not end by \
                  itself is waited for in vain; that is no fault.",
    )
    .takes("up to two minutes.")
    .undone_by(
        commands.kubectl(&["delete", "pod", PULL_NAME]),
        "It deletes this pod only; it holds nothing that is kept.",
    )
    .warning(vec![
        "A token that was just made or linked is unknown to the deployment until it \
                       next synchronizes: the pull is unauthorized until then. Run this again then."
            .into(),
    ])
}

#[inline(never)]
pub(super) fn crictl(pull: &Pull) -> Step {
    let credentials = Word(vec![
        Part::Variable(CLIENT_TOKEN),
        Part::Literal(":".into()),
        Part::Secret("client password"),
    ]);
    let command = Command::new(Program::Crictl, &["pull"], sources::CRICTL)
        .with_from(TextField::Tokens, "--creds", credentials, meanings::CREDS)
        .positional_from(TextField::Image, reference(pull), meanings::REFERENCE);
    let mut notes = vec![
        note(
            "The 2024 quickstart gives no image; crictl needs ADDRESS/REPOSITORY:TAG.",
            sources::QUICKSTART,
        ),
        note(
            "A password is shown only when it is generated: az acr token credential generate with \
             --password2 makes the second one, and leaves the first to the pull secret.",
            sources::TOKEN,
        ),
    ];
    if pull.http {
        notes.push(note(
            "Plain HTTP is served on port 80, by the documentation of the chart.",
            sources::HTTP,
        ));
    }
    step(
        "crictl",
        "Pull with crictl",
        "On a node of the cluster, to see whether the node itself can.",
    )
    .on(Place::Node)
    .doing(vec![Operation::Run(command).into()])
    .expects("Image is up to date for ...")
    .warning(vec![
        "The password stands in the arguments and in the shell's history of the node.".into(),
    ])
    .noting(notes)
}

/// What is synchronized: an image that is not cannot be pulled.
#[inline(never)]
pub(super) fn synchronized(commands: &Commands) -> Step {
    let show = commands.connected_registry(&["acr", "connected-registry", "permissions", "show"]);
    step(
        "synchronized",
        "See what is synchronized",
        "An image whose repository is not synchronized cannot be pulled.",
    )
    .doing(vec![Operation::Show(show).into()])
    .expects(
        "The repository of the image is in the list; if not, the task \"Repositories\" adds it.",
    )
}
