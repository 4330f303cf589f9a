# For pipelines: run this as a file. It stops at the first command that fails, with its exit code. It checks no answers, asks nothing, and changes what already exists. The script does those checks.
(
set -euo pipefail
# Check the prerequisites
az version --query "max(values(@)[?type(@) == 'string'])" --output tsv
az extension list --query "[?name=='k8s-extension'].version" --output tsv
az extension list --query "[?name=='connectedk8s'].version" --output tsv
az account show --query "join(' ', [name, id])" --output tsv
az acr show --name contoso --resource-group rg1 --query id --output tsv
az acr show --name contoso --resource-group rg1 --query sku.name --output tsv
az connectedk8s show --name arc1 --resource-group rg1 --query connectivityStatus --output tsv
signed_in=$(az account show --query user.name --output tsv)
signed_in=${signed_in//$'\r'/}
subscription_id=$(az account show --query id --output tsv)
subscription_id=${subscription_id//$'\r'/}
MSYS2_ARG_CONV_EXCL=/subscriptions/ az role assignment list --assignee "$signed_in" --scope /subscriptions/"$subscription_id"/resourceGroups/rg1/providers/Microsoft.ContainerRegistry/registries/contoso --include-inherited --include-groups --fill-principal-name false --query '[].roleDefinitionName' --output tsv || :
MSYS2_ARG_CONV_EXCL=/subscriptions/ az role assignment list --assignee "$signed_in" --scope /subscriptions/"$subscription_id"/resourceGroups/rg1/providers/Microsoft.Kubernetes/connectedClusters/arc1 --include-inherited --include-groups --fill-principal-name false --query '[].roleDefinitionName' --output tsv || :
kubectl get configmap azure-clusterconfig --namespace azure-arc --request-timeout 10s --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}' || :
kubectl get namespace connected-registry --ignore-not-found --request-timeout 10s --output 'jsonpath={.status.phase}' || :
kubectl get customresourcedefinitions --output name --request-timeout 10s || :
# Register the resource providers
az provider show --namespace Microsoft.Kubernetes --query registrationState --output tsv || :
az provider show --namespace Microsoft.KubernetesConfiguration --query registrationState --output tsv || :
az provider show --namespace Microsoft.ExtendedLocation --query registrationState --output tsv || :
az provider register --namespace Microsoft.Kubernetes --wait
az provider register --namespace Microsoft.KubernetesConfiguration --wait
az provider register --namespace Microsoft.ExtendedLocation --wait
# Enable the dedicated data endpoint
az acr show --name contoso --resource-group rg1 --query dataEndpointEnabled --output tsv
az acr update --name contoso --resource-group rg1 --data-endpoint-enabled true
# az acr update --name contoso --resource-group rg1 --data-endpoint-enabled false
# Create the connected registry
az acr connected-registry list --registry contoso --resource-group rg1 --query '[].name' --output tsv
az acr token list --registry contoso --resource-group rg1 --query '[].name' --output tsv
az acr scope-map list --registry contoso --resource-group rg1 --query '[].name' --output tsv
az acr connected-registry create --registry contoso --resource-group rg1 --name edge01 --repository hello-world app/api --mode ReadOnly --yes
# az acr connected-registry delete --registry contoso --resource-group rg1 --name edge01 --cleanup --yes
# Write the protected settings
az k8s-extension list --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --query '[].name' --output tsv
az k8s-extension list --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --query "[?extensionType=='microsoft.containerregistry.connectedregistry' || extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name" --output tsv
(
  set -euo pipefail
  trap 'rm -f -- protected-settings-extension.json' EXIT
  trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
  rm -f -- protected-settings-extension.json
  (umask 077 && set -C && : >protected-settings-extension.json) || exit 1
  connection_string=$(az acr connected-registry get-settings \
    --registry contoso \
    --resource-group rg1 \
    --name edge01 \
    --parent-protocol https \
    --generate-password 1 \
    --query ACR_REGISTRY_CONNECTION_STRING \
    --output tsv \
    --yes)
  connection_string=${connection_string//$'\r'/}
  case $connection_string in
    *\"* | *\\* | *\<* | *$'\n'*) echo 'az did not print a connection string; no file was written.' >&2; exit 1 ;;
    ConnectedRegistryName=*) ;;
    *) echo 'az did not print a connection string; no file was written.' >&2; exit 1 ;;
  esac
  printf '%s\n' '{' '  "connectionString": "'"$connection_string"'"' '}' >>protected-settings-extension.json
  trap - EXIT
)
exit_code=$?; [ "$exit_code" -eq 0 ] || exit "$exit_code"
trap 'rm -f -- protected-settings-extension.json' EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
# Deploy the extension
az k8s-extension create --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 --config trustDistribution.enabled=true --config cert-manager.enabled=true --config cert-manager.install=true --config-protected-file protected-settings-extension.json --auto-upgrade-minor-version true
# az k8s-extension delete --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --yes
# Remove the protected settings file
rm -f -- protected-settings-extension.json
# Verify the deployment
az k8s-extension show --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --query provisioningState --output tsv
az acr connected-registry show --registry contoso --resource-group rg1 --name edge01 --output table
kubectl get pods --namespace connected-registry || :
)
