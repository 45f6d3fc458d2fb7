using System.IO;
using System.IO.Compression;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// What a gzip file holds, decompressed. That a file was cut off is left unsaid by .NET; here its end is an error unless check sum and
/// length of every member are those of its content.
/// </summary>
internal sealed class GzipText : Stream
{
    private readonly FileStream _file;
    private readonly GZipStream _content;
    private readonly GzipCheck _check = new();
    private bool _ended;

    /// <summary>Begins to read.</summary>
    /// <param name="file">The file, at its beginning; disposed with this stream.</param>
    public GzipText(FileStream file)
    {
        _file = file;
        _content = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new System.NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new System.NotSupportedException();
        set => throw new System.NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = _ended ? 0 : _content.Read(buffer, offset, count);
        if (read > 0)
        {
            _check.Append(buffer, offset, read);
        }
        else if (count > 0 && !_ended)
        {
            _ended = true;
            CheckEnd();
        }

        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new System.NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new System.NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new System.NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Almost all files have one member, whose check is at the end of the file.</summary>
    private void CheckEnd()
    {
        byte[] trailer = new byte[GzipCheck.TrailerLength];
        _file.Seek(-System.Math.Min(trailer.Length, _file.Length), SeekOrigin.End);
        int length = 0;
        for (int read = 1; read > 0 && length < trailer.Length; length += read)
        {
            read = _file.Read(trailer, length, trailer.Length - length);
        }

        if (!_check.Matches(trailer))
        {
            CheckMembers();
        }
    }

    private void CheckMembers()
    {
        using BufferedStream bytes = new(_file, 1 << 16);
        if (new GzipMembers(bytes).Check() != _check.Length)
        {
            throw new InvalidDataException("Not all of its compressed parts could be read. Decompress it first.");
        }
    }
}
