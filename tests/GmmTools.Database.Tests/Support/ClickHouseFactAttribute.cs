using System;
using Xunit;

namespace GmmTools.Database.Tests.Support;

/// <summary>A test that needs ClickHouse's server, and is skipped with a message where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClickHouseFactAttribute : FactAttribute
{
    public ClickHouseFactAttribute()
    {
        Skip = ClickHouseCluster.Missing;
    }
}
