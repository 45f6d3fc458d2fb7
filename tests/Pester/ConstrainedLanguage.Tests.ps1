# Where a policy allows neither method calls nor casts to objects, all that the help shows without them can be typed.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../GmmTools.psd1')).Path
    Copy-Item (Join-Path $PSScriptRoot '../../src/Examples') (New-Item -ItemType Directory -Force (Join-Path $TestDrive 'src')) -Recurse -Force

    function Invoke-Constrained([string[]] $Code) {
        $number = 0
        $calls = foreach ($one in $Code) {
            $number++
            Set-Content (Join-Path $TestDrive "$number.ps1") $one
            "& ./$number.ps1 | Out-String"
        }
        Push-Location $TestDrive
        try {
            pwsh -NoProfile -NonInteractive -Command "
                `$ErrorActionPreference = 'Stop'
                Import-Module '$manifest'
                `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
                try { $($calls -join '; '); 'DONE' } catch { `"`$_ `$(`$_.FullyQualifiedErrorId)`" }" 3> $null
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Constrained language' {
    BeforeDiscovery {
        Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
        Import-TestedModule
        $commands = (Get-Command -Module GmmTools).Name
    }

    It 'is in force in these tests' {
        Invoke-Constrained '[System.IO.File]::Exists("x")' | Select-Object -Last 1 | Should -Match 'InConstrainedLanguage'
    }

    It 'runs the examples of <_> that call no methods' -ForEach $commands {
        $examples = @((Get-Help $_ -Examples).examples.example.code | Where-Object {
                $ast = [System.Management.Automation.Language.Parser]::ParseInput($_, [ref] $null, [ref] $null)
                -not $ast.Find({
                        $args[0] -is [System.Management.Automation.Language.InvokeMemberExpressionAst] -or
                        ($args[0] -is [System.Management.Automation.Language.ConvertExpressionAst] -and $args[0].StaticType -eq [psobject])
                    }, $true)
            })
        $examples.Count | Should -BeGreaterThan 0
        Invoke-Constrained $examples | Select-Object -Last 1 | Should -Be 'DONE'
    }

    It 'reads and scores files, rows and plain numbers' {
        Invoke-Constrained @'
            $fit = 1, 2, 4, 8, 9, 10, 11 | Invoke-EmFit -ComponentCount 2 -TimeLimit 30 -Culture de-DE -WarningAction Ignore
            $fit.Mixture.Components
            @{ x1 = '2,5' } | Measure-MixtureLikelihood $fit -PerObservation -Culture de-DE
            Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 2 -CovarianceModel Full, E* -Delimiter ',' -Encoding utf8 | Select-MixtureFit
'@ | Select-Object -Last 1 | Should -Be 'DONE'
    }
}
