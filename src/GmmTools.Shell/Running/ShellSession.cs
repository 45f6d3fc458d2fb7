using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GmmTools.Shell.Hosting;

namespace GmmTools.Shell.Running;

/// <summary>One runspace with a console host: imports the module, runs a script or a command, says how it ended.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ConsoleStreams _streams;
    private readonly InterruptHandler _interrupt;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;

    /// <summary>Opens the session in the current directory of the process.</summary>
    public ShellSession(ConsoleStreams streams, InterruptHandler interrupt)
    {
        // Whatever modules the machine has, the session has only the engine's commands, ours and GmmTools.
        Environment.SetEnvironmentVariable("PSModulePath", string.Empty);
        _streams = streams;
        _interrupt = interrupt;
        _host = new ShellHost(streams);
        _runspace = RunspaceFactory.CreateRunspace(_host, SessionStateFactory.Create());
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        if (!streams.WantsDecoration)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }
    }

    /// <summary>Makes the path of a script absolute, or says what is wrong with it.</summary>
    public static bool TryResolveScript(string path, out string script, out string problem)
    {
        script = Path.GetFullPath(path);
        problem = string.Empty;
        if (!script.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            problem = $"'{path}' is not a PowerShell script: its name must end in .ps1.";
        }
        else if (!File.Exists(script))
        {
            problem = $"There is no script '{path}' (looked for {script}).";
        }

        return problem.Length == 0;
    }

    /// <summary>Imports the module whose manifest is in a folder at or above the given one.</summary>
    /// <returns>The exit code: not 0 when the module could not be imported, with the reason shown.</returns>
    public int ImportModule(string startFolder)
    {
        string? manifest = ModuleLocator.FindManifest(startFolder);
        if (manifest is null)
        {
            _host.UI.WriteErrorLine($"No {ModuleLocator.ManifestName} in {startFolder} or a folder above it: this shell runs from a clone.");
            return ExitCode.Failure;
        }

        using PowerShell pipeline = CreatePipeline();
        pipeline.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        return RunToConsole(pipeline);
    }

    /// <summary>Runs a script file; its output goes through the views to the console.</summary>
    public int RunScript(string script, IReadOnlyList<string> arguments)
    {
        using PowerShell pipeline = CreatePipeline();
        EngineInternals.LetNextScriptExit(_runspace);
        pipeline.AddCommand(script, useLocalScope: false);
        ScriptArguments.AddTo(pipeline.Commands.Commands[0], arguments);
        return RunToConsole(pipeline);
    }

    /// <summary>Runs a piece of text; its output goes through the views to the console.</summary>
    public int RunCommand(string text)
    {
        using PowerShell pipeline = CreatePipeline();
        pipeline.AddScript(text, useLocalScope: false);
        return RunToConsole(pipeline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.Finish();
        _runspace.Dispose();
        _streams.Flush();
    }

    private PowerShell CreatePipeline() => PowerShell.Create(_runspace);

    private int RunToConsole(PowerShell pipeline)
    {
        pipeline.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.AddCommand("Out-Default");
        return Run(pipeline);
    }

    private int Run(PowerShell pipeline)
    {
        try
        {
            _interrupt.Invoke(pipeline, new PSInvocationSettings { AddToHistory = false });
        }
        catch (Exception stopped) when (_interrupt.IsInterrupted && stopped is (RuntimeException or InvalidPowerShellStateException))
        {
            // Told below: whether and what a stop throws depends on where it met the pipeline.
        }
        catch (RuntimeException failure)
        {
            ShowError(failure);
            return ExitCode.Failure;
        }

        return _interrupt.IsInterrupted ? ExitCode.Interrupted : _host.RequestedExitCode ?? ExitCode.Success;
    }

    // Formatted by the engine's view of errors: the message, the line of the script, the place in it.
    private void ShowError(RuntimeException failure)
    {
        using StringWriter text = new(CultureInfo.CurrentCulture);
        using PowerShell pipeline = CreatePipeline();
        pipeline.AddCommand("Out-Host").AddParameter("InputObject", new ErrorRecord(failure.ErrorRecord, failure));
        _host.Capture(text, () => pipeline.Invoke());
        _host.UI.WriteErrorLine(text.ToString().TrimEnd());
    }
}
