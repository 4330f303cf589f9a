#!/usr/bin/env bash
# Roll back to a version
#
# Changes how the extension is kept up to date, and nothing else of its
# configuration.
# You need, by the documentation of the roles, "Kubernetes Extension
# Contributor" on the cluster; or Owner or Contributor on its resource group.
# Where az says AuthorizationFailed, it is missing. A check shows the roles
# that az finds; others may serve as well, so the script goes on.
# Checked against the parser of azure-cli 2.91.0 and the sources of
# k8s-extension 1.6.1 and 1.9.3 on 2026-11-21; the other tools by their
# documentation. Never tried on a live subscription.
#
# Run it with bash 3.2 or newer, or paste it into one: nothing runs before the
# last line has arrived, and a failure ends the script, not your shell.
# It can be run again: what is so already is left alone.
# It checks first, asks second, and changes last. With --yes it answers its
# own questions. Without a terminal and without --yes it only checks.

main() (
  set -euo pipefail
  # Azure does not tell names apart by upper and lower case.
  shopt -s nocasematch

  # Names
  resource_group='rg-plants'
  extension_version='0.6.1'
  release_train='stable'
  cluster='line3-arc'
  extension='line3-registry'

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
  check 'Its version is 2.51.0 or newer'
  azure_cli_version=$(az version --query "max(values(@)[?type(@) == 'string'])" --output tsv) || azure_cli_version=''
  azure_cli_version=${azure_cli_version//$'\r'/}
  at_least "$azure_cli_version" 2.51.0 ||
    stop 'The Azure CLI must be 2.51.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
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
  check 'Your roles on the cluster (needed: Kubernetes Extension Contributor, or Contributor, or Owner)'
  MSYS2_ARG_CONV_EXCL=/subscriptions/ az role assignment list \
    --assignee "$signed_in" \
    --scope /subscriptions/"$subscription_id"/resourceGroups/"$resource_group"/providers/Microsoft.Kubernetes/connectedClusters/"$cluster" \
    --include-inherited \
    --include-groups \
    --fill-principal-name false \
    --query '[].roleDefinitionName' \
    --output tsv </dev/null || :
  check 'The extension exists'
  extensions=$(az k8s-extension list \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --query "[?extensionType=='microsoft.containerregistry.connectedregistry' || extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name" \
    --output tsv) || extensions=''
  extensions=${extensions//$'\r'/}
  listed "$extension" "$extensions" ||
    stop 'The cluster has no connected registry extension of this name, or they could not be listed; then az said why above.' az k8s-extension list --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --output table
  check 'Whether it is upgraded automatically'
  auto_upgrade=$(az k8s-extension show \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --name "$extension" \
    --query autoUpgradeMinorVersion \
    --output tsv) ||
    stop 'The extension could not be read.'
  auto_upgrade=${auto_upgrade//$'\r'/}
  check 'Its version'
  installed_version=$(az k8s-extension show \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --name "$extension" \
    --query currentVersion \
    --output tsv) ||
    stop 'The extension could not be read.'
  installed_version=${installed_version//$'\r'/}
  check 'The versions that exist'
  az k8s-extension extension-types list-versions-by-cluster \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \
    --release-train "$release_train" \
    --output table </dev/null || :
  check 'Its release train'
  current_train=$(az k8s-extension show \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --name "$extension" \
    --query releaseTrain \
    --output tsv) ||
    stop 'The extension could not be read.'
  current_train=${current_train//$'\r'/}
  check 'Whether kubectl points at this cluster (to look inside; nothing depends on it)'
  kubectl_cluster=$(kubectl get configmap azure-clusterconfig \
    --namespace azure-arc \
    --request-timeout 10s \
    --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}' </dev/null 2>/dev/null) || kubectl_cluster=''
  kubectl_cluster=${kubectl_cluster//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Cluster '"$cluster"' (resource group '"$resource_group"'), extension '"$extension" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'
  if ! { [[ $auto_upgrade == false ]] && [[ $installed_version == "$extension_version" ]] && [[ $current_train == "$release_train" ]]; }; then
    ask "$extension"' on '"$cluster"' is at version '"$installed_version"'. The connected registry may restart, and what a step back may break is not documented. Bring it to '"$extension_version"', which must be in the list above?'
  fi

  # --- Changes ---
  begin 'Roll back to a version'
  if ! { [[ $auto_upgrade == false ]] && [[ $installed_version == "$extension_version" ]] && [[ $current_train == "$release_train" ]]; }; then
    az k8s-extension update \
      --cluster-name "$cluster" \
      --cluster-type connectedClusters \
      --resource-group "$resource_group" \
      --name "$extension" \
      --auto-upgrade-minor-version false \
      --version "$extension_version" \
      --release-train "$release_train" \
      --yes
  else
    printf '%s\n' 'That is so already; nothing to do.'
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
    stop "The extension's provisioning state is not Succeeded. If it is Creating or Updating, wait, and look again with the command below. If it is Failed, that command says why; bring it back to the version before, with the task Upgrade. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc" az k8s-extension show --cluster-name "$cluster" --cluster-type connectedClusters --resource-group "$resource_group" --name "$extension"
  step='Verify the deployment'
  if [[ $kubectl_cluster == "$resource_group"/"$cluster" ]]; then
    kubectl get pods --namespace connected-registry </dev/null || :
  fi

  printf '\n%s\n' 'Done.'
)
main "$@"
