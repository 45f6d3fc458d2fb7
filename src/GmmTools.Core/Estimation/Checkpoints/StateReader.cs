using System.IO;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>Reads a state.</summary>
internal sealed class StateReader(BinaryReader reader) : StateExchange
{
    public override bool IsReading => true;

    public override double Number(double value) => reader.ReadDouble();

    public override long Integer(long value) => reader.ReadInt64();

    public override byte[] Bytes(byte[]? value, int length) => reader.ReadBytes(length);

    public override string Text(string value) => reader.ReadString();
}
