using System.Collections.Generic;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Rows in memory as arrays.</summary>
internal static class ObservationRows
{
    public static List<double[]> Of(IObservations observations)
    {
        InMemoryObservations memory = (InMemoryObservations)observations;
        List<double[]> rows = [];
        for (long i = 0; i < memory.Count; i++)
        {
            double[] row = new double[memory.Property.Count];
            memory.CopyRow(i, row);
            rows.Add(row);
        }

        return rows;
    }
}
