namespace GmmTools.Shell.Running;

/// <summary>What the command line asks for.</summary>
internal enum ShellAction
{
    /// <summary>Print the usage and succeed.</summary>
    ShowHelp,

    /// <summary>Print what is wrong with the command line and the usage, and fail.</summary>
    RejectUsage,

    /// <summary>Run a script file with arguments.</summary>
    RunFile,

    /// <summary>Run a piece of PowerShell text.</summary>
    RunCommand,
}
