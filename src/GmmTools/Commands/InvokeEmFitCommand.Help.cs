namespace GmmTools.Commands;

/// <remarks>
/// <para>
/// Rows come from the pipeline (objects such as those of Import-Csv, lists of numbers, plain numbers), by argument (tables, matrices) or from CSV and
/// Parquet files, which the command reads itself, and much faster. They are read once, however many fits are requested. Text is read as numbers in
/// the invariant culture unless -Culture names another; a blank is missing, never 0.
/// </para>
/// <para>
/// Without -Property, columns that cannot be fitted are left out, and a warning lists them: those that are constant, equal to another column, or, for
/// models with whole covariance matrices, linear combinations of others. This is decided after the rows are read, so that a missing value counts in
/// whatever column it is. It applies to objects and files; in a database, and in rows without names, such columns are an error, as they are where
/// -Property names them. A warning also names columns with at most 20 distinct values in 200 or more rows, which may be codes; name a column with
/// -Property to fit it without the warning.
/// </para>
/// <para>
/// Of objects, TimeSpan is read in seconds. Only where -Property names their columns, true and false are 1 and 0, values of an enumeration are their
/// numbers, and dates are seconds since that of the first row; When.TimeOfDay is the time of day in seconds. A set of samples of Get-Counter is a row
/// with one column per counter.
/// </para>
/// <para>
/// Expectation-maximization climbs to a maximum of the likelihood near its start. It is run from several starts of different kinds; the best result
/// is improved by splitting components, and kept. The iterations are extrapolated; a step that lowers the log-likelihood is undone. StopReason
/// reports how a fit ended, Warnings what had to be repaired, and BestStartCount how many starts reached the same optimum. The same rows and -Seed
/// give the same fit to the last bit, with any number of threads.
/// </para>
/// <para>
/// A component that collapses onto a few rows would have infinite likelihood; it is restarted elsewhere (see -CollapsePolicy). Components that rest
/// on a few rows on a line or in a plane are listed in SpuriousComponents; values that repeat far more often than a normal density allows, in Atoms,
/// each with the component that represents it. Runs are compared, and criteria computed, by BoundedLogLikelihood, which leaves out what such components
/// gain by being narrow; it equals LogLikelihood for a sound fit.
/// </para>
/// <para>
/// -Noise fits uniform noise as well, for rows that belong to no component; -Tail Student fits components with heavy tails; -TrimFraction leaves a share of
/// the rows out: see about_RobustMixtures. -Tail Normal, Student and -NoiseOptional are further axes of a search.
/// </para>
/// <para>
/// -GroupProperty fits each group of rows by itself, hundreds of them side by side. The fits go together through the other commands: Select-MixtureFit
/// chooses in each group, Get-MixtureMembership, Find-MixtureOutlier, Measure-MixtureLikelihood and Show-MixturePlot use for each row the fit of its
/// group.
/// </para>
/// <para>
/// What is known beforehand can be said: -KnownComponent names a column of labels that some rows have, -Freeze keeps parts of the components of
/// -InitialModel, and -AdditionalComponentCount finds components beside these. Components then keep the order of the classes, or that of the start. See
/// about_MixtureClassification.
/// </para>
/// <para>
/// With -Connection the rows stay in their database, which computes the sums of each iteration: see about_MixtureDatabases. With -Session they
/// stay in the files of other machines: see about_MixtureSessions.
/// </para>
/// <para>
/// Components are numbered from 1 by decreasing weight. BIC is -2 logL + p ln n: smaller is better. To choose among several fits, pipe them to
/// Select-MixtureFit.
/// </para>
/// <para>
/// Sources: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977) 1-38; McLachlan and Peel, Finite Mixture Models (2000);
/// the fourteen covariance models, Celeux and Govaert, Pattern Recognition 28 (1995) 781-793; the prior, Fraley and Raftery, Journal of
/// Classification 24 (2007) 155-181; noise, Banfield and Raftery, Biometrics 49 (1993) 803-821; trimming, García-Escudero et al., The Annals of
/// Statistics 36 (2008) 1324-1345; missing values, Ghahramani and Jordan, NIPS 6
/// (1994) 120-127; Old Faithful, Azzalini and Bowman, Applied Statistics 39 (1990) 357-365; iris, Fisher, Annals of Eugenics 7 (1936) 179-188.
/// </para>
/// </remarks>
/// <example>
/// <para>A first fit</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2
/// </code>
/// <para>How long each of 272 eruptions of a geyser lasted and how long the wait for the next one was, both in minutes, as a mixture of two
/// components.</para>
/// <code>
///   K Model    Rows       LogLik   df          BIC          ICL  Iter Status
///   - -----    ----       ------   --          ---          ---  ---- ------
///   2 VVV       272    -1130.264   11     2322.192     2323.581    20 Converged
/// </code>
/// </example>
/// <example>
/// <para>How many components, and of what shape</para>
/// <code>
/// $fits = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount (1..4) -CovarianceModel *
/// $fits | Select-MixtureFit | Format-Custom -View Summary
/// </code>
/// <para>All fourteen models with one to four components; the best by BIC is shown in full.</para>
/// </example>
/// <example>
/// <para>A file that the command reads itself</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -Property sepal*, petal* -ComponentCount 3 -Verbose
/// $fit.Mixture.Components
/// </code>
/// <para>Many times faster than Import-Csv. The columns are chosen by wildcards, and -Verbose reports every start.</para>
/// </example>
/// <example>
/// <para>Rows with missing values</para>
/// <code>
/// $data = Import-Csv ./src/Examples/iris.csv
/// $data[3].sepal_width = ''
/// $data | Invoke-EmFit -ComponentCount 3 -MissingValue Marginalize
/// </code>
/// <para>The observed part of each row is fitted. Without -MissingValue, the first missing value is an error that names its row and column.</para>
/// </example>
/// <example>
/// <para>Numbers written with a decimal comma</para>
/// <code>
/// Set-Content waiting.csv 'minutes', '1,5', '1,75', '2,25', '4,0', '4,25', '4,5'
/// Import-Csv waiting.csv -Delimiter ';' | Invoke-EmFit -ComponentCount 1 -Culture de-DE
/// </code>
/// <para>Without -Culture, the error names the row, the column and the culture in which the number may have been written.</para>
/// </example>
/// <example>
/// <para>A histogram</para>
/// <code>
/// $bins = Import-Csv ./src/Examples/faithful.csv | Group-Object waiting |
///     ForEach-Object { [pscustomobject]@{ waiting = [double]$_.Name; count = $_.Count } }
/// $bins | Invoke-EmFit -Property waiting -WeightProperty count -ComponentCount 2
/// </code>
/// <para>Each distinct waiting time is one row that counts as often as it occurred. The fit is the same as that of all 272 rows.</para>
/// </example>
/// <example>
/// <para>Calculated columns</para>
/// <code>
/// $size = @{ n = 'size'; e = { [math]::Log10(1 + $_.Length) } }
/// $files = Get-ChildItem ./src/Examples -File
/// $fit = $files | Invoke-EmFit -Property $size -ComponentCount 1
/// $files | Get-MixtureMembership $fit -Property $size | Sort-Object size | Select-Object -Last 1 Name, Component
/// </code>
/// <para>Columns are calculated as in Select-Object, and in the same way for the rows that are scored.</para>
/// </example>
/// <example>
/// <para>Components with heavy tails</para>
/// <code>
/// $rows = @(Import-Csv ./src/Examples/faithful.csv)
/// $rows += 1..20 | ForEach-Object { [pscustomobject]@{ eruptions = $_ % 7; waiting = 30 + 13 * $_ % 80 } }
/// $fits = $rows | Invoke-EmFit -ComponentCount 2 -Tail Normal, Student -CommonDegreesOfFreedom
/// $fits[1].Mixture.Components | Format-List
/// ($fits | Select-MixtureFit).Mixture.Tail
/// </code>
/// <para>Twenty rows are scattered among the eruptions. Few degrees of freedom let the components reach them without being stretched.</para>
/// </example>
/// <example>
/// <para>Rows that belong to no component</para>
/// <code>
/// $rows = @(Import-Csv ./src/Examples/faithful.csv)
/// $rows += 1..20 | ForEach-Object { [pscustomobject]@{ eruptions = $_ % 7; waiting = 30 + 13 * $_ % 80 } }
/// $fit = $rows | Invoke-EmFit -ComponentCount 2 -Noise
/// $fit.Mixture.Noise | Format-List Weight, Volume
/// $rows | Get-MixtureMembership $fit | Group-Object Component -NoElement
/// </code>
/// <para>Twenty rows are scattered among the eruptions. Component 0 is the noise; the components are those of the eruptions alone.</para>
/// </example>
/// <example>
/// <para>A fit for each group</para>
/// <code>
/// $flowers = Import-Csv ./src/Examples/iris.csv
/// $fits = $flowers | Invoke-EmFit -Property petal* -ComponentCount 1 -GroupProperty class
/// $fits | Get-MixtureComponent
/// $flowers | Find-MixtureOutlier $fits -FalseAlarmRate 0.01 | Format-Table class, petal_length, petal_width, TailProbability
/// </code>
/// <para>Each flower is judged by the fit of its own class.</para>
/// </example>
/// <example>
/// <para>A trimming curve: how many rows belong to no component</para>
/// <code>
/// $rows = @(Import-Csv ./src/Examples/faithful.csv)
/// $rows += 1..20 | ForEach-Object { [pscustomobject]@{ eruptions = $_ % 7; waiting = 30 + 13 * $_ % 80 } }
/// $curve = $rows | Invoke-EmFit -ComponentCount 2 -TrimFraction 0, 0.02, 0.04, 0.06, 0.08, 0.1
/// $curve | Format-Table @{ n = 'Share'; e = { $_.Options.TrimFraction } }, LogLikelihood, @{ n = 'Level'; e = { $_.Mixture.Trimming.LogDensity } }
/// $rows | Get-MixtureMembership $curve[4] | Group-Object Component -NoElement
/// </code>
/// <para>Each row that is trimmed gains minus its log-density: much as long as it belongs to nothing, little from there on. Component 0 is what was
/// trimmed.</para>
/// </example>
/// <example>
/// <para>The class of some rows is known</para>
/// <code>
/// $iris = Import-Csv ./src/Examples/iris.csv
/// foreach ($i in 0..149) { if ($i % 10) { $iris[$i].class = '' } }
/// $iris | Invoke-EmFit -KnownComponent class | Get-MixtureComponent
/// </code>
/// <para>Five labels of each species tell which component is which.</para>
/// </example>
/// <example>
/// <para>What is new beside a baseline</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv
/// $baseline = $rows | Where-Object { [double]$_.waiting -gt 65 } | Invoke-EmFit -ComponentCount 1
/// $rows | Invoke-EmFit -InitialModel $baseline -Freeze Mean, Covariance -AdditionalComponentCount 1 | Get-MixtureComponent
/// </code>
/// <para>The baseline is component 1 and stays where it was; component 2 is what it does not explain.</para>
/// </example>
/// <seealso cref="SelectMixtureFitCommand"/>
/// <seealso cref="MeasureMixtureLikelihoodCommand"/>
/// <seealso cref="GetMixtureComponentCommand"/>
public sealed partial class InvokeEmFitCommand;
