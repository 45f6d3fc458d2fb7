using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Reflection;

namespace GmmTools.Connectors.Drivers;

/// <summary>
/// Loads the libraries of a driver into an AssemblyLoadContext of its own, so that neither the versions of other modules nor those of PowerShell get in its way.
/// netstandard2.0 does not know that type.
/// </summary>
internal static class DriverLoader
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, MixtureDriver> Loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A driver that was loaded before, or null.</summary>
    /// <param name="driver">The driver.</param>
    public static MixtureDriver? FindLoaded(LockedDriver driver)
    {
        lock (Gate)
        {
            return Loaded.TryGetValue(driver.Name, out MixtureDriver? loaded) ? loaded : null;
        }
    }

    /// <summary>Loads a driver once in a process.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="files">Its files.</param>
    /// <exception cref="DriverException">Its libraries cannot be loaded here (DriverNotLoaded).</exception>
    public static MixtureDriver Load(LockedDriver driver, string folder, IEnumerable<LockedFile> files)
    {
        lock (Gate)
        {
            if (!Loaded.TryGetValue(driver.Name, out MixtureDriver? loaded))
            {
                loaded = new MixtureDriver(driver.Name, driver.Package, driver.Version, folder, FindFactory(driver, folder, files));
                Loaded.Add(driver.Name, loaded);
            }

            return loaded;
        }
    }

    /// <summary>Whether .NET Framework, for which nothing is fetched, brings a driver.</summary>
    /// <param name="driver">The driver.</param>
    public static bool IsBuiltIn(LockedDriver driver) => DriverPlatform.Current.Framework is null && driver.Name is ("SqlClient" or "Odbc");

    /// <summary>The driver that .NET Framework brings.</summary>
    /// <param name="driver">The driver.</param>
    public static MixtureDriver LoadBuiltIn(LockedDriver driver)
    {
        Assembly library = typeof(DbProviderFactory).Assembly;
        Type type = library.GetType($"System.Data.{driver.Name}.{driver.Name}Factory", throwOnError: true)!;
        DbProviderFactory factory = (DbProviderFactory)type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return new MixtureDriver(driver.Name, library.GetName().Name!, library.GetName().Version!.ToString(), Path.GetDirectoryName(library.Location)!, factory);
    }

    private static DbProviderFactory FindFactory(LockedDriver driver, string folder, IEnumerable<LockedFile> files)
    {
        // without the native network library of Windows, whose licence is not an open one
        const string managedNetwork = "Switch.Microsoft.Data.SqlClient.UseManagedNetworkingOnWindows";
        if (driver.Name == "SqlClient" && !AppContext.TryGetSwitch(managedNetwork, out _))
        {
            AppContext.SetSwitch(managedNetwork, true);
        }

        try
        {
            Type context = typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext", throwOnError: true)!;
            object own = Activator.CreateInstance(context, $"GmmTools driver {driver.Name}", false)!;
            MethodInfo load = context.GetMethod("LoadFromAssemblyPath", [typeof(string)])!;

            // all at once: what one of them refers to is then found among the others, before the runtime looks elsewhere
            string[] name = driver.FactoryType.Split([", "], StringSplitOptions.None);
            Assembly? main = null;
            foreach (LockedFile file in files)
            {
                if (!file.IsNative)
                {
                    Assembly assembly = (Assembly)load.Invoke(own, [Path.Combine(folder, file.Name)])!;
                    main = Path.GetFileNameWithoutExtension(file.Name) == name[1] ? assembly : main;
                }
            }

            Type type = main!.GetType(name[0], throwOnError: true)!;
            DbProviderFactory factory = (DbProviderFactory)(type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
                ?? Activator.CreateInstance(type)!);

            // native libraries that are not for this machine are told now, not at the first query
            factory.CreateConnection()!.Dispose();
            return factory;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Exception cause = exception;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is not null)
            {
                cause = cause.InnerException;
            }

            throw new DriverException(
                "DriverNotLoaded", $"The driver {driver.Name} is in '{folder}' but cannot be loaded: {cause.Message}", folder, exception);
        }
    }
}
