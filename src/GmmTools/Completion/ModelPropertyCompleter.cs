using System.Collections.Generic;
using System.Management.Automation.Language;

namespace GmmTools.Completion;

/// <summary>Offers the names of the columns of the model that a command line names.</summary>
public sealed class ModelPropertyCompleter : ColumnCompleter
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> FindNames(CommandAst command) => ColumnSources.FindModel(command);
}
