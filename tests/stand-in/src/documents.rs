//! The documents of Azure, in the shapes in which `az` prints the models of its SDK.

use crate::world::World;
use serde_json::{Value, json};

/// The registry of the world, as a resource id.
const REGISTRY: &str = "/subscriptions/0/registries/contoso";
/// The subscription that is logged in to.
const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

/// `az version`.
pub(crate) fn version() -> Value {
    json!({ "azure-cli": "2.91.0", "azure-cli-core": "2.91.0", "azure-cli-telemetry": "1.1.0", "extensions": { "connectedk8s": "9.9.9", "k8s-extension": "9.9.9" } })
}

/// `az extension list`.
pub(crate) fn cli_extensions() -> Value {
    let extension = |name| json!({ "experimental": false, "extensionType": "whl", "name": name, "path": format!("/extensions/{name}"), "preview": false, "version": "9.9.9" });
    json!([extension("connectedk8s"), extension("k8s-extension")])
}

/// `az account show`.
pub(crate) fn account() -> Value {
    json!({
        "environmentName": "AzureCloud", "homeTenantId": SUBSCRIPTION, "id": SUBSCRIPTION, "isDefault": true, "managedByTenants": [], "name": "Edge",
        "state": "Enabled", "tenantId": SUBSCRIPTION, "user": { "name": "user@example.com", "type": "user" },
    })
}

/// `az provider show`.
pub(crate) fn provider(world: &World, namespace: &str) -> Value {
    let state = if world.has("registered", namespace) { "Registered" } else { "NotRegistered" };
    json!({ "id": format!("/subscriptions/{SUBSCRIPTION}/providers/{namespace}"), "namespace": namespace, "registrationPolicy": "RegistrationRequired", "registrationState": state, "resourceTypes": [] })
}

/// `az role assignment list`.
pub(crate) fn roles(scope: &str) -> Value {
    json!([{ "id": format!("{scope}/providers/Microsoft.Authorization/roleAssignments/1"), "roleDefinitionName": "Contributor", "scope": scope }])
}

/// `az connectedk8s show`.
pub(crate) fn cluster(name: &str, group: &str) -> Value {
    json!({ "agentVersion": "1.30.0", "connectivityStatus": "Connected", "name": name, "provisioningState": "Succeeded", "resourceGroup": group })
}

/// `az acr show`.
pub(crate) fn registry(world: &World, name: &str) -> Value {
    let endpoint = world.value("endpoint").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    json!({
        "adminUserEnabled": false, "dataEndpointEnabled": endpoint, "dataEndpointHostNames": [], "id": REGISTRY, "location": "eastus",
        "loginServer": format!("{name}.azurecr.io"), "name": name, "provisioningState": "Succeeded", "sku": { "name": "Premium", "tier": "Premium" },
        "type": "Microsoft.ContainerRegistry/registries",
    })
}

/// A token of the registry.
pub(crate) fn token(name: &str) -> Value {
    json!({
        "credentials": { "certificates": null, "passwords": [] }, "id": format!("{REGISTRY}/tokens/{name}"), "name": name, "provisioningState": "Succeeded",
        "scopeMapId": format!("{REGISTRY}/scopeMaps/{name}-scope-map"), "status": "enabled", "type": "Microsoft.ContainerRegistry/registries/tokens",
    })
}

/// What `az acr token credential generate` makes.
pub(crate) fn credentials(name: &str) -> Value {
    json!({ "passwords": [{ "creationTime": "2026-01-01T00:00:00+00:00", "expiry": null, "name": "password1", "value": "client-secret" }], "username": name })
}

/// A scope map, with what it permits.
pub(crate) fn scope_map(name: &str, repositories: &[String]) -> Value {
    let actions: Vec<String> = repositories
        .iter()
        .flat_map(|name| {
            ["content/read", "metadata/read"].map(|action| format!("repositories/{name}/{action}"))
        })
        .collect();
    json!({
        "actions": actions, "description": null, "id": format!("{REGISTRY}/scopeMaps/{name}"), "name": name, "provisioningState": "Succeeded",
        "type": "Microsoft.ContainerRegistry/registries/scopeMaps",
    })
}

/// A connected registry. When it synchronizes is a matter of its parent.
pub(crate) fn connected_registry(world: &World, name: &str) -> Value {
    let parent =
        world.has("children", name).then(|| format!("{REGISTRY}/connectedRegistries/parent"));
    let is_active = world.value("active").is_some();
    let tokens: Vec<String> =
        world.lines("linked").iter().map(|token| format!("{REGISTRY}/tokens/{token}")).collect();
    json!({
        "activation": { "status": if is_active { "Active" } else { "Inactive" } },
        "clientTokenIds": tokens,
        "connectionState": if is_active { "Online" } else { "Offline" },
        "garbageCollection": { "enabled": true, "schedule": "0 0 * * *" },
        "id": format!("{REGISTRY}/connectedRegistries/{name}"),
        "identity": null,
        "lastActivityTime": null,
        "logging": { "auditLogStatus": "Disabled", "logLevel": world.value("log-level").unwrap_or_else(|| "Information".to_owned()) },
        "loginServer": null,
        "mode": world.value("mode"),
        "name": name,
        "notificationsList": [],
        "parent": {
            "id": parent,
            "syncProperties": {
                "authType": "SyncToken",
                "gatewayEndpoint": "contoso.eastus.data.azurecr.io",
                "lastSyncTime": null,
                "messageTtl": duration(&world.value("ttl").unwrap_or_else(|| "P2D".to_owned())),
                "schedule": world.value("schedule"),
                "syncWindow": world.value("window").map(|window| duration(&window)),
                "tokenId": format!("{REGISTRY}/tokens/{name}"),
            },
        },
        "provisioningState": "Succeeded",
        "registrySyncResult": null,
        "resourceGroup": "rg",
        "statusDetails": [],
        "systemData": null,
        "type": "Microsoft.ContainerRegistry/registries/connectedRegistries",
        "version": null,
    })
}

/// What `az acr connected-registry get-settings` prints.
pub(crate) fn settings(name: &str, protocol: &str, is_generated: bool) -> Value {
    let password =
        if is_generated { "abc" } else { "<use --generate-password to update the value>" };
    let connection = format!(
        "ConnectedRegistryName={name};SyncTokenName={name};SyncTokenPassword={password};\
         ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol={protocol}"
    );
    json!({
        "ACR_REGISTRY_CERTIFICATE_VOLUME": "/var/acr/certs", "ACR_REGISTRY_CONNECTION_STRING": connection, "ACR_REGISTRY_DATA_VOLUME": "/var/acr/data",
        "ACR_REGISTRY_LOGIN_SERVER": "<Optional: connected registry login server. More info at https://aka.ms/acr/connected-registry>",
    })
}

/// An extension of the cluster.
pub(crate) fn extension(world: &World, name: &str) -> Value {
    let kind = if world.has("foreign", name) {
        "microsoft.flux"
    } else {
        "microsoft.containerregistry.connectedregistry"
    };
    let auto_upgrade =
        world.value("auto-upgrade").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    json!({
        "aksAssignedIdentity": null, "autoUpgradeMinorVersion": auto_upgrade, "configurationProtectedSettings": {},
        "configurationSettings": { "httpEnabled": "false" }, "currentVersion": world.value("version"), "customLocationSettings": null, "errorInfo": null,
        "extensionType": kind, "id": format!("/extensions/{name}"), "identity": null, "isSystemExtension": false, "name": name, "packageUri": null,
        "plan": null, "provisioningState": "Succeeded", "releaseTrain": world.value("train"),
        "scope": { "cluster": { "releaseNamespace": "connected-registry" }, "namespace": null }, "statuses": [], "systemData": null,
        "type": "Microsoft.KubernetesConfiguration/extensions", "version": if auto_upgrade { None } else { world.value("version") },
    })
}

/// A duration of ISO 8601 as `az` prints it: as Python's `timedelta`, `1 day, 2:00:00`. Other text
/// stays as it is.
pub(crate) fn duration(text: &str) -> String {
    let Some(seconds) = seconds(text) else { return text.to_owned() };
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    let clock = format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match days {
        0 => clock,
        1 => format!("1 day, {clock}"),
        days => format!("{days} days, {clock}"),
    }
}

/// How long a duration of ISO 8601 is; none of years and months, whose length differs.
fn seconds(text: &str) -> Option<u64> {
    let mut is_time = false;
    let mut number = String::new();
    let mut seconds = 0;
    for character in text.strip_prefix('P')?.chars() {
        if character.is_ascii_digit() {
            number.push(character);
            continue;
        }
        let unit = match (is_time, character) {
            (false, 'T') if number.is_empty() => {
                is_time = true;
                continue;
            }
            (false, 'W') => 604_800,
            (false, 'D') => 86_400,
            (true, 'H') => 3_600,
            (true, 'M') => 60,
            (true, 'S') => 1,
            _ => return None,
        };
        seconds += std::mem::take(&mut number).parse::<u64>().ok()?.checked_mul(unit)?;
    }
    number.is_empty().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connected_registry_synchronizes_with_its_parent() {
        let world = World::new("/nowhere");
        let document = connected_registry(&world, "edge01");
        assert_eq!(document.get("syncProperties"), None);
        assert_eq!(document["parent"]["syncProperties"]["messageTtl"], "2 days, 0:00:00");
        assert_eq!(document["parent"]["syncProperties"]["syncWindow"], Value::Null);
        assert_eq!(document["activation"]["status"], "Inactive");
        assert_eq!(document["logging"]["logLevel"], "Information");
    }

    #[test]
    fn durations_are_those_of_python() {
        for (text, printed) in [
            ("PT3H", "3:00:00"),
            ("PT30M", "0:30:00"),
            ("P1D", "1 day, 0:00:00"),
            ("PT26H1M5S", "1 day, 2:01:05"),
            ("P2D", "2 days, 0:00:00"),
            ("P1Y", "P1Y"),
        ] {
            assert_eq!(duration(text), printed);
        }
    }
}
