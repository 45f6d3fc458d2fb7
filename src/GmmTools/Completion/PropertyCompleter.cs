using System.Collections.Generic;
using System.Management.Automation.Language;

namespace GmmTools.Completion;

/// <summary>Offers the names of the columns: of the file or variable that the rows come from, or of the model to start from.</summary>
public sealed class PropertyCompleter : ColumnCompleter
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> FindNames(CommandAst command) => ColumnSources.Find(command);
}
