# For pipelines: run this as a file. It stops at the first command that fails, with its exit code. It checks no answers, asks nothing, and changes what already exists. The script does those checks.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
# Check the prerequisites
az version --query 'max(values(@)[?type(@) == ''string''])' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az extension list --query '[?name==''k8s-extension''].version' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az extension list --query '[?name==''connectedk8s''].version' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az account show --query 'join('' '', [name, id])' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr show --name contoso --resource-group rg1 --query id --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr show --name contoso --resource-group rg1 --query 'sku.name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az connectedk8s show --name arc1 --resource-group rg1 --query connectivityStatus --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$signed_in = az account show --query 'user.name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$subscription_id = az account show --query id --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
try { az role assignment list "--assignee=${signed_in}" --scope "/subscriptions/${subscription_id}/resourceGroups/rg1/providers/Microsoft.ContainerRegistry/registries/contoso" --include-inherited --include-groups --fill-principal-name false --query '[].roleDefinitionName' --output tsv } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { az role assignment list "--assignee=${signed_in}" --scope "/subscriptions/${subscription_id}/resourceGroups/rg1/providers/Microsoft.Kubernetes/connectedClusters/arc1" --include-inherited --include-groups --fill-principal-name false --query '[].roleDefinitionName' --output tsv } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { kubectl get configmap azure-clusterconfig --namespace azure-arc --request-timeout '10s' --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}' } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { kubectl get namespace connected-registry --ignore-not-found --request-timeout '10s' --output 'jsonpath={.status.phase}' } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { kubectl get customresourcedefinitions --output name --request-timeout '10s' } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
# Register the resource providers
try { az provider show --namespace 'Microsoft.Kubernetes' --query registrationState --output tsv } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { az provider show --namespace 'Microsoft.KubernetesConfiguration' --query registrationState --output tsv } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
try { az provider show --namespace 'Microsoft.ExtendedLocation' --query registrationState --output tsv } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
az provider register --namespace 'Microsoft.Kubernetes' --wait
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az provider register --namespace 'Microsoft.KubernetesConfiguration' --wait
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az provider register --namespace 'Microsoft.ExtendedLocation' --wait
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
# Enable the dedicated data endpoint
az acr show --name contoso --resource-group rg1 --query dataEndpointEnabled --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr update --name contoso --resource-group rg1 --data-endpoint-enabled true
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
# az acr update --name contoso --resource-group rg1 --data-endpoint-enabled false
# Create the connected registry
az acr connected-registry list --registry contoso --resource-group rg1 --query '[].name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr token list --registry contoso --resource-group rg1 --query '[].name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr scope-map list --registry contoso --resource-group rg1 --query '[].name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr connected-registry create --registry contoso --resource-group rg1 --name edge01 --repository hello-world 'app/api' --mode ReadOnly --yes
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
# az acr connected-registry delete --registry contoso --resource-group rg1 --name edge01 --cleanup --yes
# Write the protected settings
az k8s-extension list --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --query '[].name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az k8s-extension list --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --query '[?extensionType==''microsoft.containerregistry.connectedregistry'' || extensionType==''Microsoft.ContainerRegistry.ConnectedRegistry''].name' --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
& {
  $ErrorActionPreference = 'Continue'
  $thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath
  function New-PrivateFile([string] $Path) {
    [System.IO.File]::Delete($Path)
    if ($env:OS -eq 'Windows_NT') {
      [System.IO.File]::Open($Path, 'CreateNew').Close()
      $sid = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
      icacls "${Path}" /inheritance:r /grant:r "*${sid}:F" | Out-Null
    }
    else {
      sh -c 'IFS=; umask 077; set -Cf; : >$0' "${Path}"
    }
    if ($LASTEXITCODE -ne 0 -or -not [System.IO.File]::Exists($Path)) { throw 'the file could not be closed to others; nothing was written into it.' }
  }
  $isWritten = $false
  try {
    New-PrivateFile ([System.IO.Path]::Combine($thisFolder, 'protected-settings-extension.json'))
    $connection_string = @(az acr connected-registry get-settings `
      --registry contoso `
      --resource-group rg1 `
      --name edge01 `
      --parent-protocol https `
      --generate-password 1 `
      --query ACR_REGISTRY_CONNECTION_STRING `
      --output tsv `
      --yes) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    if ($LASTEXITCODE -ne 0 -or -not $connection_string.StartsWith('ConnectedRegistryName=', 'Ordinal') -or $connection_string.IndexOfAny([char[]] "`"\<$([char]0x000A)") -ge 0) {
      throw 'az did not print a connection string; no file was written.'
    }
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'protected-settings-extension.json'), (@(
      '{'
      '  "connectionString": "' + $connection_string + '"'
      '}'
    ) -join "`n") + "`n")
    $isWritten = $true
  }
  finally { if (-not $isWritten) { [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'protected-settings-extension.json')) } }
}
$thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath
try {
# Deploy the extension
az k8s-extension create --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --extension-type 'Microsoft.ContainerRegistry.ConnectedRegistry' --config 'service.clusterIP=10.0.0.200' --config 'trustDistribution.enabled=true' --config 'cert-manager.enabled=true' --config 'cert-manager.install=true' --config-protected-file 'protected-settings-extension.json' --auto-upgrade-minor-version true
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
# az k8s-extension delete --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --yes
# Remove the protected settings file
if (Test-Path -LiteralPath 'protected-settings-extension.json') { Remove-Item -LiteralPath 'protected-settings-extension.json' -Force }
# Verify the deployment
az k8s-extension show --cluster-name arc1 --cluster-type connectedClusters --resource-group rg1 --name edge01 --query provisioningState --output tsv
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
az acr connected-registry show --registry contoso --resource-group rg1 --name edge01 --output table
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
try { kubectl get pods --namespace connected-registry } catch { Write-Host $_ }; $global:LASTEXITCODE = 0
}
finally { [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'protected-settings-extension.json')) }
