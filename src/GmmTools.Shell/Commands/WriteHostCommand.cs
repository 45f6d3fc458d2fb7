using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Writes text to the console, past the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>The objects, written as text.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    /// <summary>Stays on the line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the items of a list.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>The colour of the text.</summary>
    [Parameter]
    public ConsoleColor ForegroundColor { get; set; } = (ConsoleColor)(-1);

    /// <summary>The colour behind the text.</summary>
    [Parameter]
    public ConsoleColor BackgroundColor { get; set; } = (ConsoleColor)(-1);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A colour outside the enumeration, here as in the original, is the terminal's own.
        HostInformationMessage message = new()
        {
            Message = Join(Object),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        };
        WriteInformation(message, ["PSHOST"]);
    }

    private string Join(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => string.Empty,
            string text => text,
            IEnumerable items => string.Join(Separator.ToString(), items.Cast<object?>().Select(Join)),
            _ => value!.ToString() ?? string.Empty,
        };
    }
}
