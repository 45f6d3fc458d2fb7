using System.Collections.Generic;

namespace GmmTools.Errors;

/// <content>What the commands add where an error has several causes or its remedy names something.</content>
internal static partial class ErrorCatalogue
{
    /// <summary>The words of the remedies that the library names; {0} and {1} are the values that it gives.</summary>
    public static IReadOnlyDictionary<string, string> Remedies { get; } = new Dictionary<string, string>
    {
        // rows and columns
        ["AddMissingText"] = "Add it to -MissingText, or correct it.",
        ["ChooseNumericColumns"] = "Choose numeric columns with -Property.",
        ["CorrectOrChooseColumns"] = "Correct it, or choose numeric columns with -Property.",
        ["FillOrAllowGaps"] = "Fill in the missing values, add -MissingValue Omit to leave such rows out, or add -MissingValue Marginalize to use the values that are present.",
        ["FilterEmptyCells"] = "Fill it in, or leave such rows out before fitting (for example: ... | Where-Object {0}).",
        ["FilterMissingText"] = "Fill it in, or leave such rows out before fitting (for example: ... | Where-Object {0} -ne {1}).",
        ["KeepRowsWithGaps"] = "Leave out empty columns, or add -MissingValue Marginalize to use the observed part of the rows.",
        ["OmitGapsOrColumn"] = "Use -MissingValue Omit to drop such rows, or leave the column out of -Property.",
        ["ReadUnits"] = "Add -Unit Auto to read sizes as bytes, durations as seconds, and the number before %.",
        ["RenameOrChooseColumns"] = "Rename one of them, or choose other columns with -Property.",
        ["UseCulture"] = "Add -Culture {0}.",
        ["UseInvariantCulture"] = "Leave out -Culture.",
        ["UseCultureOrUngroup"] = "Add -Culture {0}. If {1} is meant, remove the thousands separators.",
        ["UseInvariantCultureOrUngroup"] = "Leave out -Culture. If {0} is meant, remove the thousands separators.",

        // mixtures
        ["ChooseGridColumns"] = "Choose them with Get-MixtureMarginal, as in Get-MixtureMarginal $fit -Property {0}, {1}.",
        ["ChooseOneColumn"] = "Choose one with Get-MixtureMarginal, as in Get-MixtureMarginal $fit -Property {0}.",
        ["GiveNumberPerColumn"] = "Give -{0} one number, or one per column.",
        ["GiveRange"] = "Give finite numbers, -From less than -To, and at least 2 points.",
        ["LeaveOutNoise"] = "Give its components alone, as in $fit.Mixture.WithoutNoise.",
        ["UseNormalTail"] = "Fit normal components: leave out -Tail Student.",
        ["LeaveOutTrimming"] = "Give its components alone, as in $fit.Mixture.WithoutTrimming.",
        ["ReadTrimmingCurve"] = "Compare the LogLikelihood of several -TrimFraction: see about_RobustMixtures.",
        ["TrimWholeRows"] = "Leave rows with missing values out (-MissingValue Omit), or use -Noise in place of -TrimFraction.",
        ["TrimOtherRows"] = "Leave out -TrimFraction, or use -Noise, which takes such rows.",
        ["TryFewerComponents"] = "Try fewer: -ComponentCount (1..{0}).",
        ["TryMoreComponents"] = "Try more: -ComponentCount ({0}..{1}).",
        ["PipeManyFits"] = "Pipe fits, as in ... | Invoke-EmFit -ComponentCount (1..9) -CovarianceModel *.",

        // files
        ["MoveTemporaryRows"] = "Name a folder on another disk with -TempPath or the environment variable TMPDIR, or keep more rows in memory with -MemoryLimit.",
        ["QuoteOrSetDelimiter"] = "Quote cells that contain a comma; if commas are decimal separators, add -Delimiter and -Culture.",
        ["NameColumns"] = "If this line is a row, name the columns with -Header.",
        ["NameEncoding"] = "Name it with -Encoding, for example -Encoding latin1.",
        ["ReadAsUnicode"] = "For UTF-16 add -Encoding Unicode.",

        // databases
        ["BringPackages"] = "Without a network, put these packages into a folder and name it with -Source: {0}.",
        ["ImportDriver"] = "Run Import-MixtureDriver {0}.",
        ["RenameWithProperty"] = "Rename the columns, for example with -Property.",
        ["RetryQuery"] = "Check that the database can be reached and fit again, or raise -RetryCount.",
        ["SelectOtherRows"] = "Leave these rows out with -Query.",
        ["SelectOtherRowsOrWeight"] = "Leave these rows out with -Query, or choose another -WeightProperty.",

        // classes
        ["FewerFolds"] = "Use fewer folds with -FoldCount, or leave the rows of that class out.",
        ["LeaveOutClass"] = "Add rows of that class, leave them out, or choose a model that classes share, such as -CovarianceModel EEE or EEI.",

        // inference
        ["UseBootstrapForBca"] = "Leave out -Interval, or use -Method Bootstrap.",
        ["UseBootstrap"] = "Add -Method Bootstrap, which resamples the rows.",

        // pictures
        ["GiveClassifier"] = "Give one of New-MixtureClassifier, or choose another -Kind.",
        ["DrawRegion"] = "Leave out -Kind.",
        ["ChooseColumns"] = "Choose some with -Property {0}, {1}, ...",
        ["ChooseOneOrTwoColumns"] = "Choose them with -Property {0}, {1}, or draw all with -Kind Pairs.",
        ["CorrectDateProperty"] = "Correct -DateProperty.",
        ["CorrectLogAxis"] = "Correct -LogAxis.",
        ["PipeRowsAndModel"] = "Pipe the rows and give the mixture with -Model.",
    };
}
