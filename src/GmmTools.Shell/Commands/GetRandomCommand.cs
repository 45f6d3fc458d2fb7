using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Gives a random number, or random items of a list. A seed gives other numbers than pwsh does.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = NumberSet)]
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Get-Random is no source of secrets.")]
internal sealed class GetRandomCommand : PSCmdlet
{
    private const string NumberSet = "RandomNumber";
    private const string ItemSet = "RandomListItem";
    private static Random _random = Random.Shared;
    private readonly List<object> _items = [];

    /// <summary>The smallest number, 0 when not given.</summary>
    [Parameter(ParameterSetName = NumberSet)]
    public object Minimum { get; set; } = 0;

    /// <summary>The number that all are smaller than.</summary>
    [Parameter(ParameterSetName = NumberSet, Position = 0)]
    public object Maximum { get; set; } = int.MaxValue;

    /// <summary>The items to choose from.</summary>
    [Parameter(ParameterSetName = ItemSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>How many to give.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Starts a sequence that can be repeated.</summary>
    [Parameter]
    public int? SetSeed { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SetSeed is int seed)
        {
            _random = new Random(seed);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ItemSet)
        {
            _items.AddRange(InputObject);
            return;
        }

        for (int index = 0; index < Count; index++)
        {
            WriteNumber();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        object[] shuffled = [.. _items];
        _random.Shuffle(shuffled);
        WriteObject(shuffled.Take(Count), enumerateCollection: true);
    }

    private void WriteNumber()
    {
        object low = Minimum is PSObject wrappedLow ? wrappedLow.BaseObject : Minimum;
        object high = Maximum is PSObject wrappedHigh ? wrappedHigh.BaseObject : Maximum;
        if (LanguagePrimitives.Compare(low, high) >= 0)
        {
            ArgumentException failure = new($"The Minimum value ({low}) cannot be greater than or equal to the Maximum value ({high}).");
            ThrowTerminatingError(new ErrorRecord(failure, "MinGreaterThanOrEqualMax", ErrorCategory.InvalidArgument, null));
        }

        if (low is double or float || high is double or float)
        {
            double start = LanguagePrimitives.ConvertTo<double>(low);
            WriteObject(start + (_random.NextDouble() * (LanguagePrimitives.ConvertTo<double>(high) - start)));
            return;
        }

        long drawn = _random.NextInt64(LanguagePrimitives.ConvertTo<long>(low), LanguagePrimitives.ConvertTo<long>(high));
        WriteObject(low is long || high is long ? (object)drawn : (int)drawn);
    }
}
