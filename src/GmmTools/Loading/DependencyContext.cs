using System;
using System.Collections.Generic;
using System.Reflection;

namespace GmmTools.Loading;

/// <summary>
/// Loads borrowed libraries into a named AssemblyLoadContext. netstandard2.0 does not know that type, and .NET Framework does
/// not have it: there the libraries are loaded side by side by path.
/// </summary>
internal sealed class DependencyContext
{
    private const string ContextName = "GmmTools";

    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, Assembly> _load;

    /// <summary>Creates the context.</summary>
    public DependencyContext()
    {
        Type? type = typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext");
        ConstructorInfo? constructor = type?.GetConstructor([typeof(string), typeof(bool)]);
        MethodInfo? method = type?.GetMethod("LoadFromAssemblyPath", [typeof(string)]);
        _load = constructor is null || method is null
            ? Assembly.LoadFrom
            : (Func<string, Assembly>)method.CreateDelegate(typeof(Func<string, Assembly>), constructor.Invoke([ContextName, false]));
    }

    /// <summary>Loads a library once.</summary>
    /// <param name="path">Full path of the library.</param>
    public Assembly Load(string path)
    {
        if (!_loaded.TryGetValue(path, out Assembly? assembly))
        {
            assembly = _load(path);
            _loaded.Add(path, assembly);
        }

        return assembly;
    }
}
