& {
  $ErrorActionPreference = 'Continue'
  $thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath
  function Write-PrivateFile([string] $Path, [string[]] $Lines) {
    [System.IO.File]::Delete($Path)
    [System.IO.File]::Open($Path, 'CreateNew').Close()
    if ($env:OS -eq 'Windows_NT') {
      $sid = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
      icacls "${Path}" /inheritance:r /grant:r "*${sid}:F" | Out-Null
    }
    else {
      chmod 600 "${Path}"
    }
    if ($LASTEXITCODE -ne 0) { throw 'the file could not be closed to others; nothing was written into it.' }
    [System.IO.File]::WriteAllText($Path, ($Lines -join "`n") + "`n")
  }
  try {
    Write-PrivateFile ([System.IO.Path]::Combine($thisFolder, 'private.json')) @(
      '{}'
    )
    [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'open.json'))
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'open.json'), (@(
      '{}'
    ) -join "`n") + "`n")
    [System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'private.json'))
  }
  catch { throw }
}
