using System.Collections.Generic;

namespace GmmTools.Pester.Tests;

/// <summary>What is run, and where.</summary>
/// <param name="Title">What the run is called in messages.</param>
/// <param name="Manifest">Manifest of the module under test.</param>
/// <param name="Locale">Locale of the processes.</param>
/// <param name="Tags">Only tests with one of these tags run; none stands for all.</param>
/// <param name="ExcludedTags">Tests with one of these tags do not run.</param>
internal sealed record PesterSettings(string Title, string Manifest, string Locale, IReadOnlyList<string> Tags, IReadOnlyList<string> ExcludedTags);
