#Requires -Version 5.1
# Find out what is wrong
#
# Shows one place after the other, and what to do about what it shows.
# Checked against the parser of azure-cli 2.91.0 and the source of
# k8s-extension 1.9.3 on 2026-11-21; never tried on a live subscription.
#
# Save it as a .ps1 file and run that with Windows PowerShell 5.1 or
# PowerShell 7, on Windows, Linux or macOS; or paste it at a prompt: nothing
# runs before the last line has arrived, and a failure ends the script, not
# your session. A prompt that still waits wants Enter once more.
# It checks first, asks second, and changes last. It can be run again: it
# looks at what is there before it acts.
# With -Yes it answers its own questions. Where nobody can answer and without
# -Yes it only checks.
# Where Windows does not let downloaded scripts run: powershell
# -ExecutionPolicy Bypass -File NAME.ps1
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
      Stop-Run 'The Azure CLI must be 2.75.0 or newer, the oldest for which these commands are known to do what they say. Update it: https://learn.microsoft.com/cli/azure/update-azure-cli'
    }
    Write-Check 'The CLI extension k8s-extension is installed, 1.0.0 or newer'
    $k8s_extension_version = @(az extension list --query '[?name==''k8s-extension''].version' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $k8s_extension_version '1.0.0')) {
      Stop-Run 'The CLI extension k8s-extension is missing or too old; it deploys extensions to Arc clusters.' @('az', 'extension', 'add', '--upgrade', '--yes', '--name', 'k8s-extension')
    }
    Write-Check 'The CLI extension connectedk8s is installed, 1.2.0 or newer'
    $connectedk8s_version = @(az extension list --query '[?name==''connectedk8s''].version' --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $connectedk8s_version '1.2.0')) {
      Stop-Run 'The CLI extension connectedk8s is missing or too old; it shows whether the cluster is connected.' @('az', 'extension', 'add', '--upgrade', '--yes', '--name', 'connectedk8s')
    }
    Write-Check 'You are logged in, and the subscription is within reach'
    $account = @(az account show --query id --output tsv) -join "`n" -replace '\r'
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
      Stop-Run 'The registry was not found. Check its name, its resource group and the subscription, and that you may read it.'
    }
    Write-Check 'Its SKU is Premium'
    $sku = @(az acr show `
      --name "${registry}" `
      --resource-group "${resource_group}" `
      --query 'sku.name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $sku -ne 'Premium') {
      Stop-Run 'The SKU of the registry is not Premium, which connected registries need. Moving it to Premium costs more, so this script does not do it.' @('az', 'acr', 'update', '--name', "${registry}", '--resource-group', "${resource_group}", '--sku', 'Premium')
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
    Write-Check 'Whether kubectl points at this cluster (only needed to show what is in the cluster)'
    $kubectl_cluster = ''
    try {
      $kubectl_cluster = @(kubectl get configmap azure-clusterconfig `
        --namespace azure-arc `
        --request-timeout '10s' `
        --output 'jsonpath={.data.AZURE_RESOURCE_NAME}') -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $kubectl_cluster = '' }
    }
    catch { }
    Write-Check 'The connected registry exists'
    $connected_registries = @(az acr connected-registry list `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or ($connected_registries -split '\n') -notcontains "${connected_registry}") {
      Stop-Run 'The registry has no connected registry of this name. See them with: az acr connected-registry list'
    }
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed.' }
    #
    # --- Changes ---
    Write-Step 'Set the log level'
    az acr connected-registry update `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --name "${connected_registry}" `
      --log-level Debug
    Assert-Success
    #
    Write-Step 'The extension'
    try {
      az k8s-extension show `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --name "${extension}"
    }
    catch { Write-Host $_ }
    #
    Write-Step 'The connected registry in the cloud'
    try {
      az acr connected-registry show `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --output table
    }
    catch { Write-Host $_ }
    try {
      az acr connected-registry show `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --query statusDetails
    }
    catch { Write-Host $_ }
    try {
      az acr connected-registry permissions show `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}"
    }
    catch { Write-Host $_ }
    try {
      az acr connected-registry list-client-tokens `
        --registry "${registry}" `
        --resource-group "${resource_group}" `
        --name "${connected_registry}" `
        --query '[].name' `
        --output tsv
    }
    catch { Write-Host $_ }
    #
    Write-Step 'The pods'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl get pods --namespace connected-registry --output wide
      }
      catch { Write-Host $_ }
      try {
        kubectl describe pods --namespace connected-registry
      }
      catch { Write-Host $_ }
    }
    else {
      Write-Host 'kubectl is not there, or does not point at this cluster, so this is not shown.'
    }
    #
    Write-Step 'The events'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl get events --namespace connected-registry --sort-by '.lastTimestamp'
      }
      catch { Write-Host $_ }
    }
    else {
      Write-Host 'kubectl is not there, or does not point at this cluster, so this is not shown.'
    }
    #
    Write-Step 'The storage'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl get persistentvolumeclaims --namespace connected-registry
      }
      catch { Write-Host $_ }
      try {
        kubectl get storageclasses
      }
      catch { Write-Host $_ }
    }
    else {
      Write-Host 'kubectl is not there, or does not point at this cluster, so this is not shown.'
    }
    #
    Write-Step 'The services and their addresses'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl get services --all-namespaces
      }
      catch { Write-Host $_ }
    }
    else {
      Write-Host 'kubectl is not there, or does not point at this cluster, so this is not shown.'
    }
    #
    Write-Step 'The logs'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl logs `
          --namespace connected-registry `
          --selector pod-template-hash `
          --all-containers `
          --prefix `
          --tail 200
      }
      catch { Write-Host $_ }
    }
    else {
      Write-Host 'kubectl is not there, or does not point at this cluster, so this is not shown.'
    }
    #
    $thisRun.Done = $true
    $global:LASTEXITCODE = 0
    Write-Host "`nDone."
  }
  catch {
    $thisRun.Told = $true
    $Host.UI.WriteErrorLine("`nStopped at: $($thisRun.Step)")
    $Host.UI.WriteErrorLine("Reason: $($_.Exception.Message)")
    if ($thisRun.Remedy) {
      $allWords = foreach ($thisWord in $thisRun.Remedy) {
        foreach ($oneWord in $thisWord) {
          if ($oneWord -cmatch '^(--)?[A-Za-z][A-Za-z0-9_-]*\z') { $oneWord } else { "'" + ($oneWord -replace '([''\u2018-\u201B])', '$1$1') + "'" }
        }
      }
      $Host.UI.WriteErrorLine("Try:`n  $($allWords -join ' ')")
    }
  }
  finally {
    if ($thisRun.Private) { [System.IO.File]::Delete($thisRun.Private) }
    if (-not $thisRun.Done -and -not $thisRun.Told) { $Host.UI.WriteErrorLine("`nStopped at: $($thisRun.Step)") }
  }
  if (-not $thisRun.Done) {
    if ($PSCommandPath) { exit 1 }
    throw 'The script stopped; the reason stands above.'
  }
} @args
