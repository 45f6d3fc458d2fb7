using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GmmTools.Numerics;

namespace GmmTools.Serialization;

/// <summary>Writes JSON for people: a member per line, numbers of a vector and of a row of a matrix side by side.</summary>
internal sealed class JsonBuilder
{
    private const string Step = "  ";

    private readonly StringBuilder _text = new();
    private string _indent = string.Empty;
    private bool _first = true;

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Writes an object: whatever the action writes are its members.</summary>
    public void Object(Action members) => Enclose('{', '}', members);

    public void Object(string name, Action members)
    {
        Name(name);
        Object(members);
    }

    /// <summary>Writes an array with an item per line.</summary>
    public void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Name(name);
        Enclose('[', ']', () =>
        {
            foreach (T item in items)
            {
                Separate();
                write(item);
            }
        });
    }

    public void Text(string name, string value)
    {
        Name(name);
        Quote(value);
    }

    public void Count(string name, long value)
    {
        Name(name);
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Unsigned(string name, ulong value)
    {
        Name(name);
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Flag(string name, bool value)
    {
        Name(name);
        _text.Append(value ? "true" : "false");
    }

    /// <summary>A number; null where it is none.</summary>
    public void Number(string name, double value)
    {
        Name(name);
        Number(value);
    }

    /// <summary>Numbers in one line.</summary>
    public void Vector(string name, IReadOnlyList<double> values)
    {
        Name(name);
        Vector(values);
    }

    public void Vector(IReadOnlyList<double> values)
    {
        _text.Append('[');
        for (int i = 0; i < values.Count; i++)
        {
            _text.Append(i == 0 ? string.Empty : ", ");
            Number(values[i]);
        }

        _text.Append(']');
    }

    public void Texts(string name, IReadOnlyList<string> values)
    {
        Name(name);
        _text.Append('[');
        for (int i = 0; i < values.Count; i++)
        {
            _text.Append(i == 0 ? string.Empty : ", ");
            Quote(values[i]);
        }

        _text.Append(']');
    }

    /// <summary>A matrix as an array of rows, a row per line.</summary>
    public void Matrix(double[,] matrix) => Enclose('[', ']', () =>
    {
        double[] row = new double[matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = matrix[i, j];
            }

            Separate();
            Vector(row);
        }
    });

    private void Number(double value) => _text.Append(double.IsNaN(value) || double.IsInfinity(value) ? "null" : RoundTrip.Text(value));

    private void Enclose(char open, char close, Action write)
    {
        string outer = _indent;
        _text.Append(open);
        _indent += Step;
        _first = true;
        write();
        _indent = outer;
        if (!_first)
        {
            _text.Append('\n').Append(_indent);
        }

        _text.Append(close);
        _first = false;
    }

    private void Separate()
    {
        _text.Append(_first ? "\n" : ",\n").Append(_indent);
        _first = false;
    }

    private void Name(string name)
    {
        Separate();
        Quote(name);
        _text.Append(": ");
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (char character in value)
        {
            if (character is '"' or '\\')
            {
                _text.Append('\\').Append(character);
            }
            else if (character < ' ' || character is '\u2028' or '\u2029' || char.IsSurrogate(character))
            {
                _text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(character);
            }
        }

        _text.Append('"');
    }
}
