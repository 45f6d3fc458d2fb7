using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ModuleTests(ModuleSession session) : HostTest(session)
{
    [Fact]
    public void The_engine_that_fits_the_runtime_is_loaded()
    {
        PSObject fit = FitFaithful();

        string location = fit.BaseObject.GetType().Assembly.Location;

        Assert.Equal(Path.Combine(ModuleFiles.Folder, "bin", ModuleFiles.Engine, "GmmTools.Core.dll"), location);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(fit.BaseObject.GetType().Assembly));
    }

    [Fact]
    public void Borrowed_libraries_live_in_a_context_of_their_own()
    {
        Session.Run("param($path) Invoke-EmFit -Path $path -ComponentCount 2", ("path", ModuleFiles.Data("faithful.csv")));

        Assembly csv = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "Sylvan.Data.Csv");

        Assert.Equal("GmmTools", AssemblyLoadContext.GetLoadContext(csv)!.Name);
        Assert.Equal(Path.Combine(ModuleFiles.Folder, "bin", "deps", ModuleFiles.Engine, "Sylvan.Data.Csv.dll"), csv.Location);
    }

    [Fact]
    public void Types_can_be_named_right_after_the_import()
    {
        using ModuleSession fresh = new();

        Assert.Equal("GaussianMixture", fresh.RunOne("[GmmTools.Mixtures.GaussianMixture].Name").BaseObject);
    }

    [Fact]
    public void Every_cmdlet_class_is_exported_by_name_and_nothing_else()
    {
        string[] exported = [.. Session.Run("(Get-Module GmmTools).ExportedCommands.Keys").Select(name => name.ToString()).Order()];

        Assert.Equal(CmdletClasses().Select(type => CommandName(type)).Order(), exported);
    }

    [Fact]
    public void Verbs_are_approved_and_classes_are_named_after_their_commands()
    {
        HashSet<string> approved =
        [
            .. typeof(VerbsCommon).Assembly.GetTypes()
                .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
                .SelectMany(type => type.GetFields().Select(field => field.Name)),
        ];

        Assert.All(CmdletClasses(), type =>
        {
            CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
            Assert.Contains(attribute.VerbName, approved);
            Assert.Equal(attribute.VerbName + attribute.NounName + "Command", type.Name);
            Assert.True(type.IsSealed);
        });
    }

    [Fact]
    public void Every_parameter_set_says_what_it_gives()
    {
        foreach (PSObject command in Session.Run("Get-Command -Module GmmTools"))
        {
            Assert.NotEmpty(((CmdletInfo)command.BaseObject).OutputType);
        }
    }

    [Fact]
    public void Removing_the_module_in_one_runspace_leaves_it_working_in_others()
    {
        using (ModuleSession other = new())
        {
            other.Run("New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1");
            other.Run("Remove-Module GmmTools");
        }

        using ModuleSession third = new();
        Assert.Single(third.Run("New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1"));
        Assert.NotNull(FitFaithful());
    }

    [Fact]
    public void The_manifest_is_static()
    {
        string manifest = File.ReadAllText(ModuleFiles.Manifest);

        Assert.DoesNotContain("$", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("*", manifest, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> CmdletClasses() => AppDomain.CurrentDomain.GetAssemblies()
        .Single(assembly => assembly.GetName().Name == "GmmTools")
        .GetTypes()
        .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null);

    private static string CommandName(Type type)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }
}
