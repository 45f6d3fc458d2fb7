using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using HarfBuzzSharp;
using ScottPlot;
using SkiaSharp;

namespace GmmTools.Plots.Pictures;

/// <summary>
/// Lets Skia and HarfBuzz find their native libraries below the module, and ScottPlot a font: the module brings libraries for several
/// platforms and stands in a folder that the runtime knows nothing of, and servers have no fonts.
/// </summary>
internal static class SkiaRuntime
{
    private const string Supported = "Linux (x64, arm64; glibc), Windows (x64, arm64) and macOS";

    private static readonly Lazy<bool> Prepared = new(Start);

    /// <summary>Prepares once.</summary>
    /// <exception cref="PlotException">The native libraries cannot be loaded here (PicturesNotSupported).</exception>
    public static void Prepare()
    {
        try
        {
            _ = Prepared.Value;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new PlotException(
                "PicturesNotSupported",
                $"The library that draws pictures cannot be loaded on {RuntimeInformation.RuntimeIdentifier}: {exception.GetBaseException().Message} Pictures need {Supported}.",
                RuntimeInformation.RuntimeIdentifier,
                exception)
            { Remedy = new Remedy("DrawInTerminalEverywhere") };
        }
    }

    /// <summary>The folder of native libraries for a platform, as packages call it.</summary>
    internal static string PlatformFolder()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsWindows() ? "win-" + architecture : "linux-" + architecture;
    }

    private static bool Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(SKCanvas).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(Blob).Assembly, Resolve);
        PictureFont.Register();
        using Plot first = new();
        return first.PlottableList.Count == 0;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string extension = OperatingSystem.IsMacOS() ? ".dylib" : OperatingSystem.IsWindows() ? ".dll" : ".so";
        string folder = Path.Combine(Path.GetDirectoryName(assembly.Location)!, "runtimes", PlatformFolder(), "native");
        string file = Path.Combine(folder, Path.ChangeExtension(name, null) + extension);

        // where it is not, the runtime looks in its own places
        return File.Exists(file) ? NativeLibrary.Load(file) : IntPtr.Zero;
    }
}
