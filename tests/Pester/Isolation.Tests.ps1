# A session that has loaded another version of a library that we bring keeps its own, and we ours.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Get-ExamplePath 'faithful.csv'

    # Older packages come with the test project and are loaded by nobody else.
    function Get-OldLibrary([string] $Name, [string] $Version) {
        $packages = $env:GMMTOOLS_TEST_PACKAGES ?? $env:NUGET_PACKAGES ?? (Join-Path $HOME '.nuget/packages')
        Join-Path $packages "$($Name.ToLowerInvariant())/$Version/lib/netstandard2.0/$Name.dll"
    }

    function Invoke-Session([string] $Command) {
        $child = Invoke-Pwsh "`$ErrorActionPreference = 'Stop'`n$Command" -Environment @{ LC_ALL = 'C.UTF-8'; LANG = 'C.UTF-8' }
        $child.Errors | Should -BeExactly ''
        $child.ExitCode | Should -Be 0
        $child.Lines
    }

    $script:work = @"
        `$fit = Import-Csv '$faithful' | Invoke-EmFit -ComponentCount 2
        '{0:F3}' -f `$fit.LogLikelihood
        `$null = Import-Csv '$faithful' | Find-MixtureOutlier `$fit

"@
    $script:loadOld = "`$null = [Reflection.Assembly]::LoadFrom('$(Get-OldLibrary 'MathNet.Numerics' '4.15.0')')`n"
    $script:useOld = @'
        [MathNet.Numerics.SpecialFunctions].Assembly.GetName().Version.ToString(3)
        '{0:F0}' -f [MathNet.Numerics.SpecialFunctions]::Gamma(5)
        '{0:F0}' -f [MathNet.Numerics.LinearAlgebra.Matrix[double]]::Build.DenseIdentity(3).Determinant()

'@
    $script:tellVersions = "([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName() } | Where-Object Name -eq 'MathNet.Numerics' | ForEach-Object { `$_.Version.ToString(3) } | Sort-Object) -join ' '`n"
}

Describe 'Isolation' -Tag FastEngine {
    It 'leaves an older MathNet in place that was there first' {
        Invoke-Session ($loadOld + $useOld + $work + $useOld + $tellVersions) | Should -BeExactly '4.15.0', '24', '1', '-1130.264', '4.15.0', '24', '1', '4.15.0 5.0.0'
    }

    It 'lets an older MathNet be found that comes later' {
        Invoke-Session ($work + $loadOld + $useOld + $work + $tellVersions) | Should -BeExactly '-1130.264', '4.15.0', '24', '1', '-1130.264', '4.15.0 5.0.0'
    }

    It 'loads nothing of pictures before the first' {
        $count = "@([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -match 'GmmTools.Plots' }).Count"
        $lines = Invoke-Session "
            `$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; $count
            `$null = Show-MixturePlot -Model `$m; $count
            `$m | Export-MixturePlot '$(Join-Path $TestDrive 'first.png')' -PassThru | Remove-Item; $count"
        $lines | Should -BeExactly '0', '1', '1'
    }
}
