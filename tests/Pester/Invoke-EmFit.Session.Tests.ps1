# Rows that stay in sessions with other processes and machines: processes beside this one, and SSH on loopback.
BeforeDiscovery {
    $hasSsh = $IsLinux -and (Get-Command ssh -CommandType Application -ErrorAction Ignore) -and (Test-Path /usr/sbin/sshd)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # each session has a folder of its own with a file of its own
    $script:folders = foreach ($i in 1..3) { (New-Item -ItemType Directory (Join-Path $TestDrive "host$i")).FullName }
    $script:truth = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
    $script:files = foreach ($i in 1..3) {
        $file = Join-Path $folders[$i - 1] "app-$i.csv"
        New-GaussianMixtureSample -Model $truth -Count (400 + 100 * $i) -Seed $i -Path $file
        $file
    }

    # Sessions in the folders of the given numbers, whose processes start at the same time.
    function Connect-Host([int[]] $Number, [switch] $Bare) {
        $opened = @(New-ProcessSession -Bare:$Bare -Count $Number.Count)
        for ($i = 0; $i -lt $opened.Count; $i++) { Invoke-Command -Session $opened[$i] { Set-Location $args[0] } -ArgumentList $folders[$Number[$i] - 1] }
        $opened
    }

    # A fit in hexadecimal digits: all bits of it.
    function Get-Bits($Fit) {
        $numbers = @($Fit.LogLikelihood) + $Fit.Mixture.Components.ForEach{ $_.Weight; $_.Mean; $_.Covariance | ForEach-Object { $_ } }
        ($numbers | ForEach-Object { [BitConverter]::DoubleToInt64Bits($_).ToString('x16') }) -join ' '
    }

    # The fit of files here, whose sums are those of each file, added in their order.
    function Get-FitOfPart([string[]] $File, [hashtable] $Options = @{}) {
        $parts = foreach ($one in $File) {
            $rows = Import-Csv $one
            $matrix = [double[,]]::new($rows.Count, 2)
            for ($i = 0; $i -lt $rows.Count; $i++) { $matrix[$i, 0] = $rows[$i].x1; $matrix[$i, 1] = $rows[$i].x2 }
            [GmmTools.Observations.InMemoryObservations]::FromMatrix($matrix)
        }
        $given = [GmmTools.Estimation.EmOptions]::new()
        $given.ComponentCount = 3
        foreach ($name in $Options.Keys) { $given.$name = $Options[$name] }
        $whole = [GmmTools.Observations.Views.CombinedObservations]::new([GmmTools.Observations.IObservations[]]@($parts))
        [GmmTools.Estimation.Fitting.EmEstimator]::new($given, $null).Fit($whole, [Threading.CancellationToken]::None)
    }

    # How many tables the session keeps.
    function Get-KeptCount($Session) {
        Invoke-Command -Session $Session {
            $type = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetType('GmmTools.Connectors.Sessions.SessionHosts') }.Where{ $_ }[0]
            $type.GetField('Hosts', 'NonPublic, Static').GetValue($null).Count
        }
    }

    $script:sessions = Connect-Host 1, 2, 3
    $script:expected = Get-FitOfPart $files
}

AfterAll {
    $sessions | Remove-PSSession
}

Describe 'Invoke-EmFit -Session' {
    It 'gives the bits of the files here, added in their order' {
        Get-Bits (Invoke-EmFit -Session $sessions -Path app-*.csv -ComponentCount 3) | Should -BeExactly (Get-Bits $expected)
        Get-KeptCount $sessions | Should -BeExactly 0, 0, 0
    }

    It 'gives the fit of one machine that reads the files in the order of the sessions' {
        $fit = Invoke-EmFit -Session $sessions -Path app-*.csv -ComponentCount 3
        $here = Invoke-EmFit -Path $files -ComponentCount 3
        $fit.RowCount | Should -Be 1800
        [math]::Abs($fit.LogLikelihood / $here.LogLikelihood - 1) | Should -BeLessThan 1e-12
        (Compare-GaussianMixture $here $fit | Where-Object Parameter -NE 'Weight' | Measure-Object Deviation -Maximum).Maximum | Should -BeLessThan 1e-6
    }

    It 'reads the files as they would be read here, and says what the sessions warn of' {
        Invoke-Command -Session $sessions[0..1] { Set-Content odd.txt 'a;b', '1,5;2', '2;4,5', '?;7', '4,25;1' }
        $fit = Invoke-EmFit b, a 1 -Session $sessions[0..1] -Path odd.txt -Delimiter ';' -Culture de-DE -MissingText '?' -MissingValue Omit -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Mixture.Property | Should -BeExactly 'b', 'a'
        $fit.RowCount | Should -Be 6
        "$warnings" | Should -BeLike '*2 of 8 rows were left out*'
    }

    It 'searches over models and numbers of components, with noise and heavy tails' {
        $search = @{ ComponentCount = 1, 2; CovarianceModel = 'VVV', 'EEI'; RestartCount = 1; MaxIteration = 20; WarningAction = 'SilentlyContinue' }
        $there = Invoke-EmFit -Session $sessions -Path app-*.csv @search
        $here = Invoke-EmFit -Path $files @search
        foreach ($i in 0..3) { [math]::Abs($there[$i].LogLikelihood / $here[$i].LogLikelihood - 1) | Should -BeLessThan 1e-9 }
        foreach ($option in @{ Noise = $true }, @{ Tail = 'Student' }) {
            $fits = @{ Session = $sessions; Path = 'app-*.csv' }, @{ Path = $files } | ForEach-Object { Invoke-EmFit @_ -ComponentCount 2 @option -MaxIteration 20 -RestartCount 1 -WarningAction SilentlyContinue }
            [math]::Abs($fits[0].LogLikelihood / $fits[1].LogLikelihood - 1) | Should -BeLessThan 1e-9
        }
    }

    It 'has a likelihood that is measured where the rows are' {
        $there = Measure-MixtureLikelihood $truth -Session $sessions -Path app-*.csv
        $here = Measure-MixtureLikelihood $truth -Path $files
        $there.RowCount | Should -Be 1800
        foreach ($name in 'LogLikelihood', 'Bic', 'Icl') { [math]::Abs($there.$name / $here.$name - 1) | Should -BeLessThan 1e-12 }
        { Measure-MixtureLikelihood $truth -Session $sessions -Path app-*.csv -PerObservation } | Should -Throw -ErrorId 'SessionNotSupported,*'
        { Measure-MixtureLikelihood $truth -Path $files -MissingSession Continue } | Should -Throw -ErrorId 'SessionNotGiven,*'
        { Measure-MixtureLikelihood $truth -Path $files -Session $sessions -KeyFilePath key } | Should -Throw -ErrorId 'SessionNotGiven,*'
        { Measure-MixtureLikelihood $truth -Path $files -Session $sessions -HostName web1 } | Should -Throw -ErrorId 'SessionNotSupported,*'
    }

    It 'uses the observed part of rows with gaps, as they would be used here' {
        $gaps = 0..1 | ForEach-Object {
            $lines = Get-Content $files[$_]
            for ($i = 3; $i -lt $lines.Count; $i += 7) { $lines[$i] = $lines[$i] -replace '^[^,]+', '' }
            Set-Content (Join-Path $folders[$_] gaps.csv) $lines -PassThru | Out-Null
            Join-Path $folders[$_] gaps.csv
        }
        $given = @{ MissingValue = 'Marginalize'; InitialModel = $truth }
        $there = Invoke-EmFit -Session $sessions[0..1] -Path gaps.csv @given
        $here = Invoke-EmFit -Path $gaps @given
        $there.RowCount | Should -Be $here.RowCount
        [math]::Abs($there.LogLikelihood / $here.LogLikelihood - 1) | Should -BeLessThan 1e-10
        # without a start of the user's, and what else comes here of such rows
        (Invoke-EmFit -Session $sessions[0..1] -Path gaps.csv -ComponentCount 2 -MissingValue Marginalize -RestartCount 1).RowCount | Should -Be $here.RowCount
        $found = Find-MixtureOutlier $truth 0.02 -Session $sessions[0..1] -Path gaps.csv -MissingValue Marginalize
        @($found | Where-Object x1 -EQ $null).Count | Should -BeGreaterThan 0
        ($found.LogDensity -join ' ') | Should -BeExactly ((Find-MixtureOutlier $truth 0.02 -Path $gaps -MissingValue Marginalize).LogDensity -join ' ')
        { Invoke-EmFit -Session $sessions[0] -Path gaps.csv -ComponentCount 2 } | Should -Throw -ErrorId 'SessionFailed,*' -ExpectedMessage '*-MissingValue Marginalize*'
    }

    It 'names the session that cannot read its files' {
        $record = try { Invoke-EmFit -Session $sessions -Path none*.csv -ComponentCount 1 } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'SessionFailed,*'
        "$record" | Should -BeLike "Session '$($sessions[0].Name) on *': No file matches 'none``*.csv'.*"
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'GroupProperty'; With = @{ GroupProperty = 'x1' } }
        @{ Name = 'InitialComponent'; With = @{ InitialComponent = 'x1' } }
        @{ Name = 'InitialResponsibility'; With = @{ InitialResponsibility = 'x1', 'x2' } }
        @{ Name = 'KnownComponent'; With = @{ KnownComponent = 'x1' } }
        @{ Name = 'TrimFraction'; With = @{ TrimFraction = 0.1 } }
        @{ Name = 'Checkpoint'; With = @{ Checkpoint = 'a.state'; MissingSession = 'Continue' } }
    ) {
        $record = try { Invoke-EmFit -Session $sessions -Path app-*.csv -ComponentCount 2 @With } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'SessionNotSupported,*' -Because "$record"
        "$record" | Should -BeLike "*-$Name cannot be combined*"
    }

    It 'stops within a second, and the sessions with it' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Manifest, $Sessions)
                    Import-Module $Manifest
                    Invoke-EmFit -Session $Sessions -Path app-*.csv -ComponentCount 3 -Tolerance 0 -MaxIteration 1000000 -Acceleration None
                }).AddArgument((Get-TestedManifest)).AddArgument($sessions)
            $run = $shell.BeginInvoke()
            # until the fit runs in the sessions
            for ($i = 0; $i -lt 100 -and $sessions[0].Runspace.RunspaceAvailability -ne 'Busy'; $i++) { Start-Sleep -Milliseconds 50 }
            Start-Sleep -Milliseconds 700
            $run.IsCompleted | Should -BeFalse
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.ElapsedMilliseconds | Should -BeLessThan 1000
        }
        finally {
            $shell.Dispose()
        }
        Get-KeptCount $sessions | Should -BeExactly 0, 0, 0
        $watch.ElapsedMilliseconds | Should -BeLessThan 2000
    }
}

Describe 'Rows that come from sessions' -Tag FastEngine {
    It 'have the memberships of the rows here, and say where they are from' {
        $there = Get-MixtureMembership $truth -Session $sessions -Path app-*.csv -IncludeResponsibility
        $here = Get-MixtureMembership $truth -Path $files -IncludeResponsibility
        $columns = @($here[0].psobject.Properties.Name)
        @(Compare-Object $here $there -Property $columns -SyncWindow 0).Count | Should -Be 0
        @($there[0].psobject.Properties.Name).Where{ $_ -notin $columns } | Should -BeExactly 'Session', 'ComputerName', 'File', 'Row'
        $there[500].Session | Should -BeExactly $sessions[1].Name
        $there[500].ComputerName | Should -BeExactly 'localhost'
        Split-Path $there[500].File -Leaf | Should -BeExactly 'app-2.csv'
        $there[500, 1099, 1799].Row | Should -Be 1, 600, 700
        $there[0].pstypenames[0] | Should -BeLike 'GmmTools.ScoredRow#*'
    }

    It 'are outliers alone, with what the user wants of their files' {
        Invoke-Command -Session $sessions[0..1] { Set-Content named.csv 'when,x1,x2,Row', '2026-03-01,0,0,7', "2026-03-02,$(1e3 * $PID),0,8" }
        $found = @(Find-MixtureOutlier $truth -Session $sessions[0..1] -Path named.csv -IncludeProperty when)
        $found.Where{ $_.Row -eq 2 }.when | Should -BeExactly '2026-03-02', '2026-03-02'
        { Find-MixtureOutlier $truth -Session $sessions[0] -Path named.csv -IncludeProperty Row } | Should -Throw -ErrorId 'ColumnNameClash,*'
        $there = Find-MixtureOutlier $truth 0.01 -Session $sessions -Path app-*.csv
        $here = Find-MixtureOutlier $truth 0.01 -Path $files
        ($there.LogDensity -join ' ') | Should -BeExactly ($here.LogDensity -join ' ')
        # here the row is that among all, there that in its file
        $before = @{ 'app-1.csv' = 0; 'app-2.csv' = 500; 'app-3.csv' = 1100 }
        ($there.ForEach{ $_.Row + $before[(Split-Path $_.File -Leaf)] } -join ' ') | Should -BeExactly ($here.Row -join ' ')
        # without a model, it is fitted to the rows in the sessions
        @(Find-MixtureOutlier -Session $sessions[0] -Path app-*.csv -ComponentCount 1 -FalseAlarmRate 0.02).Count | Should -BeGreaterThan 0
    }

    It 'are as good as those here for <Name>' -ForEach @(
        @{ Name = 'Test-MixtureFit'; Command = { Test-MixtureFit $truth @args -FalseAlarmRate 0.05 -ReplicateCount 99 | ForEach-Object PValue } }
        @{ Name = 'Get-MixtureDensity'; Command = { Get-MixtureDensity $truth @args | Select-Object -Last 3 | ForEach-Object Density } }
        @{ Name = 'Measure-MixtureUncertainty'; Command = { Measure-MixtureUncertainty $truth @args -ReplicateCount 20 -WarningAction Ignore | ForEach-Object StandardError } }
    ) {
        $there = @{ Session = $sessions; Path = 'app-*.csv' }
        $here = @{ Path = $files }
        $given = & $Command @there
        $given | Should -Not -BeNullOrEmpty
        ($given -join ' ') | Should -BeExactly ((& $Command @here) -join ' ')
    }

    It 'are read to the first that is wrong' {
        Invoke-Command -Session $sessions[0] { Set-Content wrong.csv 'x1,x2', '1,2', '3,x' }
        $rows = [System.Collections.Generic.List[object]]::new()
        { Get-MixtureMembership $truth -Session $sessions[0] -Path wrong.csv | ForEach-Object { $rows.Add($_) } } | Should -Throw -ErrorId 'SessionFailed,*' -ExpectedMessage "*'x'*"
        $rows.Count | Should -Be 1
        Get-KeptCount $sessions | Should -BeExactly 0, 0, 0
    }
}

Describe 'A session that is lost' -Tag FastEngine {
    BeforeAll {
        $script:options = @{ Tolerance = 0; MaxIteration = 150; Acceleration = 'None' }
        $script:doomed = Connect-Host 2, 2, 2

        # The process of a session ends when it has begun to answer iterations; before that it may run something.
        function Set-Doom($Session, [string] $Before) {
            Invoke-Command -Session $Session {
                param($Before)
                $null = Start-ThreadJob -ArgumentList $Before, $PWD.Path {
                    param($Before, $Folder)
                    while ($true) {
                        Start-Sleep -Milliseconds 5
                        $type = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetType('GmmTools.Connectors.Sessions.SessionHosts') }.Where{ $_ }[0]
                        if (-not $type) { continue }
                        foreach ($rows in $type.GetField('Hosts', 'NonPublic, Static').GetValue($null).Values) {
                            if ($rows.GetType().GetField('_step', 'NonPublic, Instance').GetValue($rows)) {
                                if ($Before) { Add-Content (Join-Path $Folder again.csv) $Before }
                                Stop-Process -Id $PID -Force
                            }
                        }
                    }
                }
            } -ArgumentList $Before
        }
    }

    It 'is opened again, and the fit ends with the bits of one that nothing disturbed' {
        Set-Doom $doomed[0]
        $fit = Invoke-EmFit -Session $sessions[0], $doomed[0], $sessions[2] -Path app-*.csv -InitialModel $truth @options -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings -like "Session '$($doomed[0].Name) on *' was lost:*opened again*the same rows.").Count | Should -Be 1 -Because "$warnings"
        $fit.RowCount | Should -Be 1800
        Get-Bits $fit | Should -BeExactly (Get-Bits (Get-FitOfPart $files ($options + @{ InitialMixture = $truth })))
    }

    It 'with other rows than before ends the fit, or leaves it to the others: <Policy>' -ForEach @{ Policy = 'Stop'; Number = 1 }, @{ Policy = 'Continue'; Number = 2 } {
        $lost = $doomed[$Number]
        foreach ($i in 0..2) { Copy-Item $files[$i] (Join-Path $folders[$i] again.csv) }
        Set-Doom $lost '1,2'
        $given = try {
            Invoke-EmFit -Session $sessions[0], $lost, $sessions[2] -Path again.csv -InitialModel $truth @options -MissingSession $Policy -WarningVariable warnings -WarningAction SilentlyContinue
        }
        catch {
            $_
        }
        if ($Policy -eq 'Stop') {
            $given.FullyQualifiedErrorId | Should -BeLike 'SessionLost,*' -Because "$given"
            "$given" | Should -BeLike "Session '$($lost.Name) on *' was lost:*other rows now*-MissingSession Continue*"
        }
        else {
            @($warnings -like "Session '$($lost.Name) on *' was lost:*The work begins again without its 600 rows.").Count | Should -Be 1 -Because "$warnings"
            $given.RowCount | Should -Be 1200
            Get-Bits $given | Should -BeExactly (Get-Bits (Get-FitOfPart $files[0, 2] ($options + @{ InitialMixture = $truth })))
        }
    }
}

Describe 'A session without the module' -Tag FastEngine {
    It 'is told, or given a copy with -InstallModule' {
        $data = $env:XDG_DATA_HOME, $env:LOCALAPPDATA
        $env:XDG_DATA_HOME = $env:LOCALAPPDATA = (New-Item -ItemType Directory (Join-Path $TestDrive 'user')).FullName
        try {
            $bare = Connect-Host 1 -Bare
            { Invoke-EmFit -Session $bare -Path app-*.csv -ComponentCount 1 } | Should -Throw -ErrorId 'SessionModuleMissing,*' -ExpectedMessage "Session '* has no GmmTools *-InstallModule*"
            (Invoke-EmFit -Session $bare -Path app-*.csv -ComponentCount 1 -InstallModule).RowCount | Should -Be 500
            Invoke-Command -Session $bare { (Get-Module GmmTools).ModuleBase } | Should -BeLike "$($IsLinux ? $TestDrive : $null)*sessions*GmmTools"
            (Invoke-EmFit -Session $bare -Path app-*.csv -ComponentCount 1).RowCount | Should -Be 500
        }
        finally {
            $env:XDG_DATA_HOME, $env:LOCALAPPDATA = $data
            ${bare}?.Runspace.Dispose()
        }
    }
}

Describe 'Sessions over SSH' -Tag FastEngine {
    if (-not $hasSsh) {
        It 'are opened by -HostName' { Set-ItResult -Skipped -Because 'OpenSSH is not installed (on Debian: apt-get install openssh-server openssh-client)' }
        return
    }

    It 'are opened by -HostName, give the same bits as the files here, and are closed at the end' {
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'ssh')).FullName
        $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        foreach ($key in 'host', 'user') { $null = ssh-keygen -q -t ed25519 -N '' -f "$place/$key" }
        Copy-Item "$place/user.pub" "$place/authorized"
        $null = New-Item -ItemType Directory "$place/modules", "$place/tools"
        $null = New-Item -ItemType SymbolicLink "$place/modules/GmmTools" -Target (Split-Path (Get-TestedManifest))
        Set-Content "$place/shell" @(
            '#!/bin/sh', "export PSModulePath='$place/modules'"
            "exec '$([Environment]::ProcessPath)' $([Environment]::ProcessPath -like '*/dotnet' ? "'$PSHOME/pwsh.dll' " : '')-sshs -NoLogo -NoProfile"
        )
        # what users have in their configuration
        Set-Content "$place/tools/ssh" '#!/bin/sh', "exec $((Get-Command ssh -CommandType Application)[0].Source) -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR `"`$@`""
        chmod 700 "$place/shell" "$place/tools/ssh"
        Set-Content "$place/config" @(
            "Port $port", 'ListenAddress 127.0.0.1', "HostKey $place/host", "AuthorizedKeysFile $place/authorized", "PidFile $place/pid", 'StrictModes no', 'UsePAM no'
            "Subsystem powershell $place/shell"
        )
        if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
        $server = Start-Process /usr/sbin/sshd -ArgumentList '-D', '-f', "$place/config", '-E', "$place/log" -PassThru
        $search = $env:PATH
        try {
            $env:PATH = "$place/tools:$search"
            for ($i = 0; $i -lt 100 -and -not (Test-Path "$place/pid"); $i++) { Start-Sleep -Milliseconds 50 }
            $given = @{ HostName = @('127.0.0.1') * 3; Port = $port; UserName = id -un; KeyFilePath = "$place/user"; Path = $files[0] }
            Get-Bits (Invoke-EmFit @given -ComponentCount 3) | Should -BeExactly (Get-Bits (Get-FitOfPart $files[0, 0, 0])) -Because (Get-Content "$place/log" -Raw)
            for ($i = 0; $i -lt 100 -and (pgrep -P $server.Id); $i++) { Start-Sleep -Milliseconds 20 }
            pgrep -P $server.Id | Should -BeNullOrEmpty
            Get-PSSession | Should -BeNullOrEmpty
            $given.HostName = '127.0.0.1'
            $given.UserName = 'nobody-at-all'
            { Measure-MixtureLikelihood $truth @given } | Should -Throw -ErrorId 'SessionNotOpened,*' -ExpectedMessage "No session with '127.0.0.1' can be opened:*"
        }
        finally {
            $env:PATH = $search
            Stop-Process -Id $server.Id
        }
    }
}
