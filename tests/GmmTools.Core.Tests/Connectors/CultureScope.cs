using System;
using System.Globalization;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>The current culture for the length of a test.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _saved = CultureInfo.CurrentCulture;

    public CultureScope(string name)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
    }

    public void Dispose() => CultureInfo.CurrentCulture = _saved;
}
