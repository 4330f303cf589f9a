//! The objects of the cluster.
//!
//! The lists of the world say which namespaces, secrets, pods and definitions there are, so that
//! `az` and the tests can add and remove them. What was created has a document in addition:
//! `objects/RESOURCE/NAMESPACE/NAME.json`, with `-` for the namespace of what has none.

use crate::Refusal;
use crate::cluster::resources::{Resource, base64, text};
use crate::cluster::status::Status;
use crate::world::World;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// The namespace of the connected registry.
const NAMESPACE: &str = "connected-registry";
/// The namespace of the agents of Azure Arc, which is always there.
const AGENTS: &str = "azure-arc";
/// When everything was created.
const CREATED: &str = "2026-11-01T09:00:00Z";
/// The only node.
const NODE: &str = "edge-node-1";
/// How long a pod takes to pull its image, which is all that it does.
const PULL_TIME: Duration = Duration::from_millis(300);

/// The namespace of an object; `-` for none.
fn folder_of(namespace: &str) -> &str {
    if namespace.is_empty() { "-" } else { namespace }
}

fn path(world: &World, resource: &Resource, namespace: &str, name: &str) -> PathBuf {
    world
        .path("objects")
        .join(resource.plural)
        .join(folder_of(namespace))
        .join(format!("{name}.json"))
}

fn document(world: &World, resource: &Resource, namespace: &str, name: &str) -> Option<Value> {
    let bytes = std::fs::read(path(world, resource, namespace, name)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The metadata of an object that has no document.
fn metadata(resource: &Resource, namespace: &str, name: &str) -> Value {
    let mut metadata = json!({
        "name": name, "uid": format!("{}-{name}", resource.singular), "resourceVersion": "1", "creationTimestamp": CREATED,
    });
    if !namespace.is_empty() {
        metadata["namespace"] = json!(namespace);
    }
    metadata
}

/// An object of a resource with more fields.
fn object(resource: &Resource, namespace: &str, name: &str, fields: Value) -> Value {
    let mut object = json!({
        "apiVersion": resource.api_version(), "kind": resource.kind, "metadata": metadata(resource, namespace, name),
    });
    merge(&mut object, &fields);
    object
}

/// Merges a document into another one, by RFC 7396.
pub(crate) fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = Value::Object(Map::new());
    }
    let Value::Object(fields) = into else { return };
    for (field, value) in patch {
        if value.is_null() {
            fields.remove(field);
        } else {
            merge(fields.entry(field.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The names of the extensions that are connected registries.
fn extensions(world: &World) -> Vec<String> {
    world
        .lines("extensions")
        .into_iter()
        .filter(|name| !name.is_empty() && !world.has("foreign", name))
        .collect()
}

/// The objects of a resource, of one namespace or of all, sorted by their namespaces and names.
pub(crate) fn list(world: &World, resource: &Resource, namespace: Option<&str>) -> Vec<Value> {
    let names = |file: &str| world.lines(file).into_iter().filter(|name| !name.is_empty());
    let kept = |namespace: &str, name: &str, fields: Value| {
        document(world, resource, namespace, name)
            .unwrap_or_else(|| object(resource, namespace, name, fields))
    };
    let has_extension = !extensions(world).is_empty();
    let one = |namespace: &str, name: &str, fields: Value| vec![kept(namespace, name, fields)];
    let mut objects: Vec<Value> = match resource.plural {
        "namespaces" => names("namespaces")
            .filter(|name| name != AGENTS)
            .chain([AGENTS.to_owned()])
            .map(|name| {
                let phase = if name == NAMESPACE && world.going().is_some() {
                    "Terminating"
                } else {
                    "Active"
                };
                let mut namespace = kept("", &name, json!({ "spec": { "finalizers": ["kubernetes"] } }));
                namespace["status"] = json!({ "phase": phase });
                namespace
            })
            .collect(),
        "secrets" => names("secrets")
            .filter_map(|secret| {
                let (namespace, name) = secret.split_once('/')?;
                let fields = json!({
                    "type": world.value("secret-type").unwrap_or_default(),
                    "data": { "ca.crt": world.value("secret-ca").unwrap_or_default(), "tls.crt": "", "tls.key": "" },
                });
                Some(kept(namespace, name, fields))
            })
            .collect(),
        "pods" => names("pods")
            .map(|name| {
                let pod = kept(
                    "default",
                    &name,
                    json!({ "spec": { "containers": [{ "name": "pulled", "image": "pulled" }] } }),
                );
                pulling(world, pod)
            })
            .chain(extensions(world).iter().map(|name| registry_pod(resource, name)))
            .collect(),
        "customresourcedefinitions" => names("definitions")
            .map(|name| {
                let name = name.rsplit_once('/').map_or(name.as_str(), |(_, name)| name);
                kept("", name, json!({}))
            })
            .collect(),
        "configmaps" => world
            .value("cluster")
            .map(|cluster| {
                let (group, name) = cluster.split_once('/').unwrap_or((&cluster, ""));
                let data = json!({ "AZURE_RESOURCE_GROUP": group, "AZURE_RESOURCE_NAME": name });
                kept(AGENTS, "azure-clusterconfig", json!({ "data": data }))
            })
            .into_iter()
            .collect(),
        "nodes" => one(
            "",
            NODE,
            json!({
                "metadata": { "labels": labels(&world.lines("node-labels")) },
                "spec": {},
                "status": { "nodeInfo": { "kubeletVersion": "v1.33.1" } },
            }),
        ),
        "services" => {
            let port = json!([{ "name": "https", "port": 443, "protocol": "TCP", "targetPort": 443 }]);
            let service = |address: &str| json!({ "spec": { "type": "ClusterIP", "clusterIP": address, "ports": port } });
            let mut services = one("default", "kubernetes", service("10.0.0.1"));
            if has_extension {
                services.extend(one(NAMESPACE, "connected-registry-service", service("10.0.0.200")));
            }
            services
        }
        "persistentvolumeclaims" if has_extension => one(
            NAMESPACE,
            "connected-registry-pvc",
            json!({
                "spec": { "accessModes": ["ReadWriteOnce"], "storageClassName": "local-path", "volumeName": "pvc-1" },
                "status": { "phase": "Bound", "capacity": { "storage": "250Gi" } },
            }),
        ),
        "storageclasses" => one(
            "",
            "local-path",
            json!({
                "metadata": { "annotations": { "storageclass.kubernetes.io/is-default-class": "true" } },
                "provisioner": "rancher.io/local-path",
            }),
        ),
        "events" => events(world, resource),
        _ => Vec::new(),
    };
    objects.extend(others(world, resource, &objects));
    objects.retain(|object| {
        namespace.is_none_or(|namespace| text(object, "/metadata/namespace") == namespace)
    });
    objects.sort_by_key(|object| {
        (text(object, "/metadata/namespace").to_owned(), text(object, "/metadata/name").to_owned())
    });
    objects
}

/// What was created of a resource that no list of the world names.
fn others(world: &World, resource: &Resource, known: &[Value]) -> Vec<Value> {
    if list_of(resource).is_some() {
        return Vec::new();
    }
    let entries = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries(world.path("objects").join(resource.plural))
        .flat_map(|namespace| entries(namespace.path()))
        .filter_map(|file| serde_json::from_slice(&std::fs::read(file.path()).ok()?).ok())
        .filter(|object: &Value| {
            known.iter().all(|known| {
                ["/metadata/namespace", "/metadata/name"]
                    .iter()
                    .any(|pointer| text(known, pointer) != text(object, pointer))
            })
        })
        .collect()
}

/// Labels from lines of the form KEY=VALUE.
fn labels(lines: &[String]) -> Value {
    lines
        .iter()
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.to_owned(), Value::from(value)))
        .collect::<Map<_, _>>()
        .into()
}

/// The status of a pod with one container.
fn pod_status(phase: &str, container: &Value, is_ready: bool, state: Value) -> Value {
    json!({
        "phase": phase,
        "podIP": "10.42.0.7",
        "containerStatuses": [{
            "name": container["name"], "image": container["image"], "imageID": "", "ready": is_ready, "restartCount": 0, "state": state, "lastState": {},
        }],
    })
}

/// A pod of the extension.
fn registry_pod(resource: &Resource, extension: &str) -> Value {
    let container = json!({ "name": "connected-registry", "image": "mcr.microsoft.com/acr/connected-registry:0.11.0" });
    object(
        resource,
        NAMESPACE,
        &format!("connected-registry-{extension}-7d9c5b6f4-x2x7k").to_lowercase(),
        json!({
            "metadata": { "labels": { "app": "connected-registry", "pod-template-hash": "7d9c5b6f4" } },
            "spec": { "nodeName": NODE, "containers": [container] },
            "status": pod_status("Running", &container, true, json!({ "running": { "startedAt": CREATED } })),
        }),
    )
}

/// A pod that pulls an image and ends. Without its pull secrets it does not get that far.
fn pulling(world: &World, mut pod: Value) -> Value {
    let namespace = text(&pod, "/metadata/namespace").to_owned();
    let name = text(&pod, "/metadata/name").to_owned();
    let container = pod.pointer("/spec/containers/0").cloned().unwrap_or_default();
    let secrets = pod.pointer("/spec/imagePullSecrets").and_then(Value::as_array);
    let may_pull = secrets
        .into_iter()
        .flatten()
        .all(|secret| world.has("secrets", &format!("{namespace}/{}", text(secret, "/name"))));
    let created = Resource::by_path("", "pods").and_then(|pods| {
        std::fs::metadata(path(world, pods, &namespace, &name)).ok()?.modified().ok()
    });
    let is_old = created.is_none_or(|at| at.elapsed().is_ok_and(|age| age > PULL_TIME));
    pod["spec"]["nodeName"] = json!(NODE);
    pod["status"] = match (may_pull, is_old) {
        (true, true) => {
            let state = json!({ "terminated": { "exitCode": 0, "reason": "Completed", "startedAt": CREATED, "finishedAt": CREATED } });
            pod_status("Succeeded", &container, false, state)
        }
        (true, false) => pod_status(
            "Pending",
            &container,
            false,
            json!({ "waiting": { "reason": "ContainerCreating" } }),
        ),
        (false, _) => pod_status(
            "Pending",
            &container,
            false,
            json!({ "waiting": { "reason": "ImagePullBackOff" } }),
        ),
    };
    pod
}

/// What the kubelet reports of the pods.
fn events(world: &World, resource: &Resource) -> Vec<Value> {
    let pods = Resource::by_path("", "pods").map(|pods| list(world, pods, None));
    pods.into_iter()
        .flatten()
        .map(|pod| {
            let name = text(&pod, "/metadata/name");
            let image = text(&pod, "/spec/containers/0/image");
            let (kind, reason, message) = match text(&pod, "/status/phase") {
                "Pending" => ("Warning", "Failed", format!("Failed to pull image \"{image}\"")),
                _ => ("Normal", "Pulled", format!("Successfully pulled image \"{image}\" in 1.2s")),
            };
            object(
                resource,
                text(&pod, "/metadata/namespace"),
                &format!("{name}.1"),
                json!({
                    "involvedObject": {
                        "kind": "Pod", "apiVersion": "v1", "namespace": pod["metadata"]["namespace"], "name": name, "uid": pod["metadata"]["uid"],
                    },
                    "type": kind, "reason": reason, "message": message, "count": 1, "firstTimestamp": CREATED, "lastTimestamp": CREATED,
                    "source": { "component": "kubelet", "host": NODE },
                }),
            )
        })
        .collect()
}

/// Finds an object.
pub(crate) fn get(
    world: &World,
    resource: &Resource,
    namespace: &str,
    name: &str,
) -> Result<Value, Status> {
    let namespace = resource.is_namespaced.then_some(namespace);
    list(world, resource, namespace)
        .into_iter()
        .find(|object| text(object, "/metadata/name") == name)
        .ok_or_else(|| Status::not_found(resource, name))
}

/// The list of the world that names the objects of a resource.
fn list_of(resource: &Resource) -> Option<&'static str> {
    match resource.plural {
        "namespaces" => Some("namespaces"),
        "secrets" => Some("secrets"),
        "pods" => Some("pods"),
        "customresourcedefinitions" => Some("definitions"),
        _ => None,
    }
}

/// An object in the list of its resource.
fn listed(resource: &Resource, namespace: &str, name: &str) -> String {
    match resource.plural {
        "secrets" => format!("{namespace}/{name}"),
        _ => name.to_owned(),
    }
}

fn internal(refusal: Refusal) -> Status {
    Status::internal(refusal.reason)
}

fn write(
    world: &World,
    resource: &Resource,
    namespace: &str,
    name: &str,
    object: &Value,
) -> Result<(), Status> {
    let path = path(world, resource, namespace, name);
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    written
        .and_then(|()| std::fs::write(path, format!("{object:#}\n")))
        .map_err(|error| Status::internal(error.to_string()))
}

/// Creates an object.
pub(crate) fn create(
    world: &World,
    resource: &Resource,
    namespace: &str,
    mut new: Value,
) -> Result<Value, Status> {
    let namespace = if resource.is_namespaced { namespace } else { "" };
    let name = text(&new, "/metadata/name").to_owned();
    if text(&new, "/kind") != resource.kind || text(&new, "/apiVersion") != resource.api_version() {
        return Err(Status::bad_request(format!(
            "the object provided is unrecognized: it is not a {} of {}",
            resource.kind,
            resource.api_version()
        )));
    }
    let other = text(&new, "/metadata/namespace");
    if resource.is_namespaced && !other.is_empty() && other != namespace {
        return Err(Status::bad_request(
            "the namespace of the provided object does not match the namespace sent on the request",
        ));
    }
    check(resource, &name, &new)?;
    if resource.is_namespaced {
        if !world.has("namespaces", namespace) {
            let namespaces = Resource::by_path("", "namespaces").unwrap_or(resource);
            return Err(Status::not_found(namespaces, namespace));
        }
        if namespace == NAMESPACE && world.going().is_some() {
            return Err(Status::terminating(resource, &name, namespace));
        }
    }
    if get(world, resource, namespace, &name).is_ok() {
        return Err(Status::already_exists(resource, &name));
    }
    merge(&mut new, &json!({ "metadata": metadata(resource, namespace, &name) }));
    write(world, resource, namespace, &name, &new)?;
    if let Some(file) = list_of(resource) {
        world.add(file, &listed(resource, namespace, &name)).map_err(internal)?;
    }
    get(world, resource, namespace, &name)
}

/// Changes an object by a merge patch.
pub(crate) fn patch(
    world: &World,
    resource: &Resource,
    namespace: &str,
    name: &str,
    patch: &Value,
) -> Result<Value, Status> {
    let mut object = get(world, resource, namespace, name)?;
    merge(&mut object, patch);
    check(resource, name, &object)?;
    let namespace = text(&object, "/metadata/namespace").to_owned();
    write(world, resource, &namespace, name, &object)?;
    Ok(object)
}

/// Deletes an object and returns what it was.
pub(crate) fn delete(
    world: &World,
    resource: &Resource,
    namespace: &str,
    name: &str,
) -> Result<Value, Status> {
    let namespace = if resource.is_namespaced { namespace } else { "" };
    let object = get(world, resource, namespace, name)?;
    if let Some(file) = list_of(resource) {
        world.drop(file, &listed(resource, namespace, name)).map_err(internal)?;
    }
    std::fs::remove_file(path(world, resource, namespace, name)).ok();
    Ok(object)
}

/// Whether a text is a DNS subdomain name, as the names of objects must be (RFC 1123).
fn is_subdomain(name: &str) -> bool {
    let is_edge = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.len() <= 253
        && name.split('.').all(|label| {
            let label = label.as_bytes();
            label.first().is_some_and(|c| is_edge(*c))
                && label.last().is_some_and(|c| is_edge(*c))
                && label.iter().all(|c| is_edge(*c) || *c == b'-')
        })
}

/// Refuses an object with a wrong value in a field that the outputs set.
fn check(resource: &Resource, name: &str, object: &Value) -> Result<(), Status> {
    let invalid = |field: &str, why: &str| Err(Status::invalid(resource, name, field, why));
    if !is_subdomain(name) {
        let why = format!(
            "Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
        );
        return invalid("metadata.name", &why);
    }
    match resource.plural {
        "pods" => {
            let containers = object.pointer("/spec/containers").and_then(Value::as_array);
            let Some(containers) = containers.filter(|containers| !containers.is_empty()) else {
                return invalid("spec.containers", "Required value");
            };
            for (at, container) in containers.iter().enumerate() {
                for field in ["name", "image"] {
                    if container[field].as_str().is_none_or(str::is_empty) {
                        return invalid(
                            &format!("spec.containers[{at}].{field}"),
                            "Required value",
                        );
                    }
                }
            }
            let policy = text(object, "/spec/restartPolicy");
            if !["", "Always", "OnFailure", "Never"].contains(&policy) {
                let why = format!("Unsupported value: \"{policy}\"");
                return invalid("spec.restartPolicy", &why);
            }
        }
        "secrets" => {
            let required: &[&str] = match text(object, "/type") {
                "kubernetes.io/tls" => &["tls.crt", "tls.key"],
                "kubernetes.io/dockerconfigjson" => &[".dockerconfigjson"],
                _ => &[],
            };
            for key in required {
                if object["data"][*key].as_str().is_none() {
                    return invalid(&format!("data[{key}]"), "Required value");
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The secret that `kubectl create secret` makes.
pub(crate) fn secret(name: &str, secret_type: &str, data: &[(String, Vec<u8>)]) -> Value {
    let data: Map<String, Value> =
        data.iter().map(|(key, bytes)| (key.clone(), base64(bytes).into())).collect();
    json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name }, "type": secret_type, "data": data })
}
