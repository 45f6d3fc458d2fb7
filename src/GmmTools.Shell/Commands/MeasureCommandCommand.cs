using System;
using System.Diagnostics;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Gives the time that a script block takes.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
[OutputType(typeof(TimeSpan))]
internal sealed class MeasureCommandCommand : PSCmdlet
{
    private readonly Stopwatch _watch = new();

    /// <summary>What is measured; its output is dropped.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Expression { get; set; } = ScriptBlock.Create(string.Empty);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _watch.Start();
        InvokeCommand.InvokeScript(useLocalScope: false, Expression, null, null);
        _watch.Stop();
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_watch.Elapsed);
}
