@{
    RootModule             = 'bin/GmmTools.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6edc9e9f-9ddd-41f0-98e0-a4fa7c09dd25'
    Author                 = 'the GmmTools authors'
    Copyright              = '(c) 2026 the GmmTools authors. MIT licence.'
    Description            = 'Fits, scores, samples, draws and compares Gaussian mixtures: clusters, densities and outliers from objects, CSV and Parquet files, and databases, in a pipeline.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('bin/GmmTools.format.ps1xml')
    CmdletsToExport        = @(
        'Compare-GaussianMixture'
        'Compare-MixtureSample'
        'ConvertTo-MixtureSql'
        'Export-GaussianMixture'
        'Export-MixturePlot'
        'Find-MixtureOutlier'
        'Get-MixtureClass'
        'Get-MixtureComponent'
        'Get-MixtureConditional'
        'Get-MixtureDensity'
        'Get-MixtureMarginal'
        'Get-MixtureMembership'
        'Import-GaussianMixture'
        'Import-MixtureDriver'
        'Invoke-EmFit'
        'Measure-MixtureClassifier'
        'Measure-MixtureLikelihood'
        'Measure-MixtureUncertainty'
        'Measure-PartitionAgreement'
        'Merge-MixtureComponent'
        'New-GaussianMixture'
        'New-GaussianMixtureSample'
        'New-MixtureClassifier'
        'New-MixtureConnection'
        'Select-MixtureFit'
        'Show-MixturePlot'
        'Test-GmmTools'
        'Test-MixtureComponentCount'
        'Test-MixtureFit'
        'Update-EmFit'
        'Watch-MixtureFit'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'Gaussian', 'mixture', 'EM', 'clustering', 'density', 'statistics',
                'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
