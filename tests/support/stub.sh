#!/bin/bash
# Stands in for az, kubectl, crictl, sudo and openssl: notes how it was called, and answers as if the folder $WORLD were Azure and the cluster.
# openssl is the real one behind that, where there is one.
#
# calls       every call: the number of its words, then the words, each ended by NUL
# count       how many calls there were
# failing     the number of the call that fails, or 0
# answers     lines of PATTERN, exit status and answer, between tabs: what to say instead of the truth. With `hangs` for the status the call
#             never ends; with `keeps` the answer is what is in kept/ANSWER; with `asks` the call asks that, and fails where nobody answers
# kept/KEY    what `az answer KEY` prints, byte for byte; `az save FILE` copies a file to kept/saved
# crlf        where it exists, lines end as under Windows
#
# The state of the cloud, a value or one name a line:
# endpoint, registered, registries, children, mode (of every connected registry), tokens, scope-maps, linked, repositories,
# imported (REPOSITORY:TAG), schedule, window, ttl, log-level, active
# And of the cluster:
# cluster (GROUP/NAME), context, extensions, foreign (those of another type), auto-upgrade, version, train, namespaces,
# secrets (NAMESPACE/NAME), secret-type, secret-ca, definitions, pods, manifest
# on-node     the last file that was copied to its place on a node
# removal     what becomes of the namespace once the extension is deleted: how many looks see it go before it is gone, or `stays`
# going       how many looks still see it go; nothing where it does not
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

# Prints the lines of a file, each with a text in front.
answer_lines() {
  local line
  while IFS= read -r line; do
    answer "${2-}$line"
  done <"$WORLD/$1"
}

# values OPTION WORDS...: every word between the option and the next option, each time it is given.
values() {
  local option=$1 taken=no word
  shift
  for word in "$@"; do
    case $word in
      "$option") taken=yes ;;
      --*) taken=no ;;
      *) [ "$taken" = no ] || printf '%s\n' "$word" ;;
    esac
  done
}

# value OPTION WORDS...: the first of them.
value() {
  values "$@" | {
    IFS= read -r first && printf '%s\n' "$first"
  }
}

# positional WORDS...: the first word that is neither an option nor the value of one.
positional() {
  while [ $# -gt 0 ]; do
    case $1 in
      --*) shift ;;
      *)
        printf '%s\n' "$1"
        return
        ;;
    esac
    shift
  done
}

refuse() {
  echo "ERROR: $*" >&2
  exit 1
}

# has FILE NAME, add FILE NAME, drop FILE NAME: of the names in a file.
has() {
  grep -qxF -e "$2" "$WORLD/$1"
}

add() {
  has "$1" "$2" || printf '%s\n' "$2" >>"$WORLD/$1"
}

drop() {
  grep -vxF -e "$2" "$WORLD/$1" >"$WORLD/$1.new"
  mv "$WORLD/$1.new" "$WORLD/$1"
}

# set_to FILE OPTION WORDS...: where the option is given, its value is kept.
set_to() {
  local file=$1 new
  shift
  new=$(value "$@")
  [ -z "$new" ] || printf '%s\n' "$new" >"$WORLD/$file"
}

# The protected settings as they are when az reads them.
take_settings() {
  local file
  file=$(value --config-protected-file "$@")
  ls -l "$file" >"$WORLD/settings.listed" || refuse "no file $file"
  cat "$file" >"$WORLD/settings.json"
}

# The namespace of the deployment, as it is at this look: gone with what is in it, once it was seen to go often enough.
settle() {
  read -r going <"$WORLD/going"
  if [ "$going" = 0 ]; then
    drop namespaces connected-registry
    grep -v '^connected-registry/' "$WORLD/secrets" >"$WORLD/secrets.new"
    mv "$WORLD/secrets.new" "$WORLD/secrets"
    : >"$WORLD/going"
    going=''
  fi
}

refuse_if_going() {
  [ -z "$going" ] || refuse 'unable to create new content in namespace connected-registry because it is being terminated'
}

succeeded() {
  answer '{' '  "provisioningState": "Succeeded"' '}'
}

real_openssl() {
  PATH=${PATH#*:}
  if command -v openssl >/dev/null; then
    # A shorter key is as good here, and made much sooner.
    exec openssl "${@/#rsa:4096/rsa:2048}"
  fi
  case $call in
    *' -checkip '*) answer "IP $(value -checkip "$@") does match certificate" ;;
    *' -pubkey '* | *' -pubout '*) answer 'PUBLIC KEY' ;;
    'openssl verify '*) answer "${*: -1}: OK" ;;
    'openssl req '*) echo made | tee "$(value -keyout "$@")" >"$(value -out "$@")" ;;
  esac
}

if [ "$count" = "$failing" ]; then
  refuse 'as the test wants it'
fi
exec 3<&0
while IFS=$'\t' read -r pattern status text; do
  # shellcheck disable=SC2053
  if [[ $call == $pattern ]]; then
    case $status in
      keeps) exec cat "$WORLD/kept/$text" ;;
      asks)
        printf '%s' "$text" >&2
        IFS= read -r _ <&3 || refuse 'nobody is there to answer'
        exit 0
        ;;
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
  'az acr connected-registry list '*' --parent '*)
    has registries "$(value --parent "$@")" || refuse 'no such parent'
    ;;
  'az acr connected-registry list '* | 'az acr connected-registry create '*) ;;
  'az acr connected-registry '*)
    name=$(value --name "$@")
    has registries "$name" || refuse "no connected registry $name"
    ;;
  'az k8s-extension list '* | 'az k8s-extension create '* | 'az k8s-extension extension-types '*) ;;
  'az k8s-extension '*) has extensions "$(value --name "$@")" || refuse 'no such extension' ;;
esac
settle
case $call in
  'openssl '*) real_openssl "$@" ;;
  'crictl pull '*) answer 'Image is up to date' ;;
  'sudo cp '*.toml' '*) cat -- "$2" >"$WORLD/on-node" ;;
  'az answer '*) cat "$WORLD/kept/$2" ;;
  'az save '*) cat -- "$2" >"$WORLD/kept/saved" ;;
  'az version '*) answer 2.91.0 ;;
  'az extension list '*) answer 9.9.9 ;;
  'az account show '*' user.name '*) answer user@example.com ;;
  'az account show '*' id '*) answer 00000000-0000-0000-0000-000000000000 ;;
  'az account show '*) answer 'Edge 00000000-0000-0000-0000-000000000000' ;;
  'az acr show '*' sku.name '*) answer Premium ;;
  'az acr show '*' id '*) answer /subscriptions/0/registries/contoso ;;
  'az acr show '*' dataEndpointEnabled '*) answer_lines endpoint ;;
  'az acr update '*' --data-endpoint-enabled '*) set_to endpoint --data-endpoint-enabled "$@" ;;
  'az acr import '*)
    image=$(value --image "$@")
    if has imported "$image"; then
      refuse "tag $image already exists in target registry"
    fi
    add imported "$image"
    ;;
  'az acr repository show-tags '*)
    repository=$(value --repository "$@")
    tags=$(grep "^$repository:" "$WORLD/imported") || refuse "repository $repository is not found"
    while IFS= read -r tag; do
      answer "${tag#*:}"
    done <<<"$tags"
    ;;
  'az acr token list '*) answer_lines tokens ;;
  'az acr token create '*)
    name=$(value --name "$@")
    add tokens "$name"
    add scope-maps "$name-scope-map"
    succeeded
    ;;
  'az acr token delete '*) drop tokens "$(value --name "$@")" ;;
  'az acr token credential generate '*)
    has tokens "$(value --name "$@")" || refuse 'no such token'
    answer client-secret
    ;;
  'az acr scope-map list '*) answer_lines scope-maps ;;
  'az connectedk8s show '*) answer Connected ;;
  'az role assignment list '*) answer Contributor ;;
  'az provider show '*)
    if has registered "$(value --namespace "$@")"; then
      answer Registered
    else
      answer NotRegistered
    fi
    ;;
  'az provider register '*) add registered "$(value --namespace "$@")" ;;
  'az acr connected-registry list '*' --parent '*) answer_lines children ;;
  'az acr connected-registry list '*) answer_lines registries ;;
  'az acr connected-registry create '*)
    name=$(value --name "$@")
    for token in $(values --client-tokens "$@"); do
      has tokens "$token" || refuse "no token $token"
      add linked "$token"
    done
    for file in registries tokens scope-maps; do
      add "$file" "$name"
    done
    values --repository "$@" >"$WORLD/repositories"
    set_to schedule --sync-schedule "$@"
    set_to window --sync-window "$@"
    set_to ttl --sync-message-ttl "$@"
    set_to log-level --log-level "$@"
    succeeded
    ;;
  'az acr connected-registry update '*)
    set_to schedule --sync-schedule "$@"
    set_to window --sync-window "$@"
    set_to ttl --sync-message-ttl "$@"
    set_to log-level --log-level "$@"
    for token in $(values --add-client-tokens "$@"); do
      has tokens "$token" || refuse "no token $token"
      add linked "$token"
    done
    succeeded
    ;;
  'az acr connected-registry permissions update '*)
    for repository in $(values --add "$@"); do
      add repositories "$repository"
    done
    for repository in $(values --remove "$@"); do
      drop repositories "$repository"
    done
    ;;
  'az acr connected-registry permissions show '*) answer_lines repositories ;;
  'az acr connected-registry list-client-tokens '*) answer_lines linked ;;
  'az acr connected-registry deactivate '*) : >"$WORLD/active" ;;
  'az acr connected-registry delete '*)
    drop registries "$name"
    case $call in
      *' --cleanup '*)
        drop tokens "$name"
        drop scope-maps "$name"
        ;;
    esac
    ;;
  'az acr connected-registry get-settings '*' --generate-password '*)
    answer "ConnectedRegistryName=$name;SyncTokenName=$name;SyncTokenPassword=abc;ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
    ;;
  'az acr connected-registry show '*' mode '*) answer_lines mode ;;
  'az acr connected-registry show '*' syncProperties.schedule '*) answer_lines schedule ;;
  'az acr connected-registry show '*' syncProperties.syncWindow '*) answer_lines window ;;
  'az acr connected-registry show '*' syncProperties.messageTtl '*) answer_lines ttl ;;
  'az acr connected-registry get-settings '* | 'az acr connected-registry show '*) answer 'NAME    MODE    CONNECTION STATE' "$name  ReadOnly  Online" ;;
  'az k8s-extension list '*extensionType*)
    while IFS= read -r extension; do
      has foreign "$extension" || answer "$extension"
    done <"$WORLD/extensions"
    ;;
  'az k8s-extension list '*) answer_lines extensions ;;
  'az k8s-extension create '*)
    name=$(value --name "$@")
    if has extensions "$name"; then
      refuse "can't reuse a name that is still in use"
    fi
    [ ! -s "$WORLD/active" ] || refuse 'ALREADY_ACTIVATED'
    refuse_if_going
    take_settings "$@"
    add extensions "$name"
    echo "$name" >"$WORLD/active"
    add namespaces connected-registry
    set_to auto-upgrade --auto-upgrade-minor-version "$@"
    set_to version --version "$@"
    set_to train --release-train "$@"
    succeeded
    ;;
  'az k8s-extension update '*)
    case $call in
      *' --config-protected-file '*) take_settings "$@" ;;
    esac
    set_to auto-upgrade --auto-upgrade-minor-version "$@"
    set_to version --version "$@"
    set_to train --release-train "$@"
    succeeded
    ;;
  'az k8s-extension delete '*)
    drop extensions "$(value --name "$@")"
    has removal stays || cat "$WORLD/removal" >"$WORLD/going"
    ;;
  'az k8s-extension show '*' autoUpgradeMinorVersion '*) answer_lines auto-upgrade ;;
  'az k8s-extension show '*' currentVersion '*) answer_lines version ;;
  'az k8s-extension show '*' releaseTrain '*) answer_lines train ;;
  'az k8s-extension show '*configurationSettings*) answer '[' '  "0.11.0",' '  true,' '  {' '    "httpEnabled": "false"' '  },' '  {}' ']' ;;
  'az k8s-extension show '*) answer Succeeded ;;
  'kubectl config current-context '*) answer_lines context ;;
  'kubectl get configmap '*) answer_lines cluster ;;
  'kubectl get namespace '*)
    if [ -n "$going" ]; then
      answer Terminating
      echo $((going - 1)) >"$WORLD/going"
    elif has namespaces "$3"; then
      answer Active
    fi
    ;;
  'kubectl wait namespace/'*)
    if has namespaces "${2#*/}"; then
      refuse 'timed out waiting for the condition'
    fi
    answer "$2 condition met"
    ;;
  'kubectl get customresourcedefinitions '*) answer_lines definitions ;;
  'kubectl get secret '*jsonpath={.type}*) answer_lines secret-type ;;
  'kubectl get secret '*) answer_lines secret-ca ;;
  'kubectl get secrets '*)
    namespace=$(value --namespace "$@")
    while IFS= read -r secret; do
      case $secret in
        "${namespace:-default}"/*) answer "secret/${secret#*/}" ;;
      esac
    done <"$WORLD/secrets"
    ;;
  'kubectl create namespace '*)
    if has namespaces "$3"; then
      refuse AlreadyExists
    fi
    add namespaces "$3"
    ;;
  'kubectl create secret '*)
    namespace=$(value --namespace "$@")
    secret=${namespace:-default}/$(positional "${@:4}")
    has namespaces "${namespace:-default}" || refuse 'no such namespace'
    refuse_if_going
    if has secrets "$secret"; then
      refuse AlreadyExists
    fi
    for file in $(values --from-file "$@"); do
      [ -r "${file#*=}" ] || refuse "no file ${file#*=}"
    done
    add secrets "$secret"
    ;;
  'kubectl delete secret '*)
    namespace=$(value --namespace "$@")
    drop secrets "${namespace:-default}/$(positional "${@:3}")"
    ;;
  'kubectl apply '*)
    # A pod that is there stays as it is.
    if ! has pods connected-registry-pull; then
      cat "$(value --filename "$@")" >"$WORLD/manifest"
      add pods connected-registry-pull
    fi
    ;;
  'kubectl delete pod '*) drop pods "$(positional "${@:3}")" ;;
  'kubectl wait pod/'*)
    has pods "${2#*/}" || refuse 'no matching resources found'
    answer "$2 condition met"
    ;;
  'kubectl describe pod '*) answer 'Successfully pulled image' ;;
  'kubectl get pods '*) answer 'connected-registry-0   1/1   Running' ;;
esac
