# For each error of the module a script that provokes it. Given are $rows (thirty rows of x, y, one, two, class), $m (a mixture of x), $data and $folder (the
# example data and an empty folder), $unreadable and $broken (rows that fail while they are
# read), $connection (a database with the table t of x and y), and
# $sessions (two, whose files a.csv differ in their columns).
@{
    # what holds for every engine
    Everywhere = [ordered]@{
        AccessDenied = { Invoke-EmFit -InputObject $unreadable -ComponentCount 1 }
        AmbiguousClass = { $rows | New-MixtureClassifier cl* }
        AmbiguousGroup = { $rows | Invoke-EmFit x 1 -GroupProperty cl* }
        AmbiguousInitialComponent = { $rows | Invoke-EmFit x -InitialComponent [ot]* }
        AmbiguousKnownComponent = { $rows | Invoke-EmFit x -KnownComponent [ot]* }
        BatchSizeMissing = { $rows | Update-EmFit $m -EmitAll }
        CalculatedInFile = { Invoke-EmFit -Path $data/iris.csv -Property { $_.class } -ComponentCount 1 }
        CalculatedPropertyFailed = { $rows | Invoke-EmFit { 1, 2 } 1 }
        CheckpointInUse = { $lock = [IO.File]::Open("$folder/.a.state.lock", 'Create', 'ReadWrite', 'None'); try { $rows | Invoke-EmFit x 2 -Checkpoint $folder/a.state } finally { $lock.Dispose() } }
        CheckpointMismatch = { $null = $rows | Invoke-EmFit x 2 -TimeLimit 1 -Tolerance 0 -MaxIteration 300000000 -Checkpoint $folder/a.state -WarningAction Ignore; $rows | Invoke-EmFit y 2 -Checkpoint $folder/a.state }
        CheckpointMissing = { $rows | Invoke-EmFit x 2 -CheckpointInterval 5 }
        CheckpointNotWritable = { $rows | Invoke-EmFit x 2 -Checkpoint $folder/no/such/a.state }
        CheckpointUnreadable = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x')); $rows | Invoke-EmFit x 2 -Checkpoint $folder/a.csv }
        ClassNotFitted = { $rows[0].class = 'lonely'; $rows | New-MixtureClassifier class x, y -CovarianceModel VVV }
        ColumnCountMismatch = { ConvertTo-MixtureSql $m -Property a, b }
        ColumnNameClash = { [pscustomobject]@{ x = 1; Component = 2 } | Measure-MixtureLikelihood $m -PerObservation }
        ComponentCountMismatch = { New-GaussianMixture -Weight 0.5, 0.5 -Mean 1, 2, 3 -Covariance 1, 1 }
        ComponentCountMissing = { $rows | Invoke-EmFit 2 }
        ConstantColumn = { $rows | Invoke-EmFit x, one 2 }
        CovarianceNotPositiveDefinite = { New-GaussianMixture -Weight 1 -Mean 1 -Covariance -1 }
        CovarianceNotSymmetric = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(1, 0.2), @(0.5, 1) }
        DamagedModel = { [pscustomobject]@{ Components = 1, 2 } | Get-MixtureComponent }
        DependentColumn = { $rows | ForEach-Object { [pscustomobject]@{ x = $_.x; z = 2 * $_.x } } | Invoke-EmFit x, z 2 }
        DifferentData = { @($rows | Invoke-EmFit x 1) + @($rows | Invoke-EmFit y 1) | Select-MixtureFit }
        DifferentGroups = { $a = $rows | Invoke-EmFit x 1 -GroupProperty class; $b = $rows | Invoke-EmFit x 1 -GroupProperty one; $rows | Get-MixtureMembership ($a + $b) }
        DifferentNoise = { $a = $rows | Invoke-EmFit x 2 -Noise -WarningAction Ignore; $b = $rows | Invoke-EmFit x 2 -Noise -NoiseVolume 1e4 -WarningAction Ignore; $a, $b | Select-MixtureFit }
        DimensionMismatch = { New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1, 2), @(3) -Covariance @(1, 0, 0, 1), @(1, 0, 0, 1) }
        DuplicateComponent = { $m, $m | Get-MixtureComponent | New-GaussianMixture }
        DuplicateProperty = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1 -Property a, A }
        EmptyColumn = { $rows.ForEach{ $_.y = '' }; $rows | Invoke-EmFit x, y 2 -MissingValue Marginalize }
        EmptyFile = { [IO.File]::WriteAllText("$folder/a.csv", ''); Invoke-EmFit -Path $folder/a.csv -ComponentCount 1 }
        EmptyInitialComponent = { $rows.ForEach{ $_.two = 0 }; $rows | Invoke-EmFit x -InitialResponsibility one, two }
        EmptyMixture = { New-GaussianMixture -Weight @() -Mean @() -Covariance @() }
        EmptyRow = { $rows[3] = $null; $rows | Invoke-EmFit x 2 }
        EngineLimit = { New-GaussianMixture -Random -ComponentCount 2500 -Dimension 1 -Seed 1 | ConvertTo-MixtureSql -Dialect Sqlite }
        FileExists = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x')); New-GaussianMixtureSample $m 5 -Path $folder/a.csv -NoClobber }
        FileNotFound = { Invoke-EmFit -LiteralPath $folder/none.csv -ComponentCount 1 }
        FileReadOnly = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x')); [IO.File]::SetAttributes("$folder/a.csv", 'ReadOnly'); New-GaussianMixtureSample $m 5 -Path $folder/a.csv }
        FalseAlarmRateTooSmall = { $rows | Test-MixtureFit $m 0.01 -ReplicateCount 9 }
        FrozenNotSupported = { $rows | Invoke-EmFit x -InitialModel $m -Freeze All -Noise }
        FrozenWithoutStart = { $rows | Invoke-EmFit x 2 -Freeze All }
        FixedWeightCount = { $rows | Invoke-EmFit x 3 -FixedWeight 0.5, 0.5 }
        FitOptionWithModel = { $rows | Find-MixtureOutlier $m -ComponentCount 2 }
        GapsBeyondMemory = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x,y', '1,2', '3,') + (1..20000 | ForEach-Object { "$_,$($_ % 7)" })); Invoke-EmFit -Path $folder/a.csv -ComponentCount 1 -MissingValue Marginalize -MemoryLimit 0 }
        GivenNotNumeric = { New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1 | Get-MixtureConditional -Given @{ x1 = 'many' } }
        GapsInDatabase = { Invoke-EmFit x 2 -Connection $connection -Table t -MissingValue Marginalize }
        GroupsNotSupported = { $rows | Invoke-EmFit x 2 -GroupProperty class -Checkpoint $folder/a.state }
        GridDimension = { Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 3 -Seed 1) -Count 5 }
        InfiniteCriterion = { 1, 2, 4 | Invoke-EmFit -ComponentCount 1 | Select-MixtureFit Aicc }
        InfiniteValue = { 1, 2, [double]::PositiveInfinity | Invoke-EmFit -ComponentCount 1 }
        InformationNotSupported = { $rows | Measure-MixtureUncertainty ($rows | Invoke-EmFit x, y 2 -CovarianceModel VEV) -Method Information }
        InformationSingular = { $rows | Measure-MixtureUncertainty (New-GaussianMixture -Weight 0.5, 0.5 -Mean 1, 1 -Covariance 1, 1 -Property x) -Method Information -WarningAction Ignore }
        InitialModelMismatch = { $rows | Invoke-EmFit x 3 -InitialModel $m }
        ClassCountMismatch = { $c = [Array]::CreateInstance([double[,]], 1); $c[0] = [double[,]]::new(1, 1); $c[0][0, 0] = 1; [GmmTools.Mixtures.GaussianMixture]::Create([double[]] 1, [double[][]] @(, [double[]] 1), $c, $null, $null, $null, [string[]] ('a', 'b')) }
        FrozenPartCount = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.InitialMixture = $m; $e.Frozen = [GmmTools.Estimation.Known.FrozenParts]::new([GmmTools.Estimation.Known.FrozenPart[]] ('All', 'All'), $false); [GmmTools.Estimation.Fitting.EmEstimator]::new($e, $null) }
        InvalidAdditionalComponentCount = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.InitialMixture = New-GaussianMixture -Weight 0.5, 0.5 -Mean 1, 2 -Covariance 1, 1; $e.AdditionalComponentCount = -1; [GmmTools.Estimation.Fitting.EmEstimator]::new($e, $null) }
        LabelCountMismatch = { $b = [GmmTools.Estimation.Known.KnownComponentsBuilder]::new(); $b.Add('a'); $e = [GmmTools.Estimation.EmOptions]::new(); $e.KnownComponents = $b.Build(1, 1); [GmmTools.Estimation.Fitting.EmEstimator]::new($e, $null).Fit([GmmTools.Observations.InMemoryObservations]::FromMatrix((New-GaussianMixtureSample $m 9 -Seed 1 -AsMatrix)), [Threading.CancellationToken]::None) }
        InitialResponsibilityCount = { $o = [GmmTools.Observations.InMemoryObservations]::FromMatrix([double[,]]::new(3, 1)); $e = [GmmTools.Estimation.EmOptions]::new(); $e.ComponentCount = 2; $e.InitialResponsibilities = [GmmTools.Estimation.RowResponsibilities]::FromMatrix([double[,]]::new(4, 2)); [GmmTools.Estimation.Fitting.EmEstimator]::new($e, $null).Fit([GmmTools.Observations.InMemoryObservations]::FromMatrix((New-GaussianMixtureSample $m 9 -Seed 1 -AsMatrix)), [Threading.CancellationToken]::None) }
        InitialResponsibilityMismatch = { $rows | Invoke-EmFit x 3 -InitialComponent class }
        DriverMissing = { try { $env:GMMTOOLS_DRIVER_PATH = "$folder/drivers"; New-MixtureConnection Odbc 'DSN=a' } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        DriverNotLoaded = { $null = Import-MixtureDriver Sqlite; try { $env:GMMTOOLS_DRIVER_PATH = "$folder/drivers"; $place = "$folder/drivers/Odbc/$([GmmTools.Connectors.Drivers.MixtureDrivers]::Describe('Odbc').Split(' ')[1])-net$([Environment]::Version.Major).0-$([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)"; $null = New-Item -ItemType Directory $place; [IO.File]::WriteAllText("$place/System.Data.Odbc.dll", 'x'); Import-MixtureDriver Odbc } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        DriverNotSupported = { $null = Import-MixtureDriver Sqlite; [GmmTools.Connectors.Drivers.MixtureDrivers]::FindPackages('Sqlite', 'net10.0', 'plan9-x64') }
        DriverNotWritable = { try { [IO.File]::WriteAllText("$folder/a.csv", 'x'); $env:GMMTOOLS_DRIVER_PATH = "$folder/a.csv"; Import-MixtureDriver Odbc } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        InvalidConnectionString = { $null = Import-MixtureDriver Sqlite; New-MixtureConnection Sqlite 'Nonsense=1' }
        PackageHashMismatch = { $null = Import-MixtureDriver Sqlite; try { $env:GMMTOOLS_DRIVER_PATH = "$folder/drivers"; [IO.File]::WriteAllText("$folder/$([GmmTools.Connectors.Drivers.MixtureDrivers]::FindPackages('Odbc', 'net10.0', 'linux-x64'))", 'x'); Import-MixtureDriver Odbc -Source $folder } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        PackageNotFound = { try { $env:GMMTOOLS_DRIVER_PATH = "$folder/drivers"; Import-MixtureDriver Odbc -Source $folder } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        SourceNotReachable = { try { $env:GMMTOOLS_DRIVER_PATH = "$folder/drivers"; Import-MixtureDriver Odbc -Source http://localhost:1/index.json } finally { $env:GMMTOOLS_DRIVER_PATH = $null } }
        SessionColumnsDiffer = { Invoke-EmFit -Session $sessions -Path a.csv -ComponentCount 1 }
        SessionFailed = { Invoke-EmFit -Session $sessions -Path none.csv -ComponentCount 1 }
        SessionLost = { $lost = New-ProcessSession -Bare; $lost.Runspace.Dispose(); Invoke-EmFit -Session $lost -Path a.csv -ComponentCount 1 }
        SessionModuleMissing = { $bare = New-ProcessSession -Bare; try { Invoke-EmFit -Session $bare -Path a.csv -ComponentCount 1 } finally { $bare | Remove-PSSession } }
        SessionNotGiven = { Invoke-EmFit -Path a.csv -ComponentCount 1 -InstallModule }
        SessionNotOpened = { Invoke-EmFit -HostName none.invalid -Path a.csv -ComponentCount 1 }
        SessionNotSupported = { Invoke-EmFit -Session $sessions -Path a.csv -ComponentCount 1 -GroupProperty x }
        InvalidCheckpointInterval = { $rows | Invoke-EmFit x 2 -Checkpoint $folder/a.state -CheckpointInterval -1 }
        InvalidCheckpointIteration = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.Checkpoint = [GmmTools.Estimation.CheckpointOptions]::new('a'); $e.Checkpoint.IterationCount = 0; $e.Validate() }
        InvalidComponentCount = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.ComponentCount = 0; $e.Validate() }
        IntervalNotSupported = { $rows | Measure-MixtureUncertainty $m -Interval BCa -Method Parametric }
        InvalidConfidenceLevel = { $rows | Measure-MixtureUncertainty $m -ConfidenceLevel 1 }
        InvalidCovarianceFloor = { $rows | Invoke-EmFit x 2 -CovarianceFloor 1 }
        InvalidDelimiter = { Invoke-EmFit -Path $data/iris.csv -ComponentCount 1 -Delimiter '"' }
        InvalidFalseAlarmInterval = { 1 | Watch-MixtureFit $m 1 }
        InvalidFalseAlarmRate = { Find-MixtureOutlier $m 1 -LevelOnly }
        InvalidGrid = { Get-MixtureDensity $m -Count 1 }
        InvalidIdentifier = { ConvertTo-MixtureSql $m -Table a..b }
        InvalidBlockLength = { $o = [GmmTools.Inference.Drift.FitTestOptions]::new(); $o.BlockLength = 0; [GmmTools.Inference.Drift.MixtureFitTest]::new($m, $o) }
        InvalidMaxIteration = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.MaxIteration = 0; $e.Validate() }
        InvalidMixtureFile = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x')); Import-GaussianMixture $folder/a.csv }
        InvalidProperty = { Invoke-EmFit $rows 2 }
        InvalidPrior = { $rows | New-MixtureClassifier class x -Prior @{ none = 1 } }
        InvalidPathPattern = { [IO.File]::WriteAllText("$folder/a[].csv", 'x'); Invoke-EmFit -Path "$folder/a[].csv" -ComponentCount 1 }
        InvalidSmallestShare = { $rows | Find-MixtureOutlier -Property x -SmallestShare 1 }
        InvalidNoise = { $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(($rows | Invoke-EmFit x 2 -Noise -WarningAction Ignore).Mixture, 6)); $copy.Noise.psobject.Properties.Remove('Width'); $copy.Noise | Add-Member Width @(-1) -Force; Get-MixtureComponent $copy }
        InvalidNoiseVolume = { $rows | Invoke-EmFit x 2 -Noise -NoiseVolume 0 }
        EigenvalueRatioAlone = { $rows | Invoke-EmFit x 2 -EigenvalueRatio 5 }
        InvalidEigenvalueRatio = { $rows | Invoke-EmFit x 2 -TrimFraction 0.1 -EigenvalueRatio 0.5 }
        InvalidFreeze = { $rows | Invoke-EmFit x -InitialModel $m -Freeze Median }
        InvalidRegularizeCovariance = { $rows | Invoke-EmFit x 2 -RegularizeCovariance -1 }
        InvalidLabelErrorRate = { $rows | Invoke-EmFit x -KnownComponent class -LabelErrorRate 1 }
        InvalidTrimFraction = { $rows | Invoke-EmFit x 2 -TrimFraction 0.5 }
        InvalidTrimming = { [GmmTools.Mixtures.MixtureTrimming]::new(1, 0) }
        RegularizeNotSupported = { $rows | Invoke-EmFit x 2 -RegularizeCovariance 1 -Standardize }
        RefitAlone = { $rows | Test-MixtureFit $m -Refit -BlockLength 2 }
        TrimmingNotSupported = { $rows | Invoke-EmFit x 2 -TrimFraction 0.1 | Select-MixtureFit }
        InvalidPoint = { $rows | Measure-MixtureUncertainty $m -DensityAt 'far' }
        InvalidProbability = { Get-MixtureDensity $m -Probability 2 }
        DegreesOfFreedomAlone = { $rows | Invoke-EmFit x 2 -DegreesOfFreedom 4 }
        DegreesOfFreedomCount = { $rows | Invoke-EmFit x 2 -Tail Student -DegreesOfFreedom 4, 5, 6 }
        DegreesOfFreedomWithoutStart = { $rows | Invoke-EmFit x 2 -Tail Student -DegreesOfFreedom 4, 5 }
        InvalidDegreesOfFreedom = { $rows | Invoke-EmFit x 2 -Tail Student -DegreesOfFreedom -4 }
        TailNotSupported = { $t = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -DegreesOfFreedom 4; $rows | Update-EmFit $t -ModelWeight 10 -Property x }
        TailWithNoise = { $rows | Invoke-EmFit x 2 -Tail Student -Noise }
        TailWithPrior = { $rows | Invoke-EmFit x 2 -Tail Student -Prior }
        TwoDegreesOfFreedom = { $rows | Invoke-EmFit x 2 -Tail Student -DegreesOfFreedom 4 -CommonDegreesOfFreedom }
        InvalidFalseDiscoveryRate = { $rows | Compare-MixtureSample $rows x -FalseDiscoveryRate 0 }
        InvalidForgettingFactor = { $rows | Update-EmFit $m -ModelWeight 9 -ForgettingFactor 2 }
        InvalidModelWeight = { [GmmTools.Estimation.Updating.FitUpdater]::Assume($m, 0, 0, 0, $null) }
        InvalidRandomMixture = { [GmmTools.Mixtures.RandomMixture]::Draw(0, 1, 1, 1, $null) }
        InvalidReplicateCount = { $rows | Test-MixtureComponentCount x -ReplicateCount 9 }
        InvalidResponsibility = { $rows.ForEach{ $_.two = -1 }; $rows | Invoke-EmFit x -InitialResponsibility one, two }
        InvalidRestartCount = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.RestartCount = 0; $e.Validate() }
        InvalidRowLabel = { [GmmTools.Observations.InMemoryObservations]::FromMatrix([double[,]]::new(3, 1)).Label([int[]](0, -2, 1)) }
        InvalidRowWeight = { $rows[3].two = -2; $rows | Invoke-EmFit x 2 -WeightProperty two }
        InvalidSampleCount = { Find-MixtureOutlier $m -SampleCount 10 -LevelOnly }
        InvalidSignificance = { $rows | Test-MixtureComponentCount x -Significance 0 }
        InvalidStepExponent = { $rows | Update-EmFit $m -ModelWeight 9 -BatchSize 2 -StepExponent 3 }
        InvalidThreadCount = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.ThreadCount = 0; $e.Validate() }
        InvalidTimeLimit = { $rows | Invoke-EmFit x 2 -TimeLimit -1 }
        InvalidTolerance = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.Tolerance = -1; $e.Validate() }
        InvalidWeight = { New-GaussianMixture -Weight -0.5, 1.5 -Mean 1, 2 -Covariance 1, 1 }
        LevelMissing = { ConvertTo-MixtureSql $m -As Outlier }
        MalformedCsv = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('x,y', '1,2', '3,4,5')); Invoke-EmFit -Path $folder/a.csv -ComponentCount 1 }
        MeanNotFinite = { New-GaussianMixture -Weight 1 -Mean ([double]::NaN) -Covariance 1 }
        MissingColumn = { [pscustomobject]@{ Weight = 1; Mean_a = 1 } | New-GaussianMixture }
        MixedUnits = { '46KB', '1.2ms' | Invoke-EmFit -ComponentCount 1 -Unit Auto }
        MatrixAndMore = { New-GaussianMixtureSample $m 5 -AsMatrix -Path $folder/a.csv }
        KnownComponentMissing = { $rows | Invoke-EmFit x 2 -LabelErrorRate 0.1 }
        KnownComponentNotSupported = { $rows | Invoke-EmFit x -KnownComponent class -Noise }
        MissingLabel = { $rows[3].class = ''; $rows | Invoke-EmFit x -InitialComponent class }
        MissingValue = { $rows[3].x = ''; $rows | Invoke-EmFit x 2 }
        MixedRows = { $rows[3] = 5; $rows | Invoke-EmFit x 2 }
        MixtureFileTooLarge = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('{ "weights": [1], "means": [[' + (@(0) * 5000 -join ',') + ']], "covariances": [], "covariance_type": "full" }')); Import-GaussianMixture $folder/a.csv }
        MixtureFileVersion = { [IO.File]::WriteAllLines("$folder/a.csv", [string[]]@('{ "format_version": 3 }')); Import-GaussianMixture $folder/a.csv }
        ModelWeightMissing = { $rows | Update-EmFit $m }
        LabelBeyondComponents = { $e = [GmmTools.Estimation.EmOptions]::new(); $e.ComponentCount = 2; $m9 = [GmmTools.Observations.InMemoryObservations]::FromMatrix((New-GaussianMixtureSample $m 9 -Seed 1 -AsMatrix)); [GmmTools.Estimation.Fitting.EmEstimator]::new($e, $null).Fit($m9.Label([int[]](0, 0, 0, 1, 1, 1, 2, 2, 2)), [Threading.CancellationToken]::None) }
        ModelsNotNested = { $rows | Test-MixtureComponentCount x, y -CovarianceModel VVV -Against EEE }
        NoColumns = { $rows | Invoke-EmFit x 2 -ExcludeProperty x }
        NoFits = { @() | Select-MixtureFit }
        NoiseNotSupported = { $fit = $rows | Invoke-EmFit x 2 -Noise -WarningAction Ignore; Compare-GaussianMixture $fit $fit }
        NoiseVolumeAlone = { $rows | Invoke-EmFit x 2 -NoiseVolume 5 }
        NoiseWithFixedWeight = { $rows | Invoke-EmFit x 2 -Noise -FixedWeight 0.5, 0.5 }
        NoiseWithPrior = { $rows | Invoke-EmFit x 2 -Noise -Prior }
        NoDifferences = { $m | Show-MixturePlot -Kind Difference }
        NoIntervals = { $m | Show-MixturePlot -Kind Interval }
        NoModel = { $nothing | Get-MixtureComponent }
        NoNumericColumns = { [pscustomobject]@{ name = 'a' } | Invoke-EmFit -ComponentCount 1 }
        NoReference = { $m | Show-MixturePlot -Kind Comparison }
        NoRows = { @() | Invoke-EmFit -ComponentCount 1 }
        NothingGiven = { Get-MixtureConditional $m -Given @{} }
        NothingLeft = { Get-MixtureConditional $m -Given @{ x = 1 } }
        NotADate = { $m | Show-MixturePlot -DateProperty x }
        NotAFile = { Invoke-EmFit -Path variable:HOME -ComponentCount 1 }
        NotAFit = { 1 | Select-MixtureFit }
        NotAModel = { 'm' | Get-MixtureComponent }
        NotANumber = { $b = [GmmTools.Observations.ObservationsBuilder]::new([string[]]'x', $false); $b.Add([double[]][double]::NaN, 1) }
        NotFitted = { (1, 2 | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1] | Get-MixtureComponent }
        NothingFitted = { (1, 2 | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1] | Select-MixtureFit }
        NothingPositive = { New-GaussianMixture -Weight 1 -Mean -9 -Covariance 1 | Show-MixturePlot -LogAxis x1 }
        NotNumeric = { New-GaussianMixture -Weight 1 -Mean many -Covariance 1 }
        NotUnivariate = { Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1) -Probability 0.5 }
        OutOfMemory = { New-GaussianMixture -Random -ComponentCount 1 -Dimension 9 -Seed 1 | New-GaussianMixtureSample -Count 2147483647 -AsMatrix }
        PathNotFound = { Invoke-EmFit -Path $folder/none.csv -ComponentCount 1 }
        PriorNotAvailable = { $rows | Invoke-EmFit x, y 2 -CovarianceModel VEV -Prior }
        PartMismatch = { $parts = 1, 2 | ForEach-Object { [GmmTools.Observations.InMemoryObservations]::FromMatrix([double[, ]]::new(3, $_)) }; [GmmTools.Observations.Views.CombinedObservations]::new([GmmTools.Observations.IObservations[]]$parts) }
        PropertyCountMismatch = { New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property a, b }
        QueryFailed = { Invoke-EmFit x 2 -Connection $connection -Table none }
        QueryMissing = { Invoke-EmFit x 2 -Connection $connection -Query ';' }
        ReadError = { Invoke-EmFit -InputObject $broken -ComponentCount 1 }
        ReferenceMissing = { $rows | Compare-MixtureSample }
        RowLength = { @(1, 2), @(1, 2, 3) | Invoke-EmFit -ComponentCount 1 }
        SeveralComponentCounts = { $rows | Invoke-EmFit x 2, 3 -FixedWeight 0.5, 0.5 }
        RowsNotEnumerable = { $null = ConvertTo-MixtureSql $m; $options = [GmmTools.Connectors.Databases.DatabaseOptions]@{ Table = 't'; Property = [string[]]'x' }; [GmmTools.Connectors.Databases.DatabaseObservations]::Open($connection, $options, [Threading.CancellationToken]::None).EnumerateWeighted() }
        NoClasses = { $rows.ForEach{ $_.class = ' ' }; $rows | New-MixtureClassifier class x }
        NotAClassifier = { $rows | Get-MixtureClass $m }
        OneClass = { $rows.ForEach{ $_.class = 'a' }; $rows | New-MixtureClassifier class x }
        RegionOfClassifier = { $m | Show-MixturePlot -Kind Region }
        SeveralReferences = { $rows | Compare-MixtureSample x -ReferencePath $data/iris.csv }
        SeveralModels = { Get-MixtureComponent -Model @($m, $m) }
        OrderNotKnown = { Test-MixtureFit $m -Connection $connection -Table t -BlockLength 2 }
        SqlColumnNotSupported = { $m | ConvertTo-MixtureSql -As Class }
        StartInDatabase = { Invoke-EmFit x -Connection $connection -Table t -InitialComponent y }
        TrainingWithoutModel = { $rows | Find-MixtureOutlier -Property x -Training $rows }
        TableMissing = { ConvertTo-MixtureSql $m -ViewName v }
        TextInNumericColumn = { $rows[3].x = 'many'; $rows | Invoke-EmFit x 2 }
        TimeWithoutOrigin = { [pscustomobject]@{ x = Get-Date } | Get-MixtureMembership $m }
        TooFewRows = { 1, 2 | Invoke-EmFit -ComponentCount 3 }
        TooLittleWeight = { $rows.ForEach{ $_.two = 0.01 }; $rows | Invoke-EmFit x 2 -WeightProperty two }
        TooFewBlocks = { $rows | Test-MixtureFit $m -BlockLength 10 }
        TooFewReplicates = { $rows | Measure-MixtureUncertainty ($rows | Invoke-EmFit x 2) -TimeLimit 1e-6 -WarningAction Ignore }
        TooFewTrainingRows = { Find-MixtureOutlier $m 0.001 -Training $rows -LevelOnly }
        TooManyColumns = { New-GaussianMixture -Random -ComponentCount 1 -Dimension 3 -Seed 1 | Show-MixturePlot -Kind Density }
        TooManyFolds = { $rows | Measure-MixtureClassifier class x -FoldCount 31 }
        TooManyLabels = { 1..2001 | ForEach-Object { [pscustomobject]@{ a = $_; b = 1 } } | Measure-PartitionAgreement a b }
        TooFewComponents = { $rows | Invoke-EmFit x 1 -KnownComponent class }
        TwoStarts = { $rows | Invoke-EmFit x -InitialComponent class -InitialModel $m }
        UnknownAxis = { $m | Show-MixturePlot -LogAxis y }
        UnknownComponentColumn = { [pscustomobject]@{ Weight = 1; Mean_a = 1; Covariance_a_a = 1; Covariance_a_z = 1 } | New-GaussianMixture }
        UnknownCovarianceModel = { $rows | Invoke-EmFit x 2 -CovarianceModel Round }
        UnknownDialect = { $null = ConvertTo-MixtureSql $m; [GmmTools.Connectors.Databases.Dialects.SqlDialects]::Find('Latin') }
        UnknownEncoding = { Invoke-EmFit -Path $data/iris.csv -ComponentCount 1 -Encoding morse }
        UnknownFileFormat = { New-GaussianMixtureSample $m 5 -Path $folder/a.xlsx }
        UnknownProperty = { $rows | Invoke-EmFit z 2 }
        UnreadableFile = { Invoke-EmFit -LiteralPath $folder -ComponentCount 1 }
        UnwritableFile = { New-GaussianMixtureSample $m 5 -Path $folder }
        WeightIsProperty = { $rows | Invoke-EmFit x, two 2 -WeightProperty two }
        WatchStateInUse = { $lock = [IO.File]::Open("$folder/.w.json.lock", 'Create', 'ReadWrite', 'None'); try { $rows | Watch-MixtureFit $m -StatePath $folder/w.json } finally { $lock.Dispose() } }
        WatchStateMismatch = { $null = $rows | Watch-MixtureFit $m -StatePath $folder/w.json; $rows | Watch-MixtureFit $m 5 -StatePath $folder/w.json }
        WatchStateNotWritable = { $rows | Watch-MixtureFit $m -StatePath $folder/no/such/w.json }
        WatchStateUnreadable = { [IO.File]::WriteAllLines("$folder/w.json", [string[]]@('x')); $rows | Watch-MixtureFit $m -StatePath $folder/w.json }
        WeightsNotSupported = { $rows.ForEach{ $_.two = 2 }; $rows | Test-MixtureFit $m -WeightProperty two -BlockLength 2 }
        WeightSum = { New-GaussianMixture -Weight 0.5, 0.6 -Mean 1, 2 -Covariance 1, 1 }
    }
    # what only the engine for .NET 10 does
    Fast = [ordered]@{
        MalformedParquet = { [IO.File]::WriteAllText("$folder/a.parquet", 'PAR1'); Invoke-EmFit -Path $folder/a.parquet -ComponentCount 1 }
        UnknownPictureFormat = { $m | Export-MixturePlot $folder/a.gif }
        UnsuitableColumn = {
            # a column of numbers, x, and one of dates, when: three rows, written by Parquet.Net 6.1
            $dates = '
                UEFSMRUAFTAVLCwVBhUAFQYVBhwYCAAAAAAAABBAGAgAAAAAAADwPxYAKAgAAAAAAAAQQBgIAAAAAAAA8D8AAAAYAAAFAQTwPwUHKAAAQAAAAAAAABBAFQAVSBU8LBUGFQAVBhUGHBgMAAAAAAAAAAB0jSUAGAwA
                AAAAAAAAAHKNJQAWACgMAAAAAAAAAAB0jSUAGAwAAAAAAAAAAHKNJQAAAAAkAAANAQhyjSUNCkQAAHONJQAAAAAAAAAAAHSNJQAVAhk8SARyb290FQQAFQolABgBeAAVBiUAGAR3aGVuABYGGRwZLCYIHBUKGSUA
                BhkYAXgVAhYGFqoBFqYBJgg8GAgAAAAAAAAQQBgIAAAAAAAA8D8WACgIAAAAAAAAEEAYCAAAAAAAAPA/AAAAJq4BHBUGGSUABhkYBHdoZW4VAhYGFuIBFtYBJq4BPBgMAAAAAAAAAAB0jSUAGAwAAAAAAAAAAHKN
                JQAWACgMAAAAAAAAAAB0jSUAGAwAAAAAAAAAAHKNJQAAAAAWjAMWBjb8AgAoSlBhcnF1ZXQuTmV0IHZlcnNpb24gNi4xLjAgKGJ1aWxkIGMxNzlkOTdiZDI1NDliNWY0NGE5MjQxZTcyOWY4NjlkNDk0N2VlNTkp
                AB8BAABQQVIx
            '
            [IO.File]::WriteAllBytes("$folder/a.parquet", [Convert]::FromBase64String($dates))
            Invoke-EmFit x -Path $folder/a.parquet -InitialComponent when
        }
    }
    # what only the portable engine does
    Portable = [ordered]@{
        ParquetNotSupported = { [IO.File]::WriteAllText("$folder/a.parquet", 'PAR1'); Invoke-EmFit -Path $folder/a.parquet -ComponentCount 1 }
    }
    # what needs a disk without room and a folder with too long a path for a file in it: Linux has them
    Linux = [ordered]@{
        DiskFull = { 1..100000 | Invoke-EmFit -ComponentCount 1 -MemoryLimit 0 -TempPath /proc }
        TemporaryFileFailed = { $deep = $folder; while ($deep.Length -lt 3800) { $deep += '/' + 'd' * 240 }; $deep += '/' + 'd' * (4088 - $deep.Length); $null = [IO.Directory]::CreateDirectory($deep); 1..100000 | Invoke-EmFit -ComponentCount 1 -MemoryLimit 0 -TempPath $deep }
    }
}
