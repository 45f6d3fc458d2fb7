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

    function Connect-Host([int] $Number, [switch] $Bare) {
        $session = New-ProcessSession -Bare:$Bare
        Invoke-Command -Session $session { Set-Location $args[0] } -ArgumentList $folders[$Number - 1]
        $session
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
            $type = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetType('GmmTools.Connectors.Sessions.SessionRowsHost') }.Where{ $_ }[0]
            $type.GetField('Hosts', 'NonPublic, Static').GetValue($null).Count
        }
    }

    $script:sessions = 1..3 | ForEach-Object { Connect-Host $_ }
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
        @{ Name = 'MissingValue Marginalize'; With = @{ MissingValue = 'Marginalize' } }
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

Describe 'A session that is lost' -Tag FastEngine {
    BeforeAll {
        $script:options = @{ Tolerance = 0; MaxIteration = 150; Acceleration = 'None' }
    }

    It 'in mid-fit ends the fit, or leaves it to the others: <Policy>' -ForEach @{ Policy = 'Stop' }, @{ Policy = 'Continue' } {
        $lost = Connect-Host 2
        # its process ends when it has begun to answer iterations
        Invoke-Command -Session $lost {
            $null = Start-ThreadJob {
                while ($true) {
                    Start-Sleep -Milliseconds 5
                    $type = [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetType('GmmTools.Connectors.Sessions.SessionRowsHost') }.Where{ $_ }[0]
                    if (-not $type) { continue }
                    foreach ($rows in $type.GetField('Hosts', 'NonPublic, Static').GetValue($null).Values) {
                        if ($type.GetField('_step', 'NonPublic, Instance').GetValue($rows)) { Stop-Process -Id $PID -Force }
                    }
                }
            }
        }
        $given = try {
            Invoke-EmFit -Session $sessions[0], $lost, $sessions[2] -Path app-*.csv -InitialModel $truth @options -MissingSession $Policy -WarningVariable warnings -WarningAction SilentlyContinue
        }
        catch {
            $_
        }
        if ($Policy -eq 'Stop') {
            $given.FullyQualifiedErrorId | Should -BeLike 'SessionLost,*' -Because "$given"
            "$given" | Should -BeLike "Session '$($lost.Name) on *' was lost:*-MissingSession Continue*"
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
        It 'give the same bits as processes beside this one' { Set-ItResult -Skipped -Because 'OpenSSH is not installed (on Debian: apt-get install openssh-server openssh-client)' }
        return
    }

    It 'give the same bits as processes beside this one' {
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'ssh')).FullName
        $ports = 1..3 | ForEach-Object { $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $listener.Start(); $listener } | ForEach-Object { $_.LocalEndpoint.Port; $_.Stop() }
        foreach ($key in 'host', 'user') { $null = ssh-keygen -q -t ed25519 -N '' -f "$place/$key" }
        Copy-Item "$place/user.pub" "$place/authorized"
        Set-Content "$place/shell" '#!/bin/sh', "exec '$([Environment]::ProcessPath)' $([Environment]::ProcessPath -like '*/dotnet' ? "'$PSHOME/pwsh.dll' " : '')-sshs -NoLogo -NoProfile"
        chmod 700 "$place/shell"
        Set-Content "$place/config" @(
            $ports | ForEach-Object { "Port $_" }
            'ListenAddress 127.0.0.1', "HostKey $place/host", "AuthorizedKeysFile $place/authorized", "PidFile $place/pid", 'StrictModes no', 'UsePAM no', "Subsystem powershell $place/shell"
        )
        if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
        $server = Start-Process /usr/sbin/sshd -ArgumentList '-D', '-f', "$place/config", '-E', "$place/log" -PassThru
        try {
            for ($i = 0; $i -lt 100 -and -not (Test-Path "$place/pid"); $i++) { Start-Sleep -Milliseconds 50 }
            $hosts = $ports | ForEach-Object {
                New-PSSession -HostName 127.0.0.1 -Port $_ -UserName (id -un) -KeyFilePath "$place/user" -Options @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
            }
            $hosts.Count | Should -Be 3 -Because (Get-Content "$place/log" -Raw)
            foreach ($i in 0..2) { Invoke-Command -Session $hosts[$i] { Set-Location $args[0]; Import-Module $args[1] } -ArgumentList $folders[$i], (Get-TestedManifest) }
            Get-Bits (Invoke-EmFit -Session $hosts -Path app-*.csv -ComponentCount 3) | Should -BeExactly (Get-Bits $expected)
        }
        finally {
            $hosts | Remove-PSSession
            Stop-Process -Id $server.Id
        }
    }
}
