using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Internal;
using GmmTools.Shell.Hosting;

namespace GmmTools.Shell.Commands;

/// <summary>Gives the text that the console would show.</summary>
[Cmdlet(VerbsData.Out, "String")]
internal sealed class OutStringCommand : PSCmdlet, IDisposable
{
    private readonly StringWriter _text = new(CultureInfo.CurrentCulture);
    private SteppablePipeline? _formatter;

    /// <summary>The objects, or what Format-Table and Format-List made of them.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>One string per line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>The number of characters in a line.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    /// <inheritdoc/>
    public void Dispose()
    {
        _formatter?.Dispose();
        _text.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _formatter = ScriptBlock.Create("Out-Host").GetSteppablePipeline(CommandOrigin.Internal);
        Capture(() => _formatter.Begin(expectInput: true));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Capture(() => _formatter!.Process(InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Capture(() => _formatter!.End());
        string text = Undecorate(_text.ToString());
        if (!Stream)
        {
            WriteObject(text);
            return;
        }

        using StringReader lines = new(text);
        while (lines.ReadLine() is string line)
        {
            WriteObject(line);
        }
    }

    private static string Undecorate(string text) =>
        PSStyle.Instance.OutputRendering == OutputRendering.Ansi ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    private void Capture(Action action)
    {
        ShellUserInterface userInterface = (ShellUserInterface)Host.PrivateData.BaseObject;
        userInterface.Capture(_text, Width, action);
    }
}
