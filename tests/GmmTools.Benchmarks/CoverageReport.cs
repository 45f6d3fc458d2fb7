using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace GmmTools.Benchmarks;

/// <summary>Lines and branches of the shipped assemblies through which any test runs, those of the commands in PowerShell included.</summary>
internal static class CoverageReport
{
    private static readonly string[] Suites = ["GmmTools.Core.Tests", "GmmTools.Database.Tests", "GmmTools.Pester.Tests"];

    public static void Run(string[] arguments)
    {
        string[] suites = arguments.Length > 0 ? arguments : Suites;
        // the test runner ends a process of tests after a tenth of a second, and what it had covered is lost where the machine is busy
        Environment.SetEnvironmentVariable("VSTEST_TESTHOST_SHUTDOWN_TIMEOUT", "120000");
        string folder = Directory.CreateTempSubdirectory("gmmtools-coverage").FullName + Path.DirectorySeparatorChar;
        try
        {
            // one after the other, each with what the ones before it found
            foreach (string suite in suites)
            {
                ChildProcess.Execute(
                    ChildProcess.DotNet, RepositoryFiles.Root, "test", Path.Combine("tests", suite), "-p:CollectCoverage=true", "-p:CoverageFolder=" + folder);
            }

            Print(XDocument.Load(Path.Combine(folder, "coverage.cobertura.xml")).Root!, suites);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(XElement coverage, string[] suites)
    {
        Console.WriteLine($"tests: {string.Join(", ", suites)}");
        Console.WriteLine($"{"assembly",-28} {"lines",7} {"branches",9}");
        foreach (XElement package in coverage.Descendants("package").OrderBy(package => (string)package.Attribute("name")!, StringComparer.Ordinal))
        {
            Console.WriteLine($"{(string)package.Attribute("name")!,-28} {Percent(package, "line-rate"),7} {Percent(package, "branch-rate"),9}");
        }

        Console.WriteLine($"{"all",-28} {Percent(coverage, "line-rate"),7} {Percent(coverage, "branch-rate"),9}");
        foreach (string kind in new[] { "lines", "branches" })
        {
            Console.WriteLine($"{(string)coverage.Attribute(kind + "-covered")!} of {(string)coverage.Attribute(kind + "-valid")!} {kind}");
        }
    }

    private static string Percent(XElement element, string rate) =>
        (100 * (double)element.Attribute(rate)!).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
