using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Shared.Fuzz;

/// <summary>The checkpoint of an interrupted fit with bytes changed, half of the time under a check sum that is right again.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private const int CheckLength = 32;

    private readonly InMemoryObservations _rows =
        InMemoryObservations.FromMatrix(new MixtureSampler(RandomMixture.Draw(2, 2, 3, 5), 2).DrawMatrix(80));

    private readonly byte[] _original;

    public CheckpointTarget()
    {
        _original = CreateOriginal();
    }

    public override string Name => "checkpoint";

    public override string Extension => ".checkpoint";

    public override byte[] Create(Random random)
    {
        byte[] state = Mutation.Apply(_original[..^CheckLength], random);
        return random.Next(4) == 0
            ? Mutation.Apply(_original, random)
            : [.. state, .. SHA256.HashData(state)];
    }

    public override string? Try(byte[] input, string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "fit.checkpoint");
        File.WriteAllBytes(path, input);
        EmFit fit;
        try
        {
            fit = new EmEstimator(Options(path)).Fit(_rows, cancellationToken);
        }
        catch (GmmToolsException)
        {
            return null;
        }

        return double.IsFinite(fit.LogLikelihood) ? null : "goes on to a fit without a log-likelihood";
    }

    private static EmOptions Options(string path) => new()
    {
        ComponentCount = 2,
        RestartCount = 2,
        ThreadCount = 1,
        Checkpoint = new CheckpointOptions(path),
    };

    private byte[] CreateOriginal()
    {
        string folder = Directory.CreateTempSubdirectory("gmmtools-fuzz").FullName;
        string path = Path.Combine(folder, "fit.checkpoint");
        using CancellationTokenSource source = new();
        int left = 12;
        try
        {
            new EmEstimator(Options(path), _ =>
            {
                if (--left == 0)
                {
                    source.Cancel();
                }
            }).Fit(_rows, source.Token);
            throw new InvalidOperationException("The fit ended before it was interrupted.");
        }
        catch (OperationCanceledException)
        {
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
