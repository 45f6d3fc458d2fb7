namespace GmmTools.Shell.Running;

/// <summary>The help text of the program.</summary>
internal static class Usage
{
    /// <summary>Printed by <c>-Help</c> and after a command line that cannot be understood.</summary>
    public const string Text = """
        GmmTools.Shell: runs PowerShell with the GmmTools module loaded; needs only the .NET SDK.

        usage:
          dotnet run --project src/GmmTools.Shell -- [-File] script.ps1 [arguments]
          dotnet run --project src/GmmTools.Shell -- -Command "text"           (or -c)
          dotnet run --project src/GmmTools.Shell -- -Help

        Arguments bind as with 'pwsh -File': -Name value, -Switch, -Switch:$false, -Name:value, positional.
        Besides the engine's own commands there are the CSV, Select/Sort/Group/Measure-Object, Format-Table/List,
        Write-*, path and content commands with their usual names and the most used of their parameters
        (Get-Command lists them). For everything else use pwsh.

        exit codes:
            0   ran to the end (errors that do not end the script do not count)
            N   the script said 'exit N'
            1   a terminating error, a parse error, or the module did not load
           64   wrong usage, or no such script
          130   stopped by Ctrl+C (a second Ctrl+C ends the process at once)
        """;
}
