using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Rows beyond -MemoryLimit are kept in a temporary file: nobody sees more of it than -Verbose says.</summary>
public sealed class MemoryLimitTests : HostTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("GmmTools-limit-").FullName;
    private readonly string _temporary;
    private readonly string _csv;

    public MemoryLimitTests(ModuleSession session)
        : base(session)
    {
        _temporary = Directory.CreateDirectory(Path.Combine(_folder, "temporary")).FullName;
        _csv = Path.Combine(_folder, "rows.csv");
        Session.Run(
            "param($csv) $m = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3; New-GaussianMixtureSample $m 20000 -Seed 1 -Path $csv",
            ("csv", _csv));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("Invoke-EmFit -Path $csv -ComponentCount 3")]
    [InlineData("Invoke-EmFit -LiteralPath $csv -ComponentCount 3 -CovarianceModel VVI -Standardize -ThrottleLimit 1")]
    [InlineData("Invoke-EmFit -Path $csv x1 -WeightProperty n -ComponentCount 2 -MissingValue Omit")]
    [InlineData("Invoke-EmFit -Path $csv -InitialComponent label")]
    [InlineData("Invoke-EmFit -Path $csv -ComponentCount (1..3) -CovarianceModel VVV, EII | Select-MixtureFit")]
    [InlineData("New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3 | New-GaussianMixtureSample -Count 5000 -Seed 1 | Invoke-EmFit -ComponentCount 3")]
    public void A_fit_is_the_same(string script)
    {
        string[] lines = File.ReadAllLines(_csv);
        File.WriteAllLines(_csv, lines.Select((line, i) => i == 0 ? line + ",n,label" : $"{line},{(i % 3) + 1},{"ab"[i % 2]}"));
        PSObject expected = Run(script, string.Empty);
        PSObject actual = Run(script, "-MemoryLimit 10KB -TempPath $temporary");
        AssertSameMixture(expected, actual);
        Assert.Equal(ModuleSession.Value(expected, "LogLikelihood"), ModuleSession.Value(actual, "LogLikelihood"));
        AssertNothingLeft();
    }

    [Fact]
    public void Verbose_tells_the_size_of_the_file()
    {
        using PowerShell shell = Session.Create(
            "param($csv, $temporary) Invoke-EmFit -Path $csv -ComponentCount 2 -MemoryLimit 0.1MB -TempPath $temporary -Verbose",
            ("csv", _csv),
            ("temporary", _temporary));
        Assert.Single(shell.Invoke());
        string told = Assert.Single(shell.Streams.Verbose.Select(record => record.Message), message => message.Contains("temporary file", StringComparison.Ordinal));
        Assert.Equal($"20000 rows are kept in a temporary file of 312.5 KB in '{_temporary}', since they take more than the memory limit of 102.4 KB.", told);
    }

    [Fact]
    public void Rows_are_measured_and_scored_alike()
    {
        const string Model = "param($csv, $temporary) $m = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3; ";
        (string, object?)[] arguments = [("csv", _csv), ("temporary", _temporary)];
        foreach (string script in new[] { "Measure-MixtureLikelihood $m -Path $csv", "Measure-MixtureLikelihood $m -Path $csv -PerObservation" })
        {
            IReadOnlyList<PSObject> expected = Session.Run(Model + script, arguments);
            IReadOnlyList<PSObject> actual = Session.Run(Model + script + " -MemoryLimit 0 -TempPath $temporary", arguments);
            Assert.Equal(
                expected.Select(row => ModuleSession.Value(row, "LogLikelihood")), actual.Select(row => ModuleSession.Value(row, "LogLikelihood")));
        }

        AssertNothingLeft();
    }

    [Fact]
    public void An_error_leaves_nothing_behind()
    {
        File.AppendAllText(_csv, "1,text\n");
        Session.AssertFails(
            "TextInNumericColumn",
            ["Row 20001"],
            "param($csv, $temporary) Invoke-EmFit -Path $csv -ComponentCount 2 -MemoryLimit 0 -TempPath $temporary",
            ("csv", _csv),
            ("temporary", _temporary));
        AssertNothingLeft();
    }

    [Fact]
    public void A_stop_leaves_nothing_behind()
    {
        using (ModuleSession session = new())
        using (PowerShell shell = session.Create(
            "param($csv, $temporary) Invoke-EmFit -Path $csv -ComponentCount 3 -Tolerance 0 -MaxIteration 10000000 -RestartCount 1 -MemoryLimit 0 -TempPath $temporary",
            ("csv", _csv),
            ("temporary", _temporary)))
        {
            IAsyncResult run = shell.BeginInvoke();
            Assert.True(SpinWait.SpinUntil(() => OpenFiles() != 0, TimeSpan.FromSeconds(30)));
            Thread.Sleep(500);
            Assert.False(run.IsCompleted, "The work was over before it could be stopped.");
            shell.Stop();
            Assert.Empty(shell.Streams.Error);
        }

        // the thread that worked may take a moment more
        Assert.True(SpinWait.SpinUntil(() => OpenFiles() <= 0, TimeSpan.FromSeconds(10)));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("PathNotFound", "There is no folder", "-MemoryLimit 0 -TempPath none")]
    [InlineData("GapsBeyondMemory", "-MissingValue Omit", "-MemoryLimit 0 -MissingValue Marginalize")]
    public void What_does_not_go_is_said(string errorId, string part, string parameters)
    {
        File.AppendAllText(_csv, "1,\n");
        Session.AssertFails(errorId, [part], "param($csv) Invoke-EmFit -Path $csv -ComponentCount 2 " + parameters, ("csv", _csv));
    }

    private PSObject Run(string script, string parameters)
    {
        string limited = script.Replace("Invoke-EmFit", "Invoke-EmFit " + parameters, StringComparison.Ordinal);
        return Session.RunOne("param($csv, $temporary) " + limited, ("csv", _csv), ("temporary", _temporary));
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.GetFiles(_temporary));
        Assert.InRange(OpenFiles(), -1, 0);
    }

    /// <summary>Temporary files that this process has open, without a name too; -1 where the system does not say.</summary>
    private int OpenFiles()
    {
        const string Links = "/proc/self/fd";
        return Directory.Exists(Links)
            ? Directory.GetFiles(Links).Count(link => (new FileInfo(link).LinkTarget ?? string.Empty).StartsWith(_temporary, StringComparison.Ordinal))
            : -1;
    }
}
