using System;
using System.IO;
using System.Text;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>Reads a state, none of which is trusted: a check sum that is right does not make it the state of a fit.</summary>
/// <param name="reader">Reads from memory.</param>
/// <param name="unreadable">The error that the state is false.</param>
internal sealed class StateReader(BinaryReader reader, Func<string, CheckpointException> unreadable) : StateExchange
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override bool IsReading => true;

    public override long Room => BytesLeft / sizeof(double);

    private long BytesLeft => reader.BaseStream.Length - reader.BaseStream.Position;

    public override double Number(double value)
    {
        Expect(sizeof(double));
        return reader.ReadDouble();
    }

    public override long Integer(long value)
    {
        Expect(sizeof(long));
        return reader.ReadInt64();
    }

    public override byte[] Bytes(byte[]? value, int length)
    {
        Expect(length);
        return reader.ReadBytes(length);
    }

    public override string Text(string value)
    {
        byte[] bytes = Bytes(null, TextLength());
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("it contains text that is not UTF-8");
        }
    }

    public override Exception Wrong(string what) => unreadable($"its state is invalid: {what}");

    /// <summary>Nothing may be left behind a state.</summary>
    public void CheckEnd() => Check(BytesLeft == 0, $"it has {BytesLeft} bytes too many");

    /// <summary>Bytes of the text that follows: a number of 7 bits per byte, the lowest first, all but the last byte with the highest bit set.</summary>
    private int TextLength()
    {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            Expect(1);
            byte part = reader.ReadByte();
            length |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                Expect(length);
                return (int)length;
            }
        }

        throw Wrong("the length of a text in it is invalid");
    }

    private void Expect(long byteCount) => Check(byteCount <= BytesLeft, "it ends too early");
}
