# Where a policy allows neither method calls nor casts to objects, all that the help shows without them can be typed.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Copy-Item (Split-Path (Get-ExamplePath 'faithful.csv')) (New-Item -ItemType Directory -Force (Join-Path $TestDrive 'src')) -Recurse -Force

    function Select-CodeWithoutMethods([string[]] $Code) {
        $Code | Where-Object {
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($_, [ref] $null, [ref] $null)
            -not $ast.Find({
                    $args[0] -is [System.Management.Automation.Language.InvokeMemberExpressionAst] -or
                    ($args[0] -is [System.Management.Automation.Language.ConvertExpressionAst] -and $args[0].StaticType -eq [psobject])
                }, $true)
        }
    }

    # All of it in one process, for the sake of time: what each group of scripts came to, under the name of the group.
    function Invoke-Constrained([Collections.Specialized.OrderedDictionary] $Groups) {
        $number = 0
        $blocks = foreach ($name in $Groups.Keys) {
            $calls = foreach ($code in $Groups[$name]) {
                $number++
                Set-Content (Join-Path $TestDrive "$number.ps1") $code
                "`$null = & ./$number.ps1 | Out-String"
            }
            "try { $($calls -join '; '); '$name=DONE' } catch { `"$name=`$_ `$(`$_.FullyQualifiedErrorId)`" }"
        }
        $child = Invoke-Pwsh -WorkingDirectory $TestDrive -Command "
            `$ErrorActionPreference = 'Stop'
            `$WarningPreference = `$ProgressPreference = 'SilentlyContinue'
            `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            $($blocks -join "`n")"
        $results = @{}
        foreach ($line in $child.Lines | Where-Object { $_ -match '=' }) {
            $name, $text = $line -split '=', 2
            $results[$name] = $text
        }
        $results
    }

    $groups = [ordered]@{
        forbidden = '[System.IO.File]::Exists("x")'
        rows      = @'
            $fit = 1, 2, 4, 8, 9, 10, 11 | Invoke-EmFit -ComponentCount 2 -TimeLimit 30 -Culture de-DE -WarningAction Ignore
            $fit.Mixture.Components
            @{ x1 = '2,5' } | Measure-MixtureLikelihood $fit -PerObservation -Culture de-DE
            Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 2 -CovarianceModel Full, E* -Delimiter ',' -Encoding utf8 | Select-MixtureFit
'@
    }
    $script:examples = @{}
    foreach ($command in (Get-Command -Module GmmTools).Name) {
        $examples[$command] = @(Select-CodeWithoutMethods (Get-Help $command -Examples).examples.example.code)
        $groups[$command] = $examples[$command]
    }
    $script:results = Invoke-Constrained $groups
}

Describe 'Constrained language' -Tag FastEngine {
    BeforeDiscovery {
        Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
        Import-TestedModule
        $commands = (Get-Command -Module GmmTools).Name
    }

    It 'is in force in these tests' {
        $results['forbidden'] | Should -Match 'InConstrainedLanguage'
    }

    It 'runs the examples of <_> that call no methods' -ForEach $commands {
        $examples[$_].Count | Should -BeGreaterThan 0
        $results[$_] | Should -BeExactly 'DONE'
    }

    It 'reads and scores files, rows and plain numbers' {
        $results['rows'] | Should -BeExactly 'DONE'
    }
}
