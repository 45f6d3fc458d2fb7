# The pages about_... are found by Get-Help, fit the screen, and show what can be typed.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $topics = Get-HelpTopic | ForEach-Object { @{ Name = $_.Name } }
    $typed = Get-HelpTopic | Where-Object Commands | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:pages = @(Get-HelpTopic)
}

Describe 'A help page' {
    It '<_> is there, since readers are sent to it' -ForEach 'about_GmmTools', 'about_CovarianceModels', 'about_RobustMixtures' {
        $pages.Name -ccontains $_ | Should -BeTrue
    }

    It '<Name> is found by Get-Help' -ForEach $topics {
        $text = (Get-Help $Name) -replace '\r\n', "`n"
        $text | Should -MatchExactly "^TOPIC\n    $Name\n"
        $text | Should -MatchExactly "\nSHORT DESCRIPTION\n    "
    }

    It 'is listed by Get-Help' {
        $listed = (Get-Help about_*).Name
        foreach ($page in $pages) { $listed -ccontains $page.Name | Should -BeTrue -Because $page.Name }
    }

    It '<Name> fits a screen of 80 columns' -ForEach $topics {
        $lines = ($pages | Where-Object Name -EQ $Name).Lines
        $lines | Should -Not -BeNullOrEmpty
        $lines | Where-Object { $_.Length -gt 80 -or $_ -cne $_.TrimEnd() } | Should -BeNullOrEmpty
    }

    It '<Name> sends readers to what exists' -ForEach $topics {
        $lines = ($pages | Where-Object Name -EQ $Name).Lines
        $links = @($lines | Select-Object -Skip ($lines.IndexOf('SEE ALSO') + 1) | ForEach-Object Trim | Where-Object { $_ })
        $lines -ccontains 'SEE ALSO' | Should -BeTrue
        $links | Should -Not -BeNullOrEmpty
        $existing = @((Get-Module GmmTools).ExportedCommands.Keys) + $pages.Name
        $links | Where-Object { $_ -cnotin $existing } | Should -BeNullOrEmpty
    }

    Context 'with commands' -Tag FastEngine {
        BeforeAll {
            $sessions = @($pages | Where-Object Commands)
            $results = @(Invoke-Session ($sessions | ForEach-Object { @{ Folder = New-ExampleFolder (Join-Path $TestDrive $_.Name); Parts = $_.Commands } }))
            $script:ran = @{}
            for ($i = 0; $i -lt $sessions.Count; $i++) { $ran[$sessions[$i].Name] = $results[$i] }
        }

        It '<Name> shows what can be typed in that order' -ForEach $typed {
            $ran[$Name].Failure | Should -BeExactly ''
            ($ran[$Name].Printed -join '').Trim() | Should -Not -BeNullOrEmpty
        }
    }
}
