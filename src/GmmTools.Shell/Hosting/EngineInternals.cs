using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace GmmTools.Shell.Hosting;

/// <summary>
/// The four things that pwsh's own host and utility commands reach through friend access, and this program by reflection.
/// The package version is pinned, and each failure names the member that moved.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private const string FormatNamespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    /// <summary>Makes <c>exit N</c> in the next script file end the session, as <c>pwsh -File</c> does.</summary>
    public static void LetNextScriptExit(Runspace runspace)
    {
        object context = Require(runspace.GetType().GetProperty("ExecutionContext", Hidden), "Runspace.ExecutionContext").GetValue(runspace)!;
        Require(context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden), "ScriptCommandProcessorShouldRethrowExit")
            .SetValue(context, true);
    }

    /// <summary>Gives a Format-* command the engine's formatter of that shape: Table, List or Complex.</summary>
    public static void UseFormatter(FrontEndCommandBase command, string shape)
    {
        Type shapeType = RequireType("FormatShape");
        ConstructorInfo constructor = Require(
            RequireType("InnerFormatShapeCommand").GetConstructor(Hidden, [shapeType]), "InnerFormatShapeCommand");
        object formatter = constructor.Invoke([Enum.Parse(shapeType, shape)]);
        Require(typeof(FrontEndCommandBase).GetField("implementation", Hidden), "FrontEndCommandBase.implementation").SetValue(command, formatter);
    }

    /// <summary>The exception with which a command that has enough ends the commands before it, and only those.</summary>
    public static Exception CreateUpstreamStop(Cmdlet command)
    {
        const string Name = "System.Management.Automation.StopUpstreamCommandsException";
        Type type = Require(typeof(Cmdlet).Assembly.GetType(Name), Name);
        ConstructorInfo[] constructors = type.GetConstructors(Hidden | BindingFlags.Public);
        return (Exception)Require(constructors.Length == 1 ? constructors[0] : null, Name).Invoke([command]);
    }

    /// <summary>Makes an error the caller's: its name and its line are shown, not those of Write-Error.</summary>
    public static void AttributeTo(ErrorRecord record, InvocationInfo caller)
    {
        Require(typeof(ErrorRecord).GetMethod("SetInvocationInfo", Hidden), "ErrorRecord.SetInvocationInfo").Invoke(record, [caller]);
        Require(typeof(ErrorRecord).GetProperty("PreserveInvocationInfoOnce", Hidden), "ErrorRecord.PreserveInvocationInfoOnce").SetValue(record, true);
    }

    private static Type RequireType(string name) => Require(typeof(Cmdlet).Assembly.GetType(FormatNamespace + name), name);

    private static T Require<T>(T? member, string name)
        where T : class =>
        member ?? throw new MissingMemberException($"This version of System.Management.Automation has no {name}: GmmTools.Shell must be adapted.");
}
