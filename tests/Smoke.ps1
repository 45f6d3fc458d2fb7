# A first hour with the module, in any PowerShell that it is for: Windows PowerShell 5.1 runs this file too, which is why it is written in
# its language and in ASCII. Prints a line for each thing that was tried and ends with 1 when one of them did not work.
param(
    [Parameter(Mandatory = $true)]
    [string] $Manifest
)
$ErrorActionPreference = 'Stop'
$script:failed = 0
$folder = Split-Path -Parent (Resolve-Path -LiteralPath $Manifest).ProviderPath
$data = Join-Path (Split-Path -Parent $PSScriptRoot) 'src/Examples/faithful.csv'
$file = Join-Path ([IO.Path]::GetTempPath()) "GmmTools-$([guid]::NewGuid()).json"

function Test-That([string] $Name, [scriptblock] $Check) {
    try {
        $result = @(. $Check)
        if ($result.Count -ne 1 -or $result[0] -ne $true) { throw "it gave '$result'" }
        "passed  $Name"
    }
    catch {
        $script:failed++
        "FAILED  ${Name}: $_"
    }
}

"PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
Import-Module $Manifest
$module = Get-Module GmmTools
$fast = $PSVersionTable.PSVersion -ge [version]'7.6' -and (Test-Path -LiteralPath (Join-Path $folder 'bin/net10.0'))
$engine = 'netstandard2.0'
if ($fast) { $engine = 'net10.0' }

Test-That 'all commands are there, with help' {
    $commands = @($module.ExportedCommands.Keys)
    $without = @($commands | Where-Object { -not (Get-Help $_).Synopsis -or (Get-Help $_).Synopsis -like "*$_ *-*" })
    if ($without) { throw "no help: $without" }
    $commands.Count -eq (Import-PowerShellDataFile -LiteralPath $Manifest).CmdletsToExport.Count
}
Test-That 'a fit has the likelihood that is published' {
    $script:fit = Import-Csv -LiteralPath $data | Invoke-EmFit -ComponentCount 2
    [Math]::Abs($fit.LogLikelihood + 1130.264) -lt 0.001
}
Test-That "the engine is $engine" {
    $core = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'GmmTools.Core*' })
    # in its folder, or in that of the platform below it
    $core.Count -eq 1 -and ($core[0].Location -split '[\\/]')[-3..-2] -contains $engine
}
Test-That 'a file is read as the pipeline is' {
    (Invoke-EmFit -LiteralPath $data -ComponentCount 2).LogLikelihood -eq $fit.LogLikelihood
}
Test-That 'a search chooses' {
    (Import-Csv -LiteralPath $data | Invoke-EmFit -ComponentCount (1..3) -CovarianceModel EEE, VVV | Select-MixtureFit -WarningAction SilentlyContinue).ComponentCount -ge 2
}
Test-That 'each row has its component' {
    @(Import-Csv -LiteralPath $data | Get-MixtureMembership -Model $fit).Count -eq $fit.RowCount
}
Test-That 'a mixture comes back from its file as it was' {
    $fit | Export-GaussianMixture -Path $file
    $rows = @(Compare-GaussianMixture $fit (Import-GaussianMixture -LiteralPath $file))
    $rows.Count -gt 0 -and @($rows | Where-Object { $_.Deviation -ne 0 }).Count -eq 0
}
Test-That 'a mixture is written as SQL' {
    "$($fit | ConvertTo-MixtureSql)" -match 'eruptions'
}
Test-That 'samples have their seed' {
    $first = $fit | New-GaussianMixtureSample -Count 3 -Seed 1 | Out-String
    $first -eq ($fit | New-GaussianMixtureSample -Count 3 -Seed 1 | Out-String)
}
Test-That 'pictures are drawn' {
    $sizes = foreach ($extension in '.svg', '.png') {
        $picture = [IO.Path]::ChangeExtension($file, $extension)
        $fit | Export-MixturePlot $picture
        (Get-Item -LiteralPath $picture).Length
        Remove-Item -LiteralPath $picture
    }
    @($sizes | Where-Object { $_ -gt 1000 }).Count -eq 2
}
Test-That 'published values are found here' {
    Test-GmmTools -Quiet
}

Remove-Item -LiteralPath $file -ErrorAction SilentlyContinue
"$script:failed failed"
exit [int]($script:failed -gt 0)
