#!/usr/bin/env bash
# Pull an image
#
# Makes a client token, lets it use the connected registry, and pulls: with a
# pod, and with crictl on a node.
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
# It can be run again: token, link and pull secret are left alone, the pod is
# made anew and pulls again.
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
    stop 'The Azure CLI must be 2.75.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
  check 'kubectl is installed'
  command -v kubectl >/dev/null ||
    stop 'kubectl was not found; this scenario needs it. Install it: https://kubernetes.io/docs/tasks/tools/'
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
  check 'What kubectl points at'
  current_context=$(kubectl config current-context) || current_context=''
  current_context=${current_context//$'\r'/}
  [[ -n $current_context ]] ||
    stop 'kubectl has no current context. Choose one with kubectl config use-context, or give it in the configurator.'
  check 'Which secrets that namespace has'
  pull_secrets=$(kubectl get secrets --output name) ||
    stop 'kubectl could not ask the cluster.'
  pull_secrets=${pull_secrets//$'\r'/}

  # --- Questions: still nothing is changed ---
  step='the questions'
  printf '%s\n' '' 'Registry '"$registry"' (resource group '"$resource_group"'), connected registry '"$connected_registry" 'Subscription '"$account"
  [ "$yes" = yes ] || [ -t 0 ] || stop 'the checks passed. To go on, run this in a terminal, or with --yes. Nothing was changed, which is why the exit status is 1.'
  ask "The pull secret and the pod are made where kubectl's context ""$current_context"' points, in its current namespace. Is that the cluster of '"$connected_registry"'?'
  if ! listed secret/connected-registry-pull "$pull_secrets" && listed "$client_token" "$tokens"; then
    ask 'The client token '"$client_token"' of '"$registry"' existed before. Going on generates its password 1 anew: clients that use it are refused until they get the new one. Generate it?'
  fi
  if ! { ! listed secret/connected-registry-pull "$pull_secrets"; }; then
    ask 'The secret connected-registry-pull exists and is kept, whatever token and address are in it (to have it made anew, say no and delete it). Go on?'
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
    printf '%s\n' 'The token exists; it is not altered. Whether it may read this repository stands in its scope map.'
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
    --name "$connected_registry" </dev/null || :

  begin 'Create the pull secret'
  if ! listed secret/connected-registry-pull "$pull_secrets"; then
    # Mind: It generates password 1 of the client token, and hands it to kubectl
    # as an argument: for that moment other users of this machine can see it.
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
  # Mind: A token that was just made or linked is unknown to the deployment
  # until it next synchronizes: the pull is unauthorized until then. Run this
  # again then.
  kubectl delete pod connected-registry-pull --ignore-not-found
  rm -f -- 'connected-registry-pull.yaml'
  printf '%s\n' 'apiVersion: v1' 'kind: Pod' metadata: '  name: connected-registry-pull' spec: '  restartPolicy: Never' '  containers:' '    - name: pulled' '      image: "'"$service_ip"/"$image"'"' '  imagePullSecrets:' '    - name: connected-registry-pull' >|'connected-registry-pull.yaml'
  kubectl apply --filename connected-registry-pull.yaml
  rm -f -- 'connected-registry-pull.yaml'
  kubectl wait pod/connected-registry-pull \
    --for 'jsonpath={.status.phase}=Succeeded' \
    --timeout 2m </dev/null || :
  kubectl describe pod connected-registry-pull </dev/null || :

  # To be done on a node of the cluster: Pull with crictl
  # On a node of the cluster, to see whether the node itself can.
  # The 2024 quickstart gives no image; crictl needs ADDRESS/REPOSITORY:TAG.
  # A password is shown only when it is generated: az acr token credential
  # generate with --password2 makes the second one, and leaves the first to the
  # pull secret.
  # Mind: The password stands in the arguments and in the shell's history of the
  # node.
  #   crictl pull \
  #     --creds store17-tills:'<client password>' \
  #     10.43.0.50/pos/checkout:2.4

  printf '\n%s\n' 'Done.'
)
main "$@"
