#Requires -Version 5.1
# Deploy a connected registry
#
# Plain HTTP: nothing is encrypted. For development only. NOT VERIFIED on the
# Arc extension.
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
# Save it as a .ps1 file and run that with Windows PowerShell 5.1 or
# PowerShell 7, on Windows, Linux or macOS; or paste it at a prompt: nothing
# runs before the last line has arrived, and a failure ends the script, not
# your session. A prompt that still waits wants Enter once more.
# Where Windows does not let downloaded scripts run: powershell
# -ExecutionPolicy Bypass -File NAME.ps1
# It can be run again: what exists is left alone.
# It checks first, asks second, and changes last. With -Yes it answers its own
# questions. Where nobody can answer and without -Yes it only checks.
& {
  $ErrorActionPreference = 'Stop'
  # Every exit code is looked at below, by every version in the same way.
  $PSNativeCommandUseErrorActionPreference = $false
  #
  # Names
  $registry = 'contosodev'
  $resource_group = 'rg-dev'
  $connected_registry = 'sandbox'
  $repositories = @('hello-world')
  $service_ip = '10.43.200.1'
  $cluster = 'sandbox-arc'
  $extension = 'sandbox'
  #
  $thisRun = @{ Step = ''; Private = ''; Remedy = @(); Yes = $false; Told = $false; Done = $false }
  $thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath
  function Write-Step([string] $Title) {
    $thisRun.Step = $Title
    Write-Host "`n== ${Title}"
  }
  function Write-Check([string] $Title) {
    $thisRun.Step = $Title
    Write-Host "- ${Title}"
  }
  function Stop-Run([string] $Reason, [object[]] $Command) {
    $thisRun.Remedy = $Command
    throw $Reason
  }
  function Format-Command([object[]] $Command) {
    $allWords = foreach ($thisWord in $Command) {
      foreach ($oneWord in $thisWord) {
        if ($oneWord -cmatch '^(--)?[A-Za-z][A-Za-z0-9_-]*\z') { $oneWord } else { "'" + ($oneWord -replace '([''\u2018-\u201B])', '$1$1') + "'" }
      }
    }
    $allWords -join ' '
  }
  function Assert-Success {
    if ($LASTEXITCODE -ne 0) { throw ('the command ended with exit code {0}; what it said about that stands above.' -f $LASTEXITCODE) }
  }
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
  function Test-Version([string] $Have, [string] $Oldest) {
    $haveParts = $Have -split '\.'
    $oldestParts = $Oldest -split '\.'
    for ($i = 0; $i -lt $oldestParts.Count; $i++) {
      $left = 0
      if ($i -lt $haveParts.Count -and $haveParts[$i] -match '^[0-9]{1,9}') { $left = [int] $Matches[0] }
      if ($left -ne [int] $oldestParts[$i]) { return ($left -gt [int] $oldestParts[$i]) }
    }
    return $true
  }
  function Confirm-Change([string] $Question) {
    if ($thisRun.Yes) {
      Write-Host "${Question} yes (-Yes)"
      return
    }
    $answer = Read-Host "${Question} [y/N]"
    if ("${answer}".Trim() -notin 'y', 'yes') { Stop-Run 'you did not say yes. Nothing was changed.' }
  }
  #
  try {
    $thisRun.Step = 'the start'
    foreach ($thisArgument in $args) {
      if ($thisArgument -in '-Yes', '-y', '--yes') { $thisRun.Yes = $true }
      elseif ("${thisArgument}" -ne '') { Stop-Run ("the only argument is -Yes, not ${thisArgument}") }
    }
    #
    # --- Checks: nothing is changed ---
    # A warning of az is no error. Windows PowerShell would take it for one where
    # it collects what az says: in ISE, in a remote session, behind *>.
    $ErrorActionPreference = 'Continue'
    Write-Check 'The Azure CLI is installed'
    if (-not (Get-Command -Name 'az' -ErrorAction Ignore)) {
      Stop-Run 'The Azure CLI (az) was not found. Install it: https://learn.microsoft.com/cli/azure/install-azure-cli'
    }
    Write-Check 'Its version is 2.75.0 or newer'
    $azure_cli_version = @(az version --query 'max(values(@)[?type(@) == ''string''])' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $azure_cli_version '2.75.0')) {
      Stop-Run 'The Azure CLI must be 2.75.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
    }
    Write-Check 'The CLI extension k8s-extension is installed, 1.6.1 or newer'
    $k8s_extension_version = @(az extension list --query '[?name==''k8s-extension''].version' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $k8s_extension_version '1.6.1')) {
      Stop-Run 'The CLI extension k8s-extension is missing, or older than the oldest that these commands were tried with. Install or update it with the command below.' @('az', 'extension', 'add', '--upgrade', '--yes', '--name', 'k8s-extension')
    }
    Write-Check 'The CLI extension connectedk8s is installed, 1.2.0 or newer'
    $connectedk8s_version = @(az extension list --query '[?name==''connectedk8s''].version' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $connectedk8s_version '1.2.0')) {
      Stop-Run 'The CLI extension connectedk8s is missing or too old. Install or update it with the command below.' @('az', 'extension', 'add', '--upgrade', '--yes', '--name', 'connectedk8s')
    }
    Write-Check 'You are logged in and can use the subscription'
    $account = @(az account show --query 'join('' '', [name, id])' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $account -eq '') {
      Stop-Run 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table' @('az', 'login')
    }
    Write-Check 'The registry exists'
    $registry_id = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --query id `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $registry_id -eq '') {
      Stop-Run 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it. Or your login has expired: az login'
    }
    Write-Check 'Its SKU is Premium'
    $sku = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --query 'sku.name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $sku -ne 'Premium') {
      Stop-Run 'The SKU of the registry is not Premium, which connected registries need. The command below moves it to Premium, which costs more; so this script does not run it.' @('az', 'acr', 'update', '--name', "${registry}", '--resource-group', "${resource_group}", '--sku', 'Premium')
    }
    Write-Check 'The cluster is connected to Azure Arc'
    $connectivity = @(az connectedk8s show `
      --name "${cluster}" `
      --resource-group "${resource_group}" `
      --query connectivityStatus `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $connectivity -ne 'Connected') {
      Stop-Run 'The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster'
    }
    Write-Check 'Who is signed in'
    $signed_in = @(az account show --query 'user.name' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $signed_in -eq '') {
      Stop-Run 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table'
    }
    Write-Check 'The id of the subscription'
    $subscription_id = @(az account show --query id --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $subscription_id -eq '') {
      Stop-Run 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table'
    }
    Write-Check 'Your roles on the registry (needed: Container Registry Contributor and Data Access Configuration Administrator, or Contributor, or Owner)'
    try {
      az role assignment list `
        "--assignee=${signed_in}" `
        --scope "/subscriptions/${subscription_id}/resourceGroups/${resource_group}/providers/Microsoft.ContainerRegistry/registries/${registry}" `
        --include-inherited `
        --include-groups `
        --fill-principal-name false `
        --query '[].roleDefinitionName' `
        --output tsv
    }
    catch { Write-Host $_ }
    Write-Check 'Your roles on the cluster (needed: Kubernetes Extension Contributor, or Contributor, or Owner)'
    try {
      az role assignment list `
        "--assignee=${signed_in}" `
        --scope "/subscriptions/${subscription_id}/resourceGroups/${resource_group}/providers/Microsoft.Kubernetes/connectedClusters/${cluster}" `
        --include-inherited `
        --include-groups `
        --fill-principal-name false `
        --query '[].roleDefinitionName' `
        --output tsv
    }
    catch { Write-Host $_ }
    Write-Check 'Whether kubectl points at this cluster (to look inside; nothing depends on it)'
    $kubectl_cluster = ''
    try {
      $kubectl_cluster = @(kubectl get configmap azure-clusterconfig `
        --namespace azure-arc `
        --request-timeout '10s' `
        --output 'jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}') -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $kubectl_cluster = '' }
    }
    catch { }
    Write-Check 'The state of the namespace connected-registry is not Terminating'
    $namespace_phase = ''
    try {
      $namespace_phase = @(kubectl get namespace connected-registry `
        --ignore-not-found `
        --request-timeout '10s' `
        --output 'jsonpath={.status.phase}') -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $namespace_phase = '' }
    }
    catch { }
    if (-not (-not (($kubectl_cluster -eq "${resource_group}/${cluster}") -and ($namespace_phase -eq 'Terminating')))) {
      Stop-Run 'The namespace connected-registry is being removed: an earlier deployment is not quite gone. Wait, then run this again.'
    }
    Write-Check 'Registration state of Microsoft.Kubernetes'
    $kubernetes = ''
    try {
      $kubernetes = @(az provider show `
        --namespace 'Microsoft.Kubernetes' `
        --query registrationState `
        --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $kubernetes = '' }
    }
    catch { }
    Write-Check 'Registration state of Microsoft.KubernetesConfiguration'
    $kubernetes_configuration = ''
    try {
      $kubernetes_configuration = @(az provider show `
        --namespace 'Microsoft.KubernetesConfiguration' `
        --query registrationState `
        --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $kubernetes_configuration = '' }
    }
    catch { }
    Write-Check 'Registration state of Microsoft.ExtendedLocation'
    $extended_location = ''
    try {
      $extended_location = @(az provider show `
        --namespace 'Microsoft.ExtendedLocation' `
        --query registrationState `
        --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $extended_location = '' }
    }
    catch { }
    Write-Check 'Whether the data endpoint is on'
    $data_endpoint = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --query dataEndpointEnabled `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $data_endpoint -eq '') {
      Stop-Run 'Azure did not say whether the data endpoint is on.'
    }
    Write-Check 'Which connected registries the registry has'
    $connected_registries = @(az acr connected-registry list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The connected registries could not be listed.'
    }
    Write-Check 'Which tokens the registry has'
    $tokens = @(az acr token list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.'
    }
    Write-Check 'Which scope maps the registry has'
    $scope_maps = @(az acr scope-map list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'Tokens and scope maps could not be listed. Creating a connected registry overwrites those of its name.'
    }
    Write-Check 'Which extensions the cluster has'
    $extensions = @(az k8s-extension list `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The extensions of the cluster could not be listed.'
    }
    Write-Check 'An extension of this name, if there is one, is a connected registry'
    $connected_extensions = @(az k8s-extension list `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --query '[?extensionType==''microsoft.containerregistry.connectedregistry'' || extensionType==''Microsoft.ContainerRegistry.ConnectedRegistry''].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (-not ((($extensions -split '\n') -contains "${extension}") -and (($connected_extensions -split '\n') -notcontains "${extension}")))) {
      Stop-Run 'The cluster has an extension of this name that is no connected registry, or its type could not be read. It is left alone: give the extension another name.'
    }
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    Write-Host "Registry ${registry} (resource group ${resource_group}), connected registry ${connected_registry}"
    Write-Host "Cluster ${cluster} (resource group ${resource_group}), extension ${extension}"
    Write-Host "Subscription ${account}"
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    if ($kubernetes_configuration -eq '') {
      Confirm-Change 'Whether Microsoft.KubernetesConfiguration is registered could not be read. If it is not, the deployment fails without a message. Go on?'
    }
    if ($data_endpoint -ne 'true') {
      Confirm-Change "The dedicated data endpoint of ${registry} is off. Enabling it changes how every client of that registry fetches layers: firewalls must let them reach ${registry}.REGION.data.azurecr.io. Enable it?"
    }
    if ((($connected_registries -split '\n') -notcontains "${connected_registry}") -and (($extensions -split '\n') -contains "${extension}")) {
      Confirm-Change "The cluster has an extension ${extension}, but the registry has no connected registry ${connected_registry}: the extension belongs to another one, is not altered, and will not use the new one. Create the connected registry all the same?"
    }
    if ((($connected_registries -split '\n') -notcontains "${connected_registry}") -and (($tokens -split '\n') -contains "${connected_registry}")) {
      Confirm-Change "The registry has a token ${connected_registry}, as the new connected registry is called. Creating it overwrites that token: who uses it may lose access. Go on?"
    }
    if ((($connected_registries -split '\n') -notcontains "${connected_registry}") -and (($scope_maps -split '\n') -contains "${connected_registry}")) {
      Confirm-Change "The registry has a scope map ${connected_registry}, as the new connected registry is called. Creating it overwrites that scope map, and the rights of the tokens that use it. Go on?"
    }
    if ((($connected_extensions -split '\n') -notcontains "${extension}") -and ($connected_extensions -ne '')) {
      Confirm-Change 'The cluster has a connected registry extension of another name, which stays. Both would use the namespace connected-registry; whether that works is not documented. Go on all the same?'
    }
    if ((($extensions -split '\n') -notcontains "${extension}") -and (($connected_registries -split '\n') -contains "${connected_registry}")) {
      Confirm-Change 'The connected registry exists already. Going on generates password 1 of its sync token anew: a deployment that uses this password is cut off until it gets the new connection string. If it was deployed before, here or elsewhere, the new deployment ends with ALREADY_ACTIVATED: answer no, and use the task Redeploy. Generate it?'
    }
    if (($extensions -split '\n') -notcontains "${extension}") {
      Confirm-Change "Plain HTTP: images and passwords cross the network of ${cluster} unencrypted, and it is NOT VERIFIED on the Arc extension. For development only. Deploy ${extension} all the same?"
    }
    #
    # --- Changes ---
    Write-Step 'Register the resource providers'
    if (($kubernetes -ne '') -and ($kubernetes -ne 'Registered')) {
      az provider register --namespace 'Microsoft.Kubernetes' --wait
      Assert-Success
    }
    if (($kubernetes_configuration -ne '') -and ($kubernetes_configuration -ne 'Registered')) {
      az provider register --namespace 'Microsoft.KubernetesConfiguration' --wait
      Assert-Success
    }
    if (($extended_location -ne '') -and ($extended_location -ne 'Registered')) {
      az provider register --namespace 'Microsoft.ExtendedLocation' --wait
      Assert-Success
    }
    #
    Write-Step 'Enable the dedicated data endpoint'
    if ($data_endpoint -ne 'true') {
      # Mind: It changes how every client of that registry fetches layers: firewalls
      # must let them reach REGISTRY.REGION.data.azurecr.io on port 443.
      az acr update `
        --name "${registry}" `
        --resource-group "${resource_group}" `
        --data-endpoint-enabled true
      Assert-Success
    }
    else {
      Write-Host 'The data endpoint is on already; nothing to do.'
    }
    #
    Write-Step 'Create the connected registry'
    if (($connected_registries -split '\n') -notcontains "${connected_registry}") {
      # Mind: It also makes a sync token and a scope map of the same name, and
      # overwrites existing ones.
      az acr connected-registry create `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --repository $repositories `
        --mode ReadOnly `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'The connected registry exists; nothing chosen here is applied to it. Use the tasks Synchronize and Repositories.'
    }
    #
    Write-Step 'Write the protected settings'
    if (($extensions -split '\n') -notcontains "${extension}") {
      # Mind: It generates password 1 of the sync token: a deployment that uses this
      # password is cut off until it gets the new connection string. On a first
      # deployment nobody uses it yet.
      # Mind: A file protected-settings-extension.json in the current folder is
      # replaced, and removed at the end.
      $thisRun.Private = [System.IO.Path]::Combine($thisFolder, 'protected-settings-extension.json')
      New-PrivateFile $thisRun.Private
      $connection_string = @(az acr connected-registry get-settings `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --parent-protocol https `
        --generate-password 1 `
        --query ACR_REGISTRY_CONNECTION_STRING `
        --output tsv `
        --yes) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0 -or -not $connection_string.StartsWith('ConnectedRegistryName=', 'Ordinal') -or $connection_string.IndexOfAny([char[]] "`"\<$([char]0x000A)") -ge 0) {
        Stop-Run 'az did not print a connection string; no file was written.'
      }
      [System.IO.File]::WriteAllText($thisRun.Private, (@(
        '{'
        '  "connectionString": "' + $connection_string + '"'
        '}'
      ) -join "`n") + "`n")
    }
    else {
      Write-Host 'The extension exists already: no password is generated, no file is written.'
    }
    #
    Write-Step 'Deploy the extension'
    if (($extensions -split '\n') -notcontains "${extension}") {
      # Mind: Not secure: images and passwords cross the cluster's network
      # unencrypted, and anyone on it can alter them. For development only.
      # Mind: It claims 500 GiB of the cluster's default storage class, as the
      # documentation says; without such a class, or without room, the pod stays
      # Pending.
      az k8s-extension create `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --name "${extension}" `
        --extension-type 'Microsoft.ContainerRegistry.ConnectedRegistry' `
        --config "service.clusterIP=${service_ip}" `
        --config 'httpEnabled=true' `
        --config 'trustDistribution.enabled=false' `
        --config 'cert-manager.enabled=false' `
        --config 'cert-manager.install=false' `
        --config-protected-file 'protected-settings-extension.json' `
        --auto-upgrade-minor-version true
      Assert-Success
    }
    else {
      Write-Host 'The extension exists; nothing chosen here is applied to it. Use the tasks Upgrade and Redeploy.'
    }
    #
    Write-Step 'Remove the protected settings file'
    if (($extensions -split '\n') -notcontains "${extension}") {
      if ($thisRun.Private) {
        [System.IO.File]::Delete($thisRun.Private)
        $thisRun.Private = ''
      }
    }
    else {
      Write-Host 'None was written.'
    }
    #
    Write-Step 'Verify the deployment'
    Write-Check 'The extension is installed'
    $state = @(az k8s-extension show `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --name "${extension}" `
      --query provisioningState `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $state -ne 'Succeeded') {
      Stop-Run 'The extension''s provisioning state is not Succeeded. If it is Creating or Updating, wait, and look again with the command below. If it is Failed, that command says why; the task Diagnose helps. The task Redeploy deploys it anew, and deletes its volume. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc' @('az', 'k8s-extension', 'show', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--name', "${extension}")
    }
    $thisRun.Step = 'Verify the deployment'
    az acr connected-registry show `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --name "${connected_registry}" `
      --output table
    Assert-Success
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get pods --namespace connected-registry
      }
      catch { Write-Host $_ }
    }
    #
    # To be done on a node of the cluster: Allow plain HTTP on each node
    # On every node; otherwise pulls fail with "server gave HTTP response to HTTPS
    # client". With containerd like this.
    # containerd must be told to look there: config_path =
    # "/etc/containerd/certs.d" in the registry part of its configuration; k3s and
    # others have a place of their own. This is from containerd's documentation
    # and was not tried with the connected registry.
    #   (
    #     set -euo pipefail
    #     rm -f -- connected-registry-hosts.toml
    #     printf '%s\n' 'server = "http://10.43.200.1:80"' '' '[host."http://10.43.200.1:80"]' '  capabilities = ["pull", "resolve"]' >|connected-registry-hosts.toml
    #     sudo mkdir -p /etc/containerd/certs.d/10.43.200.1:80
    #     sudo cp connected-registry-hosts.toml \
    #       /etc/containerd/certs.d/10.43.200.1:80/hosts.toml
    #     rm -f -- connected-registry-hosts.toml
    #   )
    #
    $thisRun.Done = $true
    $global:LASTEXITCODE = 0
    Write-Host ''
    Write-Host 'Done. It may take some minutes until CONNECTION STATE says Online; with a schedule perhaps until the next window, the sources do not say.'
  }
  catch {
    $thisRun.Told = $true
    $Host.UI.WriteErrorLine("`nStopped at: $($thisRun.Step)")
    $Host.UI.WriteErrorLine("Reason: $($_.Exception.Message)")
    if ($thisRun.Remedy) { $Host.UI.WriteErrorLine("Try:`n  $(Format-Command $thisRun.Remedy)") }
  }
  finally {
    if ($thisRun.Private) { [System.IO.File]::Delete($thisRun.Private) }
    if (-not $thisRun.Done -and -not $thisRun.Told) {
      $Host.UI.WriteErrorLine("`nStopped at: $($thisRun.Step)")
      if ($PSCommandPath) { exit 1 }
    }
  }
  if (-not $thisRun.Done) {
    if ($PSCommandPath) { exit 1 }
    throw 'The script stopped; the reason stands above.'
  }
} @args
