#!/usr/bin/env bash
# Remove the connected registry
#
# Deactivates it, deletes the extension, and deletes it in the cloud, with its
# sync token and scope map.
# Checked against the parser of azure-cli 2.91.0 and the source of
# k8s-extension 1.9.3 on 2026-11-21; never tried on a live subscription.
#
# Run it with bash 3.2 or newer, or paste it into one: nothing runs before the
# last line has arrived, and a failure ends the script, not your shell.
# It checks first, asks second, and changes last. It can be run again: it
# looks at what is there before it acts.
# With --yes it answers its own questions. Without a terminal and without
# --yes it only checks.

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
  check 'Its version is 2.75.0 or newer'
  azure_cli_version=$(az version --query "max(values(@)[?type(@) == 'string'])" --output tsv) || azure_cli_version=''
  azure_cli_version=${azure_cli_version//$'\r'/}
  at_least "$azure_cli_version" 2.75.0 ||
    stop 'The Azure CLI must be 2.75.0 or newer, the oldest for which these commands are known to do what they say. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
  check 'The CLI extension k8s-extension is installed, 1.0.0 or newer'
  k8s_extension_version=$(az extension list --query "[?name=='k8s-extension'].version" --output tsv) || k8s_extension_version=''
  k8s_extension_version=${k8s_extension_version//$'\r'/}
  at_least "$k8s_extension_version" 1.0.0 ||
    stop 'The CLI extension k8s-extension is missing or too old; it deploys extensions to Arc clusters.' az extension add --upgrade --yes --name k8s-extension
  check 'The CLI extension connectedk8s is installed, 1.2.0 or newer'
  connectedk8s_version=$(az extension list --query "[?name=='connectedk8s'].version" --output tsv) || connectedk8s_version=''
  connectedk8s_version=${connectedk8s_version//$'\r'/}
  at_least "$connectedk8s_version" 1.2.0 ||
    stop 'The CLI extension connectedk8s is missing or too old; it shows whether the cluster is connected.' az extension add --upgrade --yes --name connectedk8s
  check 'You are logged in, and the subscription is within reach'
  account=$(az account show --query id --output tsv) || account=''
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
    stop 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it.'
  check 'Its SKU is Premium'
  sku=$(az acr show \
    --name "$registry" \
    --resource-group "$resource_group" \
    --query sku.name \
    --output tsv) || sku=''
  sku=${sku//$'\r'/}
  [[ $sku == Premium ]] ||
    stop 'The SKU of the registry is not Premium, which connected registries need. Moving it to Premium costs more, so this script does not do it.' az acr update --name "$registry" --resource-group "$resource_group" --sku Premium
  check 'The cluster is connected to Azure Arc'
  connectivity=$(az connectedk8s show \
    --name "$cluster" \
    --resource-group "$resource_group" \
    --query connectivityStatus \
    --output tsv) || connectivity=''
  connectivity=${connectivity//$'\r'/}
  [[ $connectivity == Connected ]] ||
    stop 'The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster'
  check 'Which connected registries the registry has'
  connected_registries=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The connected registries could not be listed.'
  connected_registries=${connected_registries//$'\r'/}
  check 'Which extensions the cluster has'
  extensions=$(az k8s-extension list \
    --cluster-name "$cluster" \
    --cluster-type connectedClusters \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The extensions of the cluster could not be listed.'
  extensions=${extensions//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed.'
  if ! { ! listed "$connected_registry" "$connected_registries" && ! listed "$extension" "$extensions"; }; then
    ask 'This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet. Go on?'
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
  if listed "$extension" "$extensions"; then
    az k8s-extension delete \
      --cluster-name "$cluster" \
      --cluster-type connectedClusters \
      --resource-group "$resource_group" \
      --name "$extension" \
      --yes
  else
    printf '%s\n' 'There is no extension of this name; nothing to do.'
  fi

  begin 'Delete the connected registry'
  if listed "$connected_registry" "$connected_registries"; then
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
