using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Get-Help finds the help of the module and has something to say on everything.</summary>
public sealed class HelpTests(ModuleSession session) : HostTest(session)
{
    private const int FewestExamples = 3;

    public static TheoryData<string> Commands() => [.. HelpFile.Examples().Select(help => help.Command)];

    [Fact]
    public void Every_command_has_help() =>
        Assert.Equal(Session.Run("(Get-Module GmmTools).ExportedCommands.Keys").Select(name => name.ToString()).Order(), HelpFile.Examples().Select(help => help.Command).Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Synopsis_description_parameters_and_examples_are_there(string command)
    {
        PSObject help = Session.RunOne("param($name) Get-Help $name -Full", ("name", command));

        Assert.EndsWith(".", ModuleSession.Value(help, "Synopsis")!.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(Text(help.Properties["description"].Value));
        PSObject[] examples = Items(((PSObject)help.Properties["examples"].Value).Properties["example"].Value);
        Assert.InRange(examples.Length, FewestExamples, int.MaxValue);
        Assert.All(examples, example => Assert.NotEmpty(example.Properties["code"].Value.ToString()!));

        string[] documented = [.. Parameters(help).Select(parameter => parameter.Properties["name"].Value.ToString()!)];
        string[] declared = [.. Session.Run("param($name) (Get-Command $name).Parameters.Keys", ("name", command)).Select(name => name.ToString()).Except(Cmdlet.CommonParameters)];
        Assert.Equal(declared.Order(), documented.Order());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_parameter_can_be_asked_for(string command)
    {
        IReadOnlyList<PSObject> parameters = Session.Run("param($name) Get-Help $name -Parameter *", ("name", command));

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.NotEmpty(Text(parameter.Properties["description"].Value)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_syntax_is_that_of_the_command(string command)
    {
        PSObject help = Session.RunOne("param($name) Get-Help $name", ("name", command));
        PSObject[] sets = Items(((PSObject)help.Properties["syntax"].Value).Properties["syntaxItem"].Value);

        string[][] declared =
        [
            .. Session.Run("param($name) (Get-Command $name).ParameterSets", ("name", command))
                .Select(set => ((CommandParameterSetInfo)set.BaseObject).Parameters.Select(parameter => parameter.Name).Except(Cmdlet.CommonParameters).Order().ToArray()),
        ];
        string[][] documented = [.. sets.Select(set => Items(set.Properties["parameter"].Value).Select(parameter => parameter.Properties["name"].Value.ToString()!).Order().ToArray())];
        Assert.Equal(declared.Select(names => string.Join(' ', names)).Order(), documented.Select(names => string.Join(' ', names)).Order());
    }

    [Fact]
    public void A_default_is_that_of_a_fresh_command()
    {
        PSObject parameter = Session.RunOne("Get-Help Invoke-EmFit -Parameter RestartCount");

        Assert.Equal("10", parameter.Properties["defaultValue"].Value.ToString());
        Assert.Equal("False", parameter.Properties["pipelineInput"].Value.ToString());
    }

    [Fact]
    public void Help_is_shown_whole()
    {
        RecordingHost host = new();
        using ModuleSession shown = new(host);
        shown.Run("Get-Help Select-MixtureFit -Full | Out-Default");

        Assert.Contains("SYNOPSIS", host.Text, StringComparison.Ordinal);
        Assert.Contains("-IncludeSpurious [<SwitchParameter>]", host.Text, StringComparison.Ordinal);
        Assert.Contains("----- Example 1: How many components -----", host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<SwitchParameter> [-", host.Text, StringComparison.Ordinal);
    }

    private static PSObject[] Parameters(PSObject help) => Items(((PSObject)help.Properties["parameters"].Value).Properties["parameter"].Value);

    private static PSObject[] Items(object value) =>
        (value as PSObject)?.BaseObject is IEnumerable list and not string ? [.. list.Cast<object>().Select(PSObject.AsPSObject)]
        : value is IEnumerable plain and not string ? [.. plain.Cast<object>().Select(PSObject.AsPSObject)]
        : [PSObject.AsPSObject(value)];

    private static string Text(object value) => string.Join('\n', Items(value).Select(paragraph => paragraph.Properties["Text"].Value));
}
