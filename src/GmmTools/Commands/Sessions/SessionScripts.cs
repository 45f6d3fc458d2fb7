namespace GmmTools.Commands.Sessions;

/// <summary>What is run in a session. Windows PowerShell 5.1 understands it too.</summary>
internal static class SessionScripts
{
    /// <summary>Imports the module of a version, if it is there, and tells which build of it that is, and where module and session are; otherwise tells which
    /// versions there are. A session that takes the place of another is put where that was.</summary>
    public const string Import = """
        param([string] $Version, [string] $Build, [string] $From, [string] $Location)
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        if ($Location) { Set-Location -LiteralPath $Location }
        $copy = [IO.Path]::Combine([Environment]::GetFolderPath('LocalApplicationData'), 'GmmTools', 'sessions', "$Version-$Build", 'GmmTools', 'GmmTools.psd1')
        $module = Get-Module GmmTools | Where-Object { "$($_.Version)" -eq $Version } | Select-Object -First 1
        if (-not $module) {
            $there = @(Get-Module GmmTools -ListAvailable)
            if ($From) { $source = $From }
            elseif (Test-Path -LiteralPath $copy) { $source = $copy }
            else { $source = $there | Where-Object { "$($_.Version)" -eq $Version } | Select-Object -First 1 -ExpandProperty Path }
            if (-not $source) { return ('missing ' + (($there | ForEach-Object { "$($_.Version)" } | Select-Object -Unique) -join ', ')) }
            $module = Import-Module $source -PassThru -Global
        }
        "$((Get-Command -Module GmmTools -Name Invoke-EmFit).ImplementingType.Module.ModuleVersionId)"
        [IO.Path]::Combine($module.ModuleBase, 'GmmTools.psd1')
        $PWD.Path
        """;

    /// <summary>Puts a copy of the module where <see cref="Import"/> looks for it.</summary>
    public const string Install = """
        param([string] $Version, [string] $Build, [byte[]] $Archive)
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        $root = [IO.Path]::Combine([Environment]::GetFolderPath('LocalApplicationData'), 'GmmTools', 'sessions')
        $folder = [IO.Path]::Combine($root, "$Version-$Build")
        $staging = [IO.Path]::Combine($root, '.' + [guid]::NewGuid())
        Add-Type -AssemblyName System.IO.Compression
        $null = New-Item -ItemType Directory -Force -Path "$staging"
        $zip = [IO.Compression.ZipArchive]::new([IO.MemoryStream]::new($Archive, $false))
        foreach ($entry in $zip.Entries) {
            $target = [IO.Path]::Combine($staging, 'GmmTools', $entry.FullName)
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
            $from = $entry.Open()
            $to = [IO.File]::Create($target)
            $from.CopyTo($to)
            $to.Dispose()
            $from.Dispose()
        }
        if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
        [IO.Directory]::Move($staging, $folder)
        """;

    /// <summary>Reads the rows with a cmdlet of the module that it does not export, and answers each request of its input with another.
    /// An empty one only shows that the session can be reached.</summary>
    public const string Serve = """
        param([string] $Open, [string] $Read, [hashtable] $Arguments)
        begin {
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'Continue'
            $assembly = (Get-Command -Module GmmTools -Name Invoke-EmFit).ImplementingType.Assembly
            $command = [System.Management.Automation.CmdletInfo]::new('Read-MixtureSession', $assembly.GetType($Read, $true))
            & ([System.Management.Automation.CmdletInfo]::new('Open-MixtureSession', $assembly.GetType($Open, $true))) @Arguments
        }
        process { if ($_.Length) { & $command -Id $Arguments.Id -Request $_ } }
        end { & $command -Id $Arguments.Id }
        """;

    /// <summary>Lets go of the rows.</summary>
    public const string Forget = """
        param([string] $Read, [string] $Id)
        $type = (Get-Command -Module GmmTools -Name Invoke-EmFit).ImplementingType.Assembly.GetType($Read, $true)
        & ([System.Management.Automation.CmdletInfo]::new('Read-MixtureSession', $type)) -Id $Id
        """;
}
