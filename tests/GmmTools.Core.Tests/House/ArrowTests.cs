using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using GmmTools.Connectors.Databases;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using NetArchTest.Rules;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>Who may know whom: dependencies point one way, between assemblies and between the namespaces of Core.</summary>
public class ArrowTests
{
    /// <summary>
    /// The namespaces of Core, from the bottom up. One may use what lies in the layers below its own, and nothing else: neither a neighbour
    /// nor anything above. A new namespace gets its place here.
    /// </summary>
    private static readonly string[][] Layers =
    [
        ["GmmTools"],
        ["GmmTools.Files", "GmmTools.Numerics.Vectors"],
        ["GmmTools.Numerics.Dense"],
        ["GmmTools.Numerics"],
        ["GmmTools.Numerics.Kernels"],
        ["GmmTools.Mixtures"],
        ["GmmTools.Observations.Chunks", "GmmTools.Sampling"],
        ["GmmTools.Observations"],
        ["GmmTools.Observations.Gaps", "GmmTools.Observations.Views"],
        ["GmmTools.Observations.Intake"],
        ["GmmTools.Estimation.Known"],
        ["GmmTools.Estimation", "GmmTools.Estimation.MaximizationSteps"],
        ["GmmTools.Estimation.Models", "GmmTools.Estimation.Runs"],
        ["GmmTools.Estimation.Acceleration", "GmmTools.Estimation.Checkpoints"],
        ["GmmTools.Estimation.Iteration"],
        ["GmmTools.Estimation.Initialization"],
        ["GmmTools.Estimation.Guided", "GmmTools.Estimation.Moves", "GmmTools.Estimation.Noise"],
        ["GmmTools.Estimation.Fitting"],
        ["GmmTools.Estimation.Updating", "GmmTools.Selection", "GmmTools.Serialization", "GmmTools.Scoring", "GmmTools.Comparison"],
        ["GmmTools.Inference.Drift", "GmmTools.Inference.Replicates", "GmmTools.Inference.Testing", "GmmTools.Merging", "GmmTools.Outliers"],
        ["GmmTools.Inference.Watching", "GmmTools.Classification"],
        ["GmmTools.Classification.Validation"],
        ["GmmTools.Inference"],
        ["GmmTools.Validation"],
    ];

    private static readonly Assembly Core = typeof(GaussianMixture).Assembly;

    private static readonly Type[] CoreTypes =
        [.. Core.GetTypes().Where(type => type.Namespace?.StartsWith("GmmTools", StringComparison.Ordinal) == true)];

    public static TheoryData<string> Namespaces() => [.. Layers.SelectMany(layer => layer)];

    [Fact]
    public void Every_namespace_of_Core_has_a_place_in_one_layer()
    {
        IEnumerable<string> present = CoreTypes.Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(present, Layers.SelectMany(layer => layer).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void A_namespace_uses_only_what_lies_below_it(string name)
    {
        HashSet<string> allowed = [name, .. Layers.TakeWhile(layer => !layer.Contains(name)).SelectMany(layer => layer)];
        string[] forbidden = [.. CoreTypes.Where(type => !type.IsNested && !allowed.Contains(type.Namespace!)).Select(PlainName)];

        Assert.Empty(Users(name, forbidden));
    }

    /// <summary>What the searches above stand on: bodies of methods are looked into, and types, not beginnings of names, are compared.</summary>
    [Fact]
    public void The_search_finds_what_only_the_body_of_a_method_uses()
    {
        const string user = "GmmTools.Estimation.Models";

        Assert.Contains(Users(user, "GmmTools.Numerics.PackedMatrix"), found => found.StartsWith($"{user}.ConjugatePrior", StringComparison.Ordinal));
        Assert.Empty(Users("GmmTools.Estimation.Runs", "GmmTools.Estimation.Em"));
    }

    [Fact]
    public void Core_refers_to_no_shell_no_file_format_and_no_picture()
    {
        Assert.Equal(["MathNet.Numerics"], Borrowed(Core));
    }

    [Fact]
    public void Connectors_and_plots_refer_to_Core_and_not_to_each_other()
    {
        string core = Core.GetName().Name!;

        Assert.Equal([core, "Parquet", "Sylvan.Data.Csv"], Borrowed(typeof(DatabaseObservations).Assembly));
        Assert.Equal([core], Borrowed(typeof(Figure).Assembly));
    }

    /// <summary>The types of a namespace, not of those within it, that use any of some types, each with what it uses.</summary>
    private static IEnumerable<string> Users(string name, params string[] used) => Types.InAssembly(Core)
        .That().ResideInNamespaceMatching($"^{Regex.Escape(name)}$")
        .ShouldNot().HaveDependencyOnAny(used)
        .GetResult().FailingTypes
        .Select(type => $"{type.FullName}: {type.Explanation}");

    /// <summary>A type's name as the search has it: without the number of its parameters.</summary>
    private static string PlainName(Type type) => type.FullName!.Split('`')[0];

    /// <summary>The assemblies that one refers to, those of .NET left out.</summary>
    private static IEnumerable<string> Borrowed(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) || reference.StartsWith("System.Management", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
