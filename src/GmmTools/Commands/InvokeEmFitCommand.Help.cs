namespace GmmTools.Commands;

/// <remarks>
/// <para>
/// Rows come from the pipeline (objects, as Import-Csv makes them, lists of numbers, plain numbers), by argument (tables, matrices) or from
/// CSV and Parquet files, which the command reads itself and much faster. They are read once, however many fits are asked for. Text is read
/// as numbers in the invariant culture unless -Culture says otherwise; a blank is missing and never 0.
/// </para>
/// <para>
/// Expectation-maximization climbs to a maximum of the likelihood near its start. It is run from several starts of different kinds, the best
/// is improved by splitting components, and kept. The iterations are extrapolated; a step that lowers the log-likelihood is taken
/// back. A fit tells how it ended in StopReason, what it had to repair in Warnings, and how many starts reached the same optimum in
/// BestStartCount. The same rows and -Seed give the same fit to the last bit, for any number of threads.
/// </para>
/// <para>
/// A component that collapses onto a few rows would have infinite likelihood; such a one is put back elsewhere (see -CollapsePolicy). A fit
/// that rests on few rows in a line or in a plane says so in SpuriousComponents.
/// </para>
/// <para>
/// With -Connection the rows stay in their database, which computes the sums of each iteration: see about_MixtureDatabases.
/// </para>
/// <para>
/// Components are numbered from 1 by decreasing weight. BIC is -2 logL + p ln n: smaller is better. To choose among several fits pipe them to
/// Select-MixtureFit.
/// </para>
/// <para>
/// Sources: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977) 1-38; McLachlan and Peel, Finite Mixture Models
/// (2000); the fourteen covariance models, Celeux and Govaert, Pattern Recognition 28 (1995) 781-793; the prior, Fraley and Raftery, Journal
/// of Classification 24 (2007) 155-181; gaps, Ghahramani and Jordan, NIPS 6 (1994) 120-127; Old Faithful, Azzalini and Bowman, Applied
/// Statistics 39 (1990) 357-365; iris, Fisher, Annals of Eugenics 7 (1936) 179-188.
/// </para>
/// </remarks>
/// <example>
/// <para>A first fit</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2
/// </code>
/// <para>The length of 272 eruptions of a geyser and the wait before the next, both in minutes, as a mixture of two components.</para>
/// <code>
///   K Model    Rows       LogLik   df          BIC          ICL  Iter Status
///   - -----    ----       ------   --          ---          ---  ---- ------
///   2 VVV       272    -1130.264   11     2322.192     2323.581    20 Converged
/// </code>
/// </example>
/// <example>
/// <para>How many components, and of which form</para>
/// <code>
/// $fits = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount (1..4) -CovarianceModel *
/// $fits | Select-MixtureFit | Format-Custom -View Summary
/// </code>
/// <para>All fourteen models with one to four components, of which the best by BIC is shown in full.</para>
/// </example>
/// <example>
/// <para>A file that is read by the command itself</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -Property sepal*, petal* -ComponentCount 3 -Verbose
/// $fit.Mixture.Components
/// </code>
/// <para>Many times faster than Import-Csv; the columns are chosen by wildcards, and -Verbose tells of every start.</para>
/// </example>
/// <example>
/// <para>Rows with gaps</para>
/// <code>
/// $data = Import-Csv ./src/Examples/iris.csv
/// $data[3].sepal_width = ''
/// $data | Invoke-EmFit -ComponentCount 3 -MissingValue Marginalize
/// </code>
/// <para>What was observed of a row counts. Without -MissingValue the first gap is an error that tells where it is.</para>
/// </example>
/// <example>
/// <para>Numbers written with a decimal comma</para>
/// <code>
/// Set-Content waiting.csv 'minutes', '1,5', '1,75', '2,25', '4,0', '4,25', '4,5'
/// Import-Csv waiting.csv -Delimiter ';' | Invoke-EmFit -ComponentCount 1 -Culture de-DE
/// </code>
/// <para>Without -Culture the error names the row, the column and the culture that the number might be written in.</para>
/// </example>
/// <example>
/// <para>A histogram</para>
/// <code>
/// $bins = Import-Csv ./src/Examples/faithful.csv | Group-Object waiting |
///     ForEach-Object { [pscustomobject]@{ waiting = [double]$_.Name; count = $_.Count } }
/// $bins | Invoke-EmFit -Property waiting -WeightProperty count -ComponentCount 2
/// </code>
/// <para>Each distinct waiting time is one row that counts as often as it occurred. The fit is that of all 272 rows.</para>
/// </example>
/// <seealso cref="SelectMixtureFitCommand"/>
/// <seealso cref="MeasureMixtureLikelihoodCommand"/>
/// <seealso cref="GetMixtureComponentCommand"/>
public sealed partial class InvokeEmFitCommand;
