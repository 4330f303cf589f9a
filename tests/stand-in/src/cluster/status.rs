//! The answers of an API server that says no.

use crate::cluster::resources::Resource;
use serde_json::{Value, json};

/// A failure, as the API describes it.
#[derive(Debug, PartialEq)]
pub(crate) struct Status {
    pub(crate) code: u16,
    reason: &'static str,
    pub(crate) message: String,
    details: Value,
}

impl Status {
    fn of(resource: &Resource, name: &str, code: u16, reason: &'static str, why: &str) -> Self {
        let mut details = json!({ "name": name, "kind": resource.plural });
        if !resource.group.is_empty() {
            details["group"] = json!(resource.group);
        }
        let message = format!("{} \"{name}\" {why}", resource.qualified());
        Self { code, reason, message, details }
    }

    pub(crate) fn not_found(resource: &Resource, name: &str) -> Self {
        Self::of(resource, name, 404, "NotFound", "not found")
    }

    pub(crate) fn already_exists(resource: &Resource, name: &str) -> Self {
        Self::of(resource, name, 409, "AlreadyExists", "already exists")
    }

    /// The refusal of anything new in a namespace that is being deleted.
    pub(crate) fn terminating(resource: &Resource, name: &str, namespace: &str) -> Self {
        let why = format!(
            "is forbidden: unable to create new content in namespace {namespace} because it is being terminated"
        );
        let mut status = Self::of(resource, name, 403, "Forbidden", &why);
        status.details["causes"] = json!([{
            "reason": "NamespaceTerminating",
            "message": format!("namespace {namespace} is being terminated"),
            "field": "metadata.namespace",
        }]);
        status
    }

    /// The refusal of a field with a wrong value.
    pub(crate) fn invalid(resource: &Resource, name: &str, field: &str, why: &str) -> Self {
        let mut status = Self::of(resource, name, 422, "Invalid", "");
        status.message = format!("{} \"{name}\" is invalid: {field}: {why}", resource.kind);
        status.details["kind"] = json!(resource.kind);
        status.details["causes"] = json!([{ "field": field, "message": why }]);
        status
    }

    /// The refusal of a resource that the server does not have.
    pub(crate) fn no_resource() -> Self {
        Self {
            code: 404,
            reason: "NotFound",
            message: "the server could not find the requested resource".to_owned(),
            details: json!({}),
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self { code: 400, reason: "BadRequest", message: message.into(), details: json!({}) }
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self {
            code: 405,
            reason: "MethodNotAllowed",
            message: "the server does not allow this method on the requested resource".to_owned(),
            details: json!({}),
        }
    }

    pub(crate) fn unsupported_media_type(content_type: &str) -> Self {
        Self {
            code: 415,
            reason: "UnsupportedMediaType",
            message: format!("the body of the request was in an unknown format: {content_type}"),
            details: json!({}),
        }
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self { code: 500, reason: "InternalError", message: message.into(), details: json!({}) }
    }

    pub(crate) fn document(&self) -> Value {
        json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": self.message, "reason": self.reason,
            "details": self.details, "code": self.code,
        })
    }

    /// The message as `kubectl` prints it.
    pub(crate) fn printed(&self) -> String {
        if self.reason == "Invalid" {
            return format!("The {}", self.message);
        }
        format!("Error from server ({}): {}", self.reason, self.message)
    }
}
