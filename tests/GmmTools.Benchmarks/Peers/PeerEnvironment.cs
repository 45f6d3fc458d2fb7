using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace GmmTools.Benchmarks.Peers;

/// <summary>The environment in which a peer is at its best with a number of threads.</summary>
internal static class PeerEnvironment
{
    public static void Apply(ProcessStartInfo info, int threads)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        info.Environment["OPENBLAS_NUM_THREADS"] = count;
        info.Environment["OMP_NUM_THREADS"] = count;

        // OpenBLAS knows not all processors that have AVX-512 and falls back to slower kernels, or was told to by who set up the machine
        if (HasAvx512())
        {
            info.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        }

        // big blocks stay with the process: temporary arrays of numpy cost no page faults after the first
        info.Environment["MALLOC_MMAP_THRESHOLD_"] = "4294967296";
        info.Environment["MALLOC_TRIM_THRESHOLD_"] = "17179869184";

        // R puts the system's libraries before LD_LIBRARY_PATH, by which an OpenBLAS may have been chosen
        if (info.Environment.TryGetValue("LD_LIBRARY_PATH", out string? libraries) && !string.IsNullOrEmpty(libraries))
        {
            info.Environment["R_LD_LIBRARY_PATH"] = libraries + ":/usr/lib/R/lib";
        }
    }

    // asked of the machine, not of .NET: AVX-512 switched off there is not switched off for the peers
    private static bool HasAvx512() =>
        File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512f", StringComparison.Ordinal);
}
