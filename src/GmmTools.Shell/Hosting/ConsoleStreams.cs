using System;
using System.IO;
using System.Text;

namespace GmmTools.Shell.Hosting;

/// <summary>Standard output and standard error as UTF-8 text, and what stands at their other end.</summary>
internal sealed class ConsoleStreams
{
    private ConsoleStreams(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        WantsDecoration = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        OutputIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected;
        OutputIsDecorated = OutputIsTerminal && WantsDecoration;
        ErrorIsDecorated = ErrorIsTerminal && WantsDecoration;
    }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person sees standard output.</summary>
    public bool OutputIsTerminal { get; }

    /// <summary>Whether a person sees standard error.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Whether the user and the terminal have nothing against colours.</summary>
    public bool WantsDecoration { get; }

    /// <summary>Whether colours may be written to standard output.</summary>
    public bool OutputIsDecorated { get; }

    /// <summary>Whether colours may be written to standard error.</summary>
    public bool ErrorIsDecorated { get; }

    /// <summary>Opens the streams of the process.</summary>
    public static ConsoleStreams Open()
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = encoding;
        }

        return new ConsoleStreams(
            new StreamWriter(Console.OpenStandardOutput(), encoding) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true });
    }

    /// <summary>Writes what is still held back.</summary>
    public void Flush()
    {
        Output.Flush();
        Error.Flush();
    }
}
