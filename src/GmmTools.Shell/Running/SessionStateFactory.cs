using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace GmmTools.Shell.Running;

/// <summary>The starting state of a session: the engine's own commands and those that this program supplies.</summary>
internal static class SessionStateFactory
{
    /// <summary>Makes the state.</summary>
    public static InitialSessionState Create()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.Variables.Add(new SessionStateVariableEntry(
            "PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, "Only GmmTools is loaded."));
        AddOwnCommands(state);
        return state;
    }

    private static void AddOwnCommands(InitialSessionState state)
    {
        foreach (Type type in typeof(SessionStateFactory).Assembly.GetTypes())
        {
            CmdletAttribute? attribute = type.GetCustomAttribute<CmdletAttribute>();
            if (attribute is null)
            {
                continue;
            }

            string name = $"{attribute.VerbName}-{attribute.NounName}";
            if (state.Commands[name].Count == 0)
            {
                state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
            }
        }
    }
}
