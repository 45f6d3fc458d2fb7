using System;
using Xunit;

namespace GmmTools.Database.Tests.Support;

/// <summary>A test that needs PostgreSQL's server, and is skipped with a message where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        Skip = PostgreSqlInstallation.Folder is null ? PostgreSqlInstallation.Missing : null;
    }
}
