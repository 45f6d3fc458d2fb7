using System.IO;
using System.IO.Compression;

namespace GmmTools.Connectors.Csv;

/// <summary>Goes through the members of a gzip file (RFC 1952) and checks each. Slow: it looks for where each one ends.</summary>
/// <param name="bytes">The file.</param>
internal sealed class GzipMembers(Stream bytes)
{
    private const int FixedHeaderLength = 10;
    private const int HeaderSumFlag = 2;
    private const int ExtraFlag = 4;
    private const int NameFlag = 8;
    private const int CommentFlag = 16;

    /// <summary>Checks all members.</summary>
    /// <returns>Number of bytes that they hold, decompressed.</returns>
    /// <exception cref="InvalidDataException">A member is damaged or cut off.</exception>
    public long Check()
    {
        bytes.Position = 0;
        long length = 0;
        while (FindMember())
        {
            SkipHeader();
            length += CheckContent();
        }

        return length;
    }

    /// <summary>Whether a member follows. Behind the last there may be zeros, as tapes have them.</summary>
    private bool FindMember()
    {
        int next = bytes.ReadByte();
        while (next == 0)
        {
            next = bytes.ReadByte();
        }

        return next == 0x1F && bytes.ReadByte() == 0x8B
            || (next < 0 ? false : throw new InvalidDataException("Something else follows its compressed part."));
    }

    private void SkipHeader()
    {
        byte[] header = new byte[FixedHeaderLength - 2];
        for (int i = 0; i < header.Length; i++)
        {
            header[i] = ReadByte();
        }

        int flags = header[1];
        if ((flags & ExtraFlag) != 0)
        {
            Skip(ReadByte() | (ReadByte() << 8));
        }

        SkipText((flags & NameFlag) != 0);
        SkipText((flags & CommentFlag) != 0);
        Skip((flags & HeaderSumFlag) != 0 ? 2 : 0);
    }

    private long CheckContent()
    {
        GzipCheck check = new();
        using (DeflateStream content = new(new SingleBytes(bytes), CompressionMode.Decompress))
        {
            byte[] buffer = new byte[1 << 16];
            for (int read = content.Read(buffer, 0, buffer.Length); read > 0; read = content.Read(buffer, 0, buffer.Length))
            {
                check.Append(buffer, 0, read);
            }
        }

        byte[] trailer = new byte[GzipCheck.TrailerLength];
        for (int i = 0; i < trailer.Length; i++)
        {
            trailer[i] = ReadByte();
        }

        return check.Matches(trailer) ? check.Length : throw new InvalidDataException("It is compressed and damaged: a checksum is wrong.");
    }

    private void Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ReadByte();
        }
    }

    private void SkipText(bool present)
    {
        while (present && ReadByte() != 0)
        {
            // a name ends in a zero
        }
    }

    private byte ReadByte()
    {
        int next = bytes.ReadByte();
        return next >= 0 ? (byte)next : throw new InvalidDataException("It is compressed and was cut off. Copy it again.");
    }

    /// <summary>Gives one byte at a time, so that whoever decompresses takes none of what follows.</summary>
    private sealed class SingleBytes(Stream bytes) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new System.NotSupportedException();

        public override long Position
        {
            get => throw new System.NotSupportedException();
            set => throw new System.NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => bytes.Read(buffer, offset, System.Math.Min(1, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new System.NotSupportedException();

        public override void SetLength(long value) => throw new System.NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new System.NotSupportedException();
    }
}
