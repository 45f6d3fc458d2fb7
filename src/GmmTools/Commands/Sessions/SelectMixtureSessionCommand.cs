using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Connectors;
using GmmTools.Connectors.Sessions;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using GmmTools.Serialization;

namespace GmmTools.Commands.Sessions;

/// <summary>Reads the files of a session as their rows are asked for. It is no command of the module: those that score rows run it in the sessions that they are
/// given.</summary>
[Cmdlet(VerbsCommon.Select, "MixtureSession", DefaultParameterSetName = PathSet)]
[OutputType(typeof(byte[]))]
internal sealed class SelectMixtureSessionCommand : RowSourceCommand
{
    /// <summary>The files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    public string[] Path { get; set; } = [];

    /// <summary>The files, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The columns.</summary>
    [Parameter(Mandatory = true)]
    public override object[]? Property { get; set; }

    /// <summary>Columns that go with them.</summary>
    [Parameter]
    public string[] IncludeProperty { get; set; } = [];

    /// <summary>A mixture; rows that are not below -Level under it are not given out.</summary>
    [Parameter]
    public byte[]? Mixture { get; set; }

    /// <summary>The log-density.</summary>
    [Parameter]
    public double Level { get; set; }

    /// <summary>The identifier of the rows.</summary>
    [Parameter(Mandatory = true)]
    public string Id { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override void Begin()
    {
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        ConcurrentQueue<string> warnings = new();
        FileReadOptions options = CreateReadOptions([.. Property!.Select(name => (string)Bare.Of(name)!)], null, IncludeProperty);
        options.Warn = (text, remedy) => warnings.Enqueue(ErrorRecords.WithAdvice(text, remedy));
        options.Explain = null;

        // the files are read when this command is over
        SessionHosts.Keep(Id, new SessionStreamHost(FindFiles(), options, Mixture is null ? null : ChooseBelow((GaussianMixture)MixtureJsonReader.Read(Mixture)), warnings));
        WriteObject(Array.Empty<byte>());
    }

    private Func<RowBlock, RowBlock?> ChooseBelow(GaussianMixture mixture)
    {
        BlockScorer scorer = new(mixture);
        return block =>
        {
            double[] logDensities = scorer.Score(block).LogDensities;
            int[] chosen = [.. Enumerable.Range(0, block.Count).Where(i => logDensities[i] < Level || (block.HasGaps && HasGap(block, i)))];
            return chosen.Length == 0 ? null : block.Take(chosen);
        };
    }

    private static bool HasGap(RowBlock block, int row)
    {
        double[] cells = new double[block.Values.Length / block.Count];
        block.CopyRow(row, cells);
        return Array.Exists(cells, double.IsNaN);
    }
}
