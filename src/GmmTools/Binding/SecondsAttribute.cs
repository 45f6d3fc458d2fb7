using System;
using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>A plain number for a time span means seconds; PowerShell itself would take it for ticks of 100 ns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? bare = Bare.Of(inputData);
        return bare is int or long or double or decimal or float
            ? TimeSpan.FromSeconds(Convert.ToDouble(bare, System.Globalization.CultureInfo.InvariantCulture))
            : inputData;
    }
}
