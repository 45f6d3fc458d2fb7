using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors that the parameters of the commands prevent.</content>
internal static partial class ErrorCatalogue
{
    /// <summary>The commands' parameters do not let these happen; programs that call the library meet them.</summary>
    private static ErrorDescription[] Library =>
    [
        new("InitialResponsibilityCount", ErrorCategory.InvalidArgument, "The number of responsibilities is not the number of rows.", "Give one set per row."),
        new("ClassCountMismatch", ErrorCategory.InvalidArgument, "The number of classes is not that of the components.", "Give one per component."),
        new("LabelCountMismatch", ErrorCategory.InvalidArgument, "The number of labels is not the number of rows.", "Give one per row, blank where it is not known."),
        new("FrozenPartCount", ErrorCategory.InvalidArgument, "The number of components whose parts are kept is not that of the start.", "Give one per component."),
        new("InvalidAdditionalComponentCount", ErrorCategory.InvalidArgument, "The number of components to be added is below 0.", "Give at least 0."),
        new("InvalidBlockLength", ErrorCategory.InvalidArgument, "The length of a block is less than 1.", "Give at least 1."),
        new("InvalidCheckpointIteration", ErrorCategory.InvalidArgument, "The number of iterations between two saves of a checkpoint is less than 1.", "Give at least 1."),
        new("InvalidComponentCount", ErrorCategory.InvalidArgument, "The number of components is less than 1.", "Ask for at least 1."),
        new("InvalidMaxIteration", ErrorCategory.InvalidArgument, "The maximum number of iterations is less than 1.", "Allow at least 1."),
        new("InvalidRandomMixture", ErrorCategory.InvalidArgument, "A random mixture was asked for without components, columns or a positive range.", "Give positive numbers."),
        new("InvalidRestartCount", ErrorCategory.InvalidArgument, "The number of starts is less than 1.", "Ask for at least 1."),
        new("InvalidThreadCount", ErrorCategory.InvalidArgument, "The number of threads is less than 1.", "Allow at least 1."),
        new("InvalidTolerance", ErrorCategory.InvalidArgument, "The tolerance is negative.", "Give a number of at least 0."),
        new("InvalidRowLabel", ErrorCategory.InvalidData, "The label of a row is below −1.", "A label is the number of a component, from 0, or −1 if it is not known."),
        new("LabelBeyondComponents", ErrorCategory.InvalidArgument, "The label of a row exceeds the number of components.", "Ask for as many components as there are labels."),
        new("NotANumber", ErrorCategory.InvalidData, "A row holds NaN.", "Remove or correct it, or collect the rows with a policy for missing values."),
        new("UnknownDialect", ErrorCategory.InvalidArgument, "There is no such SQL dialect.", "Choose one that the message lists."),
    ];
}
