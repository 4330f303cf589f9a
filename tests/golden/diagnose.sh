#!/usr/bin/env bash
# Find out what is wrong
#
# Shows one place after the other, and what to do about what it shows.
# You need, by the documentation of the roles: on the registry "Container
# Registry Contributor and Data Access Configuration Administrator", on the
# cluster "Kubernetes Extension Contributor"; or Owner or Contributor on both
# resource groups. Where az says AuthorizationFailed, one of them is missing.
# The checks show the roles that az finds; other roles may serve as well, so
# the script goes on.
# Checked against the parser of azure-cli 2.91.0 and the sources of
# k8s-extension 1.6.1 and 1.9.3 on 2026-11-21; the other tools by their
# documentation. Never tried on a live subscription.
#
# Run it with bash 3.2 or newer, or paste it into one: nothing runs before the
# last line has arrived, and a failure ends the script, not your shell.
# It changes nothing but the log level.
# It checks first, asks second, and changes last. With --yes it answers its
# own questions. Without a terminal and without --yes it only checks.

main() (
  set -euo pipefail
  # Azure does not tell names apart by upper and lower case.
  shopt -s nocasematch

  # Names
  registry='contosoretail'
  resource_group='rg-retail'
  connected_registry='store17'
  cluster='store17-arc'
  extension='store17'

  step=''
  told=no
  private=''
  begin() {
    step=$1
    printf '\n== %s\n' "$1"
  }
  check() {
    step=$1
    printf -- '- %s\n' "$1"
  }
  stop() {
    printf '\nStopped at: %s\nReason: %s\n' "$step" "$1" >&2
    told=yes
    shift
    if [ $# -gt 0 ]; then
      printf 'Try:\n ' >&2
      printf ' %q' "$@" >&2
      printf '\n' >&2
    fi
    exit 1
  }
  finish() {
    local status=$?
    if [ -n "$private" ]; then
      rm -f -- "$private" || :
    fi
    if [ "$status" -ne 0 ] && [ "$told" = no ]; then
      printf '\nStopped at: %s (%s)\n' "$step" "$status" >&2
    fi
  }
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ask() {
    local answer
    if [ "$yes" = yes ]; then
      printf '%s yes (--yes)\n' "$1"
      return 0
    fi
    printf '%s [y/N] ' "$1"
    read -r answer || answer=''
    case $answer in
      y | yes) ;;
      *) stop 'you did not say yes. Nothing was changed.' ;;
    esac
  }
  tell() {
    printf '\n* %s\n' "$1"
    shift
    if [ $# -gt 0 ]; then
      printf ' '
      printf ' %q' "$@"
      printf '\n'
    fi
  }

  step='the start'
  yes=no
  for argument in "$@"; do
    case $argument in
      -y | --yes) yes=yes ;;
      *) stop "the only argument is --yes, not $argument" ;;
    esac
  done

  # --- Checks: nothing is changed ---
  check 'The Azure CLI is installed'
  command -v az >/dev/null ||
    stop 'The Azure CLI (az) was not found. Install it: https://learn.microsoft.com/cli/azure/install-azure-cli'
  check 'You are logged in and can use the subscription'
  account=$(az account show --query "join(' ', [name, id])" --output tsv </dev/null 2>/dev/null) || account=''
  account=${account//$'\r'/}
  check 'Whether kubectl points at this cluster'
  kubectl_cluster=$(kubectl get configmap azure-clusterconfig \
    --namespace azure-arc \
    --request-timeout 10s \
    --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}' </dev/null 2>/dev/null) || kubectl_cluster=''
  kubectl_cluster=${kubectl_cluster//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Registry '"$registry"' (resource group '"$resource_group"'), connected registry '"$connected_registry" 'Cluster '"$cluster"' (resource group '"$resource_group"'), extension '"$extension" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'
  ask 'This sets the log level of '"$connected_registry"'. Go on?'

  # --- Changes ---
  begin 'The Azure CLI, the registry and the cluster'
  az version </dev/null || :
  az extension list --query '[].[name, version]' --output table </dev/null || :
  az account show --output table </dev/null || :
  az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query '{sku: sku.name, dataEndpoint: dataEndpointEnabled}' \
    --output table </dev/null || :
  az connectedk8s show \
    --name "$cluster" \
    --resource-group "$resource_group" \
    --query '{connectivity: connectivityStatus, agents: agentVersion}' \
    --output table </dev/null || :
  az provider show \
    --namespace Microsoft.KubernetesConfiguration \
    --query registrationState \
    --output tsv </dev/null || :
  tell '"Please run az login", an expired login, or a subscription that is not found: log in again.' az login
  tell 'Sku is not Premium: connected registries need it. This moves the registry, and costs more:' az acr update --name "$registry" --resource-group "$resource_group" --sku Premium
  tell 'DataEndpoint is not true: creating a connected registry fails until it is on. Turning it on changes how every client of the registry fetches layers:' az acr update --name "$registry" --resource-group "$resource_group" --data-endpoint-enabled true
  tell 'Connectivity is not Connected, or the cluster is not found: its Arc agents do not run or cannot reach Azure, or it was never connected. A support page names agents older than 1.5.3 as too old. Look at the agents:' kubectl get pods --namespace azure-arc
  tell 'The last line is not Registered: Microsoft.KubernetesConfiguration is missing, and deployments fail without a message:' az provider register --namespace Microsoft.KubernetesConfiguration --wait
  tell 'AuthorizationFailed: by the documentation you need the role "Container Registry Contributor and Data Access Configuration Administrator" on the registry and "Kubernetes Extension Contributor" on the cluster, or Owner or Contributor on both resource groups.'

  begin 'The extension'
  az k8s-extension show \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --name "$extension" </dev/null || :
  tell '"can'\''t reuse a name that is still in use": an extension or Helm release of this name is there already. Choose another name, or delete that one; its volume goes with it. See them:' az k8s-extension list --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --output table
  tell '"unable to create new content in namespace connected-registry because it is being terminated": the last removal is still going on. Deploy again when this finds no such namespace:' kubectl get namespace connected-registry
  tell '"failed in download the Chart path not found": the version does not exist. Those that exist:' az k8s-extension extension-types list-versions-by-cluster --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --output table
  tell 'It fails without a message: Microsoft.KubernetesConfiguration is probably not registered, see above.'
  tell '422 Unprocessable Entity: the service IP is outside the service CIDR, or taken. The task "Redeploy" takes another one, and deletes the volume. Those that are taken:' kubectl get services --all-namespaces
  tell 'cert-manager "already exists": the cluster has one of its own. Use the task "Redeploy" with the certificate "cert-manager, your own"; it deletes the volume.'
  tell 'The CLI has a look of its own at extensions; not tried:' az k8s-extension troubleshoot --name "$extension" --namespace-list connected-registry

  begin 'The connected registry in the cloud'
  az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --output table </dev/null || :
  az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query statusDetails </dev/null || :
  az acr connected-registry permissions show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" </dev/null || :
  az acr connected-registry list-client-tokens \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query '[].name' \
    --output tsv </dev/null || :
  tell 'CONNECTION STATE Offline, long after the deployment: the pod does not run, or a firewall is in between. With a schedule, look again inside the window. It needs port 443 to these:' az acr show-endpoints --name "$registry" --resource-group "$resource_group"
  tell '"manifest unknown" or image not found: the repository is not synchronized, or not yet. This adds it:' az acr connected-registry permissions update --registry "$registry" --resource-group "$resource_group" --name "$connected_registry" --add '<repositories to synchronize>'
  tell '"insufficient scopes" on a pull: the scope map of the client token lacks the repository. If it is the one made with the token:' az acr scope-map update --registry "$registry" --resource-group "$resource_group" --name '<client token>'-scope-map --add-repository '<repositories to synchronize>' content/read metadata/read
  tell 'A push is denied: this prints ReadOnly, which cannot be changed; or the scope map of the client token lacks content/write and metadata/write.' az acr connected-registry show --registry "$registry" --resource-group "$resource_group" --name "$connected_registry" --query mode --output tsv
  tell 'What SYNC STATE means exactly is not documented; others asked, too: issue 591 of Azure/acr.'
  tell '"Connected registry name must use only lowercase" on creating: a misleading message of old CLIs (2.35); update the Azure CLI.'
  tell 'The portal shows an error about the region: known as issue 711 of Azure/acr.'

  begin 'The pods'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get pods --namespace connected-registry --output wide </dev/null || :
    kubectl describe pods --namespace connected-registry </dev/null || :
    tell 'Pending, because of a persistent volume claim: see the storage below.'
    tell 'Pending or 0/1, with an empty TLS secret: no cert-manager is in the cluster. Install one, or use the task "Redeploy" with the certificate "cert-manager, installed", which deletes the volume. The secrets:' kubectl get secrets --namespace connected-registry
  else
    printf '%s\n' 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
  fi

  begin 'The events'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get events --namespace connected-registry --sort-by .lastTimestamp </dev/null || :
    tell 'FailedScheduling, FailedMount and Failed say in their message what is missing.'
  else
    printf '%s\n' 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
  fi

  begin 'The storage'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get persistentvolumeclaims --namespace connected-registry </dev/null || :
    kubectl get storageclasses </dev/null || :
    tell 'The claim stays Pending: there is no default class, or no room for its size. The task "Redeploy" takes another class and size, and deletes the volume. What the claim asks for:' kubectl get persistentvolumeclaims connected-registry-pvc --namespace connected-registry --output yaml
    tell 'Changing them in place, as the troubleshooting page has it; not verified, and Kubernetes may refuse to change a claim:' az k8s-extension update --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --name "$extension" --config pvc.storageClassName='<storage class>' --config pvc.storageRequest='<storage size>' --yes
  else
    printf '%s\n' 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
  fi

  begin 'The services and their addresses'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get services --all-namespaces </dev/null || :
    tell 'The service IP belongs to another service: use the task "Redeploy" with one that is free; it deletes the volume.'
  else
    printf '%s\n' 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
  fi

  begin 'The logs'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl logs \
      --namespace connected-registry \
      --selector pod-template-hash \
      --all-containers \
      --prefix \
      --tail 200 </dev/null || :
    tell '"No resources found": its pods have other labels. For one of those listed above:' kubectl logs --namespace connected-registry POD --all-containers
    tell 'UNAUTHORIZED Incorrect Password: the password was generated anew, or the connection string is damaged, for instance by a carriage return that az prints under Windows. The task "Rotate" gives the extension a new one.'
    tell 'ALREADY_ACTIVATED: the connected registry is tied to an earlier deployment. The task "Redeploy" deactivates it first, and deletes the volume.'
    tell '"server gave HTTP response to HTTPS client" on a node: plain HTTP needs an exception on each node; the last step of the scenario "HTTP" makes it.'
    tell "A nested registry does not trust its parent's certificate: the authority of the parent's certificate is unknown to it. Known as issue 620 of Azure/acr."
    tell '413 RequestEntityTooLarge on activation, with k3s: open at the time of writing, https://github.com/Azure/acr/issues/725'
  else
    printf '%s\n' 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
  fi

  begin 'Set the log level'
  az acr connected-registry update \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --log-level Debug
  tell 'Set it back when you are done:' az acr connected-registry update --registry "$registry" --resource-group "$resource_group" --name "$connected_registry" --log-level Information

  printf '\n%s\n' 'Done.'
)
main "$@"
