using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Estimation;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <summary>Selects the best of several fits of the same rows: the one with the smallest criterion.</summary>
/// <remarks>
/// <para>
/// More components always fit better; a criterion weighs that against the number of parameters. Bic finds the number of components if they are
/// normal; Icl also wants well-separated clusters; Aic and Aicc aim at prediction and choose more components. For each of them, smaller is better.
/// R's mclust reports the negative of this BIC.
/// </para>
/// <para>
/// Combinations that could not be fitted are skipped (for these, Invoke-EmFit returns a FitFailure with the reason), and so are spurious fits, unless
/// there are no others: their likelihood comes from a few rows on a line or at a point. So are fits of several components for which the rows are too
/// few: fewer than five per component or two per parameter. Criteria are computed from BoundedLogLikelihood, so a component on identical rows
/// gains nothing by being narrow. Fits of different rows cannot be compared, and cause an error. A warning says if the best fit has the largest
/// number of components tried: then try more, if there are enough rows for them. Of the fits of Invoke-EmFit -GroupProperty the best is chosen in each
/// group.
/// </para>
/// <para>
/// Sources: Schwarz, The Annals of Statistics 6 (1978) 461-464 (BIC); Keribin, Sankhya A 62 (2000) 49-66 (BIC finds the number of components);
/// Biernacki, Celeux and Govaert, IEEE Transactions on Pattern Analysis and Machine Intelligence 22 (2000) 719-725 (ICL); Akaike, IEEE
/// Transactions on Automatic Control 19 (1974) 716-723 (AIC); Hurvich and Tsai, Biometrika 76 (1989) 297-307 (AICc).
/// </para>
/// </remarks>
/// <example>
/// <para>How many components</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount (1..5) | Select-MixtureFit
/// </code>
/// <para>BIC finds the two kinds of eruption of Old Faithful.</para>
/// </example>
/// <example>
/// <para>Every model, and the three best</para>
/// <code>
/// $fits = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount (1..4) -CovarianceModel * -WarningAction SilentlyContinue
/// $fits | Select-MixtureFit -First 3
/// </code>
/// <para>56 combinations, with the rows read only once; the two best have ellipsoids of one shape (VEV). Two of the others have warnings,
/// which their property Warnings holds.</para>
/// <code>
///   K Model    Rows       LogLik   df          BIC          ICL  Iter Status
///   - -----    ----       ------   --          ---          ---  ---- ------
///   2 VEV       150     -215.726   26      561.728      561.732     6 Converged
///   3 VEV       150     -186.073   38      562.551      574.608    32 Converged
///   2 VVV       150     -214.355   29      574.018      574.029     6 Converged
/// </code>
/// </example>
/// <example>
/// <para>The best by each criterion</para>
/// <code>
/// $fits = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount (1..5) -CovarianceModel VVV, EEE
/// 'Bic', 'Icl', 'Aic' | ForEach-Object { $fits | Select-MixtureFit -Criterion $_ -WarningAction SilentlyContinue }
/// </code>
/// <para>AIC chooses the most components. If the best fit lies at the edge of what was tried, a warning says so; it is silenced here.</para>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
[Cmdlet(VerbsCommon.Select, "MixtureFit", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(EmFit))]
public sealed class SelectMixtureFitCommand : MixtureCommand
{
    private readonly List<PSObject> _fits = [];

    /// <summary>The fits, as Invoke-EmFit returns them, or copies of them from a file or a job.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The fits to choose from.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The criterion that chooses the best fit; for each, smaller is better. Bic (default) finds the number of components if they are normal; Icl
    /// prefers well-separated clusters; Aic and Aicc (corrected for few rows) aim at prediction and choose more components.
    /// </summary>
    [Parameter(Position = 0, HelpMessage = "The criterion that chooses the best fit; for each, smaller is better.")]
    [ValidateSet("Bic", "Icl", "Aic", "Aicc")]
    public string Criterion { get; set; } = "Bic";

    /// <summary>How many fits to return, best first. Default 1.</summary>
    [Parameter(HelpMessage = "How many fits to return, best first.")]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 1;

    /// <summary>Lets spurious fits compete with the others.</summary>
    [Parameter(HelpMessage = "Lets spurious fits compete with the others.")]
    public SwitchParameter IncludeSpurious { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => _fits.AddRange(FitArgument.Enumerate(InputObject));

    /// <inheritdoc/>
    private protected override void End()
    {
        SelectionCriterion criterion = (SelectionCriterion)Enum.Parse(typeof(SelectionCriterion), Criterion, ignoreCase: true);
        GroupChoices choices = new(_fits);
        if (!choices.HasGroups)
        {
            WriteBest(_fits, choices.Choose(_fits, criterion, IncludeSpurious), criterion);
        }
        else
        {
            foreach (IReadOnlyList<PSObject> group in choices.Groups)
            {
                if (choices.TryChoose(group, criterion, IncludeSpurious) is FitSelection selection)
                {
                    WriteBest(group, selection, criterion);
                }
            }
        }

        foreach (string warning in choices.Warnings)
        {
            WriteWarning(warning);
        }
    }

    private void WriteBest(IReadOnlyList<PSObject> fits, FitSelection selection, SelectionCriterion criterion)
    {
        Tell([.. fits.Select(FitArgument.Read)], selection, criterion);
        foreach (int index in selection.Ranked.Take(First))
        {
            WriteObject(fits[index]);
        }
    }

    private void Tell(FitCandidate[] candidates, FitSelection selection, SelectionCriterion criterion)
    {
        int spurious = candidates.Count(candidate => candidate.IsSpurious);
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1}, {2} could not be fitted, {3} spurious.",
            Counted.Of(candidates.Length, "fit"),
            selection.Ranked.Count == 1 ? "1 competes" : $"{selection.Ranked.Count} compete",
            candidates.Count(candidate => candidate.Failure is not null),
            spurious == 1 ? "1 is" : $"{spurious} are"));
        foreach (int index in selection.Ranked.Take(Math.Max(First, 3)))
        {
            WriteVerbose(string.Format(
                CultureInfo.InvariantCulture, "{0}: {1} {2:F3}", candidates[index], criterion, candidates[index].Value(criterion)));
        }
    }
}
