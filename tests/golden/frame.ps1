#Requires -Version 5.1
# Title
#
#
# Save it as a .ps1 file and run that with Windows PowerShell 5.1 or
# PowerShell 7, on Windows, Linux or macOS; or paste it at a prompt: nothing
# runs before the last line has arrived, and a failure ends the script, not
# your session. A prompt that still waits wants Enter once more.
# Where Windows does not let downloaded scripts run: powershell
# -ExecutionPolicy Bypass -File NAME.ps1
# Again.
# It checks first, asks second, and changes last. With -Yes it answers its own
# questions. Where nobody can answer and without -Yes it only checks.
& {
  $ErrorActionPreference = 'Stop'
  # Every exit code is looked at below, by every version in the same way.
  $PSNativeCommandUseErrorActionPreference = $false
  #
  # Names
  $name = 'edge01'
  $crt = 'certs/tls.crt'
  $patterns = @('*:push', 'hello-world:*')
  $repositories = @('hello-world', 'app/api')
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
    Write-Check 'It is new enough'
    $state = @(az version) -join "`n" -replace '\r'
    if ($LASTEXITCODE -ne 0 -or -not (Test-Version $state '2.75.0')) {
      Stop-Run 'It is too old.' @('az', 'upgrade')
    }
    #
    # --- Questions: still nothing is changed ---
    $thisRun.Step = 'the questions'
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    Confirm-Change 'Write it?'
    #
    # --- Changes ---
    Write-Step 'Do it'
    $thisRun.Private = [System.IO.Path]::Combine($thisFolder, 'private.json')
    New-PrivateFile $thisRun.Private
    [System.IO.File]::WriteAllText($thisRun.Private, (@(
      '{}'
    ) -join "`n") + "`n")
    [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'open.json'))
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'open.json'), (@(
      '{}'
    ) -join "`n") + "`n")
    if ($thisRun.Private) {
      [System.IO.File]::Delete($thisRun.Private)
      $thisRun.Private = ''
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
