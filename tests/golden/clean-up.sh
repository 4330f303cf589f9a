#!/usr/bin/env bash
# Remove the connected registry
#
# Deactivates it, deletes the extension, and deletes it in the cloud, with its
# sync token and scope map.
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
# It can be run again: it removes what is still there.
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
  check 'The registry exists'
  registry_id=$(az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query id \
    --output tsv) || registry_id=''
  registry_id=${registry_id//$'\r'/}
  [[ -n $registry_id ]] ||
    stop 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it. Or your login has expired: az login'
  check 'Whether the cluster is connected to Azure Arc'
  connectivity=$(az connectedk8s show \
    --name "$cluster" \
    --resource-group "$resource_group" \
    --query connectivityStatus \
    --output tsv </dev/null 2>/dev/null) || connectivity=''
  connectivity=${connectivity//$'\r'/}
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
  check 'Which connected registries the registry has'
  connected_registries=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The connected registries could not be listed.'
  connected_registries=${connected_registries//$'\r'/}
  check 'Which connected registries are below it'
  children=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --parent "$connected_registry" \
    --query '[].name' \
    --output tsv </dev/null 2>/dev/null) || children=''
  children=${children//$'\r'/}
  check 'The connected registry extensions of the cluster'
  extensions=$(az k8s-extension list \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --query "[?extensionType=='microsoft.containerregistry.connectedregistry' || extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name" \
    --output tsv) ||
    stop 'The extensions of the cluster could not be listed. If the cluster is gone from Azure Arc, delete the connected registry in the cloud only, with the command below.' az acr connected-registry delete --registry "$registry" --resource-group "$resource_group" --name "$connected_registry" --cleanup --yes
  extensions=${extensions//$'\r'/}
  printf '%s\n' "$extensions"

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Registry '"$registry"' (resource group '"$resource_group"'), connected registry '"$connected_registry" 'Cluster '"$cluster"' (resource group '"$resource_group"'), extension '"$extension" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'
  if ! { ! listed "$connected_registry" "$connected_registries" && ! { listed "$extension" "$extensions" && [[ $connectivity == Connected ]]; }; }; then
    ask 'This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet, and probably the namespace connected-registry with every secret in it. Go on?'
  fi
  if [[ $children != '' ]]; then
    ask 'Below '"$connected_registry"' are other connected registries, which synchronize through it: '"$children"'. Go on?'
  fi
  if listed "$connected_registry" "$connected_registries" && ! listed "$extension" "$extensions" && [[ $extensions != '' ]]; then
    ask 'The cluster has no extension of this name, but others that are connected registries: they are listed above. If one of them is the deployment of this connected registry, it stays and is cut off. Delete the connected registry in the cloud all the same?'
  fi
  if listed "$connected_registry" "$connected_registries" && listed "$extension" "$extensions" && [[ $connectivity != Connected ]]; then
    ask 'The cluster does not seem to be connected to Azure Arc, so the extension cannot be removed from it and stays. Delete the connected registry in the cloud only?'
  fi

  # --- Changes ---
  begin 'Deactivate the connected registry'
  if listed "$connected_registry" "$connected_registries"; then
    az acr connected-registry deactivate \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --yes
  else
    printf '%s\n' 'There is no connected registry of this name; nothing to do.'
  fi

  begin 'Delete the extension'
  if listed "$extension" "$extensions" && [[ $connectivity == Connected ]]; then
    # Mind: The volume with the synchronized content and the certificates is
    # removed with it; what clients pushed and was not synchronized yet is lost.
    # The namespace connected-registry probably goes too, with every secret in it
    # (not tried). Whether a cert-manager that the extension installed goes as
    # well, which others may use, is not documented.
    az k8s-extension delete \
      --cluster-name "$cluster" \
      --cluster-type connectedClusters \
      --resource-group "$resource_group" \
      --name "$extension" \
      --yes
  else
    printf '%s\n' 'No extension is removed: there is none of this name, or the cluster is not connected. In that case run this again once it is.'
  fi

  begin 'Delete the connected registry'
  if listed "$connected_registry" "$connected_registries"; then
    # Mind: What stays: the images in the cloud registry, client tokens with their
    # scope maps, the data endpoint, pull secrets and pods, what the nodes trust,
    # and files on this machine.
    az acr connected-registry delete \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --cleanup \
      --yes
  else
    printf '%s\n' 'There is no connected registry of this name; nothing to do.'
  fi

  printf '\n%s\n' 'Done.'
)
main "$@"
