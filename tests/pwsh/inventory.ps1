# What every file NUMBER.txt of the current folder makes use of, by PowerShell's own parser: each use
# once, as a line of the kind, the name, and the file and line where it is found first, between tabs.
$found = [System.Collections.Generic.Dictionary[string, string]]::new()
function Add-Use([string] $Kind, [string] $Name, $Extent) {
  $key = "$Kind`t$($Name -replace '\s+', ' ')"
  if (-not $found.ContainsKey($key)) { $found[$key] = "$number`t$($Extent.StartLineNumber)" }
}
$count = 0
foreach ($file in Get-ChildItem -LiteralPath . -Filter *.txt | Sort-Object { [int] $_.BaseName }) {
  $number = $file.BaseName
  $count++
  $tokens = $null
  $errors = $null
  $ast = [System.Management.Automation.Language.Parser]::ParseInput([System.IO.File]::ReadAllText($file.FullName), [ref] $tokens, [ref] $errors)
  foreach ($problem in $errors) { Add-Use 'error' $problem.Message $problem.Extent }

  # Expandable strings hold tokens of their own.
  $waiting = [System.Collections.Generic.Queue[object]]::new()
  $tokens.ForEach({ $waiting.Enqueue($_) })
  while ($waiting.Count -gt 0) {
    $token = $waiting.Dequeue()
    if ($token -is [System.Management.Automation.Language.StringExpandableToken]) {
      if ($token.NestedTokens) { $token.NestedTokens.ForEach({ $waiting.Enqueue($_) }) }
      foreach ($escape in [regex]::Matches($token.Text, '`(u\{|.)')) { Add-Use 'escape' $escape.Value $token.Extent }
    }
    elseif ($token.Kind -eq 'Number') { Add-Use 'number' ($token.Text -replace '[0-9]+', '0') $token.Extent }
    Add-Use 'token' $token.Kind $token.Extent
  }

  $functions = $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true).Name
  $assigned = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::OrdinalIgnoreCase)
  foreach ($node in $ast.FindAll({ $true }, $true)) {
    $target = switch ($node.GetType().Name) {
      'AssignmentStatementAst' { $node.Left }
      'ForEachStatementAst' { $node.Variable }
      'ParameterAst' { $node.Name }
    }
    while ($target -is [System.Management.Automation.Language.AttributedExpressionAst]) { $target = $target.Child }
    if ($target -is [System.Management.Automation.Language.VariableExpressionAst]) {
      [void] $assigned.Add($target.VariablePath.UserPath)
      Add-Use 'assigned' $target.VariablePath.UserPath $target.Extent
    }
  }
  foreach ($node in $ast.FindAll({ $true }, $true)) {
    Add-Use 'syntax' $node.GetType().Name $node.Extent
    switch ($node.GetType().Name) {
      'CommandAst' {
        $name = $node.GetCommandName()
        if (-not $name) { Add-Use 'called' "$($node.InvocationOperator) $($node.CommandElements[0].GetType().Name)" $node.Extent; break }
        if ($name -in $functions) { break }
        Add-Use 'command' $name $node.Extent
        # Only cmdlets have parameters; to a program they are words.
        if ($name -like '*-*') {
          foreach ($element in $node.CommandElements.Where({ $_ -is [System.Management.Automation.Language.CommandParameterAst] })) {
            Add-Use 'parameter' "$name -$($element.ParameterName)" $element.Extent
          }
        }
        break
      }
      'FileRedirectionAst' { Add-Use 'redirection' "$($node.FromStream) $($node.Location)" $node.Extent; break }
      'MergingRedirectionAst' { Add-Use 'redirection' "$($node.FromStream) $($node.ToStream)" $node.Extent; break }
      'NamedBlockAst' { Add-Use 'block' $node.BlockKind $node.Extent; break }
      'PipelineAst' { if ($node.Background) { Add-Use 'syntax' 'background' $node.Extent }; break }
      { $_ -in 'TypeExpressionAst', 'TypeConstraintAst' } { Add-Use 'type' $node.TypeName.FullName $node.Extent; break }
      'AttributeAst' { Add-Use 'attribute' $node.TypeName.FullName $node.Extent; break }
      'VariableExpressionAst' {
        $name = $node.VariablePath.UserPath
        if (-not $assigned.Contains($name)) { Add-Use 'variable' $name $node.Extent }
        break
      }
      { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst' } {
        $of = if ($node.Static) { "[$($node.Expression.TypeName.FullName)]::" } else { '.' }
        $call = if ($_ -eq 'InvokeMemberExpressionAst') { "($($node.Arguments.Count))" } else { '' }
        if ($node.NullConditional) { Add-Use 'syntax' 'null-conditional' $node.Extent }
        Add-Use 'member' "$of$($node.Member.Extent.Text)$call" $node.Extent
        break
      }
    }
  }
}
foreach ($use in $found.GetEnumerator()) { "USE`t$($use.Key)`t$($use.Value)" }
"read $count"
