namespace GmmTools.Shell.Running;

/// <summary>The exit codes that the shell itself chooses; <c>exit N</c> in a script gives N.</summary>
internal static class ExitCode
{
    /// <summary>The script or command ran to its end.</summary>
    public const int Success = 0;

    /// <summary>A terminating error, a script that does not parse, or a module that does not load.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage, or no such script (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl+C (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
