#!/usr/bin/env bash
# Deploy a connected registry
#
# Plain HTTP: nothing is encrypted. For development only. NOT VERIFIED on the
# Arc extension.
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
# It can be run again: what exists is left alone.
# It checks first, asks second, and changes last. With --yes it answers its
# own questions. Without a terminal and without --yes it only checks.

main() (
  set -euo pipefail
  # Azure does not tell names apart by upper and lower case.
  shopt -s nocasematch

  # Names
  registry='contosodev'
  resource_group='rg-dev'
  connected_registry='sandbox'
  repositories=('hello-world')
  service_ip='10.43.200.1'
  cluster='sandbox-arc'
  extension='sandbox'

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
  listed() {
    [[ $'\n'$2$'\n' == *$'\n'"$1"$'\n'* ]]
  }
  at_least() {
    local have=$1. oldest=$2. left right
    while [ -n "$oldest" ]; do
      left=${have%%.*}
      right=${oldest%%.*}
      have=${have#*.}
      oldest=${oldest#*.}
      left=${left%%[^0-9]*}
      if [ "${left:-0}" -gt "$right" ]; then
        return 0
      fi
      if [ "${left:-0}" -lt "$right" ]; then
        return 1
      fi
    done
  }
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
  check 'Its version is 2.75.0 or newer'
  azure_cli_version=$(az version --query "max(values(@)[?type(@) == 'string'])" --output tsv) || azure_cli_version=''
  azure_cli_version=${azure_cli_version//$'\r'/}
  at_least "$azure_cli_version" 2.75.0 ||
    stop 'The Azure CLI must be 2.75.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
  check 'The CLI extension k8s-extension is installed, 1.6.1 or newer'
  k8s_extension_version=$(az extension list --query "[?name=='k8s-extension'].version" --output tsv) || k8s_extension_version=''
  k8s_extension_version=${k8s_extension_version//$'\r'/}
  at_least "$k8s_extension_version" 1.6.1 ||
    stop 'The CLI extension k8s-extension is missing, or older than the oldest that these commands were tried with. Install or update it with the command below.' az extension add --upgrade --yes --name k8s-extension
  check 'The CLI extension connectedk8s is installed, 1.2.0 or newer'
  connectedk8s_version=$(az extension list --query "[?name=='connectedk8s'].version" --output tsv) || connectedk8s_version=''
  connectedk8s_version=${connectedk8s_version//$'\r'/}
  at_least "$connectedk8s_version" 1.2.0 ||
    stop 'The CLI extension connectedk8s is missing or too old. Install or update it with the command below.' az extension add --upgrade --yes --name connectedk8s
  check 'You are logged in and can use the subscription'
  account=$(az account show --query "join(' ', [name, id])" --output tsv) || account=''
  account=${account//$'\r'/}
  [[ -n $account ]] ||
    stop 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table' az login
  check 'The registry exists'
  registry_id=$(az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query id \
    --output tsv) || registry_id=''
  registry_id=${registry_id//$'\r'/}
  [[ -n $registry_id ]] ||
    stop 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it. Or your login has expired: az login'
  check 'Its SKU is Premium'
  sku=$(az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query sku.name \
    --output tsv) || sku=''
  sku=${sku//$'\r'/}
  [[ $sku == Premium ]] ||
    stop 'The SKU of the registry is not Premium, which connected registries need. The command below moves it to Premium, which costs more; so this script does not run it.' az acr update --name "$registry" --resource-group "$resource_group" --sku Premium
  check 'The cluster is connected to Azure Arc'
  connectivity=$(az connectedk8s show \
    --name "$cluster" \
    --resource-group "$resource_group" \
    --query connectivityStatus \
    --output tsv) || connectivity=''
  connectivity=${connectivity//$'\r'/}
  [[ $connectivity == Connected ]] ||
    stop 'The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster'
  check 'Who is signed in'
  signed_in=$(az account show --query user.name --output tsv) || signed_in=''
  signed_in=${signed_in//$'\r'/}
  [[ -n $signed_in ]] ||
    stop 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table'
  check 'The id of the subscription'
  subscription_id=$(az account show --query id --output tsv) || subscription_id=''
  subscription_id=${subscription_id//$'\r'/}
  [[ -n $subscription_id ]] ||
    stop 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table'
  check 'Your roles on the registry (needed: Container Registry Contributor and Data Access Configuration Administrator, or Contributor, or Owner)'
  MSYS2_ARG_CONV_EXCL=/subscriptions/ az role assignment list \
    --assignee "$signed_in" \
    --scope /subscriptions/"$subscription_id"/resourceGroups/"$resource_group"/providers/Microsoft.ContainerRegistry/registries/"$registry" \
    --include-inherited \
    --include-groups \
    --fill-principal-name false \
    --query '[].roleDefinitionName' \
    --output tsv </dev/null || :
  check 'Your roles on the cluster (needed: Kubernetes Extension Contributor, or Contributor, or Owner)'
  MSYS2_ARG_CONV_EXCL=/subscriptions/ az role assignment list \
    --assignee "$signed_in" \
    --scope /subscriptions/"$subscription_id"/resourceGroups/"$resource_group"/providers/Microsoft.Kubernetes/connectedClusters/"$cluster" \
    --include-inherited \
    --include-groups \
    --fill-principal-name false \
    --query '[].roleDefinitionName' \
    --output tsv </dev/null || :
  check 'Whether kubectl points at this cluster (to look inside; nothing depends on it)'
  kubectl_cluster=$(kubectl get configmap azure-clusterconfig \
    --namespace azure-arc \
    --request-timeout 10s \
    --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}' </dev/null 2>/dev/null) || kubectl_cluster=''
  kubectl_cluster=${kubectl_cluster//$'\r'/}
  check 'The state of the namespace connected-registry is not Terminating'
  namespace_phase=$(kubectl get namespace connected-registry \
    --ignore-not-found \
    --request-timeout 10s \
    --output 'jsonpath={.status.phase}' </dev/null 2>/dev/null) || namespace_phase=''
  namespace_phase=${namespace_phase//$'\r'/}
  ! { [[ $kubectl_cluster == "$resource_group"/"$cluster" ]] && [[ $namespace_phase == Terminating ]]; } ||
    stop 'The namespace connected-registry is being removed: an earlier deployment is not quite gone. Wait, then run this again.'
  check 'Registration state of Microsoft.Kubernetes'
  kubernetes=$(az provider show \
    --namespace Microsoft.Kubernetes \
    --query registrationState \
    --output tsv </dev/null 2>/dev/null) || kubernetes=''
  kubernetes=${kubernetes//$'\r'/}
  check 'Registration state of Microsoft.KubernetesConfiguration'
  kubernetes_configuration=$(az provider show \
    --namespace Microsoft.KubernetesConfiguration \
    --query registrationState \
    --output tsv </dev/null 2>/dev/null) || kubernetes_configuration=''
  kubernetes_configuration=${kubernetes_configuration//$'\r'/}
  check 'Registration state of Microsoft.ExtendedLocation'
  extended_location=$(az provider show \
    --namespace Microsoft.ExtendedLocation \
    --query registrationState \
    --output tsv </dev/null 2>/dev/null) || extended_location=''
  extended_location=${extended_location//$'\r'/}
  check 'Whether the data endpoint is on'
  data_endpoint=$(az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query dataEndpointEnabled \
    --output tsv) || data_endpoint=''
  data_endpoint=${data_endpoint//$'\r'/}
  [[ -n $data_endpoint ]] ||
    stop 'Azure did not say whether the data endpoint is on.'
  check 'Which connected registries the registry has'
  connected_registries=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The connected registries could not be listed.'
  connected_registries=${connected_registries//$'\r'/}
  check 'Which tokens the registry has'
  tokens=$(az acr token list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.'
  tokens=${tokens//$'\r'/}
  check 'Which scope maps the registry has'
  scope_maps=$(az acr scope-map list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.'
  scope_maps=${scope_maps//$'\r'/}
  check 'Which extensions the cluster has'
  extensions=$(az k8s-extension list \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The extensions of the cluster could not be listed.'
  extensions=${extensions//$'\r'/}
  check 'An extension of this name, if there is one, is a connected registry'
  connected_extensions=$(az k8s-extension list \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --query "[?extensionType=='microsoft.containerregistry.connectedregistry' || extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name" \
    --output tsv) ||
    stop 'The cluster has an extension of this name that is no connected registry, or its type could not be read. It is left alone: give the extension another name.'
  connected_extensions=${connected_extensions//$'\r'/}
  ! { listed "$extension" "$extensions" && ! listed "$extension" "$connected_extensions"; } ||
    stop 'The cluster has an extension of this name that is no connected registry, or its type could not be read. It is left alone: give the extension another name.'

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Registry '"$registry"' (resource group '"$resource_group"'), connected registry '"$connected_registry" 'Cluster '"$cluster"' (resource group '"$resource_group"'), extension '"$extension" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'
  if [[ $kubernetes_configuration == '' ]]; then
    ask 'Whether Microsoft.KubernetesConfiguration is registered could not be read. If it is not, the deployment fails without a message. Go on?'
  fi
  if [[ $data_endpoint != true ]]; then
    ask 'The dedicated data endpoint of '"$registry"' is off. Enabling it changes how every client of that registry fetches layers: firewalls must let them reach '"$registry"'.REGION.data.azurecr.io. Enable it?'
  fi
  if ! listed "$connected_registry" "$connected_registries" && listed "$extension" "$extensions"; then
    ask 'The cluster has an extension '"$extension"', but the registry has no connected registry '"$connected_registry"': the extension belongs to another one, is not altered, and will not use the new one. Create the connected registry all the same?'
  fi
  if ! listed "$connected_registry" "$connected_registries" && listed "$connected_registry" "$tokens"; then
    ask 'The registry has a token '"$connected_registry"', as the new connected registry is called. Creating it overwrites that token: who uses it may lose access. Go on?'
  fi
  if ! listed "$connected_registry" "$connected_registries" && listed "$connected_registry" "$scope_maps"; then
    ask 'The registry has a scope map '"$connected_registry"', as the new connected registry is called. Creating it overwrites that scope map, and the rights of the tokens that use it. Go on?'
  fi
  if ! listed "$extension" "$connected_extensions" && [[ $connected_extensions != '' ]]; then
    ask 'The cluster has a connected registry extension of another name, which stays. Both would use the namespace connected-registry; whether that works is not documented. Go on all the same?'
  fi
  if ! listed "$extension" "$extensions" && listed "$connected_registry" "$connected_registries"; then
    ask 'The connected registry exists already. Going on generates password 1 of its sync token anew: a deployment that uses this password is cut off until it gets the new connection string. If it was deployed before, here or elsewhere, the new deployment ends with ALREADY_ACTIVATED: answer no, and use the task Redeploy. Generate it?'
  fi
  if ! listed "$extension" "$extensions"; then
    ask 'Plain HTTP: images and passwords cross the network of '"$cluster"' unencrypted, and it is NOT VERIFIED on the Arc extension. For development only. Deploy '"$extension"' all the same?'
  fi

  # --- Changes ---
  begin 'Register the resource providers'
  if [[ $kubernetes != '' ]] && [[ $kubernetes != Registered ]]; then
    az provider register --namespace Microsoft.Kubernetes --wait
  fi
  if [[ $kubernetes_configuration != '' ]] && [[ $kubernetes_configuration != Registered ]]; then
    az provider register --namespace Microsoft.KubernetesConfiguration --wait
  fi
  if [[ $extended_location != '' ]] && [[ $extended_location != Registered ]]; then
    az provider register --namespace Microsoft.ExtendedLocation --wait
  fi

  begin 'Enable the dedicated data endpoint'
  if [[ $data_endpoint != true ]]; then
    # Mind: It changes how every client of that registry fetches layers: firewalls
    # must let them reach REGISTRY.REGION.data.azurecr.io on port 443.
    az acr update \
      --name "$registry" \
      --resource-group "$resource_group" \
      --data-endpoint-enabled true
  else
    printf '%s\n' 'The data endpoint is on already; nothing to do.'
  fi

  begin 'Create the connected registry'
  if ! listed "$connected_registry" "$connected_registries"; then
    # Mind: It also makes a sync token and a scope map of the same name, and
    # overwrites existing ones.
    az acr connected-registry create \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --repository "${repositories[@]}" \
      --mode ReadOnly \
      --yes
  else
    printf '%s\n' 'The connected registry exists; nothing chosen here is applied to it. Use the tasks Synchronize and Repositories.'
  fi

  begin 'Write the protected settings'
  if ! listed "$extension" "$extensions"; then
    # Mind: It generates password 1 of the sync token: a deployment that uses this
    # password is cut off until it gets the new connection string. On a first
    # deployment nobody uses it yet.
    # Mind: A file protected-settings-extension.json in the current folder is
    # replaced, and removed at the end.
    private='protected-settings-extension.json'
    rm -f -- "$private"
    (umask 077 && set -C && : >"$private") || exit 1
    connection_string=$(az acr connected-registry get-settings \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --parent-protocol https \
      --generate-password 1 \
      --query ACR_REGISTRY_CONNECTION_STRING \
      --output tsv \
      --yes)
    connection_string=${connection_string//$'\r'/}
    case $connection_string in
      *\"* | *\\* | *\<* | *$'\n'*) stop 'az did not print a connection string; no file was written.' ;;
      ConnectedRegistryName=*) ;;
      *) stop 'az did not print a connection string; no file was written.' ;;
    esac
    printf '%s\n' '{' '  "connectionString": "'"$connection_string"'"' '}' >>"$private"
  else
    printf '%s\n' 'The extension exists already: no password is generated, no file is written.'
  fi

  begin 'Deploy the extension'
  if ! listed "$extension" "$extensions"; then
    # Mind: Not secure: images and passwords cross the cluster's network
    # unencrypted, and anyone on it can alter them. For development only.
    # Mind: It claims 500 GiB of the cluster's default storage class, as the
    # documentation says; without such a class, or without room, the pod stays
    # Pending.
    az k8s-extension create \
      --cluster-name "$cluster" \
      --cluster-type connectedClusters \
      --resource-group "$resource_group" \
      --name "$extension" \
      --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \
      --config service.clusterIP="$service_ip" \
      --config httpEnabled=true \
      --config trustDistribution.enabled=false \
      --config cert-manager.enabled=false \
      --config cert-manager.install=false \
      --config-protected-file protected-settings-extension.json \
      --auto-upgrade-minor-version true
  else
    printf '%s\n' 'The extension exists; nothing chosen here is applied to it. Use the tasks Upgrade and Redeploy.'
  fi

  begin 'Remove the protected settings file'
  if ! listed "$extension" "$extensions"; then
    if [ -n "$private" ]; then
      rm -f -- "$private"
      private=''
    fi
  else
    printf '%s\n' 'None was written.'
  fi

  begin 'Verify the deployment'
  check 'The extension is installed'
  state=$(az k8s-extension show \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --name "$extension" \
    --query provisioningState \
    --output tsv) || state=''
  state=${state//$'\r'/}
  [[ $state == Succeeded ]] ||
    stop "The extension's provisioning state is not Succeeded. If it is Creating or Updating, wait, and look again with the command below. If it is Failed, that command says why; the task Diagnose helps. The task Redeploy deploys it anew, and deletes its volume. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc" az k8s-extension show --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --name "$extension"
  step='Verify the deployment'
  az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --output table
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get pods --namespace connected-registry </dev/null || :
  fi

  # To be done on a node of the cluster: Allow plain HTTP on each node
  # On every node; otherwise pulls fail with "server gave HTTP response to HTTPS
  # client". With containerd like this.
  # containerd must be told to look there: config_path =
  # "/etc/containerd/certs.d" in the registry part of its configuration; k3s and
  # others have a place of their own. This is from containerd's documentation
  # and was not tried with the connected registry.
  #   (
  #     set -euo pipefail
  #     rm -f -- connected-registry-hosts.toml
  #     printf '%s\n' 'server = "http://10.43.200.1:80"' '' '[host."http://10.43.200.1:80"]' '  capabilities = ["pull", "resolve"]' >|connected-registry-hosts.toml
  #     sudo mkdir -p /etc/containerd/certs.d/10.43.200.1:80
  #     sudo cp connected-registry-hosts.toml \
  #       /etc/containerd/certs.d/10.43.200.1:80/hosts.toml
  #     rm -f -- connected-registry-hosts.toml
  #   )

  printf '\n%s\n' 'Done. It may take some minutes until CONNECTION STATE says Online; with a schedule perhaps until the next window, the sources do not say.'
)
main "$@"
