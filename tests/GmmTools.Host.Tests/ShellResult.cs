using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>How a run of the shell ended and what it wrote.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output without spaces at their ends, from the first to the last that is not empty.</summary>
    public string[] Lines => SplitLines(Output);

    /// <summary>The lines of a text without spaces at their ends, from the first to the last that is not empty.</summary>
    /// <param name="text">The text.</param>
    public static string[] SplitLines(string text)
    {
        string[] lines = [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        int first = Array.FindIndex(lines, line => line.Length > 0);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        return first < 0 ? [] : lines[first..(last + 1)];
    }

    /// <summary>A printed text as it is compared with one that is shown to readers: where the output of one statement ends and that of the
    /// next begins there are two empty lines (and, for the reader, a prompt); how many iterations a search needs depends on the last bits,
    /// and so on the processor.</summary>
    /// <param name="text">The text.</param>
    public static string Tidy(string text) => Regex.Replace(
        Regex.Replace(string.Join('\n', SplitLines(text)), "\n{3,}", "\n\n"), " +[0-9]+ Converged", " Converged");

    /// <summary>Asserts the exit code; a failure shows what was written.</summary>
    /// <param name="exitCode">The exit code that is expected.</param>
    public ShellResult AssertExit(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}.\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Asserts that the run ended well and had nothing to say but its results.</summary>
    public ShellResult AssertClean()
    {
        AssertExit(0);
        Assert.Equal(string.Empty, Error);
        Assert.DoesNotContain('\u001b', Output);
        return this;
    }
}
