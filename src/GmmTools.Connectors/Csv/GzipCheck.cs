namespace GmmTools.Connectors.Csv;

/// <summary>The check sum and the length that stand at the end of a member of a gzip file (RFC 1952), taken of what was decompressed.</summary>
internal sealed class GzipCheck
{
    /// <summary>Bytes of both.</summary>
    public const int TrailerLength = 8;

    /// <summary>CRC-32 with its bits reversed.</summary>
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = CreateTable();

    private uint _sum = uint.MaxValue;

    /// <summary>Number of bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Append(byte[] bytes, int offset, int count)
    {
        uint sum = _sum;
        for (int i = offset; i < offset + count; i++)
        {
            sum = Table[(sum ^ bytes[i]) & 0xFF] ^ (sum >> 8);
        }

        _sum = sum;
        Length += count;
    }

    /// <summary>Whether a member ends so.</summary>
    /// <param name="trailer">Its last eight bytes.</param>
    public bool Matches(byte[] trailer) => Number(trailer, 0) == ~_sum && Number(trailer, 4) == (uint)Length;

    private static uint Number(byte[] bytes, int offset) =>
        bytes[offset] | ((uint)bytes[offset + 1] << 8) | ((uint)bytes[offset + 2] << 16) | ((uint)bytes[offset + 3] << 24);

    private static uint[] CreateTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
