#!/usr/bin/env bash
# Pull an image
#
# Makes a client token, lets it use the connected registry, and pulls: with a
# pod, and with crictl on a node.
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
  client_token='store17-tills'
  image='pos/checkout:2.4'
  image_repository='pos/checkout'
  service_ip='10.43.0.50'

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
  check 'kubectl is installed'
  command -v kubectl >/dev/null ||
    stop 'kubectl was not found; this scenario needs it. Install it: https://kubernetes.io/docs/tasks/tools/'
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
  check 'The connected registry exists'
  connected_registries=$(az acr connected-registry list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) || connected_registries=''
  connected_registries=${connected_registries//$'\r'/}
  listed "$connected_registry" "$connected_registries" ||
    stop 'The registry has no connected registry of this name. See them with: az acr connected-registry list'
  check 'Which tokens the registry has'
  tokens=$(az acr token list \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --query '[].name' \
    --output tsv) ||
    stop 'The tokens could not be listed.'
  tokens=${tokens//$'\r'/}
  check 'Which tokens the connected registry knows'
  linked_tokens=$(az acr connected-registry list-client-tokens \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" \
    --query '[].name' \
    --output tsv) ||
    stop 'The tokens could not be listed.'
  linked_tokens=${linked_tokens//$'\r'/}
  check 'Which secrets that namespace has'
  pull_secrets=$(kubectl get secrets --output name) ||
    stop 'kubectl could not ask the cluster.'
  pull_secrets=${pull_secrets//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed.'
  if ! listed secret/connected-registry-pull "$pull_secrets" && listed "$client_token" "$tokens"; then
    ask 'The client token existed before. Going on generates its password 1 anew: clients that use it are refused until they get the new one. Generate it?'
  fi

  # --- Changes ---
  begin 'Create a client token'
  if ! listed "$client_token" "$tokens"; then
    az acr token create \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$client_token" \
      --repository "$image_repository" content/read metadata/read \
      --no-passwords true
  else
    printf '%s\n' 'The token exists; it is not altered. Whether it may read this repository, its scope map says.'
  fi

  begin 'Let the token use the connected registry'
  if ! listed "$client_token" "$linked_tokens"; then
    az acr connected-registry update \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$connected_registry" \
      --add-client-tokens "$client_token"
  else
    printf '%s\n' 'The token is linked already.'
  fi

  begin 'See what is synchronized'
  az acr connected-registry permissions show \
    --registry "$registry" \
    --resource-group "$resource_group" \
    --name "$connected_registry" || :

  begin 'Create the pull secret'
  if ! listed secret/connected-registry-pull "$pull_secrets"; then
    client_password=$(az acr token credential generate \
      --registry "$registry" \
      --resource-group "$resource_group" \
      --name "$client_token" \
      --password1 \
      --query 'passwords[0].value' \
      --output tsv \
      --only-show-errors)
    client_password=${client_password//$'\r'/}
    case $client_password in
      *\ * | *\"* | *$'\n'*) stop 'az did not print a password; no secret was made.' ;;
      ?*) ;;
      *) stop 'az did not print a password; no secret was made.' ;;
    esac
    kubectl create secret docker-registry connected-registry-pull \
      --docker-server "$service_ip" \
      --docker-username "$client_token" \
      --docker-password "$client_password"
  else
    printf '%s\n' 'The pull secret exists; it is not altered.'
  fi

  begin 'Pull with a pod'
  rm -f -- 'connected-registry-pull.yaml'
  printf '%s\n' 'apiVersion: v1' 'kind: Pod' metadata: '  name: connected-registry-pull' spec: '  restartPolicy: Never' '  containers:' '    - name: pulled' '      image: "'"$service_ip"/"$image"'"' '  imagePullSecrets:' '    - name: connected-registry-pull' >>'connected-registry-pull.yaml'
  kubectl apply --filename connected-registry-pull.yaml
  rm -f -- 'connected-registry-pull.yaml'
  kubectl get pod connected-registry-pull || :

  # To be done on a node of the cluster: Pull with crictl
  # On a node of the cluster, to see whether the node itself can.
  #   crictl pull \
  #     --creds store17-tills:'<client password>' \
  #     10.43.0.50/pos/checkout:2.4

  printf '\n%s\n' 'Done.'
)
main "$@"
