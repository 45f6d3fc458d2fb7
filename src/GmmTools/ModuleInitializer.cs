using System.Management.Automation;
using GmmTools.Loading;

namespace GmmTools;

/// <summary>
/// Lets the module find its engine when it is imported. This class names no type of the engine: the engine cannot be found
/// before <see cref="OnImport"/> has run.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Runs in every runspace that imports the module.</summary>
    public void OnImport()
    {
        EngineResolver.Register();
        OtherVersions.Remove();
        SerializationDepths.Register();
        FeedbackBridge.Enter();
    }

    /// <summary>Runs in every runspace that removes the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        FeedbackBridge.Leave();
        EngineResolver.Unregister();
    }
}
