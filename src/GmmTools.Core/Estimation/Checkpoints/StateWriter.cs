using System;
using System.IO;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>Writes a state.</summary>
internal sealed class StateWriter(BinaryWriter writer) : StateExchange
{
    public override bool IsReading => false;

    public override long Room => long.MaxValue;

    public override double Number(double value)
    {
        writer.Write(value);
        return value;
    }

    public override long Integer(long value)
    {
        writer.Write(value);
        return value;
    }

    public override byte[] Bytes(byte[]? value, int length)
    {
        writer.Write(value!);
        return value!;
    }

    public override Exception Wrong(string what) => new InvalidOperationException(what);

    public override string Text(string value)
    {
        writer.Write(value);
        return value;
    }
}
