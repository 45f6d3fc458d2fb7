using System;
using GmmTools.Shell.Hosting;
using GmmTools.Shell.Running;

namespace GmmTools.Shell;

/// <summary>The entry point: command line in, exit code out.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        ConsoleStreams streams = ConsoleStreams.Open();
        CommandLine commandLine = CommandLine.Parse(arguments);
        switch (commandLine.Action)
        {
            case ShellAction.ShowHelp:
                streams.Output.WriteLine(Usage.Text);
                return ExitCode.Success;
            case ShellAction.RejectUsage:
                streams.Error.WriteLine(commandLine.Text);
                streams.Error.WriteLine();
                streams.Error.WriteLine(Usage.Text);
                return ExitCode.Usage;
            default:
                return RunSession(commandLine, streams);
        }
    }

    private static int RunSession(CommandLine commandLine, ConsoleStreams streams)
    {
        string script = string.Empty;
        if (commandLine.Action == ShellAction.RunFile
            && !ShellSession.TryResolveScript(commandLine.Text, out script, out string problem))
        {
            streams.Error.WriteLine(problem);
            return ExitCode.Usage;
        }

        using InterruptHandler interrupt = new();
        using ShellSession session = new(streams, interrupt);
        int imported = session.ImportModule(AppContext.BaseDirectory);
        if (imported != ExitCode.Success)
        {
            return imported;
        }

        return commandLine.Action == ShellAction.RunFile
            ? session.RunScript(script, commandLine.Arguments)
            : session.RunCommand(commandLine.Text);
    }
}
