using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>In a session that has it to itself the module leaves nothing running when it is removed, and comes back.</summary>
public sealed class ShellLifetimeTests
{
    [Fact]
    public async Task Removing_it_stops_what_it_does_in_the_session()
    {
        string script = $$"""
            $module = Get-Module GmmTools
            $users = $module.ImplementingAssembly.GetType('GmmTools.Loading.EngineResolver').GetField('_users', 'NonPublic, Static')
            $null = 1, 2, 4 | Invoke-EmFit -ComponentCount 1
            $users.GetValue($null)
            Remove-Module GmmTools
            $users.GetValue($null)
            @(Get-Command -Module GmmTools).Count
            Import-Module {{ShellProcess.Quote(ModuleFiles.Manifest)}}
            $users.GetValue($null)
            (1, 2, 4 | Invoke-EmFit -ComponentCount 1).RowCount
            """;

        ShellResult result = await ShellProcess.RunAsync("-Command", script);

        Assert.Equal(["1", "0", "0", "1", "3"], result.AssertClean().Lines);
    }
}
