//! The API server, over HTTP on the loopback interface.

use crate::cluster::objects;
use crate::cluster::protobuf;
use crate::cluster::resources::{RESOURCES, Resource, VERSION, api_version, text};
use crate::cluster::status::Status;
use crate::world::World;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tiny_http::{Header, Method, Request, Response, StatusCode};

/// The version of Kubernetes whose API this is a part of.
const KUBERNETES: &str = "v1.33.1";
/// How often a watch looks for changes.
const TICK: Duration = Duration::from_millis(50);
/// How long a watch lasts. Clients start it again.
const WATCH: Duration = Duration::from_secs(30);

/// What a request is answered with.
enum Answer {
    Json(Value),
    Created(Value),
    Text(u16, String),
    Watch(Watch),
}

/// The objects whose changes are wanted.
struct Watch {
    resource: &'static Resource,
    target: Target,
    query: Query,
}

/// The objects that a path names.
#[derive(Clone, Debug, Default, PartialEq)]
struct Target {
    group: String,
    plural: String,
    /// None for all namespaces.
    namespace: Option<String>,
    /// None for a list.
    name: Option<String>,
    subresource: Option<String>,
}

/// The parameters of a request.
#[derive(Clone, Debug, Default)]
struct Query(Vec<(String, String)>);

impl Query {
    fn parse(text: &str) -> Self {
        let decode = |text: &str| {
            percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
        };
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Self(pairs.collect())
    }

    fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Whether an object is selected by its labels and fields.
    fn selects(&self, object: &Value) -> Result<bool, Status> {
        let labels = &object["metadata"]["labels"];
        if !selects(self.value("labelSelector"), |key| labels[key].as_str().map(str::to_owned))? {
            return Ok(false);
        }
        selects(self.value("fieldSelector"), |field| {
            Some(text(object, &format!("/{}", field.replace('.', "/"))).to_owned())
        })
    }
}

/// Whether a selector selects: KEY, !KEY, KEY=VALUE, KEY==VALUE, KEY!=VALUE, joined by commas.
pub(crate) fn selects(
    selector: &str,
    value_of: impl Fn(&str) -> Option<String>,
) -> Result<bool, Status> {
    for term in selector.split(',').filter(|term| !term.is_empty()) {
        if term.contains(['(', ')', '<', '>']) {
            return Err(Status::bad_request(format!("unable to parse requirement: {term}")));
        }
        let holds = if let Some((key, value)) = term.split_once("!=") {
            value_of(key).as_deref() != Some(value)
        } else if let Some((key, value)) = term.split_once('=') {
            value_of(key).as_deref() == Some(value.trim_start_matches('='))
        } else if let Some(key) = term.strip_prefix('!') {
            value_of(key).is_none()
        } else {
            value_of(term).is_some()
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Parses the path of a resource: `/api/v1/…` or `/apis/GROUP/v1/…`.
fn target(segments: &[&str]) -> Option<Target> {
    let (group, rest) = match segments {
        ["api", VERSION, rest @ ..] => ("", rest),
        ["apis", group, VERSION, rest @ ..] => (*group, rest),
        _ => return None,
    };
    let owned = |text: &&str| Some((*text).to_owned());
    let mut target = Target { group: group.to_owned(), ..Target::default() };
    match rest {
        ["namespaces"] => target.plural = "namespaces".to_owned(),
        ["namespaces", name] => {
            (target.plural, target.name) = ("namespaces".to_owned(), owned(name));
        }
        ["namespaces", namespace, plural, rest @ ..] if rest.len() <= 2 => {
            target.namespace = owned(namespace);
            target.plural = (*plural).to_owned();
            target.name = rest.first().and_then(owned);
            target.subresource = rest.get(1).and_then(owned);
        }
        [plural, rest @ ..] if rest.len() <= 1 => {
            target.plural = (*plural).to_owned();
            target.name = rest.first().and_then(owned);
        }
        _ => return None,
    }
    Some(target)
}

/// The names of all groups but the core group.
fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&str> = RESOURCES.iter().map(|resource| resource.group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.retain(|group| !group.is_empty());
    groups
}

/// The list of the resources of a group.
fn discovery(group: &str) -> Option<Value> {
    let resources: Vec<Value> = RESOURCES
        .iter()
        .filter(|resource| resource.group == group)
        .map(|resource| {
            let short: Vec<&str> = Some(resource.short).into_iter().filter(|s| !s.is_empty()).collect();
            json!({
                "name": resource.plural, "singularName": resource.singular, "namespaced": resource.is_namespaced, "kind": resource.kind,
                "verbs": ["create", "delete", "get", "list", "patch", "watch"], "shortNames": short,
            })
        })
        .collect();
    (!resources.is_empty()).then(|| {
        json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": api_version(group), "resources": resources })
    })
}

/// The description of the API, as far as `kubectl apply` asks for it: that the server itself looks
/// for unknown fields.
fn openapi(group: &str) -> Option<Value> {
    let mut paths = serde_json::Map::new();
    for resource in RESOURCES.iter().filter(|resource| resource.group == group) {
        let root =
            if group.is_empty() { "/api/v1".to_owned() } else { format!("/apis/{group}/v1") };
        let namespace = if resource.is_namespaced { "namespaces/{namespace}/" } else { "" };
        let parameter =
            json!({ "name": "fieldValidation", "in": "query", "schema": { "type": "string" } });
        paths.insert(
            format!("{root}/{namespace}{}/{{name}}", resource.plural),
            json!({
                "patch": {
                    "parameters": [parameter],
                    "responses": {},
                    "x-kubernetes-action": "patch",
                    "x-kubernetes-group-version-kind": { "group": group, "version": VERSION, "kind": resource.kind },
                },
            }),
        );
    }
    (!paths.is_empty()).then(|| {
        json!({ "openapi": "3.0.0", "info": { "title": "Kubernetes", "version": KUBERNETES }, "paths": paths })
    })
}

/// The fields of a pod that are known here: those of the manifests that the outputs write, and
/// what `kubectl` adds. A list with one entry describes the entries of a list; `true` stands for
/// any value.
fn pod_fields() -> Value {
    json!({
        "apiVersion": true,
        "kind": true,
        "metadata": { "name": true, "namespace": true, "labels": true, "annotations": true, "creationTimestamp": true },
        "spec": {
            "restartPolicy": true,
            "containers": [{ "name": true, "image": true, "imagePullPolicy": true, "command": [true], "args": [true] }],
            "imagePullSecrets": [{ "name": true }],
        },
        "status": true,
    })
}

/// The paths of fields that are not known.
fn unknown_fields(value: &Value, known: &Value, path: &str, unknown: &mut Vec<String>) {
    match (value, known) {
        (Value::Object(fields), Value::Object(known)) => {
            for (field, value) in fields {
                let path = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
                match known.get(field) {
                    Some(known) => unknown_fields(value, known, &path, unknown),
                    None => unknown.push(format!("unknown field \"{path}\"")),
                }
            }
        }
        (Value::Array(entries), Value::Array(known)) => {
            for (at, value) in entries.iter().enumerate() {
                let known = known.first().unwrap_or(&Value::Null);
                unknown_fields(value, known, &format!("{path}[{at}]"), unknown);
            }
        }
        (_, Value::Bool(true)) | (Value::Null, _) => {}
        _ => unknown.push(format!("\"{path}\" has the wrong type")),
    }
}

/// A request, as far as an answer depends on it.
struct Asked {
    method: Method,
    path: String,
    query: Query,
    accept: String,
    content_type: String,
    body: Vec<u8>,
}

impl Asked {
    fn of(request: &mut Request) -> std::io::Result<Self> {
        let header = |name: &'static str| {
            let header = request.headers().iter().find(|header| header.field.equiv(name));
            header.map(|header| header.value.to_string()).unwrap_or_default()
        };
        let (accept, content_type) = (header("Accept"), header("Content-Type"));
        let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
        let (path, query) = (path.to_owned(), Query::parse(query));
        let method = request.method().clone();
        let mut body = Vec::new();
        request.as_reader().read_to_end(&mut body)?;
        Ok(Self { method, path, query, accept, content_type, body })
    }

    /// The object or patch in the body.
    fn body(&self) -> Result<Value, Status> {
        match self.content_type.split(';').next().unwrap_or_default() {
            "application/vnd.kubernetes.protobuf" => {
                protobuf::decode(&self.body).map_err(Status::bad_request)
            }
            "application/json" | "application/merge-patch+json" => {
                serde_json::from_slice(&self.body)
                    .map_err(|error| Status::bad_request(error.to_string()))
            }
            other => Err(Status::unsupported_media_type(other)),
        }
    }

    /// The body, with the fields that the server knows only.
    fn new_object(&self, resource: &Resource) -> Result<Value, Status> {
        let object = self.body()?;
        let is_strict = self.query.value("fieldValidation") == "Strict";
        if is_strict && resource.plural == "pods" && object["kind"] == resource.kind {
            let mut unknown = Vec::new();
            unknown_fields(&object, &pod_fields(), "", &mut unknown);
            if !unknown.is_empty() {
                return Err(Status::bad_request(format!(
                    "{0} in version \"{VERSION}\" cannot be handled as a {0}: strict decoding error: {1}",
                    resource.kind,
                    unknown.join(", ")
                )));
            }
        }
        Ok(object)
    }

    fn answer(&self, world: &World) -> Result<Answer, Status> {
        let segments: Vec<&str> = self.path.trim_matches('/').split('/').collect();
        let document = match segments.as_slice() {
            ["version"] => Some(json!({
                "major": "1", "minor": "33", "gitVersion": KUBERNETES, "gitCommit": "0", "gitTreeState": "clean", "buildDate": "2026-01-01T00:00:00Z",
                "goVersion": "go1.24", "compiler": "gc", "platform": "linux/amd64",
            })),
            ["api"] => Some(
                json!({ "kind": "APIVersions", "versions": [VERSION], "serverAddressByClientCIDRs": [] }),
            ),
            ["apis"] => {
                let group = |group: &str| {
                    let version = json!({ "groupVersion": api_version(group), "version": VERSION });
                    json!({ "name": group, "versions": [version], "preferredVersion": version })
                };
                let groups: Vec<Value> = groups().into_iter().map(group).collect();
                Some(json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": groups }))
            }
            ["api", VERSION] => discovery(""),
            ["apis", group, VERSION] => discovery(group),
            ["openapi", "v3"] => {
                let url = |path: &str| {
                    (
                        path.to_owned(),
                        json!({ "serverRelativeURL": format!("/openapi/v3/{path}?hash=1") }),
                    )
                };
                let paths: serde_json::Map<String, Value> = std::iter::once(url("api/v1"))
                    .chain(groups().into_iter().map(|group| url(&format!("apis/{group}/v1"))))
                    .collect();
                Some(json!({ "paths": paths }))
            }
            ["openapi", "v3", "api", VERSION] => openapi(""),
            ["openapi", "v3", "apis", group, VERSION] => openapi(group),
            _ => None,
        };
        if let Some(document) = document {
            return match self.method {
                Method::Get => Ok(Answer::Json(document)),
                _ => Err(Status::method_not_allowed()),
            };
        }
        let Some(target) = target(&segments) else {
            return Ok(Answer::Text(404, "404 page not found\n".to_owned()));
        };
        let Some(resource) = Resource::by_path(&target.group, &target.plural) else {
            return Err(Status::no_resource());
        };
        self.answer_for(world, resource, target)
    }

    /// Answers for a resource that there is.
    fn answer_for(
        &self,
        world: &World,
        resource: &'static Resource,
        target: Target,
    ) -> Result<Answer, Status> {
        let namespace = target.namespace.as_deref().unwrap_or_default();
        match (&self.method, &target.name, target.subresource.as_deref()) {
            (Method::Get, Some(name), Some("log")) if resource.plural == "pods" => {
                let pod = objects::get(world, resource, namespace, name)?;
                let log = format!("{} is ready\n", text(&pod, "/spec/containers/0/name"));
                Ok(Answer::Text(200, log))
            }
            (_, _, Some(_)) => Err(Status::no_resource()),
            (Method::Get, Some(name), None) => {
                let object = objects::get(world, resource, namespace, name)?;
                Ok(Answer::Json(self.rendered(resource, vec![object], true)))
            }
            (Method::Get, None, None) if ["true", "1"].contains(&self.query.value("watch")) => {
                Ok(Answer::Watch(Watch { resource, target, query: self.query.clone() }))
            }
            (Method::Get, None, None) => {
                let mut selected = Vec::new();
                for object in objects::list(world, resource, target.namespace.as_deref()) {
                    if self.query.selects(&object)? {
                        selected.push(object);
                    }
                }
                Ok(Answer::Json(self.rendered(resource, selected, false)))
            }
            (Method::Post, None, None) => {
                let object = self.new_object(resource)?;
                objects::create(world, resource, namespace, object).map(Answer::Created)
            }
            (Method::Patch, Some(name), None) => {
                let patch = self.body()?;
                objects::patch(world, resource, namespace, name, &patch).map(Answer::Json)
            }
            (Method::Delete, Some(name), None) => {
                objects::delete(world, resource, namespace, name).map(Answer::Json)
            }
            _ => Err(Status::method_not_allowed()),
        }
    }

    /// The objects, as a table where that is wanted.
    fn rendered(&self, resource: &Resource, mut objects: Vec<Value>, is_one: bool) -> Value {
        if self.accept.split(',').next().is_some_and(|first| first.contains("as=Table")) {
            return resource.table(&objects, self.query.value("includeObject") == "Object");
        }
        if is_one {
            return objects.pop().unwrap_or_default();
        }
        json!({
            "kind": format!("{}List", resource.kind), "apiVersion": resource.api_version(), "metadata": { "resourceVersion": "1" }, "items": objects,
        })
    }
}

impl Watch {
    fn now(&self, world: &World) -> Result<Vec<Value>, Status> {
        let mut selected = Vec::new();
        for object in objects::list(world, self.resource, self.target.namespace.as_deref()) {
            if self.query.selects(&object)? {
                selected.push(object);
            }
        }
        Ok(selected)
    }

    /// Writes an event for every change until the client leaves.
    ///
    /// Versions are not kept. A watch that asks for what there is gets it, and then a bookmark. Any
    /// other starts with everything as it is now, which is as good for a client that waits, and
    /// with the end of an object that was selected by its name and is gone.
    fn write(&self, world: &World, mut to: impl Write) -> std::io::Result<()> {
        let mut write = |kind: &str, object: &Value| {
            let event = format!("{}\n", json!({ "type": kind, "object": object }));
            write!(to, "{:x}\r\n{event}\r\n", event.len())?;
            to.flush()
        };
        let stub = |metadata: Value| json!({ "kind": self.resource.kind, "apiVersion": self.resource.api_version(), "metadata": metadata });
        let mut before = self.now(world).unwrap_or_default();
        if self.query.value("sendInitialEvents") == "true" {
            for object in &before {
                write("ADDED", object)?;
            }
            let end = json!({ "resourceVersion": "1", "annotations": { "k8s.io/initial-events-end": "true" } });
            write("BOOKMARK", &stub(end))?;
        } else {
            for object in &before {
                write("MODIFIED", object)?;
            }
            let name = self.query.value("fieldSelector").strip_prefix("metadata.name=");
            if let Some(name) = name.filter(|_| before.is_empty()) {
                write("DELETED", &stub(json!({ "name": name, "resourceVersion": "1" })))?;
            }
        }
        let id = |object: &Value| {
            ["/metadata/namespace", "/metadata/name"]
                .map(|pointer| text(object, pointer).to_owned())
        };
        let end = Instant::now() + WATCH;
        while Instant::now() < end {
            thread::sleep(TICK);
            let now = self.now(world).unwrap_or_default();
            for object in &now {
                match before.iter().find(|other| id(other) == id(object)) {
                    None => write("ADDED", object)?,
                    Some(other) if other != object => write("MODIFIED", object)?,
                    Some(_) => {}
                }
            }
            for object in &before {
                if !now.iter().any(|other| id(other) == id(object)) {
                    write("DELETED", object)?;
                }
            }
            before = now;
        }
        to.write_all(b"0\r\n\r\n")
    }
}

/// Starts a server on a port of its own, and returns the port. It ends with the process.
///
/// # Errors
///
/// If it cannot listen.
pub(crate) fn start(world: World) -> Result<u16, String> {
    let server = tiny_http::Server::http("127.0.0.1:0").map_err(|error| error.to_string())?;
    let port = server.server_addr().to_ip().ok_or("the server has no port")?.port();
    let one_at_a_time = Arc::new(Mutex::new(()));
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let (world, one_at_a_time) = (world.clone(), Arc::clone(&one_at_a_time));
            // A watch takes as long as its client wants.
            thread::spawn(move || respond(&world, &one_at_a_time, request));
        }
    });
    Ok(port)
}

/// Answers a request. A client that is gone by then needs no answer.
fn respond(world: &World, one_at_a_time: &Mutex<()>, mut request: Request) {
    let answer = {
        let _turn = one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        world.note_request(&format!("{} {}", request.method(), request.url())).ok();
        Asked::of(&mut request)
            .map_err(|error| Status::bad_request(error.to_string()))
            .and_then(|asked| asked.answer(world))
    };
    let (code, content_type, text) = match answer {
        Ok(Answer::Watch(watch)) => {
            let mut writer = request.into_writer();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            let _ = writer
                .write_all(head.as_bytes())
                .and_then(|()| writer.flush())
                .and_then(|()| watch.write(world, writer));
            return;
        }
        Ok(Answer::Json(document)) => (200, "application/json", document.to_string()),
        Ok(Answer::Created(document)) => (201, "application/json", document.to_string()),
        Ok(Answer::Text(code, text)) => (code, "text/plain", text),
        Err(status) => (status.code, "application/json", status.document().to_string()),
    };
    let mut response = Response::from_string(text).with_status_code(StatusCode(code));
    if let Ok(header) = Header::from_bytes("Content-Type", content_type) {
        response.add_header(header);
    }
    let _ = request.respond(response);
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read};
    use std::net::TcpStream;
    use tempfile::TempDir;

    /// A cluster with two namespaces, and its server.
    struct Cluster {
        folder: TempDir,
        port: u16,
    }

    impl Cluster {
        fn new() -> Self {
            let folder = TempDir::new().expect("a temporary folder");
            let cluster = Self { port: 0, folder };
            cluster.keep("namespaces", "default\nconnected-registry\n");
            let port = start(World::new(cluster.folder.path())).expect("the server starts");
            Self { port, ..cluster }
        }

        fn keep(&self, file: &str, text: &str) {
            std::fs::write(self.folder.path().join(file), text).expect("the state can be written");
        }

        fn start(&self, request: &str, content_type: &str, body: &[u8]) -> BufReader<TcpStream> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
            let head = format!(
                "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(&[head.as_bytes(), body].concat()).expect("it reads");
            BufReader::new(stream)
        }

        fn ask_in(&self, content_type: &str, request: &str, body: &[u8]) -> (u16, String) {
            let mut text = String::new();
            self.start(request, content_type, body).read_to_string(&mut text).expect("an answer");
            let code = text.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a code");
            let (_, body) = text.split_once("\r\n\r\n").expect("a body");
            (code, body.to_owned())
        }

        /// Sends JSON; returns the code, the reason of a failure, and the document.
        fn ask(&self, request: &str, body: &Value) -> (u16, String, Value) {
            let (code, text) =
                self.ask_in("application/json", request, body.to_string().as_bytes());
            let document: Value = serde_json::from_str(&text).expect("JSON");
            let reason = text_of(&document, "reason");
            assert_eq!(document["kind"] == "Status", !reason.is_empty(), "{document}");
            (code, reason, document)
        }
    }

    fn text_of(document: &Value, field: &str) -> String {
        document[field].as_str().unwrap_or_default().to_owned()
    }

    fn secret(name: &str) -> Value {
        json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name }, "type": "Opaque", "data": { "a": "AAAA" } })
    }

    fn pod() -> Value {
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "pull" },
            "spec": { "restartPolicy": "Never", "containers": [{ "name": "pulled", "image": "a/b:1" }], "imagePullSecrets": [{ "name": "pull" }] },
        })
    }

    const SECRETS: &str = "/api/v1/namespaces/default/secrets";

    #[test]
    fn unknown_objects_and_resources_get_a_status() {
        let cluster = Cluster::new();
        let (code, reason, document) = cluster.ask(&format!("GET {SECRETS}/tls"), &json!({}));
        assert_eq!((code, reason.as_str()), (404, "NotFound"));
        assert_eq!(document["message"], "secrets \"tls\" not found");
        assert_eq!(document["details"], json!({ "name": "tls", "kind": "secrets" }));
        let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        let (_, _, document) = cluster.ask(&format!("GET {definitions}/x"), &json!({}));
        assert_eq!(
            document["message"],
            "customresourcedefinitions.apiextensions.k8s.io \"x\" not found"
        );
        for path in ["/api/v1/widgets", "/apis/storage.k8s.io/v1/pods", "/apis/none/v1/pods"] {
            let (code, reason, _) = cluster.ask(&format!("GET {path}"), &json!({}));
            assert_eq!((code, reason.as_str()), (404, "NotFound"), "{path}");
        }
    }

    #[test]
    fn unknown_paths_are_not_found() {
        let cluster = Cluster::new();
        for path in ["/", "/healthz", "/api/v2/pods", "/apis/storage.k8s.io/v1beta1", "/openapi/v2"]
        {
            let (code, text) = cluster.ask_in("", &format!("GET {path}"), b"");
            assert_eq!((code, text.as_str()), (404, "404 page not found\n"), "{path}");
        }
    }

    #[test]
    fn objects_are_created_once_and_deleted_once() {
        let cluster = Cluster::new();
        let create = || cluster.ask(&format!("POST {SECRETS}"), &secret("tls"));
        let (code, reason, document) = create();
        assert_eq!((code, reason.as_str()), (201, ""));
        assert_eq!(document["data"], json!({ "a": "AAAA" }));
        let (code, reason, document) = create();
        assert_eq!((code, reason.as_str()), (409, "AlreadyExists"));
        assert_eq!(document["message"], "secrets \"tls\" already exists");
        let delete = || cluster.ask(&format!("DELETE {SECRETS}/tls"), &json!({}));
        assert_eq!((delete().0, delete().0), (200, 404));
        assert_eq!(cluster.ask(&format!("GET {SECRETS}"), &json!({})).2["items"], json!([]));
        assert_eq!(create().0, 201);
    }

    #[test]
    fn namespaces_that_are_missing_or_go_take_nothing_new() {
        let cluster = Cluster::new();
        let create = |namespace: &str| {
            let (code, reason, document) = cluster
                .ask(&format!("POST /api/v1/namespaces/{namespace}/secrets"), &secret("tls"));
            (code, reason, text_of(&document, "message"))
        };
        let (code, reason, message) = create("other");
        assert_eq!((code, reason.as_str()), (404, "NotFound"));
        assert_eq!(message, "namespaces \"other\" not found");
        cluster.keep("going", "1\n");
        let (code, reason, message) = create("connected-registry");
        assert_eq!((code, reason.as_str()), (403, "Forbidden"));
        assert!(message.ends_with("because it is being terminated"), "{message}");
        cluster.keep("going", "\n");
        assert_eq!(create("connected-registry").0, 201);
    }

    #[test]
    fn wrong_objects_are_refused() {
        let cluster = Cluster::new();
        let mut wrong = Vec::new();
        let mut without = pod();
        without["spec"]["containers"][0]["image"] = json!("");
        wrong.push((without, 422, "spec.containers[0].image: Required value"));
        let mut unknown = pod();
        unknown["spec"]["containers"][0]["imag"] = json!("a");
        wrong.push((unknown, 400, "unknown field \"spec.containers[0].imag\""));
        let mut of_wrong_type = pod();
        of_wrong_type["spec"]["imagePullSecrets"] = json!("pull");
        wrong.push((of_wrong_type, 400, "\"spec.imagePullSecrets\" has the wrong type"));
        let mut named = pod();
        named["metadata"]["name"] = json!("Pull_1");
        wrong.push((named, 422, "a lowercase RFC 1123 subdomain"));
        wrong.push((secret("tls"), 400, "it is not a Pod of v1"));
        let path = "POST /api/v1/namespaces/default/pods?fieldValidation=Strict";
        for (object, expected, why) in wrong {
            let (code, _, document) = cluster.ask(path, &object);
            let message = text_of(&document, "message");
            assert!(code == expected && message.contains(why), "{code} {message}");
        }
        assert_eq!(cluster.ask(path, &pod()).0, 201);
        let mut tls = secret("tls");
        tls["type"] = json!("kubernetes.io/tls");
        assert_eq!(cluster.ask(&format!("POST {SECRETS}"), &tls).0, 422);
        for (content_type, expected) in [
            ("application/yaml", 415),
            ("application/json", 400),
            ("application/vnd.kubernetes.protobuf", 400),
        ] {
            assert_eq!(cluster.ask_in(content_type, &format!("POST {SECRETS}"), b"?").0, expected);
        }
    }

    /// The pod pulls for a moment, and not at all without its secret.
    #[test]
    fn a_watch_reports_changes() {
        let cluster = Cluster::new();
        cluster.keep("secrets", "default/pull\n");
        cluster.ask("POST /api/v1/namespaces/default/pods", &pod());
        let request = "GET /api/v1/namespaces/default/pods?watch=true&sendInitialEvents=true&fieldSelector=metadata.name%3Dpull";
        let mut lines = cluster.start(request, "", b"").lines();
        let mut next = || {
            let line =
                lines.by_ref().map(|line| line.expect("a line")).find(|line| line.starts_with('{'));
            let event: Value = serde_json::from_str(&line.expect("an event")).expect("JSON");
            let phase = event.pointer("/object/status/phase").and_then(Value::as_str);
            (text_of(&event, "type"), phase.unwrap_or_default().to_owned())
        };
        let event = |kind: &str, phase: &str| (kind.to_owned(), phase.to_owned());
        assert_eq!(next(), event("ADDED", "Pending"));
        assert_eq!(next(), event("BOOKMARK", ""));
        assert_eq!(next(), event("MODIFIED", "Succeeded"));
        cluster.keep("secrets", "");
        assert_eq!(next(), event("MODIFIED", "Pending"));
        cluster.keep("pods", "");
        assert_eq!(next().0, "DELETED");
    }

    #[test]
    fn a_selector_selects_by_keys_and_values() {
        let value_of = |key: &str| (key == "a").then(|| "1".to_owned());
        for (selector, expected) in [
            ("", true),
            ("a", true),
            ("b", false),
            ("!b", true),
            ("a=1", true),
            ("a==1", true),
            ("a=2", false),
            ("a!=2,b!=1", true),
            ("a,b", false),
        ] {
            assert_eq!(selects(selector, value_of), Ok(expected), "{selector}");
        }
        assert!(selects("a in (1,2)", value_of).is_err());
    }
}
