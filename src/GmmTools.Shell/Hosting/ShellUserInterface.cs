using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Threading;

namespace GmmTools.Shell.Hosting;

/// <summary>Text to standard output, everything that is not a result to standard error.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private readonly Lock _gate = new();
    private readonly ConsoleStreams _streams;
    private readonly ProgressLine _progress;
    private readonly ShellRawUserInterface _rawUserInterface;
    private TextWriter? _capture;

    /// <summary>A user interface on the given streams.</summary>
    public ShellUserInterface(ConsoleStreams streams)
    {
        _streams = streams;
        _rawUserInterface = new ShellRawUserInterface(streams);
        _progress = new ProgressLine(streams);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => _rawUserInterface;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => _streams.OutputIsDecorated;

    /// <summary>Runs an action whose output goes to a writer, formatted for the given width (null: as on the console).</summary>
    public void Capture(TextWriter writer, int? width, Action action)
    {
        TextWriter? previous = _capture;
        int? previousWidth = _rawUserInterface.WidthOverride;
        _capture = writer;
        _rawUserInterface.WidthOverride = width ?? previousWidth;
        try
        {
            action();
        }
        finally
        {
            _capture = previous;
            _rawUserInterface.WidthOverride = previousWidth;
        }
    }

    /// <summary>Takes the progress line off the screen until the next record.</summary>
    public void HideProgress()
    {
        lock (_gate)
        {
            _progress.Hide();
        }
    }

    /// <summary>Takes the progress line off the screen for good.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _progress.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Write(string value)
    {
        if (_capture is not null)
        {
            _capture.Write(value);
            return;
        }

        lock (_gate)
        {
            _progress.Hide();
            _streams.Output.Write(_streams.OutputIsDecorated || PSStyle.Instance.OutputRendering == OutputRendering.Ansi ? value : Plain(value));
        }
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Colour(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteLine(Colour(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        // The view of errors ends with an empty line.
        if (!string.IsNullOrWhiteSpace(value))
        {
            WriteMessage(string.Empty, value, PSStyle.Instance.Formatting.Error);
        }
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteMessage("WARNING: ", message, PSStyle.Instance.Formatting.Warning);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE: ", message, PSStyle.Instance.Formatting.Verbose);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteMessage("DEBUG: ", message, PSStyle.Instance.Formatting.Debug);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
        {
            _progress.Update(sourceId, record);
        }
    }

    /// <inheritdoc/>
    public override string ReadLine()
    {
        HideProgress();
        return Console.In.ReadLine() ?? string.Empty;
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NoPrompt("a secret");

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw NoPrompt("a value");

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw NoPrompt("a choice (-Confirm:$false and -Force answer most of them)");

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw NoPrompt("a credential");

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw NoPrompt("a credential");

    private static HostException NoPrompt(string what) => new($"GmmTools.Shell does not prompt for {what}: give it on the command line.");

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    // Lines may already hold the engine's colours; they are taken out where nobody would see them.
    private void WriteMessage(string prefix, string message, string style)
    {
        string plain = prefix + Plain(message);
        bool isColoured = message.Contains('\u001b', StringComparison.Ordinal);
        string text = !_streams.ErrorIsDecorated ? plain
            : isColoured ? prefix + message
            : style + plain + PSStyle.Instance.Reset;
        lock (_gate)
        {
            _progress.Hide();
            _streams.Error.WriteLine(text);
        }
    }

    private string Colour(ConsoleColor foreground, ConsoleColor background, string value)
    {
        string style = (Enum.IsDefined(foreground) ? PSStyle.MapForegroundColorToEscapeSequence(foreground) : string.Empty)
            + (Enum.IsDefined(background) ? PSStyle.MapBackgroundColorToEscapeSequence(background) : string.Empty);
        return style.Length == 0 || !_streams.OutputIsDecorated ? value : style + value + PSStyle.Instance.Reset;
    }
}
