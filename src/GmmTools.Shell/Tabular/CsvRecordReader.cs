using System.Collections.Generic;
using System.IO;
using System.Text;

namespace GmmTools.Shell.Tabular;

/// <summary>Splits text into records of cells, by the rules of Import-Csv.</summary>
internal sealed class CsvRecordReader
{
    private const int End = -1;
    private readonly TextReader _reader;
    private readonly char _delimiter;
    private readonly StringBuilder _cell = new();

    /// <summary>A reader of the text; the caller keeps and closes it.</summary>
    public CsvRecordReader(TextReader reader, char delimiter)
    {
        _reader = reader;
        _delimiter = delimiter;
    }

    /// <summary>Reads the next record that is not a blank line; null at the end.</summary>
    public List<string>? Read()
    {
        while (_reader.Peek() != End)
        {
            List<string> cells = ReadRecord();
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                return cells;
            }
        }

        return null;
    }

    private List<string> ReadRecord()
    {
        List<string> cells = [];
        bool hasMore;
        do
        {
            hasMore = ReadCell();
            cells.Add(_cell.ToString());
        }
        while (hasMore);
        return cells;
    }

    // Returns whether another cell follows in this record.
    private bool ReadCell()
    {
        _cell.Clear();
        SkipBlanks();
        if (_reader.Peek() == '"')
        {
            _reader.Read();
            ReadQuoted();
        }

        return ReadPlain();
    }

    private void SkipBlanks()
    {
        while (_reader.Peek() is ' ' or '\t' && _reader.Peek() != _delimiter)
        {
            _reader.Read();
        }
    }

    private void ReadQuoted()
    {
        for (int character = _reader.Read(); character != End; character = _reader.Read())
        {
            if (character == '"')
            {
                if (_reader.Peek() != '"')
                {
                    SkipBlanks();
                    return;
                }

                _reader.Read();
            }

            _cell.Append((char)character);
        }
    }

    private bool ReadPlain()
    {
        for (int character = _reader.Read(); character != End; character = _reader.Read())
        {
            if (character == _delimiter)
            {
                return true;
            }

            if (character == '\n' || (character == '\r' && _reader.Peek() != '\n'))
            {
                return false;
            }

            if (character != '\r')
            {
                _cell.Append((char)character);
            }
        }

        return false;
    }
}
