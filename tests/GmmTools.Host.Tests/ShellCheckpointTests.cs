using System;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>-Checkpoint: a fit that is killed goes on where it was.</summary>
public sealed class ShellCheckpointTests : HostTest, IDisposable
{
    private readonly ShellFolder _folder = new();

    public ShellCheckpointTests(ModuleSession session)
        : base(session)
    {
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-ComponentCount 8 -Tolerance 0 -MaxIteration 800 -RestartCount 1", 4)]
    [InlineData("-ComponentCount 6, 7, 8 -CovarianceModel VVV, EEV -Tolerance 0 -MaxIteration 120 -RestartCount 2", 8)]
    public async Task A_fit_that_is_killed_goes_on_to_the_same_bits(string options, int writes)
    {
        await ShellProcess.RunInAsync(
            _folder.Root,
            _folder.Write(
                "make.ps1",
                "New-GaussianMixture -Random -ComponentCount 8 -Dimension 4 -Range 3 -Seed 2 | New-GaussianMixtureSample -Count 60000 -Seed 3 -Path rows.csv"));
        string fit = $"Invoke-EmFit -Path rows.csv {options} -CheckpointInterval 0 -Checkpoint ";
        string expected = await CompleteAsync(fit + "whole.checkpoint");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            await KillAsync(fit + "killed.checkpoint", _folder.Locate("killed.checkpoint"), writes);
        }

        Assert.Equal(expected, await CompleteAsync(fit + "killed.checkpoint"));
        Assert.False(File.Exists(_folder.Locate("killed.checkpoint")));
    }

    [Fact]
    public void Verbose_tells_what_is_gone_on_from()
    {
        string rows = Path.Combine(ModuleFiles.RepositoryRoot, "src", "Examples", "faithful.csv");
        const string Fit = "param($file, $rows) Invoke-EmFit -Path $rows -ComponentCount 9 -TimeLimit 1 -CovarianceModel VEV -Tolerance 0 -MaxIteration 20000000 -Checkpoint $file -WarningAction Ignore";
        Session.Run(Fit, ("file", _folder.Locate("my.checkpoint")), ("rows", rows));
        Assert.True(File.Exists(_folder.Locate("my.checkpoint")));
        using PowerShell shell = Session.Create(Fit + " -Verbose", ("file", _folder.Locate("my.checkpoint")), ("rows", rows));
        shell.Invoke();
        Assert.Contains(shell.Streams.Verbose, record => record.Message.StartsWith($"Going on from the checkpoint '{_folder.Locate("my.checkpoint")}' of ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_of_other_rows_is_an_error_that_names_them()
    {
        string script = "param($file) 1..40 | ForEach-Object { [pscustomobject]@{ a = $_ * $_; b = [math]::Sin($_) } } | Invoke-EmFit a{0} -ComponentCount 5 -TimeLimit 1 -Tolerance 0 -MaxIteration 300000000 -WarningAction Ignore -Checkpoint $file";
        Session.Run(script.Replace("{0}", string.Empty, StringComparison.Ordinal), ("file", _folder.Locate("f")));
        ErrorRecord error = Session.Fail(script.Replace("{0}", ", b", StringComparison.Ordinal), ("file", _folder.Locate("f")));
        Assert.StartsWith("CheckpointMismatch", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("the columns was a and is a, b", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-CheckpointInterval 5", "CheckpointMissing")]
    [InlineData("-CheckpointIteration 5", "CheckpointMissing")]
    [InlineData("-Checkpoint /no/such/folder/file", "CheckpointNotWritable")]
    [InlineData("-Checkpoint $PSHOME", "CheckpointUnreadable|CheckpointNotWritable")]
    public void Wrong_calls_are_told(string arguments, string errorIds)
    {
        ErrorRecord error = Session.Fail("1..9 | Invoke-EmFit -ComponentCount 2 " + arguments);
        Assert.Contains(error.FullyQualifiedErrorId.Split(',')[0], errorIds.Split('|'));
    }

    /// <summary>Kills the fit when the checkpoint was written so many times.</summary>
    private async Task KillAsync(string fit, string file, int writes)
    {
        using Process process = ShellProcess.Start(_folder.Root, "-Command", fit);
        DateTime before = DateTime.MinValue;
        for (int seen = 0; seen < writes;)
        {
            Assert.False(process.HasExited, "the fit was done before it could be killed");
            DateTime written = File.Exists(file) ? File.GetLastWriteTimeUtc(file) : before;
            seen += written > before ? 1 : 0;
            before = written > before ? written : before;
            await Task.Delay(1);
        }

        process.Kill();
        await process.WaitForExitAsync();
        Assert.True(File.Exists(file));
    }

    private async Task<string> CompleteAsync(string fit)
    {
        ShellResult result = await ShellProcess.RunInAsync(
            _folder.Root,
            "-Command",
            fit + " | ForEach-Object { 'fit {0:R} {1} {2}' -f $_.LogLikelihood, $_.IterationCount, $_.StopReason; $_ | Get-MixtureComponent | ConvertTo-Csv }");
        result.AssertExit(0);
        Assert.Contains("fit", result.Output, StringComparison.Ordinal);
        return result.Output;
    }
}
