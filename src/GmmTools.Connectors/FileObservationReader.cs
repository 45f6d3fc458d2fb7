using System;
using System.Collections.Generic;
using System.Globalization;
#if NET
using System.Linq;
#endif
using System.Text;
using System.Threading;
using GmmTools.Connectors.Csv;
#if NET
using GmmTools.Connectors.Parquet;
#endif
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors;

/// <summary>Reads the rows of CSV and Parquet files.</summary>
public static class FileObservationReader
{
    /// <summary>Reads files with the same columns into memory, one after the other. Missing cells are an error, whatever the options
    /// say.</summary>
    /// <param name="paths">
    /// The files, at least one. The first line of a CSV file names the columns, or where it is a row the last line before that begins with
    /// # and has a name for each cell; <c>#Fields:</c> begins the log of a web server, <c>sep=;</c> states the delimiter. Blank lines are
    /// skipped; a line ends in a line feed, a carriage return, or both. A file that begins with the mark
    /// of gzip is decompressed, one with that of Parquet is read as such (net10.0 only).
    /// </param>
    /// <param name="options">Columns, delimiter, culture and encoding.</param>
    /// <param name="rowsRead">Called every few thousand rows with the number of rows so far, on this thread; or null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The chosen columns of all rows.</returns>
    /// <exception cref="InvalidObservationException">As for <see cref="ReadTable"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static InMemoryObservations Read(
        IReadOnlyList<string> paths, FileReadOptions options, Action<long>? rowsRead, CancellationToken cancellationToken) =>
        (InMemoryObservations)ReadAll(paths, options, MissingValuePolicy.Error, null, rowsRead, cancellationToken).Observations;

    /// <summary>Reads files with the same columns, one after the other, some of whose cells may be missing.</summary>
    /// <param name="paths">
    /// The files, at least one. The first line of a CSV file names the columns, or where it is a row the last line before that begins with
    /// # and has a name for each cell; <c>#Fields:</c> begins the log of a web server, <c>sep=;</c> states the delimiter. Blank lines are
    /// skipped; a line ends in a line feed, a carriage return, or both. A file that begins with the mark
    /// of gzip is decompressed, one with that of Parquet is read as such (net10.0 only).
    /// </param>
    /// <param name="options">Columns, delimiter, culture and encoding; what is missing, and what becomes of it; the weights.</param>
    /// <param name="rowsRead">Called every few thousand rows with the number of rows so far, on this thread; or null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The chosen columns of all rows, and how many were left out.</returns>
    /// <exception cref="InvalidObservationException">
    /// FileNotFound, AccessDenied, UnreadableFile, EmptyFile, MalformedCsv, InvalidDelimiter: a file cannot be read. UnknownProperty, DuplicateProperty,
    /// NoNumericColumns, WeightIsProperty: the columns are not there, or the weights are one of them. MissingValue, TextInNumericColumn,
    /// InfiniteValue, InvalidRowWeight: a cell is no finite number, or no weight. NoRows: there is nothing but headers. MalformedParquet,
    /// ParquetNotSupported: a Parquet file is damaged, or this build reads none.
    /// </exception>
    /// <exception cref="RowStorageException">DiskFull, TemporaryFileFailed, GapsBeyondMemory: the rows exceed the memory that the options
    /// allow, and cannot be kept in a file.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RowTable ReadTable(
        IReadOnlyList<string> paths, FileReadOptions options, Action<long>? rowsRead, CancellationToken cancellationToken) =>
        ReadAll(paths, options, options.MissingValue, options.Storage, rowsRead, cancellationToken);

    /// <summary>Reads files with the same columns, one after the other, and passes their rows on in blocks: no more than a few of them are
    /// in memory.</summary>
    /// <param name="paths">The files, as for <see cref="ReadTable"/>.</param>
    /// <param name="options">As for <see cref="ReadTable"/>; the columns must be named. The cells of the extra columns go with the rows;
    /// those that are among the rows' own columns do not come twice.</param>
    /// <param name="take">Takes the blocks in order, on this thread. It gets the rows before one that is at fault, too.</param>
    /// <param name="rowsRead">Called every few thousand rows with the number of rows so far, on this thread; or null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many rows were read, and what became of them; no rows are no error.</returns>
    /// <exception cref="InvalidObservationException">As for <see cref="ReadTable"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RowIntake ReadBlocks(
        IReadOnlyList<string> paths,
        FileReadOptions options,
        Action<RowBlock> take,
        Action<long>? rowsRead,
        CancellationToken cancellationToken)
    {
        FileTable table = new(options, take, rowsRead, cancellationToken);
        try
        {
            table.Append(paths);
        }
        catch (InvalidObservationException)
        {
            table.Flush();
            throw;
        }

        return table.Flush();
    }

    private static RowTable ReadAll(
        IReadOnlyList<string> paths,
        FileReadOptions options,
        MissingValuePolicy policy,
        RowStorage? storage,
        Action<long>? rowsRead,
        CancellationToken cancellationToken)
    {
        FileTable table = new(options, policy, storage, rowsRead, cancellationToken);
        table.Append(paths);
        return table.Build();
    }

    /// <summary>Reads the names of the columns, and no more than the first 64 KB; of a Parquet file those of numeric columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What stands between cells; null to find out.</param>
    /// <param name="encoding">The encoding; null for UTF-8. A byte order mark in the file wins.</param>
    /// <returns>The names, in order.</returns>
    /// <exception cref="InvalidObservationException">The file cannot be read (ids as for <see cref="Read"/>).</exception>
    public static string[] ReadHeader(string path, char? delimiter = null, Encoding? encoding = null)
    {
#if NET
        if (ParquetFormat.IsParquet(path))
        {
            using ParquetFile parquet = ParquetFile.Open(path, CancellationToken.None);
            return [.. parquet.Header.Where((_, column) => parquet.IsNumeric(column))];
        }
#endif

        CsvRequest request = new(CultureInfo.InvariantCulture) { Delimiter = delimiter, Encoding = encoding, HeaderOnly = true };
        using CsvFile file = CsvFile.Open(path, request, CancellationToken.None);
        return file.Header;
    }
}
