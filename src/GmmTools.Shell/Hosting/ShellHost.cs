using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace GmmTools.Shell.Hosting;

/// <summary>The engine's view of this program.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _userInterface;
    private readonly PSObject _privateData;

    /// <summary>A host on the given streams, in the culture of the process.</summary>
    public ShellHost(ConsoleStreams streams)
    {
        _userInterface = new ShellUserInterface(streams);
        _privateData = PSObject.AsPSObject(_userInterface);
    }

    /// <inheritdoc/>
    public override string Name => "GmmTools.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _userInterface;

    /// <summary>The user interface itself, for Out-String (commands see UI only through a wrapper of the engine).</summary>
    public override PSObject PrivateData => _privateData;

    /// <summary>The N of <c>exit N</c>, when a command asked for it.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <summary>Runs an action whose output goes to a writer instead of the console.</summary>
    public void Capture(TextWriter writer, Action action) => _userInterface.Capture(writer, null, action);

    /// <summary>Removes what must not stay on the screen.</summary>
    public void Finish() => _userInterface.Finish();

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("GmmTools.Shell has no prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("GmmTools.Shell has no prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => _userInterface.HideProgress();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
