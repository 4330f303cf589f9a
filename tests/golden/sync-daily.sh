#!/usr/bin/env bash
# Synchronize on a schedule
#
# Changes when the connected registry connects to its parent. Times are UTC.
# You need, by the documentation of the roles, "Container Registry Contributor
# and Data Access Configuration Administrator" on the registry; or Owner or
# Contributor on its resource group. Where az says AuthorizationFailed, it is
# missing. A check shows the roles that az finds; others may serve as well, so
# the script goes on.
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
  registry='contosoretail'
  resource_group='rg-retail'
  connected_registry='store17'
  sync_schedule='0 0 * * *'
  sync_window='PT4H'
  message_ttl='P2D'

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
  check 'The connected registry exists'
  connected_registries=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) || connected_registries=''
  connected_registries=${connected_registries//$'\r'/}
  listed "$connected_registry" "$connected_registries" ||
    stop 'The registry has no connected registry of this name, or they could not be listed; then az said why above.' az acr connected-registry list --registry "$registry" --resource-group "$resource_group" --output table
  check 'When it synchronizes now'
  current_schedule=$(az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query parent.syncProperties.schedule \
    --output tsv) ||
    stop 'The connected registry could not be read.'
  current_schedule=${current_schedule//$'\r'/}
  check 'For how long'
  current_window=$(az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query parent.syncProperties.syncWindow \
    --output tsv) ||
    stop 'The connected registry could not be read.'
  current_window=${current_window//$'\r'/}
  check 'How long messages are kept'
  current_ttl=$(az acr connected-registry show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query parent.syncProperties.messageTtl \
    --output tsv) ||
    stop 'The connected registry could not be read.'
  current_ttl=${current_ttl//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Registry '"$registry"' (resource group '"$resource_group"'), connected registry '"$connected_registry" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'

  # --- Changes ---
  begin 'Synchronize on a schedule'
  if ! { [[ $current_schedule == "$sync_schedule" ]] && [[ $sync_window == PT4H ]] && [[ $current_window == 4:00:00 ]] && [[ $message_ttl == P2D ]] && [[ $current_ttl == '2 days, 0:00:00' ]]; }; then
    az acr connected-registry update \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --sync-schedule "$sync_schedule" \
      --sync-window "$sync_window" \
      --sync-message-ttl "$message_ttl"
  else
    printf '%s\n' 'That is so already; nothing to do.'
  fi

  printf '\n%s\n' 'Done.'
)
main "$@"
