using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about how a fit is to be made.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Options =>
    [
        new("AmbiguousGroup", ErrorCategory.InvalidArgument, "-GroupProperty has wildcards.", "Name each column by which the rows are grouped."),
        new("AmbiguousInitialComponent", ErrorCategory.InvalidArgument, "-InitialComponent matches several columns.", "Name one column of labels; for a column per component use -InitialResponsibility."),
        new("AmbiguousKnownComponent", ErrorCategory.InvalidArgument, "-KnownComponent matches several columns.", "Name one column of labels."),
        new("BatchSizeMissing", ErrorCategory.InvalidArgument, "-StepExponent or -EmitAll was given, but the rows are not taken in batches.", "Add -BatchSize, such as -BatchSize 1000."),
        new("ComponentCountMissing", ErrorCategory.InvalidArgument, "A number stands where the names of columns are expected, and nothing else says how many components.", "Write -ComponentCount before the number of components."),
        new("DegreesOfFreedomAlone", ErrorCategory.InvalidArgument, "-DegreesOfFreedom or -CommonDegreesOfFreedom was given without -Tail Student.", "Add -Tail Student.", IsAdded: true),
        new("DegreesOfFreedomCount", ErrorCategory.InvalidArgument, "There are neither one nor as many degrees of freedom as components.", "Give one number for all components, or one for each."),
        new("DegreesOfFreedomWithoutStart", ErrorCategory.InvalidArgument, "-DegreesOfFreedom has several numbers, but nothing says which components they belong to.", "Add a start, such as -InitialModel, or give one number.", IsAdded: true),
        new("EmptyInitialComponent", ErrorCategory.InvalidArgument, "A component has no responsibility for any row.", "Leave its column out."),
        new("FixedWeightCount", ErrorCategory.InvalidArgument, "The number of fixed weights is not the number of components.", "Give one per component."),
        new("FrozenNotSupported", ErrorCategory.InvalidArgument, "-Freeze or -AdditionalComponentCount was given together with something that it does not go with.", "Leave one of the two out."),
        new("FrozenWithoutStart", ErrorCategory.InvalidArgument, "-Freeze or -AdditionalComponentCount was given, but no mixture to start from.", "Name the mixture with -InitialModel."),
        new("InitialModelMismatch", ErrorCategory.InvalidArgument, "The mixture to start from has different columns, or a different number of components.", "Choose the same columns, and as many components as it has."),
        new("InitialResponsibilityMismatch", ErrorCategory.InvalidArgument, "The columns to start from are for a different number of components.", "Give that number, or leave out -ComponentCount."),
        new("InvalidCovarianceFloor", ErrorCategory.InvalidArgument, "-CovarianceFloor is not at least 0 and less than 1.", "Give a fraction, such as 1e-10."),
        new("InvalidDegreesOfFreedom", ErrorCategory.InvalidArgument, "Degrees of freedom are not finite numbers above 0.", "Give numbers such as 4, or leave them out."),
        new("InvalidFreeze", ErrorCategory.InvalidArgument, "-Freeze names no part of a component, or no component of the start.", "Name Mean, Covariance, Weight or All, and components by number or class."),
        new("InvalidForgettingFactor", ErrorCategory.InvalidArgument, "-ForgettingFactor is not above 0 and at most 1.", "Give 1, or less to forget."),
        new("InvalidModelWeight", ErrorCategory.InvalidArgument, "The number of rows that a mixture stands for is not above 0.", "Give the number of its rows."),
        new("InvalidResponsibility", ErrorCategory.InvalidArgument, "A responsibility is negative or infinite, or those of a row sum to 0.", "Give every row a positive share of at least one component."),
        new("EigenvalueRatioAlone", ErrorCategory.InvalidArgument, "-EigenvalueRatio was given without -TrimFraction.", "Add -TrimFraction.", IsAdded: true),
        new("InvalidEigenvalueRatio", ErrorCategory.InvalidArgument, "-EigenvalueRatio is not a finite number of at least 1.", "Give a factor, such as 100, or leave it out."),
        new("InvalidLabelErrorRate", ErrorCategory.InvalidArgument, "-LabelErrorRate is not at least 0 and below 1.", "Give the share of labels that are wrong, such as 0.05."),
        new("InvalidTrimFraction", ErrorCategory.InvalidArgument, "-TrimFraction is not at least 0 and below 0.5.", "Give a share of the rows, such as 0.05."),
        new("InvalidNoiseVolume", ErrorCategory.InvalidArgument, "-NoiseVolume is not a finite number above 0.", "Give a volume in the units of the columns, or leave it out."),
        new("InvalidRegularizeCovariance", ErrorCategory.InvalidArgument, "-RegularizeCovariance is not a finite number of at least 0.", "Give a variance in the units of the columns squared, such as 1e-6."),
        new("InvalidStepExponent", ErrorCategory.InvalidArgument, "-StepExponent is not between 0.5 and 1.", "Give 0.6, or leave it out."),
        new("InvalidTimeLimit", ErrorCategory.InvalidArgument, "-TimeLimit is not positive.", "Give seconds, such as 30."),
        new("KnownComponentMissing", ErrorCategory.InvalidArgument, "An option of -KnownComponent was given, but no column of labels.", "Name the column with -KnownComponent."),
        new("KnownComponentNotSupported", ErrorCategory.InvalidArgument, "-KnownComponent was given together with something that it does not go with.", "Leave one of the two out."),
        new("MatrixAndMore", ErrorCategory.InvalidArgument, "-AsMatrix was given together with -Path or -IncludeComponent.", "Leave out one of them."),
        new("MissingLabel", ErrorCategory.InvalidData, "A row has no label to start from.", "Give every row a label, or leave out the rows without one."),
        new("ModelWeightMissing", ErrorCategory.InvalidArgument, "A mixture alone does not say how many rows it stands for.", "Add -ModelWeight, or give a fit."),
        new("NoiseVolumeAlone", ErrorCategory.InvalidArgument, "-NoiseVolume was given without -Noise.", "Add -Noise.", IsAdded: true),
        new("NoiseWithFixedWeight", ErrorCategory.InvalidArgument, "Fixed weights sum to 1 and leave none for noise.", "Leave out -FixedWeight or -Noise."),
        new("NoiseWithPrior", ErrorCategory.InvalidArgument, "There is no prior for a mixture with noise.", "Leave out -Prior or -Noise."),
        new("PriorNotAvailable", ErrorCategory.InvalidArgument, "There is no prior for the covariance model.", "Choose one of EII, VII, EEI, VVI, EEE and VVV, or leave out -Prior."),
        new("RefitAlone", ErrorCategory.InvalidArgument, "-BlockLength or -BaselineRowCount was given together with -Refit.", "Leave out one of them.", IsAdded: true),
        new("RegularizeNotSupported", ErrorCategory.InvalidArgument, "-RegularizeCovariance was given together with something that it does not go with.", "Leave one of the two out."),
        new("SeveralComponentCounts", ErrorCategory.InvalidArgument, "A parameter that fits only one number of components was given with several.", "Give one number of components, or leave out the parameter."),
        new("TailNotSupported", ErrorCategory.InvalidArgument, "Something was asked of components with Student tails that is available for normal components only.", "Fit normal components: leave out -Tail Student."),
        new("TailWithNoise", ErrorCategory.InvalidArgument, "Noise is not available for components with Student tails.", "Leave out -Noise or -Tail."),
        new("TailWithPrior", ErrorCategory.InvalidArgument, "There is no prior for components with Student tails.", "Leave out -Prior or -Tail."),
        new("TooFewComponents", ErrorCategory.InvalidArgument, "The labels name more classes than there are components.", "Request at least as many components as the classes have."),
        new("TwoDegreesOfFreedom", ErrorCategory.InvalidArgument, "-DegreesOfFreedom and -CommonDegreesOfFreedom were given together.", "Leave out one of them."),
        new("TwoStarts", ErrorCategory.InvalidArgument, "More than one start was given.", "Keep one of -InitialModel, -InitialComponent and -InitialResponsibility."),
    ];
}
