using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The module comes and goes, in several sessions of one process.</summary>
public sealed class ModuleLifetimeTests(ModuleSession session) : HostTest(session)
{
    private const string Fit = "(1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount";

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void It_can_be_imported_again(string how)
    {
        using ModuleSession other = new();

        Assert.Equal(4L, other.RunOne($"param($path) Import-Module $path {how}; {Fit}", ("path", ModuleFiles.Manifest)).BaseObject);
        Assert.Single(other.Run("Get-Module GmmTools"));
    }

    [Fact]
    public void It_works_in_several_runspaces_at_once()
    {
        long[] counts = new long[8];
        Parallel.For(0, counts.Length, i =>
        {
            using ModuleSession other = new();
            counts[i] = (long)other.RunOne($"(1..{100 + i} | Invoke-EmFit -ComponentCount 2).RowCount").BaseObject;
        });

        Assert.Equal(Enumerable.Range(100, counts.Length).Select(count => (long)count), counts);
    }

    [Fact]
    public void Each_session_that_has_it_is_counted_and_each_that_removes_it_too()
    {
        // sessions of other tests come and go meanwhile: in a process of its own the count ends at 0, see ShellLifetimeTests
        using ModuleSession other = new();
        Assert.True((int)Users() > 0);
        other.Run("Remove-Module GmmTools");
        Assert.Empty(other.Run("Get-Command -Module GmmTools"));
        Assert.Equal("CommandNotFoundException", other.Fail("Invoke-EmFit -ComponentCount 1").FullyQualifiedErrorId);
        Assert.NotNull(FitFaithful());
    }

    private static object Users() => AppDomain.CurrentDomain.GetAssemblies()
        .Single(assembly => assembly.GetName().Name == "GmmTools")
        .GetType("GmmTools.Loading.EngineResolver", true)!
        .GetField("_users", BindingFlags.NonPublic | BindingFlags.Static)!
        .GetValue(null)!;
}
