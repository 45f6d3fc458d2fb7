using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Correction;

namespace GmmTools.Loading;

/// <summary>
/// Offers corrected commands where PowerShell asks for them, which it does since the version that runs the fast engine. What it asks is in an assembly of
/// its own, since this one also has to load where PowerShell knows no such questions.
/// </summary>
internal static class FeedbackBridge
{
    private const string ProviderName = "GmmTools.Feedback.CorrectionProvider";

    private static readonly object Gate = new();
    private static int _users;
    private static Action? _unregister;

    /// <summary>Called by every runspace that imports the module.</summary>
    public static void Enter()
    {
        lock (Gate)
        {
            _users++;
        }
    }

    /// <summary>Begins to offer corrections, with the first error: PowerShell asks when the command has ended, and an import need not wait for it.</summary>
    public static void Begin()
    {
        lock (Gate)
        {
            if (_unregister is null && _users > 0)
            {
                _unregister = Find()?.Invoke(CommandCorrection.For) ?? (static () => { });
            }
        }
    }

    /// <summary>Called by every runspace that removes the module; with the last one nothing is offered any more.</summary>
    public static void Leave()
    {
        lock (Gate)
        {
            if (_users > 0 && --_users == 0)
            {
                _unregister?.Invoke();
                _unregister = null;
            }
        }
    }

    private static Func<Func<string, Ast, ErrorRecord, string?>, Action>? Find()
    {
        // named after the version, as all of ours are
        string version = typeof(FeedbackBridge).Assembly.GetName().Name!.Substring("GmmTools".Length);
        return (Func<Func<string, Ast, ErrorRecord, string?>, Action>?)EngineResolver.TryLoad("GmmTools.Feedback" + version)?.GetType(ProviderName)?.GetMethod("Register")
            ?.CreateDelegate(typeof(Func<Func<string, Ast, ErrorRecord, string?>, Action>));
    }
}
