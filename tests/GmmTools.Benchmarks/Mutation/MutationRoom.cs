using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Benchmarks.Mutation;

/// <summary>A folder whose code is changed, one change at a time, and the tests that have to notice.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Project">The library that it belongs to.</param>
/// <param name="Folder">The folder, below the library.</param>
/// <param name="Tests">Parts of the names of its tests: all others are left out, which saves time and can lower the score only.</param>
internal sealed record MutationRoom(string Name, string Project, string Folder, params string[] Tests)
{
    /// <summary>Where a wrong sign or bound would give a wrong number without a word.</summary>
    public static IReadOnlyList<MutationRoom> All { get; } =
    [
        new("merging", "GmmTools.Core", "Merging", ".Merging."),
        new("updating", "GmmTools.Core", "Estimation/Updating", ".Updating.") { Slow = [".What_an_update_maximises", ".Small_batches_of_a_long_stream"] },
        new("outliers", "GmmTools.Core", "Outliers", ".Outliers.") { Slow = [".Fresh_rows_of_the_mixture", ".Rows_with_gaps_are_alarms"] },
        new("selection", "GmmTools.Core", "Selection", ".Selection.") { Slow = [".ModelSearchTests.The_number_of_threads", ".ModelSearchTests.A_model_never_ends", ".ModelSearchTests.More_components", ".ModelSearchTests.The_best_by_BIC", ".ModelSearchTests.Every_combination"] },
        new("comparison", "GmmTools.Core", "Comparison", ".Comparison.") { Slow = [".Bounds_hold", ".Many_components_take_part", ".Units_do_not_matter"] },
        new("scoring", "GmmTools.Core", "Scoring", ".Scoring.", ".MixtureProjectionTests") { Slow = [".Errors_are_as_large", ".Many_components", ".The_density_on_a_grid", ".The_summary_is_the_sum"] },
        new("maximization", "GmmTools.Core", "Estimation/MaximizationSteps", ".MaximizationStepTests", ".MaximizationSteps."),
        new("cells", "GmmTools.Connectors", "Cells", ".CellParserTests", ".Utf8NumberTests", ".ColumnSelectorTests", ".CultureHintTests") { Slow = [".Very_many"] },
        new("csv", "GmmTools.Connectors", "Csv", ".Csv", ".BlockReadingTests", ".GzipTests", ".FileObservationReaderTests", ".FileErrorTests")
        { Slow = [".A_row_without_end", ".A_line_of_too_many_cells", ".Compressed_files_are_read", ".A_file_that_was_cut_off"] },
    ];

    /// <summary>Parts of the names of tests that would run for most of the changes, and long: left out, too.</summary>
    public IReadOnlyList<string> Slow { get; init; } = [];

    /// <summary>The tests, as the test runner selects them.</summary>
    public string Filter =>
        "(FullyQualifiedName~" + string.Join("|FullyQualifiedName~", Tests) + ")" + string.Concat(Slow.Select(name => "&FullyQualifiedName!~" + name));

    /// <summary>The files, as the mutation tester selects them.</summary>
    public string Files => $"**/{Folder}/**/*.cs";

    /// <summary>The room of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MutationRoom Find(string name)
    {
        foreach (MutationRoom room in All)
        {
            if (room.Name == name)
            {
                return room;
            }
        }

        throw new ArgumentException($"There is no room '{name}' to mutate.");
    }
}
