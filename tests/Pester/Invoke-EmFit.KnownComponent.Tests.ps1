# Rows of some of which the class is known.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:path = Get-ExamplePath 'iris.csv'
    $script:iris = Import-Csv $path
    $number = 0
    $script:some = foreach ($row in $iris) {
        $known = if ($number++ % 10 -eq 0) { $row.class } else { '' }
        $row | Select-Object *, @{ n = 'known'; e = { $known } } -ExcludeProperty class
    }
}

Describe 'Labels that are known for some rows' {
    BeforeAll {
        $script:fit = $some | Invoke-EmFit -KnownComponent known -CovarianceModel EEE
    }

    It 'gives each class its component, in the order of the classes' {
        @($fit.Property).Count | Should -Be 4
        $fit.Mixture.ComponentClasses | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        Assert-Close $fit.LogLikelihood -258.0028 1e-5
        $fit.Options.LabelledRowCount | Should -Be 15
        $fit.Mixture.Components[2].Class | Should -BeExactly 'virginica'
    }

    It 'names the class of each row and of each component' {
        $named = $iris | Get-MixtureMembership $fit
        @($named | Where-Object { $_.class -ne $_.ComponentClass }).Count | Should -Be 3
        ($fit | Get-MixtureComponent).Class | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        ($fit | Get-MixtureComponent | Out-String) | Should -Match 'versicolor: '
        ($fit.Mixture.Components | Format-List | Out-String) | Should -Match 'Class +: virginica'
        ($fit | Format-Custom | Out-String) | Should -Match 'Class +setosa +versicolor +virginica'
    }

    It 'keeps the classes in files, copies and component rows' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'known')).FullName
        $fit | Export-GaussianMixture (Join-Path $folder 'fit.json')
        $fit | Export-Clixml (Join-Path $folder 'fit.xml')
        $fit | Get-MixtureComponent | Export-Csv (Join-Path $folder 'components.csv')
        $copies = @(
            (Import-GaussianMixture (Join-Path $folder 'fit.json')).Mixture
            ($iris | Invoke-EmFit -InitialModel (Import-Clixml (Join-Path $folder 'fit.xml')) -CovarianceModel EEE).Mixture
            Import-Csv (Join-Path $folder 'components.csv') | New-GaussianMixture
            Get-MixtureMarginal $fit petal_width, petal_length
        )
        foreach ($copy in $copies) {
            $copy.ComponentClasses | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        }

        (Import-GaussianMixture (Join-Path $folder 'fit.json')).Options.LabelledRowCount | Should -Be 15
    }

    It 'reads the same labels from a file: <_>' -ForEach @(',', ';') {
        $file = Join-Path $TestDrive "labels$([int][char]$_).csv"
        $some | Export-Csv $file -Delimiter $_
        (Invoke-EmFit -Path $file -Delimiter $_ -KnownComponent known -CovarianceModel EEE).LogLikelihood | Should -BeExactly $fit.LogLikelihood
    }

    It 'takes what means a missing value for no label' {
        $other = $some | ForEach-Object { if ($_.known) { $_ } else { $_.known = 'NA'; $_ } } | Invoke-EmFit -KnownComponent known -CovarianceModel EEE -Verbose 4>&1
        @($other)[-1].LogLikelihood | Should -BeExactly $fit.LogLikelihood
        "$other" | Should -Match '15 of 150 rows have a label: setosa 5, versicolor 5, virginica 5\.'
    }

    It 'has room for components of no class and for several of one' {
        $more = $some | Invoke-EmFit -KnownComponent known -ComponentCount 4
        $more.Mixture.ComponentClasses | Should -BeExactly 'setosa', 'versicolor', 'virginica', $null
        $twice = $some | Invoke-EmFit -KnownComponent known -ComponentsPerClass 2 -CovarianceModel EEE
        $twice.Mixture.ComponentClasses | Should -BeExactly 'setosa', 'setosa', 'versicolor', 'versicolor', 'virginica', 'virginica'
        $twice.LogLikelihood | Should -BeGreaterThan $fit.LogLikelihood
    }

    It 'outvotes wrong labels where they are allowed for' {
        # twenty rows of setosa, far from the others, are called virginica
        $number = 0
        $wrong = foreach ($row in $iris) { $row | Select-Object *, @{ n = 'known'; e = { if ($number -lt 20) { 'virginica' } else { $row.class } } } -ExcludeProperty class; $number++ }
        $strict = $wrong | Invoke-EmFit -KnownComponent known
        $lenient = $wrong | Invoke-EmFit -KnownComponent known -LabelErrorRate 0.15
        Assert-Close $strict.Mixture.Components[0].Weight (30 / 150) 1e-6
        Assert-Close $lenient.Mixture.Components[0].Weight (50 / 150) 1e-6
    }

    It 'compares models and numbers of components' {
        $fits = $some | Invoke-EmFit -KnownComponent known -ComponentCount 3, 4 -CovarianceModel EEE, VVV
        $fits.Count | Should -Be 4
        foreach ($one in $fits) {
            @($one.Mixture.ComponentClasses)[0..2] | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        }
    }

    It 'fits groups, each with the classes of all' {
        $number = 0
        $sides = foreach ($row in $some) { $row | Select-Object *, @{ n = 'side'; e = { if ($number % 2) { 'even' } else { 'odd' } } }; $number++ }
        $sides[101].known = 'virginica'
        $fits = $sides | Invoke-EmFit -KnownComponent known -GroupProperty side -CovarianceModel EEE
        $fits.Group.ForEach('ToString') | Should -BeExactly 'side=odd', 'side=even'
        foreach ($fit in $fits) {
            $fit.RowCount | Should -Be 75
            $fit.Mixture.ComponentClasses | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        }

        $alone = $sides | Where-Object side -eq odd | Invoke-EmFit -Property *_* -KnownComponent known -CovarianceModel EEE
        $fits[0].LogLikelihood | Should -BeExactly $alone.LogLikelihood
        $path = Join-Path $TestDrive 'sides.csv'
        $sides | Export-Csv $path
        (Invoke-EmFit -Path $path -KnownComponent known -GroupProperty side -CovarianceModel EEE)[0].LogLikelihood | Should -BeExactly $alone.LogLikelihood
        { $sides | Invoke-EmFit -KnownComponent kn* -GroupProperty side } | Should -Throw '*wildcard*'
    }

    It 'goes on from a checkpoint, with the same labels only' {
        $file = Join-Path $TestDrive 'known.checkpoint'
        $stopped = $some | Invoke-EmFit -KnownComponent known -Checkpoint $file -CheckpointInterval 0 -TimeLimit 0.001 -WarningAction Ignore
        if ($stopped.StopReason -eq 'TimeLimit') {
            { $some | ForEach-Object { $_ | Select-Object * } | ForEach-Object { if ($_.known -eq 'setosa') { $_.known = 'virginica' }; $_ } |
                    Invoke-EmFit -KnownComponent known -ComponentCount 3 -Checkpoint $file } | Should -Throw '*the known components*'
        }

        ($some | Invoke-EmFit -KnownComponent known -Checkpoint $file).LogLikelihood | Should -BeExactly ($some | Invoke-EmFit -KnownComponent known).LogLikelihood
    }

    It 'says so where no row has a label' {
        $blank = $iris | Select-Object *, @{ n = 'known'; e = { '' } } -ExcludeProperty class
        $result = $blank | Invoke-EmFit -KnownComponent known -ComponentCount 3 3>&1
        "$($result[0])" | Should -Match "No row has a label in column 'known'"
        $result[-1].LogLikelihood | Should -BeExactly ($iris | Select-Object * -ExcludeProperty class | Invoke-EmFit -ComponentCount 3).LogLikelihood
    }

    It 'tells what does not go together: <Name>' -ForEach @(
        @{ Name = 'two labels'; Script = { $iris | Invoke-EmFit -KnownComponent class -InitialComponent class }; Message = '*-InitialComponent*' }
        @{ Name = 'dropped components'; Script = { $some | Invoke-EmFit -KnownComponent known -CollapsePolicy Drop }; Message = '*cannot be dropped*' }
        @{ Name = 'too few components'; Script = { $some | Invoke-EmFit -KnownComponent known -ComponentCount 2 }; Message = '*3 classes*3 components*2 were requested*' }
    ) {
        $Script | Should -Throw $Message
    }
}
