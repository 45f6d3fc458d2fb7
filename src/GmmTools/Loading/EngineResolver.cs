using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace GmmTools.Loading;

/// <summary>
/// Answers the runtime's question for the engine and for the libraries that it borrows. The engine goes to the default
/// context, because PowerShell sees types nowhere else and users want to write [GmmTools.Mixtures.GaussianMixture]; the
/// borrowed libraries go to a context of their own, so that other modules may bring other versions of them.
/// </summary>
internal static class EngineResolver
{
    private static readonly object Gate = new();
    private static readonly Assembly Self = typeof(EngineResolver).Assembly;

    // named after its version, as all of ours are: a session may have imported another version before
    private static readonly string CoreName = Self.GetReferencedAssemblies().Single(name => name.Name!.StartsWith("GmmTools.Core", StringComparison.Ordinal)).Name!;
    private static int _users;
    private static EngineLayout? _layout;
    private static DependencyContext? _dependencies;

    /// <summary>Begins to answer; may be called once per runspace.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            _users++;
            if (_users == 1)
            {
                _layout ??= EngineLayout.Find(Path.GetDirectoryName(Self.Location)!, Environment.Version.Major);
                AppDomain.CurrentDomain.AssemblyResolve += Resolve;

                // PowerShell finds [GmmTools.Mixtures.GaussianMixture] only among assemblies that are loaded
                TryLoad(CoreName);
            }
        }
    }

    /// <summary>Stops answering when the last runspace has called this.</summary>
    public static void Unregister()
    {
        lock (Gate)
        {
            if (_users > 0 && --_users == 0)
            {
                AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
            }
        }
    }

    /// <summary>Loads one of our own assemblies; null where the engine that fits here has none of the name.</summary>
    /// <param name="simpleName">Its name without extension.</param>
    public static Assembly? TryLoad(string simpleName) => _layout?.FindEngine(simpleName) is string path ? Assembly.LoadFrom(path) : null;

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        EngineLayout layout = _layout!;
        if (!IsFromUs(request.RequestingAssembly, layout))
        {
            return null;
        }

        string? simpleName = new AssemblyName(request.Name).Name;
        if (simpleName is null)
        {
            return null;
        }

        return TryLoad(simpleName) ?? (layout.FindDependency(simpleName) is string dependency ? LoadDependency(dependency) : null);
    }

    private static bool IsFromUs(Assembly? requesting, EngineLayout layout) =>
        requesting is not null && !requesting.IsDynamic && (requesting == Self || layout.Contains(requesting.Location));

    private static Assembly LoadDependency(string path)
    {
        lock (Gate)
        {
            _dependencies ??= new DependencyContext();
            return _dependencies.Load(path);
        }
    }
}
