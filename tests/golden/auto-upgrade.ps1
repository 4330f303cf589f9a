#Requires -Version 5.1
# Upgrade automatically
#
# Changes how the extension is kept up to date, and nothing else of its
# configuration.
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
  $resource_group = 'rg-retail'
  $release_train = 'stable'
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
    Write-Check 'The cluster is connected to Azure Arc'
    $connectivity = @(az connectedk8s show `
      --name "${cluster}" `
      --resource-group "${resource_group}" `
      --query connectivityStatus `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or $connectivity -ne 'Connected') {
      Stop-Run 'The cluster was not found, or is not connected to Azure Arc. Check its name, its group and its agents: https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster'
    }
    Write-Check 'The extension exists'
    $extensions = @(az k8s-extension list `
      --cluster-name "${cluster}" `
      --cluster-type connectedClusters `
      --resource-group "${resource_group}" `
      --query '[].name' `
      --output tsv) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or ($extensions -split '\n') -notcontains "${extension}") {
      Stop-Run 'The cluster has no extension of this name. See them with: az k8s-extension list'
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
    Write-Check 'Whether kubectl points at this cluster (only needed to see the pods at the end)'
    $kubectl_cluster = ''
    try {
      $kubectl_cluster = @(kubectl get configmap azure-clusterconfig `
        --namespace azure-arc `
        --request-timeout '10s' `
        --output 'jsonpath={.data.AZURE_RESOURCE_NAME}') -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $kubectl_cluster = '' }
    }
    catch { }
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed.' }
    #
    # --- Changes ---
    Write-Step 'Upgrade automatically'
    if (-not ($auto_upgrade -eq 'true')) {
      az k8s-extension update `
        --cluster-name "${cluster}" `
        --cluster-type connectedClusters `
        --resource-group "${resource_group}" `
        --name "${extension}" `
        --auto-upgrade-minor-version true `
        --release-train "${release_train}" `
        --yes
      Assert-Success
    }
    else {
      Write-Host 'It is so already; nothing to do.'
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
      Stop-Run 'The extension''s provisioning state is not Succeeded. If it is Creating or Updating, wait and run this again. If it is Failed, see why with the command below, delete the extension with az k8s-extension delete, and run this again. The messages are explained at https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc' @('az', 'k8s-extension', 'show', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--name', "${extension}")
    }
    $thisRun.Step = 'Verify the deployment'
    if ($kubectl_cluster -eq "${cluster}") {
      try {
        kubectl get pods --namespace connected-registry
      }
      catch { Write-Host $_ }
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
