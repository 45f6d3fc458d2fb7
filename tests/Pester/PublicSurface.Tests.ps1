# What Tab offers on the objects that commands give out: properties, and the few methods that are listed here.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # the types of what commands give out, and of all that can be reached from there
    function Get-GivenType {
        $found = [Collections.Generic.SortedDictionary[string, type]]::new([StringComparer]::Ordinal)
        $pending = [Collections.Generic.Queue[type]]::new()
        (Get-Command -Module GmmTools).OutputType.Type | Where-Object { $_ } | ForEach-Object { $pending.Enqueue($_) }
        while ($pending.Count) {
            $type = $pending.Dequeue()
            if (-not $type.FullName -or -not $type.FullName.StartsWith('GmmTools.', 'Ordinal') -or $found.ContainsKey($type.FullName)) { continue }
            $found.Add($type.FullName, $type)
            foreach ($property in $type.GetProperties()) {
                foreach ($next in @($property.PropertyType) + $property.PropertyType.GetGenericArguments()) {
                    if (-not $next.IsEnum) { $pending.Enqueue($next) }
                }
            }
        }
        $found.Values
    }
}

Describe 'The objects that commands give out' {
    It 'have no methods but those that users can use' {
        $types = @(Get-GivenType)
        $types.Count | Should -BeGreaterThan 10
        $methods = foreach ($type in $types) {
            $type.GetMethods('Public, Instance, Static, DeclaredOnly') |
                Where-Object { -not $_.IsSpecialName -and $_.Name -notin 'ToString', 'Equals', 'GetHashCode' } |
                ForEach-Object { "$($type.Name).$($_.Name)" }
        }
        $methods | Should -BeExactly 'MixtureDivergence.Measure', 'GaussianMixture.Create', 'GaussianMixture.WithProperty', 'LikelihoodSummary.Measure'
    }

    It 'cannot be changed' {
        $setters = foreach ($type in Get-GivenType) {
            $type.GetProperties() | Where-Object { $_.SetMethod.IsPublic } | ForEach-Object { "$($type.Name).$($_.Name)" }
        }
        $setters | Should -BeNullOrEmpty
    }

    It 'offer a renamed mixture' {
        $mixture = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
        $mixture.WithProperty([string[]]@('size')).Property | Should -BeExactly 'size'
        ($mixture | Get-Member -MemberType Method).Name | Should -BeExactly 'Equals', 'GetHashCode', 'GetType', 'ToString', 'WithProperty'
    }
}
