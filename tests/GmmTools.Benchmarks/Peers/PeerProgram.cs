using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace GmmTools.Benchmarks.Peers;

/// <summary>A program of the Peers folder and what starts it; one that is not installed shows when it is started.</summary>
internal sealed record PeerProgram(string Name, string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>GmmTools with all that the machine has.</summary>
    public const string Ours = "GmmTools";

    /// <summary>GmmTools with AVX-512 switched off.</summary>
    public const string OursWithAvx2 = "AVX2 only";

    /// <summary>The system's Python where there is one: distributions install scikit-learn for that.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>The programs that time EM iterations.</summary>
    /// <param name="folder">Where the one that has to be compiled goes.</param>
    /// <param name="lean">Whether the leaner numpy loop takes part.</param>
    public static IEnumerable<PeerProgram> Timed(string folder, bool lean)
    {
        yield return new PeerProgram("scikit-learn", Python, ["-B", Script("sklearn_iteration.py")]);
        yield return new PeerProgram("numpy/scipy", Python, ["-B", Script("numpy_iteration.py")]);
        if (lean)
        {
            yield return new PeerProgram("numpy lean", Python, ["-B", Script("numpy_iteration.py"), "lean"]);
        }

        yield return new PeerProgram("R mclust", "Rscript", [Script("mclust_iteration.R")]);
        if (TryCompileArmadillo(folder) is string program)
        {
            yield return new PeerProgram("Armadillo", program, []);
        }
    }

    /// <summary>This program in processes of its own, with AVX-512 and, where there is one, without.</summary>
    public static IEnumerable<PeerProgram> OurOwn()
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        yield return new PeerProgram(Ours, host, [Assembly.GetExecutingAssembly().Location, "serve"]);
        if (Vector512.IsHardwareAccelerated)
        {
            yield return new PeerProgram(OursWithAvx2, host, [Assembly.GetExecutingAssembly().Location, "serve"]);
        }
    }

    /// <summary>What only this program's processes are told: how many threads, and which instructions to leave alone.</summary>
    public void Prepare(ProcessStartInfo info, int threads)
    {
        if (Name is Ours or OursWithAvx2)
        {
            info.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        }

        if (Name == OursWithAvx2)
        {
            info.Environment["DOTNET_EnableAVX512"] = "0";
        }
    }

    /// <summary>The full path of a script of the Peers folder.</summary>
    public static string Script(string name) => Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Benchmarks", "Peers", name);

    private static string? TryCompileArmadillo(string folder)
    {
        string output = Path.Combine(folder, "armadillo_iteration");
        string[][] libraries = [["-larmadillo"], ["-DARMA_DONT_USE_WRAPPER", "-lopenblas"], ["-DARMA_DONT_USE_WRAPPER", "-llapack", "-lblas"]];
        foreach (string[] library in libraries)
        {
            string[] arguments =
                ["-O3", "-march=native", "-fopenmp", "-std=c++17", Script("armadillo_iteration.cpp"), "-o", output, .. library];
            if (Succeeds("g++", arguments))
            {
                return output;
            }
        }

        return null;
    }

    private static bool Succeeds(string command, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
