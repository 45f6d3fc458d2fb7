using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ShellInterruptTests : IDisposable
{
    private const int Interrupted = 130;

    // What is stopped here would go on for hours.
    private const string LongFit = "Invoke-EmFit -ComponentCount 20 -Tolerance 0 -MaxIteration 10000000 -RestartCount 1";
    private const string Truth = "$truth = New-GaussianMixture -Random -ComponentCount 20 -Dimension 6 -Seed 1\n";

    private static readonly TimeSpan IntoTheWork = TimeSpan.FromSeconds(2);
    private readonly ShellFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellInterruptFact]
    public async Task A_fit_is_stopped()
    {
        string script = Truth + "$rows = New-GaussianMixtureSample $truth -Count 100000 -Seed 1\n"
            + "try { 'ready'; $rows | " + LongFit + "; 'not reached' } finally { Set-Content finally.txt 'ran' }\n'not reached'";
        ShellResult result = await InterruptAsync(script, 1);

        result.AssertExit(Interrupted);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal("ran", (await File.ReadAllTextAsync(_folder.Locate("finally.txt"))).Trim());
    }

    [ShellInterruptFact]
    public async Task Sampling_into_a_fit_is_stopped()
    {
        ShellResult result = await InterruptAsync(Truth + "'ready'; New-GaussianMixtureSample $truth -Count 2000000000 | " + LongFit, 1);

        result.AssertExit(Interrupted);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(string.Empty, result.Error);
    }

    [ShellInterruptFact]
    public async Task A_script_that_waits_is_stopped()
    {
        ShellResult result = await InterruptAsync("'ready'; Start-Sleep -Seconds 100000; 'not reached'", 1);

        result.AssertExit(Interrupted);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(string.Empty, result.Error);
    }

    [ShellInterruptFact]
    public async Task The_second_interrupt_ends_what_cannot_be_stopped()
    {
        ShellResult result = await InterruptAsync("'ready'; [Threading.Thread]::Sleep(100000000); 'not reached'", 2);

        result.AssertExit(Interrupted);
        Assert.Equal(string.Empty, result.Output);
    }

    private static async Task SendInterruptAsync(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<ShellResult> InterruptAsync(string script, int count)
    {
        using Process process = ShellProcess.Start(_folder.Root, _folder.Write("script.ps1", script));
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
            for (int i = 0; i < count; i++)
            {
                await Task.Delay(IntoTheWork);
                Assert.False(process.HasExited, "The shell was over before it could be interrupted.");
                await SendInterruptAsync(process);
            }

            return await ShellProcess.FinishAsync(process);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
