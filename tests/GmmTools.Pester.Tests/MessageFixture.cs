using System;
using System.Threading;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace GmmTools.Pester.Tests;

/// <summary>Brings what the runs say of themselves to the output of the test program, while they run.</summary>
public sealed class MessageFixture
{
    private static IMessageSink? _sink;

    /// <summary>Created by xunit before the first test.</summary>
    /// <param name="sink">Where messages go.</param>
    public MessageFixture(IMessageSink sink) => Volatile.Write(ref _sink, sink);

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line.</param>
    public static void Tell(string text) =>
        (Volatile.Read(ref _sink) ?? throw new InvalidOperationException("There is no test run.")).OnMessage(new DiagnosticMessage(text));
}
