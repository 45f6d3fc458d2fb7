using System.Text;

namespace GmmTools.Connectors.Csv;

/// <summary>Puts a mark in the place of bytes that are no text, and remembers that it did.</summary>
internal sealed class UndecodableFallback : DecoderFallback
{
    /// <summary>The mark: no character, and no text in the right encoding has it.</summary>
    public const char Mark = '\uFFFE';

    /// <summary>Whether there were such bytes.</summary>
    public bool WasUsed { get; private set; }

    /// <inheritdoc/>
    public override int MaxCharCount => 1;

    /// <inheritdoc/>
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(UndecodableFallback owner) : DecoderFallbackBuffer
    {
        private int _left;

        public override int Remaining => _left;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.WasUsed = true;
            _left = 1;
            return true;
        }

        public override char GetNextChar()
        {
            if (_left == 0)
            {
                return '\0';
            }

            _left = 0;
            return Mark;
        }

        public override bool MovePrevious()
        {
            if (_left == 1)
            {
                return false;
            }

            _left = 1;
            return true;
        }

        public override void Reset() => _left = 0;
    }
}
