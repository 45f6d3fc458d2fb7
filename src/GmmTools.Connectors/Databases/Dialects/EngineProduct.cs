using System;
using System.Data;
using System.Data.Common;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>What an engine says it is, for drivers that speak to several.</summary>
internal static class EngineProduct
{
    /// <summary>Name and version of the product; empty where the driver does not tell, or cannot connect, which the first query will say.</summary>
    public static string Ask(DbConnection connection)
    {
        bool wasClosed = connection.State == ConnectionState.Closed;
        try
        {
            if (wasClosed)
            {
                connection.Open();
            }

            return $"{ProductName(connection)} {connection.ServerVersion}";
        }
        catch (Exception exception) when (DatabaseSession.IsFailure(exception))
        {
            return string.Empty;
        }
        finally
        {
            if (wasClosed)
            {
                connection.Close();
            }
        }
    }

    private static string ProductName(DbConnection connection)
    {
        try
        {
            DataTable schema = connection.GetSchema(DbMetaDataCollectionNames.DataSourceInformation);
            return schema.Rows.Count > 0 ? schema.Rows[0][DbMetaDataColumnNames.DataSourceProductName] as string ?? string.Empty : string.Empty;
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException || DatabaseSession.IsFailure(exception))
        {
            return string.Empty;
        }
    }
}
