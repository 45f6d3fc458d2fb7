using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <content>Rows that are left out since they are the least probable.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>
    /// Fits the mixture to all rows but this share of them, at least 0 and below 0.5, such as 0.05: those that are least probable under it. With row weights
    /// it is a share of the weight. Rows as improbable as these are component 0 in Get-MixtureMembership. Several shares, such as 0, 0.02, 0.05, give
    /// one fit each: a trimming curve. There are no criteria for such a fit, so that -ComponentCount must be given. For EII, VII, EEI, VVI, EEE and VVV;
    /// not together with -Noise, -Prior or -FixedWeight, nor for rows with missing values or in a database. See about_RobustMixtures.
    /// </summary>
    [Parameter(HelpMessage = "The share of the rows that the mixture is not fitted to, such as 0.05: the least probable ones.")]
    [ValidateNotNullOrEmpty]
    public double[]? TrimFraction { get; set; }

    /// <summary>With -TrimFraction: the most that the eigenvalues of all covariance matrices differ by, as a factor of at least 1, so that no component
    /// shrinks onto a few rows. Columns are measured by the distance of their quartiles; for EII and VII in their own units. Default: 100.</summary>
    [Parameter(HelpMessage = "The most that the eigenvalues of all covariance matrices of a trimmed fit differ by, as a factor.")]
    public double? EigenvalueRatio { get; set; }

    /// <summary>Refuses trimming where nothing says how many components: there is no criterion to choose a number by.</summary>
    private void CheckTrimming()
    {
        if (TrimFraction is null)
        {
            return;
        }

        if (ChoosesComponentCount)
        {
            throw new CommandException(
                "TrimmingNotSupported", "No criterion compares trimmed fits, so the number of components is not chosen for you. Add -ComponentCount, or leave out -TrimFraction.");
        }

        // a wrong share or a model that cannot be trimmed is told before the rows are read
        foreach (double fraction in TrimFraction)
        {
            EmOptions options = CreateOptions(_initial);
            options.Checkpoint = _checkpoint;
            options.TrimFraction = fraction;
            foreach (EmOptions one in CreateAxes([options.ComponentCount], [options.CovarianceModel]).Combine(options))
            {
                one.Validate();
            }
        }
    }

    /// <summary>One fit for each share, number of components and model; on any thread.</summary>
    private IReadOnlyList<IFitOutcome> FitTrimmed(
        IObservations observations, EmOptions options, int[] componentCounts, IReadOnlyList<CovarianceModel> models)
    {
        double[] fractions = [.. TrimFraction!.Distinct()];
        int count = fractions.Length * componentCounts.Length * models.Count;
        _combinationCount = count > 1 ? count : 0;
        return new TrimmingCurve(options, progress => Volatile.Write(ref _latestProgress, progress))
            .Fit(observations, fractions, componentCounts, models, StopToken);
    }
}
