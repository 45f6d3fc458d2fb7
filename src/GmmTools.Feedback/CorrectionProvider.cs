using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Subsystem;
using System.Management.Automation.Subsystem.Feedback;
using System.Management.Automation.Subsystem.Prediction;
using System.Threading;

namespace GmmTools.Feedback;

/// <summary>
/// Answers an error of the module with the command as it should have been: below the error, and, when the user begins to type, as a prediction. It knows
/// nothing of the commands: what is right, it is told by the module, so that it can be loaded where PowerShell asks such questions and nowhere else.
/// </summary>
public sealed class CorrectionProvider : IFeedbackProvider, ICommandPredictor
{
    private static readonly Guid Identity = new("5d1f3a52-6c0e-4e55-9b0b-4a3d8e1f7c26");

    private readonly Func<string, Ast, ErrorRecord, string?> _correct;
    private volatile string? _latest;

    private CorrectionProvider(Func<string, Ast, ErrorRecord, string?> correct)
    {
        _correct = correct;
    }

    /// <inheritdoc/>
    public Guid Id => Identity;

    /// <inheritdoc/>
    public string Name => "GmmTools";

    /// <inheritdoc/>
    public string Description => "Offers corrected commands of GmmTools.";

    /// <inheritdoc/>
    Dictionary<string, string>? ISubsystem.FunctionsToDefine => null;

    /// <inheritdoc/>
    public FeedbackTrigger Trigger => FeedbackTrigger.Error;

    /// <summary>Registers it, once in a process.</summary>
    /// <param name="correct">Gives the corrected command line for a command line and its error, or null.</param>
    /// <returns>Takes it away again.</returns>
    public static Action Register(Func<string, Ast, ErrorRecord, string?> correct)
    {
        CorrectionProvider provider = new(correct);
        SubsystemManager.RegisterSubsystem(SubsystemKind.FeedbackProvider, provider);
        SubsystemManager.RegisterSubsystem(SubsystemKind.CommandPredictor, provider);
        return () =>
        {
            SubsystemManager.UnregisterSubsystem(SubsystemKind.FeedbackProvider, Identity);
            SubsystemManager.UnregisterSubsystem(SubsystemKind.CommandPredictor, Identity);
        };
    }

    /// <inheritdoc/>
    public FeedbackItem? GetFeedback(FeedbackContext context, CancellationToken token)
    {
        _latest = context.LastError is null ? null : _correct(context.CommandLine, context.CommandLineAst, context.LastError);
        return _latest is string line ? new FeedbackItem("Corrected, this command is:", [line]) : null;
    }

    /// <inheritdoc/>
    public SuggestionPackage GetSuggestion(PredictionClient client, PredictionContext context, CancellationToken cancellationToken)
    {
        string typed = context.InputAst.Extent.Text;
        return _latest is string line && typed.Length > 0 && line.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            ? new SuggestionPackage(new List<PredictiveSuggestion> { new(line) })
            : default;
    }

    /// <inheritdoc/>
    public bool CanAcceptFeedback(PredictionClient client, PredictorFeedbackKind feedback) => feedback == PredictorFeedbackKind.CommandLineExecuted;

    /// <inheritdoc/>
    public void OnCommandLineExecuted(PredictionClient client, string commandLine, bool success)
    {
        if (success && commandLine == _latest)
        {
            _latest = null;
        }
    }
}
