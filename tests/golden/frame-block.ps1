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
    New-PrivateFile ([System.IO.Path]::Combine($thisFolder, 'private.json'))
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'private.json'), (@(
      '{}'
    ) -join "`n") + "`n")
    [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'open.json'))
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'open.json'), (@(
      '{}'
    ) -join "`n") + "`n")
    [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'private.json'))
    $isWritten = $true
  }
  finally { if (-not $isWritten) { [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'private.json')) } }
}
