using System.Globalization;

namespace GmmTools.Numerics;

/// <summary>Numbers as text that reads back as the same 64 bits.</summary>
public static class RoundTrip
{
    /// <summary>The shortest such text, in the invariant culture; where .NET Framework's is flawed, 17 digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The text.</returns>
    public static string Text(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
#if NET
        return text;
#else
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : value.ToString("G17", CultureInfo.InvariantCulture);
#endif
    }
}
