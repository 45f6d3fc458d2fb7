using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about mixtures, their parameters, and fits.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Models =>
    [
        new("ComponentCountMismatch", ErrorCategory.InvalidArgument, "The numbers of weights, means and covariance matrices differ.",
            "Give one of each per component; if a component has several numbers, put them in a list of their own."),
        new("CovarianceNotPositiveDefinite", ErrorCategory.InvalidArgument, "A covariance matrix has an eigenvalue that is not positive.", "Check its variances and correlations."),
        new("CovarianceNotSymmetric", ErrorCategory.InvalidData, "A matrix or row has the same covariance twice, with different values.", "Give both the same value, or leave one out."),
        new("DamagedModel", ErrorCategory.InvalidData, "A copy of a model lacks parameters: it was truncated on the way.",
            "Save models with Export-Clixml, or the rows of Get-MixtureComponent with Export-Csv."),
        new("DifferentData", ErrorCategory.InvalidData, "Fits of different rows or columns were piped to Select-MixtureFit.", "Fit all of them to the same rows and columns."),
        new("DifferentGroups", ErrorCategory.InvalidData, "Fits of groups were given together that are grouped by different columns, or have different columns.", "Pass the fits of one call of Invoke-EmFit."),
        new("DifferentNoise", ErrorCategory.InvalidData, "Fits with noise of different volumes were piped to Select-MixtureFit.", "Fit all of them with the same -NoiseVolume.", IsAdded: true),
        new("DimensionMismatch", ErrorCategory.InvalidArgument, "Means, matrices or mixtures have different numbers of columns.", "Give every mean one number, and every matrix one row, per column."),
        new("DuplicateComponent", ErrorCategory.InvalidData, "Two component rows have the same number.", "Pipe the rows of one mixture at a time."),
        new("EmptyMixture", ErrorCategory.InvalidArgument, "A mixture without components was requested.", "Give weights, means and covariances."),
        new("FitOptionWithModel", ErrorCategory.InvalidArgument, "A parameter that says how to fit the rows was given with -Model.", "Leave one of them out."),
        new("GivenNotNumeric", ErrorCategory.InvalidArgument, "-Given has a value that is not a finite number.", "Give a number, or leave the column out."),
        new("GridDimension", ErrorCategory.InvalidArgument, "A grid over more than two columns was requested.", "Choose one or two with Get-MixtureMarginal."),
        new("GroupsNotSupported", ErrorCategory.InvalidArgument, "Groups of rows do not go with another parameter.", "Leave one of them out, or take the groups one by one."),
        new("InfiniteCriterion", ErrorCategory.InvalidArgument, "The criterion is infinite for every fit: there are too few rows for so many parameters.",
            "Use another criterion, fewer components or a more restricted covariance model."),
        new("InvalidFalseAlarmRate", ErrorCategory.InvalidArgument, "-FalseAlarmRate is not above 0 and below 1.", "Give a rate, such as 0.001."),
        new("InvalidGrid", ErrorCategory.InvalidArgument, "A grid has an empty range, fewer than two points, or not one number per column.", "Give -From less than -To and at least 2 points."),
        new("InvalidNoise", ErrorCategory.InvalidData, "The noise of a mixture has no middle or width for each column.", "Save models with Export-GaussianMixture or Export-Clixml."),
        new("InvalidProbability", ErrorCategory.InvalidArgument, "A probability is not between 0 and 1.", "Give numbers from 0 to 1."),
        new("InvalidSampleCount", ErrorCategory.InvalidArgument, "-SampleCount is too small to find a level.", "Draw at least 1000 rows."),
        new("InvalidSmallestShare", ErrorCategory.InvalidArgument, "-SmallestShare is not at least 0 and below 1.", "Give a share, such as 0.02."),
        new("InvalidTrimming", ErrorCategory.InvalidData, "The trimming of a mixture has no share at least 0 and below 1, or no log-density.", "Save models with Export-GaussianMixture or Export-Clixml."),
        new("InvalidWeight", ErrorCategory.InvalidArgument, "A mixing weight is not between 0 and 1.", "Give the share of the rows that each component has."),
        new("MeanNotFinite", ErrorCategory.InvalidArgument, "A mean is infinite or not a number.", "Give finite numbers."),
        new("MissingColumn", ErrorCategory.InvalidData, "A component row lacks a column.", "Give Weight, Mean_a for each column and Covariance_a_b for each pair, as Get-MixtureComponent does."),
        new("NoFits", ErrorCategory.ObjectNotFound, "There are no fits to choose from.", "Pipe fits from Invoke-EmFit.", IsAdded: true),
        new("NoModel", ErrorCategory.InvalidArgument, "The model is $null or an empty list.", "Check the spelling of the variable."),
        new("NothingGiven", ErrorCategory.InvalidArgument, "No column is left to predict from, or -Given names none.", "Give a hashtable such as @{ x1 = 1 }, or name fewer columns in -Predict."),
        new("NothingLeft", ErrorCategory.InvalidArgument, "-Given names all columns, so nothing is left to predict.", "Leave out the columns whose distribution is wanted."),
        new("NoiseNotSupported", ErrorCategory.InvalidArgument, "Something was asked of a mixture with noise that is available for its components only.", "Give its components alone, as in $fit.Mixture.WithoutNoise."),
        new("NotAFit", ErrorCategory.InvalidType, "Something other than a fit was piped.", "Pipe fits from Invoke-EmFit."),
        new("NotAModel", ErrorCategory.InvalidType, "Something other than a mixture or a fit was given.", "Create one with New-GaussianMixture or Invoke-EmFit."),
        new("NotFitted", ErrorCategory.InvalidData, "This combination of a search could not be fitted.", "Choose another, as in $fits | Select-MixtureFit."),
        new("NothingFitted", ErrorCategory.InvalidData, "None of the combinations of a search could be fitted.", "The message gives the reason for the first of them."),
        new("NotNumeric", ErrorCategory.InvalidArgument, "A parameter of a mixture holds something that is not a number.", "Give numbers, or lists of numbers."),
        new("NotUnivariate", ErrorCategory.InvalidArgument, "Quantiles of a mixture of several columns were requested.", "Choose one column with Get-MixtureMarginal."),
        new("SeveralModels", ErrorCategory.InvalidArgument, "Several models were given where one is needed.", "Choose one, as in $fits[0]."),
        new("TooFewTrainingRows", ErrorCategory.InvalidData, "There are too few training rows for so small a false-alarm rate.", "Give more rows, or a larger -FalseAlarmRate.", IsAdded: true),
        new("TrainingWithoutModel", ErrorCategory.InvalidArgument, "-Training was given without -Model.", "Add -Model, for example the fit of the rows that are known to be sound."),
        new("TrimmingNotSupported", ErrorCategory.InvalidArgument, "Something was asked of a trimmed mixture, or of rows or options together with trimming, that is not available there.", "The message says what to leave out."),
        new("UnknownComponentColumn", ErrorCategory.InvalidData, "A component row has a covariance that does not belong to any pair of columns.", "Rename the column, or add the mean that belongs to it."),
        new("UnknownCovarianceModel", ErrorCategory.InvalidArgument, "There is no such covariance model.", "See about_CovarianceModels."),
        new("WeightSum", ErrorCategory.InvalidArgument, "The mixing weights do not sum to 1.", "Divide each by their sum."),
    ];
}
