#!/bin/bash
# Stands in for az and kubectl: notes how it was called, and answers as if the folder $WORLD were Azure.
#
# calls       every call: the number of its words, then the words, each ended by NUL
# count       how many calls there were
# failing     the number of the call that fails, or 0
# answers     lines of PATTERN, exit status and answer, between tabs: what to say instead of the truth. With `hangs` for the status the call
#             never ends; with `keeps` the answer is what is in kept/ANSWER
# kept/KEY    what `az answer KEY` prints, byte for byte; `az save FILE` copies a file to kept/saved
# crlf        where it exists, lines end as under Windows
# endpoint, registered, registries, extensions, cluster: the state of the cloud
program=${0##*/}
printf '%s\0' "$(($# + 1))" "$program" "$@" >>"$WORLD/calls"
read -r count <"$WORLD/count"
count=$((count + 1))
echo "$count" >"$WORLD/count"
read -r failing <"$WORLD/failing"
call="$program $* "

answer() {
  if [ -e "$WORLD/crlf" ]; then
    printf '%s\r\n' "$@"
  else
    printf '%s\n' "$@"
  fi
}

# Prints the lines of a file.
answer_lines() {
  local line
  while IFS= read -r line; do
    answer "$line"
  done <"$WORLD/$1"
}

# value OPTION WORDS...: what follows the option.
value() {
  local option=$1
  shift
  while [ $# -gt 1 ]; do
    if [ "$1" = "$option" ]; then
      printf '%s\n' "$2"
      return
    fi
    shift
  done
}

refuse() {
  echo "ERROR: $*" >&2
  exit 1
}

if [ "$count" = "$failing" ]; then
  refuse 'as the test wants it'
fi
while IFS=$'\t' read -r pattern status text; do
  # shellcheck disable=SC2053
  if [[ $call == $pattern ]]; then
    case $status in
      keeps) exec cat "$WORLD/kept/$text" ;;
      hangs)
        answer "$text"
        exec sleep 60
        ;;
    esac
    [ -z "$text" ] || answer "$text"
    exit "$status"
  fi
done <"$WORLD/answers"

case $call in
  'az answer '*) cat "$WORLD/kept/$2" ;;
  'az save '*) cat -- "$2" >"$WORLD/kept/saved" ;;
  'az version '*) answer 2.91.0 ;;
  'az extension list '*) answer 9.9.9 ;;
  'az account show '*) answer 00000000-0000-0000-0000-000000000000 ;;
  'az acr show '*' sku.name '*) answer Premium ;;
  'az acr show '*' id '*) answer /subscriptions/0/registries/contoso ;;
  'az acr token list '*) answer_lines tokens ;;
  'az acr scope-map list '*) answer_lines scope-maps ;;
  'az acr show '*' dataEndpointEnabled '*) answer_lines endpoint ;;
  'az acr update '*' --data-endpoint-enabled '*) value --data-endpoint-enabled "$@" >"$WORLD/endpoint" ;;
  'az connectedk8s show '*) answer Connected ;;
  'az provider show '*)
    if grep -qxF "$(value --namespace "$@")" "$WORLD/registered"; then
      answer Registered
    else
      answer NotRegistered
    fi
    ;;
  'az provider register '*) value --namespace "$@" >>"$WORLD/registered" ;;
  'az acr connected-registry list '*) answer_lines registries ;;
  'az acr connected-registry create '*) value --name "$@" >>"$WORLD/registries" ;;
  'az acr connected-registry get-settings '* | 'az acr connected-registry show '*)
    name=$(value --name "$@")
    grep -qxF "$name" "$WORLD/registries" || refuse "no connected registry $name"
    case $call in
      *' --generate-password '*)
        answer "ConnectedRegistryName=$name;SyncTokenName=$name;SyncTokenPassword=abc;ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
        ;;
      *) answer 'NAME    MODE    CONNECTION STATE' "$name  ReadOnly  Online" ;;
    esac
    ;;
  'az k8s-extension list '*) answer_lines extensions ;;
  'az k8s-extension create '*)
    file=$(value --config-protected-file "$@")
    ls -l "$file" >"$WORLD/settings.listed" || refuse "no file $file"
    cat "$file" >"$WORLD/settings.json"
    value --name "$@" >>"$WORLD/extensions"
    answer '{' '  "provisioningState": "Succeeded"' '}'
    ;;
  'az k8s-extension show '*)
    grep -qxF "$(value --name "$@")" "$WORLD/extensions" || refuse 'no such extension'
    answer Succeeded
    ;;
  'kubectl get configmap '*) answer_lines cluster ;;
  'kubectl get pods '*) answer 'connected-registry-0   1/1   Running' ;;
esac
