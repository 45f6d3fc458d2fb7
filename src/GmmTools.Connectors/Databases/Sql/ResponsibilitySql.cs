using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// Derived tables from the rows up to their responsibilities under a mixture. Each names what the ones above it need more than once:
/// coordinates, differences from narrow components, whitened coordinates, log-terms, their largest, exponentials, their sum.
/// </summary>
internal sealed class ResponsibilitySql : IResponsibilitySql
{
    /// <summary>A mean that is more standard deviations than this from the origin would cost digits by moving.</summary>
    private const double FarAway = 300;

    /// <summary>The noise, where components are numbered from 0: its names have the number 0.</summary>
    private const int Noise = -1;

    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly ColumnFrame _frame;
    private readonly LogTerms _terms;
    private readonly double[] _means;
    private readonly bool[] _isFar;
    private readonly bool _full;
    private readonly bool _sharesWhitened;
    private readonly bool _weighsRows;
    private readonly ProductList? _list;

    public ResponsibilitySql(SqlDialect dialect, RowsSource source, ColumnFrame frame, MixtureParameters mixture)
    {
        _dialect = dialect;
        _source = source;
        _frame = frame;
        _terms = mixture.Terms;
        _full = mixture.Shape == CovarianceShape.Full;
        int dimension = mixture.Dimension;
        _means = [.. mixture.Means.Select((mean, i) => (mean - frame.Origin[i % dimension]) * frame.Factors[i % dimension])];
        _isFar = [.. Enumerable.Range(0, mixture.ComponentCount).Select(k => FindFar(mixture, k))];
        Present = _terms.Present();

        // columns of the widest layer: coordinates, exponentials, of t weights and their logarithms, largest and sum, log-density and weight
        _weighsRows = StudentSql.WeighsRows(_terms);
        int width = dimension + (Present.Count(IsFar) * dimension) + ((_weighsRows ? 3 : 1) * Present.Count) + (_terms.HasBackground ? 5 : 4);
        SharesProducts = width + mixture.CovarianceLength <= dialect.MaxResultColumns;
        _sharesWhitened = width + (Present.Count * dimension) <= dialect.MaxResultColumns;
        if (SharesProducts && dialect.PrefersLists(Operations))
        {
            _list = new ProductList(dialect, frame, mixture, Mean);
            _sharesWhitened &= width + mixture.CovarianceLength + (Present.Count * dimension) < dialect.MaxResultColumns;
        }

        if (width > dialect.MaxResultColumns)
        {
            throw new DatabaseException(
                "EngineLimit",
                FormattableString.Invariant($"{dialect.Name} allows {dialect.MaxResultColumns} columns in one SELECT, but {Counted.Of(Present.Count, "component")} of {Counted.Of(dimension, "column")} would take {width}. Fit fewer components."),
                Present.Count);
        }
    }

    /// <summary>Components, from 0, that have a density: those of weight 0 have none.</summary>
    public IReadOnlyList<int> Present { get; }

    /// <summary>Whether products of coordinates have names.</summary>
    public bool SharesProducts { get; }

    /// <summary>Name of w·log p, in <see cref="ToDensitySource"/> of log p.</summary>
    public string LogTerm => Name("ll");

    /// <inheritdoc/>
    public bool GivesEntropy => false;

    /// <inheritdoc/>
    public string? GroupKey => null;

    /// <summary>Name of the row's weight, where rows have weights.</summary>
    public string Weight => Name("w");

    /// <summary>A component's means in the frame's coordinates.</summary>
    public double Mean(int k, int j) => _means[(k * _terms.Dimension) + j];

    /// <summary>Whether a component's sums are about its own mean.</summary>
    public bool IsFar(int k) => _isFar[k];

    /// <summary>Name of w·rₖ.</summary>
    public string Responsibility(int k) => Name("g", k);

    /// <inheritdoc/>
    public string MomentWeight(int k) => _weighsRows ? Name("f", k) : Responsibility(k);

    /// <inheritdoc/>
    public string? Logarithm(int k) => _weighsRows ? Name("h", k) : null;

    /// <inheritdoc/>
    public string? NoiseResponsibility => _terms.HasBackground ? Responsibility(Noise) : null;

    /// <summary>Name of a coordinate about the point that the component's sums are taken about.</summary>
    public string Coordinate(int k, int j) => _isFar[k] ? Name("y", k, j) : Name("u", j);

    /// <summary>Name of a product of two coordinates.</summary>
    public string Product(int i, int j) => Name("p", i, j);

    /// <summary>What follows FROM where log-densities and responsibilities are columns.</summary>
    public string ToSource()
    {
        List<SqlLayer> layers = [];
        string[] kept = AddCoordinates(layers);
        AddShares(layers, AddLogTerms(layers, kept));
        return _dialect.Nest(layers, _source.FromRows);
    }

    /// <summary>What follows FROM where log-densities and the columns themselves are columns.</summary>
    public string ToDensitySource()
    {
        List<SqlLayer> layers = [];
        SqlLayer row = new();
        string[] kept = [.. AddCoordinates(layers), .. Enumerable.Range(0, _terms.Dimension).Select(RowValue)];
        for (int j = 0; j < _terms.Dimension; j++)
        {
            row.Add(RowValue(j), _source.Value(j));
        }

        layers[0].AddAll(row);
        for (int i = 1; i < layers.Count; i++)
        {
            layers[i].Keep(row.Columns.Select(column => column.Key));
        }

        AddLogTerms(layers, kept);
        layers.Add(new SqlLayer().Keep(kept).Add(LogTerm, LogTermSql.LogSum(_dialect, Largest, _dialect.Sum([.. Terms.Select(Share)]))));
        return _dialect.Nest(layers, _source.FromRows);
    }

    /// <summary>Name of a column as it is, in <see cref="ToDensitySource"/>.</summary>
    public string RowValue(int j) => Name("x", j);

    /// <summary>Components that have a density, and the noise where there is any.</summary>
    private IEnumerable<int> Terms => _terms.HasBackground ? Present.Append(Noise) : Present;

    private string Largest => Name("m");

    private string List => Name("h");

    /// <summary>Operations of the squared distances where they are written out.</summary>
    private int Operations => Present.Count * _terms.Dimension * ((_full ? _terms.Dimension + 1 : 2) + 2);

    private bool UsesList(int k) => _list?.Serves(k) == true && !_isFar[k];

    private string Factor => Name("v");

    private string ShareSum => Name("s");

    /// <summary>Layers of coordinates and, where there are far components, their own.</summary>
    /// <returns>What all layers above hand on.</returns>
    private string[] AddCoordinates(List<SqlLayer> layers)
    {
        SqlLayer rows = new();
        int dimension = _terms.Dimension;
        for (int j = 0; j < dimension; j++)
        {
            rows.Add(Name("u", j), _frame.ToCoordinate(_dialect, _source, j));
        }

        if (_source.Weight is not null)
        {
            rows.Add(Weight, _source.WeightValue!);
        }

        layers.Add(rows);
        string[] kept = [.. rows.Columns.Select(column => column.Key)];
        int[] far = [.. Present.Where(IsFar)];
        if (far.Length == 0)
        {
            return kept;
        }

        SqlLayer own = new SqlLayer().Keep(kept);
        foreach (int k in far)
        {
            for (int j = 0; j < dimension; j++)
            {
                own.Add(Name("y", k, j), $"{Name("u", j)}-{_dialect.Number(Mean(k, j))}");
            }
        }

        layers.Add(own);
        return [.. own.Columns.Select(column => column.Key)];
    }

    /// <summary>Layers up to log wₖ·φₖ(x) of all components and the largest of these.</summary>
    /// <returns>What all layers above hand on.</returns>
    private string[] AddLogTerms(List<SqlLayer> layers, string[] kept)
    {
        string[] below = AddList(layers, kept);
        string[] lasting = kept = [.. below.Where(name => name != List)];
        int[] written = [.. Present.Where(k => !UsesList(k))];
        if (_sharesWhitened && written.Length > 0)
        {
            SqlLayer whitened = new SqlLayer().Keep(below);
            foreach (int k in written)
            {
                for (int i = 0; i < _terms.Dimension; i++)
                {
                    whitened.Add(Name("z", k, i), Whitened(k, i));
                }
            }

            layers.Add(whitened);
        }

        if (_weighsRows)
        {
            SqlLayer distances = new SqlLayer().Keep(kept);
            foreach (int k in Present)
            {
                distances.Add(Name("t", k), ScaledDistance(k));
            }

            layers.Add(distances);
            kept = [.. kept, .. Present.Select(k => Name("t", k))];
        }

        SqlLayer terms = new SqlLayer().Keep(kept);
        foreach (int k in Present)
        {
            terms.Add(Name("l", k), ComponentTerm(k));
        }

        layers.Add(terms);
        string[] names = [.. Present.Select(k => Name("l", k))];
        layers.Add(new SqlLayer().Keep(kept).Keep(names).Add(Largest, _dialect.Greatest([.. Terms.Select(LogTermOf)])));
        return lasting;
    }

    /// <summary>Layers of products and of the list of them, where a component uses it.</summary>
    /// <returns>What the layers above see.</returns>
    private string[] AddList(List<SqlLayer> layers, string[] kept)
    {
        if (!Present.Any(UsesList))
        {
            return kept;
        }

        SqlLayer products = new SqlLayer().Keep(kept);
        string[] all = [.. kept, .. AddProducts(products)];
        layers.Add(products);
        layers.Add(new SqlLayer().Keep(all).Add(List, _list!.ToList(j => Name("u", j), Product)));
        return [.. all, List];
    }

    /// <summary>Layers of shares, their sum, and responsibilities.</summary>
    private void AddShares(List<SqlLayer> layers, string[] kept)
    {
        SqlLayer shares = new SqlLayer().Keep(kept);
        List<string> products = kept.Contains(Product(0, 0)) ? [] : AddProducts(shares);
        string[] all = [.. kept, .. products];
        foreach (int k in Terms)
        {
            shares.Add(Name("e", k), Share(k));
        }

        all = [.. all, .. AddRowWeights(shares)];
        layers.Add(shares.Keep([Largest]));
        string[] names = [.. Terms.Select(k => Name("e", k))];
        layers.Add(new SqlLayer().Keep(all).Keep(names).Keep([Largest]).Add(ShareSum, _dialect.Sum(names)));
        string logDensity = LogTermSql.LogSum(_dialect, Largest, ShareSum);
        layers.Add(new SqlLayer().Keep(all).Keep(names)
            .Add(LogTerm, _source.Weight is null ? logDensity : $"{Weight}*({logDensity})")
            .Add(Factor, $"{(_source.Weight is null ? _dialect.Number(1) : Weight)}/{ShareSum}"));
        SqlLayer responsibilities = new SqlLayer().Keep(_weighsRows ? [.. kept, .. products] : all).Keep([LogTerm]);
        foreach (int k in Terms)
        {
            responsibilities.Add(Responsibility(k), $"{Name("e", k)}*{Factor}");
        }

        foreach (int k in _weighsRows ? Present : [])
        {
            responsibilities.Add(MomentWeight(k), $"{Name("e", k)}*{Factor}*{Name("c", k)}");
            responsibilities.Add(Logarithm(k)!, $"{Name("e", k)}*{Factor}*{Name("o", k)}");
        }

        layers.Add(responsibilities);
    }

    /// <summary>Of components of multivariate t what the row counts for, u, and log(1 + q/ν).</summary>
    private List<string> AddRowWeights(SqlLayer layer)
    {
        List<string> names = [];
        foreach (int k in _weighsRows ? Present : [])
        {
            layer.Add(Name("c", k), StudentSql.Weight(_dialect, _terms, k, Name("t", k)));
            layer.Add(Name("o", k), StudentSql.LogOfTerm(_dialect, _terms, k, Name("l", k)));
            names.AddRange([Name("c", k), Name("o", k)]);
        }

        return names;
    }

    private List<string> AddProducts(SqlLayer layer)
    {
        List<string> names = [];
        for (int i = 0; SharesProducts && i < _terms.Dimension; i++)
        {
            for (int j = _full ? 0 : i; j <= i; j++)
            {
                names.Add(Product(i, j));
                layer.Add(Product(i, j), $"{Name("u", i)}*{Name("u", j)}");
            }
        }

        return names;
    }

    private string Share(int k) => LogTermSql.Share(_dialect, LogTermOf(k), Largest);

    /// <summary>l of a component, which has a name, or of the noise, which is a number.</summary>
    private string LogTermOf(int k) => k == Noise ? _dialect.Number(_terms.Background) : Name("l", k);

    private string ComponentTerm(int k) => _weighsRows
        ? StudentSql.LogTerm(_dialect, _terms, k, StudentSql.Log(_dialect, _terms, k, Name("t", k)))
        : UsesList(k) ? _list!.LogTerm(k, List)
        : LogTermSql.OfWhitened(_dialect, _terms, k, i => WhitenedName(k, i));

    private string ScaledDistance(int k) => UsesList(k)
        ? _list!.ScaledDistance(k, List)
        : $"({LogTermSql.SquaredDistance(_dialect, _terms, i => WhitenedName(k, i))})/{_dialect.Number(_terms.DegreesOfFreedom[k])}";

    private string WhitenedName(int k, int i) => _sharesWhitened ? Name("z", k, i) : $"({Whitened(k, i)})";

    /// <summary>One coordinate of W(x − μ): of a far component by its own differences, else W·u − W·m.</summary>
    private string Whitened(int k, int i)
    {
        List<string> terms = [];
        double shift = 0;
        for (int j = _full ? 0 : i; j <= i; j++)
        {
            double factor = LogTermSql.Factor(_terms, k, i, j, _frame);
            shift -= factor * Mean(k, j);
            terms.Add($"{Coordinate(k, j)}*{_dialect.Number(factor)}");
        }

        if (!_isFar[k])
        {
            terms.Add(_dialect.Number(shift));
        }

        return _dialect.Sum(terms);
    }

    private bool FindFar(MixtureParameters mixture, int k)
    {
        for (int j = 0; j < _terms.Dimension; j++)
        {
            double sd = Math.Sqrt(mixture.Covariances[mixture.CovarianceIndex(k, j, j)]) * _frame.Factors[j];
            if (Math.Abs(Mean(k, j)) > FarAway * sd)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A name that no column has.</summary>
    public string Name(string letter) => _source.Prefix + letter;

    private string Name(string letter, int k) => Name(letter) + (k + 1).ToString(CultureInfo.InvariantCulture);

    private string Name(string letter, int k, int j) => $"{Name(letter, k)}_{(j + 1).ToString(CultureInfo.InvariantCulture)}";
}
