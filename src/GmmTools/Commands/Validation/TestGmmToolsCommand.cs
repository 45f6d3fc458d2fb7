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
/// Test-GmmTools
/// </code>
/// <para>mclust stops a little short of the maximum, so that the last digits of some values of its vignette differ.</para>
/// <code>
///
///    Source: NIST StRD
///
/// Data      Model        Quantity                Published           Here Digits
/// ----      -----        --------                ---------           ---- ------
/// Lew       normal       mean                     -177.435       -177.435     15
/// Lew       normal       standard deviation     277.332168     277.332168     15
/// Lottery   normal       mean                  518.9587156    518.9587156     15
/// Lottery   normal       standard deviation    291.6997275    291.6997275     15
/// Mavro     normal       mean                     2.001856       2.001856     15
/// Mavro     normal       standard deviation 0.000429123454 0.000429123454     13
/// Michelso  normal       mean                     299.8524       299.8524     15
/// Michelso  normal       standard deviation  0.07901054782  0.07901054782     13
/// NumAcc1   normal       mean                     10000002       10000002     15
/// NumAcc1   normal       standard deviation              1              1     15
/// NumAcc2   normal       mean                          1.2            1.2     15
/// NumAcc2   normal       standard deviation            0.1            0.1     15
/// NumAcc3   normal       mean                    1000000.2      1000000.2     15
/// NumAcc3   normal       standard deviation            0.1            0.1     10
/// NumAcc4   normal       mean                   10000000.2     10000000.2     15
/// NumAcc4   normal       standard deviation            0.1   0.1000000006      8
///
///    Source: formula
///
/// Data      Model        Quantity                Published           Here Digits
/// ----      -----        --------                ---------           ---- ------
/// faithful  VVV,1        log-likelihood       -1289.796745   -1289.796745     15
/// iris      VVV,1        log-likelihood       -379.9146301   -379.9146301     15
/// x = 0     N(0,1)       log-density         -0.9189385332  -0.9189385332     15
/// x = (1,1) N, r = 0.5   log-density          -2.360702697   -2.360702697     15
/// x = 0.5   N(0 or 2, 1) responsibility       0.7310585786   0.7310585786     15
/// x = 1     N(0,1)       probability below    0.8413447461   0.8413447461     15
/// p = 0.975 N(0,1)       quantile              1.959963985    1.959963985     15
/// p = 0.975 t, 1 degree  quantile              12.70620474    12.70620474     15
/// p = 0.975 t, 2 degrees quantile               4.30265273     4.30265273     14
/// p = 0.975 t, 4 degrees quantile              2.776445105    2.776445105     14
/// 1 % tail  N, r = 0.5   log-density          -6.299206216   -6.299206216     15
/// N(0,1)    N(1,4)       Kullback-Leibler     0.4431471806   0.4431471806     15
/// N(0,1)    N(1,4)       L2 distance          0.3166602847   0.3166602847     15
/// N(0,1)    N(1,4)       Hellinger            0.3862570878   0.3862570878     15
/// N(0,1)    N(1,4)       Wasserstein           1.414213562    1.414213562     15
///
///    Source: mclust 6.0.0 vignette
///
/// Data      Model        Quantity                Published           Here Digits
/// ----      -----        --------                ---------           ---- ------
/// diabetes  VVV,3        log-likelihood          -2303.496   -2303.491843      6
/// diabetes  VVV,3        BIC                     -4751.316   -4751.308965      5
/// faithful  EEE,3        log-likelihood          -1126.326   -1126.315928      5
/// faithful  EEE,3        BIC                     -2314.316   -2314.295678      5
/// galaxies  VVV,3        log-likelihood          -203.1792    -203.179228      7
/// galaxies  VVV,3        BIC                     -441.6122   -441.6122099      7
/// acidity   EEE,2        log-likelihood          -185.9493   -185.9492645      7
/// acidity   EEE,2        BIC                     -392.0723   -392.0722295      6
///
///    Source: mclust 6.0.0 converged
///
/// Data      Model        Quantity                Published           Here Digits
/// ----      -----        --------                ---------           ---- ------
/// iris      EII,3        log-likelihood        -401.802176   -401.8021758      9
/// iris      VII,3        log-likelihood        -384.314095   -384.3140951      9
/// iris      EEI,3        log-likelihood        -361.425522    -361.425522      9
/// iris      VEI,3        log-likelihood        -339.468727   -339.4687273      9
/// iris      EVI,3        log-likelihood        -340.085581   -340.0855807      9
/// iris      VVI,3        log-likelihood        -306.860461   -306.8604605      9
/// iris      EEE,3        log-likelihood        -256.354043   -256.3540431      9
/// iris      VEE,3        log-likelihood        -237.560163   -237.5601628      9
/// iris      EEV,3        log-likelihood        -214.850379   -214.8503789      9
/// iris      VEV,3        log-likelihood        -186.073283   -186.0732834      9
/// iris      EVV,3        log-likelihood        -205.535881   -205.5358808      9
/// iris      VVV,3        log-likelihood        -180.185477   -180.1854771      9
/// faithful  EEE,2        log-likelihood       -1140.186759   -1140.186759     10
/// faithful  VVV,2        log-likelihood        -1130.26396    -1130.26396     10
/// iris      VVV,3 prior  log-likelihood        -192.695284   -192.6952839      9
/// faithful  VVV,2 prior  log-likelihood       -1130.509264   -1130.509264     10
/// diabetes  VVV,3        adjusted Rand        0.6640181392   0.6640181392     15
/// iris      VVV,3        adjusted Rand        0.9038742318   0.9038742318     15
///
///    Source: R 4.2.2 numDeriv
///
/// Data      Model        Quantity                Published           Here Digits
/// ----      -----        --------                ---------           ---- ------
/// faithful  VVV,2        error, weight 2      0.0290891104   0.0290891102      8
/// faithful  VVV,2        error, eruptions 1   0.0314031362  0.03140311462      6
/// faithful  VVV,2        error, waiting 1      0.456185991   0.4561857258      6
/// </code>
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
