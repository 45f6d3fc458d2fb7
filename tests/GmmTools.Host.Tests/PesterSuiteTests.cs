using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Runs the user stories in a real PowerShell.</summary>
[Collection("Alone")]
public sealed class PesterSuiteTests
{
    [PesterFact]
    public async Task All_user_stories_pass()
    {
        string suite = Path.Combine(ModuleFiles.RepositoryRoot, "tests", "Pester").Replace("'", "''", System.StringComparison.Ordinal);
        ProcessStartInfo start = PesterFactAttribute.CreateStart(
            $"$PSStyle.OutputRendering = 'PlainText'; $r = Invoke-Pester -Path '{suite}' -PassThru; if ($r.TotalCount -eq 0) {{ exit 99 }}; exit $r.FailedCount + $r.FailedBlocksCount + $r.FailedContainersCount");
        using Process shell = Process.Start(start)!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.True(shell.ExitCode == 0, output + await errors);
    }
}
