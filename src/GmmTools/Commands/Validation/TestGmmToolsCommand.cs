using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Validation;

namespace GmmTools.Commands.Validation;

/// <summary>Computes published values on this machine and says how many digits agree.</summary>
/// <remarks>
/// <para>
/// The values are those that NIST has certified (Statistical Reference Datasets), those of formulas, those that the vignette of R's mclust prints, and those to
/// which mclust and R come when they are run to the end. The data are part of the module. Digits is the number of significant digits to which the value found
/// here, rounded, is the published one; Passed says whether these are as many as RequiredDigits, which are fewer than were published where the
/// source stopped early, or where the data cannot be written in doubles. A value that is not reached is a warning too.
/// </para>
/// <para>
/// With -Detailed the speed of this machine follows: how long an EM iteration takes on one thread and on all, beside the floor, which is what the arithmetic of the
/// iteration takes at the best rates that one core reaches, measured just before. Other work on the machine makes these times longer.
/// </para>
/// <para>
/// Sources: NIST, Statistical Reference Datasets, univariate summary statistics; Scrucca, Fop, Murphy and Raftery, The R Journal 8 (2016) 289-317, and the vignette
/// of mclust 6.0.0; R 4.2.2. Data: Reaven and Miller, Diabetologia 16 (1979) 17-24 (diabetes); Roeder, Journal of the American Statistical Association 85 (1990)
/// 617-624 (galaxies); Crawford, Journal of the American Statistical Association 89 (1994) 259-267 (acidity); Azzalini and Bowman, Applied Statistics 39 (1990)
/// 357-365 (Old Faithful); Fisher, Annals of Eugenics 7 (1936) 179-188 (iris).
/// </para>
/// </remarks>
/// <example>
/// <para>Whether this machine finds what others have published</para>
/// <code>
/// Test-GmmTools | Where-Object Source -like '*vignette'
/// </code>
/// <para>Those of the vignette of mclust. mclust stops a little short of the maximum, so that the last digits of some differ.</para>
/// </example>
/// <example>
/// <para>A check in a script, before the numbers are relied on</para>
/// <code>
/// Test-GmmTools -Quiet
/// </code>
/// <para>True: each value agrees to as many digits as it must.</para>
/// <code>
/// True
/// </code>
/// </example>
/// <example>
/// <para>A table for a report</para>
/// <code>
/// Test-GmmTools | Export-Csv validation.csv
/// Import-Csv validation.csv | Group-Object Source, Passed -NoElement | Format-Table Count, Name
/// </code>
/// <para>How many values of each source are reached.</para>
/// </example>
/// <example>
/// <para>How fast this machine is, beside what its arithmetic allows</para>
/// <code>
/// Test-GmmTools -Detailed | Where-Object TimesFloor | Format-Table CovarianceModel, RowCount, ThreadCount, Milliseconds, TimesFloor
/// </code>
/// <para>Milliseconds of an iteration, and how many times the floor that is.</para>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
/// <seealso cref="MeasureMixtureLikelihoodCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "GmmTools", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PublishedValueCheck), typeof(MachineSpeed), typeof(bool))]
public sealed class TestGmmToolsCommand : MixtureCommand
{
    /// <summary>Return the speed of this machine as well: the time of an EM iteration beside the floor of the machine's arithmetic.</summary>
    [Parameter(HelpMessage = "Return the speed of this machine as well.")]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Return True where all values are reached, else False.</summary>
    [Parameter(HelpMessage = "Return True where all values are reached, else False.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        PublishedValues values = new(StopToken);
        bool passed = true;
        foreach (PublishedValue value in PublishedValues.All)
        {
            PublishedValueCheck check = BackgroundWork.Run(() => values.Check(value), () => { }, StopToken);
            passed &= check.Passed;
            if (check.Warning is string warning)
            {
                WriteWarning(warning);
            }

            if (!Quiet)
            {
                WriteObject(check);
            }
        }

        if (Quiet)
        {
            WriteObject(passed);
            return;
        }

        if (Detailed)
        {
            using IEnumerator<MachineSpeed> speeds = MachineSpeed.Measure(StopToken).GetEnumerator();
            while (BackgroundWork.Run(speeds.MoveNext, () => { }, StopToken))
            {
                WriteObject(speeds.Current);
            }
        }
    }
}
