#Requires -Version 5.1
# Find out what is wrong
#
# Shows one place after the other, and what to do about what it shows.
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
# It changes nothing but the log level.
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
  function Confirm-Change([string] $Question) {
    if ($thisRun.Yes) {
      Write-Host "${Question} yes (-Yes)"
      return
    }
    $answer = Read-Host "${Question} [y/N]"
    if ("${answer}".Trim() -notin 'y', 'yes') { Stop-Run 'you did not say yes. Nothing was changed.' }
  }
  function Write-Note([string] $Text, [object[]] $Command) {
    Write-Host "`n* ${Text}"
    if ($Command) { Write-Host "  $(Format-Command $Command)" }
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
    Write-Check 'You are logged in and can use the subscription'
    $account = ''
    try {
      $account = @(az account show --query 'join('' '', [name, id])' --output tsv) -join "`n" -replace '\r'
      if ($LASTEXITCODE -ne 0) { $account = '' }
    }
    catch { }
    Write-Check 'Whether kubectl points at this cluster'
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
    Write-Host "Registry ${registry} (resource group ${resource_group}), connected registry ${connected_registry}"
    Write-Host "Cluster ${cluster} (resource group ${resource_group}), extension ${extension}"
    Write-Host "Subscription ${account}"
    $canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
    if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
    if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run 'the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed, which is why the exit code is 1.' }
    Confirm-Change "This sets the log level of ${connected_registry}. Go on?"
    #
    # --- Changes ---
    Write-Step 'The Azure CLI, the registry and the cluster'
    try {
      az version
    }
    catch { Write-Host $_ }
    try {
      az extension list --query '[].[name, version]' --output table
    }
    catch { Write-Host $_ }
    try {
      az account show --output table
    }
    catch { Write-Host $_ }
    try {
      az acr show `
        --name "${registry}" `
        --resource-group "${resource_group}" `
        --query '{sku: sku.name, dataEndpoint: dataEndpointEnabled}' `
        --output table
    }
    catch { Write-Host $_ }
    try {
      az connectedk8s show `
        --name "${cluster}" `
        --resource-group "${resource_group}" `
        --query '{connectivity: connectivityStatus, agents: agentVersion}' `
        --output table
    }
    catch { Write-Host $_ }
    try {
      az provider show `
        --namespace 'Microsoft.KubernetesConfiguration' `
        --query registrationState `
        --output tsv
    }
    catch { Write-Host $_ }
    Write-Note '"Please run az login", an expired login, or a subscription that is not found: log in again.' @('az', 'login')
    Write-Note 'Sku is not Premium: connected registries need it. This moves the registry, and costs more:' @('az', 'acr', 'update', '--name', "${registry}", '--resource-group', "${resource_group}", '--sku', 'Premium')
    Write-Note 'DataEndpoint is not true: creating a connected registry fails until it is on. Turning it on changes how every client of the registry fetches layers:' @('az', 'acr', 'update', '--name', "${registry}", '--resource-group', "${resource_group}", '--data-endpoint-enabled', 'true')
    Write-Note 'Connectivity is not Connected, or the cluster is not found: its Arc agents do not run or cannot reach Azure, or it was never connected. A support page names agents older than 1.5.3 as too old. Look at the agents:' @('kubectl', 'get', 'pods', '--namespace', 'azure-arc')
    Write-Note 'The last line is not Registered: Microsoft.KubernetesConfiguration is missing, and deployments fail without a message:' @('az', 'provider', 'register', '--namespace', 'Microsoft.KubernetesConfiguration', '--wait')
    Write-Note 'AuthorizationFailed: by the documentation you need the role "Container Registry Contributor and Data Access Configuration Administrator" on the registry and "Kubernetes Extension Contributor" on the cluster, or Owner or Contributor on both resource groups.'
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
    Write-Note '"can''t reuse a name that is still in use": an extension or Helm release of this name is there already. Choose another name, or delete that one; its volume goes with it. See them:' @('az', 'k8s-extension', 'list', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--output', 'table')
    Write-Note '"unable to create new content in namespace connected-registry because it is being terminated": the last removal is still going on. Deploy again when this finds no such namespace:' @('kubectl', 'get', 'namespace', 'connected-registry')
    Write-Note '"failed in download the Chart path not found": the version does not exist. Those that exist:' @('az', 'k8s-extension', 'extension-types', 'list-versions-by-cluster', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--extension-type', 'Microsoft.ContainerRegistry.ConnectedRegistry', '--output', 'table')
    Write-Note 'It fails without a message: Microsoft.KubernetesConfiguration is probably not registered, see above.'
    Write-Note '422 Unprocessable Entity: the service IP is outside the service CIDR, or taken. The task "Redeploy" takes another one, and deletes the volume. Those that are taken:' @('kubectl', 'get', 'services', '--all-namespaces')
    Write-Note 'cert-manager "already exists": the cluster has one of its own. Use the task "Redeploy" with the certificate "cert-manager, your own"; it deletes the volume.'
    Write-Note 'The CLI has a look of its own at extensions; not tried:' @('az', 'k8s-extension', 'troubleshoot', '--name', "${extension}", '--namespace-list', 'connected-registry')
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
    Write-Note 'CONNECTION STATE Offline, long after the deployment: the pod does not run, or a firewall is in between. With a schedule, look again inside the window. It needs port 443 to these:' @('az', 'acr', 'show-endpoints', '--name', "${registry}", '--resource-group', "${resource_group}")
    Write-Note '"manifest unknown" or image not found: the repository is not synchronized, or not yet. This adds it:' @('az', 'acr', 'connected-registry', 'permissions', 'update', '--registry', "${registry}", '--resource-group', "${resource_group}", '--name', "${connected_registry}", '--add', '<repositories to synchronize>')
    Write-Note '"insufficient scopes" on a pull: the scope map of the client token lacks the repository. If it is the one made with the token:' @('az', 'acr', 'scope-map', 'update', '--registry', "${registry}", '--resource-group', "${resource_group}", '--name', '<client token>-scope-map', '--add-repository', '<repositories to synchronize>', 'content/read', 'metadata/read')
    Write-Note 'A push is denied: this prints ReadOnly, which cannot be changed; or the scope map of the client token lacks content/write and metadata/write.' @('az', 'acr', 'connected-registry', 'show', '--registry', "${registry}", '--resource-group', "${resource_group}", '--name', "${connected_registry}", '--query', 'mode', '--output', 'tsv')
    Write-Note 'What SYNC STATE means exactly is not documented; others asked, too: issue 591 of Azure/acr.'
    Write-Note '"Connected registry name must use only lowercase" on creating: a misleading message of old CLIs (2.35); update the Azure CLI.'
    Write-Note 'The portal shows an error about the region: known as issue 711 of Azure/acr.'
    #
    Write-Step 'The pods'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get pods --namespace connected-registry --output wide
      }
      catch { Write-Host $_ }
      try {
        kubectl describe pods --namespace connected-registry
      }
      catch { Write-Host $_ }
      Write-Note 'Pending, because of a persistent volume claim: see the storage below.'
      Write-Note 'Pending or 0/1, with an empty TLS secret: no cert-manager is in the cluster. Install one, or use the task "Redeploy" with the certificate "cert-manager, installed", which deletes the volume. The secrets:' @('kubectl', 'get', 'secrets', '--namespace', 'connected-registry')
    }
    else {
      Write-Host 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
    }
    #
    Write-Step 'The events'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get events --namespace connected-registry --sort-by '.lastTimestamp'
      }
      catch { Write-Host $_ }
      Write-Note 'FailedScheduling, FailedMount and Failed say in their message what is missing.'
    }
    else {
      Write-Host 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
    }
    #
    Write-Step 'The storage'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get persistentvolumeclaims --namespace connected-registry
      }
      catch { Write-Host $_ }
      try {
        kubectl get storageclasses
      }
      catch { Write-Host $_ }
      Write-Note 'The claim stays Pending: there is no default class, or no room for its size. The task "Redeploy" takes another class and size, and deletes the volume. What the claim asks for:' @('kubectl', 'get', 'persistentvolumeclaims', 'connected-registry-pvc', '--namespace', 'connected-registry', '--output', 'yaml')
      Write-Note 'Changing them in place, as the troubleshooting page has it; not verified, and Kubernetes may refuse to change a claim:' @('az', 'k8s-extension', 'update', '--cluster-name', "${cluster}", '--cluster-type', 'connectedClusters', '--resource-group', "${resource_group}", '--name', "${extension}", '--config', 'pvc.storageClassName=<storage class>', '--config', 'pvc.storageRequest=<storage size>', '--yes')
    }
    else {
      Write-Host 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
    }
    #
    Write-Step 'The services and their addresses'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl get services --all-namespaces
      }
      catch { Write-Host $_ }
      Write-Note 'The service IP belongs to another service: use the task "Redeploy" with one that is free; it deletes the volume.'
    }
    else {
      Write-Host 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
    }
    #
    Write-Step 'The logs'
    if ($kubectl_cluster -eq "${resource_group}/${cluster}") {
      try {
        kubectl logs `
          --namespace connected-registry `
          --selector pod-template-hash `
          --all-containers `
          --prefix `
          --tail 200
      }
      catch { Write-Host $_ }
      Write-Note '"No resources found": its pods have other labels. For one of those listed above:' @('kubectl', 'logs', '--namespace', 'connected-registry', 'POD', '--all-containers')
      Write-Note 'UNAUTHORIZED Incorrect Password: the password was generated anew, or the connection string is damaged, for instance by a carriage return that az prints under Windows. The task "Rotate" gives the extension a new one.'
      Write-Note 'ALREADY_ACTIVATED: the connected registry is tied to an earlier deployment. The task "Redeploy" deactivates it first, and deletes the volume.'
      Write-Note '"server gave HTTP response to HTTPS client" on a node: plain HTTP needs an exception on each node; the last step of the scenario "HTTP" makes it.'
      Write-Note 'A nested registry does not trust its parent''s certificate: the authority of the parent''s certificate is unknown to it. Known as issue 620 of Azure/acr.'
      Write-Note '413 RequestEntityTooLarge on activation, with k3s: open at the time of writing, https://github.com/Azure/acr/issues/725'
    }
    else {
      Write-Host 'kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose the context with kubectl config use-context, or give it in the configurator.'
    }
    #
    Write-Step 'Set the log level'
    az acr connected-registry update `
      --registry "${registry}" `
      --resource-group "${resource_group}" `
      --name "${connected_registry}" `
      --log-level Debug
    Assert-Success
    Write-Note 'Set it back when you are done:' @('az', 'acr', 'connected-registry', 'update', '--registry', "${registry}", '--resource-group', "${resource_group}", '--name', "${connected_registry}", '--log-level', 'Information')
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
