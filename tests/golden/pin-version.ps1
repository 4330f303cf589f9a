#Requires -Version 5.1
# Roll back to a version
#
# Changes how the extension is kept up to date, and nothing else of its
# configuration.
# You need, by the documentation of the roles, "Kubernetes Extension
# Contributor" on the cluster; or Owner or Contributor on its resource group.
# Where az says AuthorizationFailed, it is missing. A check shows the roles
# that az finds; others may serve as well, so the script goes on.
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
# It can be run again: what is so already is left alone.
# It checks first, asks second, and changes last. With -Yes it answers its own
# questions. Where nobody can answer and without -Yes it only checks.
& {
  $ErrorActionPreference = 'Stop'
  # Every exit code is looked at below, by every version in the same way.
  $PSNativeCommandUseErrorActionPreference = $false
  #
  # Names
  $resource_group = 'rg-plants'
  $extension_version = '0.6.1'
  $release_train = 'stable'
  $cluster = 'line3-arc'
  $extension = 'line3-registry'
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
    Write-Check 'The extension exists'
    $extensions = @(az k8s-extension list `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --query '[?extensionType==''microsoft.containerregistry.connectedregistry'' || extensionType==''Microsoft.ContainerRegistry.ConnectedRegistry''].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or ($extensions -split '\n') -notcontains "${extension}") {
      Stop-Run 'The cluster has no connected registry extension of this name, or they could not be listed; then az said why above.' @('az', 'k8s-extension', 'list', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--output', 'table')
    }
    Write-Check 'Whether it is upgraded automatically'
    $auto_upgrade = @(az k8s-extension show `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --name "${extension}" `
      --query autoUpgradeMinorVersion `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The extension could not be read.'
    }
    Write-Check 'Its version'
    $installed_version = @(az k8s-extension show `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --name "${extension}" `
      --query currentVersion `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The extension could not be read.'
    }
    Write-Check 'The versions that exist'
    try {
      az k8s-extension extension-types list-versions-by-cluster `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --extension-type 'Microsoft.ContainerRegistry.ConnectedRegistry' `
        --release-train "${release_train}" `
        --output table
    }
    catch { Write-Host $_ }
    Write-Check 'Its release train'
    $current_train = @(az k8s-extension show `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --name "${extension}" `
      --query releaseTrain `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0) {
      Stop-Run 'The extension could not be read.'
    }
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
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    Write-Host "Cluster ${cluster} (resource group ${resource_group}), extension ${extension}"
    Write-Host "Subscription ${account}"
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    if (-not (($auto_upgrade -eq 'false') -and ($installed_version -eq "${extension_version}") -and ($current_train -eq "${release_train}"))) {
      Confirm-Change "${extension} on ${cluster} is at version ${installed_version}. The connected registry may restart, and what a step back may break is not documented. Bring it to ${extension_version}, which must be in the list above?"
    }
    #
    # --- Changes ---
    Write-Step 'Roll back to a version'
    if (-not (($auto_upgrade -eq 'false') -and ($installed_version -eq "${extension_version}") -and ($current_train -eq "${release_train}"))) {
      az k8s-extension update `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --name "${extension}" `
        --auto-upgrade-minor-version false `
        --version "${extension_version}" `
        --release-train "${release_train}" `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'That is so already; nothing to do.'
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
      Stop-Run 'The extension''s provisioning state is not Succeeded. If it is Creating or Updating, wait, and look again with the command below. If it is Failed, that command says why; bring it back to the version before, with the task Upgrade. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc' @('az', 'k8s-extension', 'show', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--name', "${extension}")
    }
    $thisRun.Step = 'Verify the deployment'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get pods --namespace connected-registry
      }
      catch { Write-Host $_ }
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
