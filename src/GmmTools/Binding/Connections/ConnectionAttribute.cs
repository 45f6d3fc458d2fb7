using System;
using System.Data.Common;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding.Connections;

/// <summary>
/// Takes the connection out of objects that hold one: those of Connect-DbaInstance and Get-SqlInstance (Microsoft.SqlServer.Management.Smo.Server), and their
/// ConnectionContext.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionAttribute : ArgumentTransformationAttribute
{
    private static readonly string[][] Places = [["SqlConnectionObject"], ["ConnectionContext", "SqlConnectionObject"]];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is null || Bare.Of(inputData) is DbConnection
            ? inputData!
            : Places.Select(place => Follow(inputData, place)).FirstOrDefault(found => found is DbConnection) ?? inputData;

    private static object? Follow(object holder, string[] names)
    {
        object? value = holder;
        foreach (string name in names)
        {
            value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        return Bare.Of(value);
    }
}
