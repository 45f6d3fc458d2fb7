using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using Xunit;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>A runspace of the bare engine with the module imported.</summary>
public sealed class ModuleSession : IDisposable
{
    /// <summary>Opens a runspace.</summary>
    public ModuleSession()
        : this(null)
    {
    }

    /// <summary>Opens a runspace with a host.</summary>
    /// <param name="host">The host, or null.</param>
    internal ModuleSession(PSHost? host)
    {
        // nothing of the machine's own modules is to be found
        Environment.SetEnvironmentVariable("PSModulePath", string.Empty);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        Runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        Runspace.Open();
        using PowerShell shell = Create("param($path) Import-Module -Name $path -ErrorAction Stop", ("path", ModuleFiles.Manifest));
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
    }

    /// <summary>The runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>Rows of a CSV file, as Import-Csv makes them: every cell a string.</summary>
    /// <param name="name">Name of the file among the examples.</param>
    public static PSObject[] ReadCsv(string name)
    {
        string[] lines = [.. File.ReadAllLines(ModuleFiles.Data(name)).Where(line => line.Length > 0)];
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => Row(header, line.Split(',')))];
    }

    /// <summary>An object with the given cells.</summary>
    /// <param name="columns">Names.</param>
    /// <param name="cells">Values.</param>
    public static PSObject Row(string[] columns, object?[] cells)
    {
        PSObject row = new();
        for (int i = 0; i < columns.Length; i++)
        {
            row.Properties.Add(new PSNoteProperty(columns[i], cells[i]));
        }

        return row;
    }

    /// <summary>A pipeline that is not yet run.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Values of its parameters.</param>
    public PowerShell Create(string script, params (string Name, object? Value)[] arguments)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        shell.AddScript(script);
        foreach ((string name, object? value) in arguments)
        {
            shell.AddParameter(name, value);
        }

        return shell;
    }

    /// <summary>Runs a script that must not fail.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Values of its parameters.</param>
    public IReadOnlyList<PSObject> Run(string script, params (string Name, object? Value)[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        IReadOnlyList<PSObject> output = [.. shell.Invoke()];
        Assert.Empty(shell.Streams.Error);
        return output;
    }

    /// <summary>Runs a script that must give one object.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Values of its parameters.</param>
    public PSObject RunOne(string script, params (string Name, object? Value)[] arguments) => Assert.Single(Run(script, arguments));

    /// <summary>Runs a script whose last statement must fail with a terminating error.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Values of its parameters.</param>
    public ErrorRecord Fail(string script, params (string Name, object? Value)[] arguments)
    {
        // terminating means that the statement gives nothing and that catch sees it
        using PowerShell shell = Create(script, arguments);
        Assert.Empty(shell.Invoke());
        ErrorRecord error = Assert.Single(shell.Streams.Error);
        using PowerShell again = Create("param($run, $with) try { & $run @with } catch { $_.FullyQualifiedErrorId }");
        again.AddParameter("run", ScriptBlock.Create(script));
        again.AddParameter("with", arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        Assert.Equal(error.FullyQualifiedErrorId, Assert.Single(again.Invoke()).BaseObject);
        return error;
    }

    /// <summary>Runs a script that must fail with the given error id and a message that holds the given parts.</summary>
    /// <param name="errorId">The id, without the name of the command.</param>
    /// <param name="parts">What the message must say.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Values of its parameters.</param>
    public ErrorRecord AssertFails(string errorId, string[] parts, string script, params (string Name, object? Value)[] arguments)
    {
        ErrorRecord error = Fail(script, arguments);
        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        foreach (string part in parts)
        {
            Assert.Contains(part, error.ToString(), StringComparison.Ordinal);
        }

        return error;
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();

    /// <summary>A property as a number.</summary>
    /// <param name="item">The object.</param>
    /// <param name="property">Name of the property.</param>
    public static double Number(PSObject item, string property) =>
        Convert.ToDouble(Value(item, property), CultureInfo.InvariantCulture);

    /// <summary>A property.</summary>
    /// <param name="item">The object.</param>
    /// <param name="property">Name of the property.</param>
    public static object? Value(PSObject item, string property)
    {
        PSPropertyInfo? found = item.Properties[property];
        Assert.True(found is not null, $"There is no property {property}.");
        return found.Value;
    }
}
