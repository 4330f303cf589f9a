#Requires -Version 5.1
# Change the synchronized repositories
#
# Changes which repositories the connected registry synchronizes.
# You need, by the documentation of the roles, "Container Registry Contributor
# and Data Access Configuration Administrator" on the registry; or Owner or
# Contributor on its resource group. Where az says AuthorizationFailed, it is
# missing. A check shows the roles that az finds; others may serve as well, so
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
# It can be run again: it adds and removes the same once more, which changes
# nothing.
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
  $subscription = 'Retail'
  $connected_registry = 'store17'
  $repositories = @('pos/scanner', 'pos/scale')
  $removed_repositories = @('pos/printer')
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
    Write-Check 'Its version is 2.75.0 or newer'
    $azure_cli_version = @(az version --query 'max(values(@)[?type(@) == ''string''])' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $azure_cli_version '2.75.0')) {
      Stop-Run 'The Azure CLI must be 2.75.0 or newer: older ones do less, or other things. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
    }
    Write-Check 'You are logged in and can use the subscription'
    $account = @(az account show `
      --subscription "${subscription}" `
      --query 'join('' '', [name, id])' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $account -eq '') {
      Stop-Run 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table' @('az', 'login')
    }
    Write-Check 'The registry exists'
    $registry_id = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --subscription "${subscription}" `
      --query id `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $registry_id -eq '') {
      Stop-Run 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it. Or your login has expired: az login'
    }
    Write-Check 'Its SKU is Premium'
    $sku = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --subscription "${subscription}" `
      --query 'sku.name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $sku -ne 'Premium') {
      Stop-Run 'The SKU of the registry is not Premium, which connected registries need. The command below moves it to Premium, which costs more; so this script does not run it.' @('az', 'acr', 'update', '--name', "${registry}", '--resource-group', "${resource_group}", '--subscription', "${subscription}", '--sku', 'Premium')
    }
    Write-Check 'Who is signed in'
    $signed_in = @(az account show `
      --subscription "${subscription}" `
      --query 'user.name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $signed_in -eq '') {
      Stop-Run 'You are not logged in to Azure, or the subscription is not one of yours. See your subscriptions with: az account list --output table'
    }
    Write-Check 'The id of the subscription'
    $subscription_id = @(az account show --subscription "${subscription}" --query id --output tsv) -join "`n" -replace '\r'
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
    Write-Check 'The connected registry exists'
    $connected_registries = @(az acr connected-registry list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --subscription "${subscription}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or ($connected_registries -split '\n') -notcontains "${connected_registry}") {
      Stop-Run 'The registry has no connected registry of this name, or they could not be listed; then az said why above.' @('az', 'acr', 'connected-registry', 'list', '--registry', "${registry}", '--resource-group', "${resource_group}", '--subscription', "${subscription}", '--output', 'table')
    }
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    Write-Host "Registry ${registry} (resource group ${resource_group}), connected registry ${connected_registry}"
    Write-Host "Subscription ${account}"
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    Confirm-Change "${connected_registry} of ${registry}, and every connected registry below it, stops synchronizing ${removed_repositories}. Go on?"
    #
    # --- Changes ---
    Write-Step 'Change the synchronized repositories'
    # Mind: What is removed here is removed from all connected registries below
    # this one as well.
    az acr connected-registry permissions update `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --subscription "${subscription}" `
      --name "${connected_registry}" `
      --add $repositories `
      --remove $removed_repositories
    Assert-Success
    az acr connected-registry permissions show `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --subscription "${subscription}" `
      --name "${connected_registry}"
    Assert-Success
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
