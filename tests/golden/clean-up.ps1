#Requires -Version 5.1
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
# Save it as a .ps1 file and run that with Windows PowerShell 5.1 or
# PowerShell 7, on Windows, Linux or macOS; or paste it at a prompt: nothing
# runs before the last line has arrived, and a failure ends the script, not
# your session. A prompt that still waits wants Enter once more.
# Where Windows does not let downloaded scripts run: powershell
# -ExecutionPolicy Bypass -File NAME.ps1
# It can be run again: it removes what is still there.
# It checks first, asks second, and changes last. With -Yes it answers its own
# questions. Where nobody can answer and without -Yes it only checks.
& {
  $ErrorActionPreference = 'Stop'
  # Every exit code is looked at below, by every version in the same way.
  $PSNativeCommandUseErrorActionPreference = $false
  #
  # Names
  $registry = 'contosoretail'
  $resource_group = 'rg-retail'
  $connected_registry = 'store17'
  $cluster = 'store17-arc'
  $extension = 'store17'
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
    Write-Check 'Its version is 2.51.0 or newer'
    $azure_cli_version = @(az version --query 'max(values(@)[?type(@) == ''string''])' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $azure_cli_version '2.51.0')) {
      Stop-Run 'The Azure CLI must be 2.51.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
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
    Write-Check 'Whether the cluster is connected to Azure Arc'
    $connectivity = ''
    try {
      $connectivity = @(az connectedk8s show `
        --name "${cluster}" `
        --resource-group "${resource_group}" `
        --query connectivityStatus `
        --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $connectivity = '' }
    }
    catch { }
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
    Write-Check 'Which connected registries the registry has'
    $connected_registries = @(az acr connected-registry list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The connected registries could not be listed.'
    }
    Write-Check 'Which connected registries are below it'
    $children = ''
    try {
      $children = @(az acr connected-registry list `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --parent "${connected_registry}" `
        --query '[].name' `
        --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $children = '' }
    }
    catch { }
    Write-Check 'The connected registry extensions of the cluster'
    $extensions = @(az k8s-extension list `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --query '[?extensionType==''microsoft.containerregistry.connectedregistry'' || extensionType==''Microsoft.ContainerRegistry.ConnectedRegistry''].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The extensions of the cluster could not be listed. If the cluster is gone from Azure Arc, delete the connected registry in the cloud only, with the command below.' @('az', 'acr', 'connected-registry', 'delete', '--registry', "${registry}", '--resource-group', "${resource_group}", '--name', "${connected_registry}", '--cleanup', '--yes')
    }
    Write-Host $extensions
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    Write-Host "Registry ${registry} (resource group ${resource_group}), connected registry ${connected_registry}"
    Write-Host "Cluster ${cluster} (resource group ${resource_group}), extension ${extension}"
    Write-Host "Subscription ${account}"
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    if (-not ((($connected_registries -split '\n') -notcontains "${connected_registry}") -and (-not ((($extensions -split '\n') -contains "${extension}") -and ($connectivity -eq 'Connected'))))) {
      Confirm-Change 'This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet, and probably the namespace connected-registry with every secret in it. Go on?'
    }
    if ($children -ne '') {
      Confirm-Change "Below ${connected_registry} are other connected registries, which synchronize through it: ${children}. Go on?"
    }
    if ((($connected_registries -split '\n') -contains "${connected_registry}") -and (($extensions -split '\n') -notcontains "${extension}") -and ($extensions -ne '')) {
      Confirm-Change 'The cluster has no extension of this name, but others that are connected registries: they are listed above. If one of them is the deployment of this connected registry, it stays and is cut off. Delete the connected registry in the cloud all the same?'
    }
    if ((($connected_registries -split '\n') -contains "${connected_registry}") -and (($extensions -split '\n') -contains "${extension}") -and ($connectivity -ne 'Connected')) {
      Confirm-Change 'The cluster does not seem to be connected to Azure Arc, so the extension cannot be removed from it and stays. Delete the connected registry in the cloud only?'
    }
    #
    # --- Changes ---
    Write-Step 'Deactivate the connected registry'
    if (($connected_registries -split '\n') -contains "${connected_registry}") {
      az acr connected-registry deactivate `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'There is no connected registry of this name; nothing to do.'
    }
    #
    Write-Step 'Delete the extension'
    if ((($extensions -split '\n') -contains "${extension}") -and ($connectivity -eq 'Connected')) {
      # Mind: The volume with the synchronized content and the certificates is
      # removed with it; what clients pushed and was not synchronized yet is lost.
      # The namespace connected-registry probably goes too, with every secret in it
      # (not tried). Whether a cert-manager that the extension installed goes as
      # well, which others may use, is not documented.
      az k8s-extension delete `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --name "${extension}" `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'No extension is removed: there is none of this name, or the cluster is not connected. In that case run this again once it is.'
    }
    #
    Write-Step 'Delete the connected registry'
    if (($connected_registries -split '\n') -contains "${connected_registry}") {
      # Mind: What stays: the images in the cloud registry, client tokens with their
      # scope maps, the data endpoint, pull secrets and pods, what the nodes trust,
      # and files on this machine.
      az acr connected-registry delete `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --cleanup `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'There is no connected registry of this name; nothing to do.'
    }
    #
    $thisRun.Done = $true
    $global:LASTEXITCODE = 0
    Write-Host ''
    Write-Host 'Done.'
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
