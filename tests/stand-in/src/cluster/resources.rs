//! The resources that the server has, and the columns in which they are printed.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// How long ago everything happened, as the server prints it.
const AGE: &str = "5m";

/// A column of a table.
pub(crate) struct Column {
    pub(crate) title: &'static str,
    /// Whether it is shown with `--output wide` only.
    pub(crate) is_wide: bool,
    pub(crate) cell: fn(&Value) -> String,
}

const fn column(title: &'static str, cell: fn(&Value) -> String) -> Column {
    Column { title, is_wide: false, cell }
}

const fn wide(title: &'static str, cell: fn(&Value) -> String) -> Column {
    Column { title, is_wide: true, cell }
}

/// A resource of the API.
pub(crate) struct Resource {
    /// The API group; empty for the core group.
    pub(crate) group: &'static str,
    pub(crate) plural: &'static str,
    pub(crate) singular: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) short: &'static str,
    pub(crate) is_namespaced: bool,
    columns: &'static [Column],
}

/// Every group has one version here.
pub(crate) const VERSION: &str = "v1";

/// A text of an object, by its JSON pointer.
pub(crate) fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A text of an object, or what is printed in place of one.
fn text_or(object: &Value, pointer: &str, otherwise: &str) -> String {
    let text = text(object, pointer);
    if text.is_empty() { otherwise } else { text }.to_owned()
}

fn name(object: &Value) -> String {
    text(object, "/metadata/name").to_owned()
}

fn age(_: &Value) -> String {
    AGE.to_owned()
}

fn count(object: &Value, pointer: &str) -> String {
    let entries = object.pointer(pointer);
    entries.and_then(Value::as_object).map_or(0, serde_json::Map::len).to_string()
}

/// What a pod does, in a word.
fn pod_status(pod: &Value) -> String {
    let state = pod.pointer("/status/containerStatuses/0/state");
    let reason = state.and_then(|state| {
        let reason = |of: &str| state.pointer(of).and_then(Value::as_str).map(str::to_owned);
        reason("/waiting/reason").or_else(|| reason("/terminated/reason"))
    });
    reason.unwrap_or_else(|| text(pod, "/status/phase").to_owned())
}

fn ports(service: &Value) -> String {
    let ports = service.pointer("/spec/ports").and_then(Value::as_array);
    let port = |port: &Value| format!("{}/{}", port["port"], text(port, "/protocol"));
    ports.into_iter().flatten().map(port).collect::<Vec<_>>().join(",")
}

/// The resources, in the order in which discovery lists them.
pub(crate) const RESOURCES: &[Resource] = &[
    Resource {
        group: "",
        plural: "namespaces",
        singular: "namespace",
        kind: "Namespace",
        short: "ns",
        is_namespaced: false,
        columns: &[
            column("Name", name),
            column("Status", |object| text(object, "/status/phase").to_owned()),
            column("Age", age),
        ],
    },
    Resource {
        group: "",
        plural: "configmaps",
        singular: "configmap",
        kind: "ConfigMap",
        short: "cm",
        is_namespaced: true,
        columns: &[
            column("Name", name),
            column("Data", |object| count(object, "/data")),
            column("Age", age),
        ],
    },
    Resource {
        group: "",
        plural: "events",
        singular: "event",
        kind: "Event",
        short: "ev",
        is_namespaced: true,
        columns: &[
            column("Last Seen", age),
            column("Type", |object| text(object, "/type").to_owned()),
            column("Reason", |object| text(object, "/reason").to_owned()),
            column("Object", |object| {
                let kind = text(object, "/involvedObject/kind").to_lowercase();
                format!("{kind}/{}", text(object, "/involvedObject/name"))
            }),
            column("Message", |object| text(object, "/message").to_owned()),
        ],
    },
    Resource {
        group: "",
        plural: "nodes",
        singular: "node",
        kind: "Node",
        short: "no",
        is_namespaced: false,
        columns: &[
            column("Name", name),
            column("Status", |_| "Ready".to_owned()),
            column("Roles", |_| "<none>".to_owned()),
            column("Age", age),
            column("Version", |object| text(object, "/status/nodeInfo/kubeletVersion").to_owned()),
        ],
    },
    Resource {
        group: "",
        plural: "persistentvolumeclaims",
        singular: "persistentvolumeclaim",
        kind: "PersistentVolumeClaim",
        short: "pvc",
        is_namespaced: true,
        columns: &[
            column("Name", name),
            column("Status", |object| text(object, "/status/phase").to_owned()),
            column("Volume", |object| text(object, "/spec/volumeName").to_owned()),
            column("Capacity", |object| text(object, "/status/capacity/storage").to_owned()),
            column("Access Modes", |_| "RWO".to_owned()),
            column("StorageClass", |object| text(object, "/spec/storageClassName").to_owned()),
            column("VolumeAttributesClass", |_| "<unset>".to_owned()),
            column("Age", age),
        ],
    },
    Resource {
        group: "",
        plural: "pods",
        singular: "pod",
        kind: "Pod",
        short: "po",
        is_namespaced: true,
        columns: &[
            column("Name", name),
            column("Ready", |object| {
                let is_ready = object.pointer("/status/containerStatuses/0/ready");
                format!("{}/1", u8::from(is_ready == Some(&Value::Bool(true))))
            }),
            column("Status", pod_status),
            column("Restarts", |_| "0".to_owned()),
            column("Age", age),
            wide("IP", |object| text_or(object, "/status/podIP", "<none>")),
            wide("Node", |object| text_or(object, "/spec/nodeName", "<none>")),
            wide("Nominated Node", |_| "<none>".to_owned()),
            wide("Readiness Gates", |_| "<none>".to_owned()),
        ],
    },
    Resource {
        group: "",
        plural: "secrets",
        singular: "secret",
        kind: "Secret",
        short: "",
        is_namespaced: true,
        columns: &[
            column("Name", name),
            column("Type", |object| text(object, "/type").to_owned()),
            column("Data", |object| count(object, "/data")),
            column("Age", age),
        ],
    },
    Resource {
        group: "",
        plural: "services",
        singular: "service",
        kind: "Service",
        short: "svc",
        is_namespaced: true,
        columns: &[
            column("Name", name),
            column("Type", |object| text(object, "/spec/type").to_owned()),
            column("Cluster-IP", |object| text(object, "/spec/clusterIP").to_owned()),
            column("External-IP", |_| "<none>".to_owned()),
            column("Port(s)", ports),
            column("Age", age),
        ],
    },
    Resource {
        group: "apiextensions.k8s.io",
        plural: "customresourcedefinitions",
        singular: "customresourcedefinition",
        kind: "CustomResourceDefinition",
        short: "crd",
        is_namespaced: false,
        columns: &[
            column("Name", name),
            column("Created At", |object| text(object, "/metadata/creationTimestamp").to_owned()),
        ],
    },
    Resource {
        group: "storage.k8s.io",
        plural: "storageclasses",
        singular: "storageclass",
        kind: "StorageClass",
        short: "sc",
        is_namespaced: false,
        columns: &[
            column("Name", |object| format!("{} (default)", name(object))),
            column("Provisioner", |object| text(object, "/provisioner").to_owned()),
            column("ReclaimPolicy", |_| "Delete".to_owned()),
            column("VolumeBindingMode", |_| "WaitForFirstConsumer".to_owned()),
            column("AllowVolumeExpansion", |_| "false".to_owned()),
            column("Age", age),
        ],
    },
];

impl Resource {
    /// Finds a resource by the name in its path.
    pub(crate) fn by_path(group: &str, plural: &str) -> Option<&'static Self> {
        RESOURCES.iter().find(|resource| resource.group == group && resource.plural == plural)
    }

    /// Finds a resource by any of the names that `kubectl` takes.
    pub(crate) fn by_word(word: &str) -> Option<&'static Self> {
        RESOURCES.iter().find(|resource| {
            [resource.plural, resource.singular, resource.short].contains(&word) && !word.is_empty()
        })
    }

    /// `v1`, or `GROUP/v1`.
    pub(crate) fn api_version(&self) -> String {
        api_version(self.group)
    }

    /// The plural, with the group where there is one.
    pub(crate) fn qualified(&self) -> String {
        self.with_group(self.plural)
    }

    /// A name of the resource, with the group where there is one.
    pub(crate) fn with_group(&self, word: &str) -> String {
        if self.group.is_empty() { word.to_owned() } else { format!("{word}.{}", self.group) }
    }

    /// The columns that are shown.
    pub(crate) fn columns(&self, with_wide: bool) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(move |column| with_wide || !column.is_wide)
    }

    /// The table of objects, as the server makes it for `kubectl get`.
    pub(crate) fn table(&self, objects: &[Value], with_objects: bool) -> Value {
        let definitions: Vec<Value> = self
            .columns(true)
            .map(|column| {
                let format = if column.title == "Name" { "name" } else { "" };
                json!({
                    "name": column.title, "type": "string", "format": format, "description": "", "priority": u8::from(column.is_wide),
                })
            })
            .collect();
        let rows: Vec<Value> = objects
            .iter()
            .map(|object| {
                let cells: Vec<String> =
                    self.columns(true).map(|column| (column.cell)(object)).collect();
                let partial = || {
                    json!({ "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"] })
                };
                let object = if with_objects { object.clone() } else { partial() };
                json!({ "cells": cells, "object": object })
            })
            .collect();
        json!({
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": { "resourceVersion": "1" }, "columnDefinitions": definitions, "rows": rows,
        })
    }
}

/// The version of a group, as objects name it.
pub(crate) fn api_version(group: &str) -> String {
    if group.is_empty() { VERSION.to_owned() } else { format!("{group}/{VERSION}") }
}

/// Base64, as the API writes bytes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
