using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace GmmTools.Benchmarks.Peers;

/// <summary>What the machine is called.</summary>
internal static class Machine
{
    public static string ProcessorName
    {
        get
        {
            string? line = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;
            return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
