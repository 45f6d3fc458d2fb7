using System;
using GmmTools.Estimation.Iteration;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Acceleration;

/// <summary>
/// Anderson acceleration with restarts and monotonicity control, after Henderson and Varadhan, Journal of Computational and
/// Graphical Statistics 28 (2019) 834-846. Applied to the statistics instead of the parameters, so that one form serves every
/// covariance model; steps are limited to a trust region instead of damped, and never lead back to a saddle.
/// </summary>
internal sealed class AndersonAcceleration : IAcceleration
{

    /// <summary>Changes remembered; more of them point no better and need more steps after each restart.</summary>
    private const int MaxColumns = 5;

    /// <summary>Added to the diagonal of the least-squares problem, relative to its largest entry.</summary>
    private const double RelativeDamping = 1e-12;

    /// <summary>Gain per unit of row weight above which steps stay plain: so early a jump may leave the basin that EM would reach.</summary>
    private const double CalmGain = 3e-3;

    /// <summary>How far beyond EM's step a step may go at first, as a multiple of that step; its growth and decline.</summary>
    private const double FirstReach = 4;
    private const double MinReach = 0.5;
    private const double MaxReach = 1000;
    private const double ReachGrowth = 1.5;
    private const double ReachDecline = 4;

    /// <summary>The most that a step along EM's own direction may go beyond it.</summary>
    private const double MaxForward = 10;

    /// <summary>The most that any coordinate may jump: a pooled standard deviation's third, or a factor of e^0.3.</summary>
    private const double MaxJump = 0.3;

    private readonly StatisticsCoordinates _coordinates;
    private readonly int _columns;
    private readonly double[][] _pointSteps;
    private readonly double[][] _residualSteps;
    private readonly double[] _gram;
    private readonly double[] _damped;
    private readonly double[] _projection;
    private readonly double[] _solution;
    private readonly double[] _image;
    private readonly double[] _point;
    private readonly double[] _lastPoint;
    private double[] _residual;
    private double[] _lastResidual;
    private double _acceptedLogLikelihood = double.NegativeInfinity;
    private double _reach = FirstReach;
    private int _filled;
    private int _pause;
    private bool _hasPoint;
    private bool _hasResidual;
    private bool _extrapolated;

    public AndersonAcceleration(StatisticsCoordinates coordinates)
    {
        _coordinates = coordinates;
        _columns = Math.Max(1, Math.Min(MaxColumns, coordinates.Length / 2));
        _pointSteps = Vectors(_columns);
        _residualSteps = Vectors(_columns);
        _gram = new double[PackedMatrix.Length(_columns)];
        _damped = new double[_gram.Length];
        _projection = new double[_columns];
        _solution = new double[_columns];
        _point = new double[coordinates.Length];
        _lastPoint = new double[coordinates.Length];
        _residual = new double[coordinates.Length];
        _lastResidual = new double[coordinates.Length];
        _image = new double[coordinates.Length];
    }

    public bool IsPlain => !_extrapolated;

    public void Reset()
    {
        _acceptedLogLikelihood = double.NegativeInfinity;
        _reach = FirstReach;
        _pause = 0;
        _extrapolated = false;
        ForgetHistory();
    }

    public bool IsRejected(double logLikelihood) => _extrapolated && !(logLikelihood >= _acceptedLogLikelihood);

    public void Restore(SufficientStatistics statistics)
    {
        // the plain EM step from the last accepted point, whose image is still at hand
        _coordinates.Read(_image, statistics);
        _reach = Math.Max(_reach / ReachDecline, MinReach);
        _extrapolated = false;
        Array.Copy(_image, _point, _point.Length);
        _hasPoint = true;
    }

    public void Pause(int steps)
    {
        _pause = steps;
        ForgetHistory();
    }

    public void Extrapolate(SufficientStatistics statistics)
    {
        bool calm = statistics.LogLikelihood - _acceptedLogLikelihood < CalmGain * statistics.TotalWeight;
        _acceptedLogLikelihood = statistics.LogLikelihood;
        _extrapolated = false;
        if (_pause > 0)
        {
            _pause--;
            return;
        }

        if (!calm || !_coordinates.TryWrite(statistics, _image))
        {
            ForgetHistory();
            return;
        }

        if (_hasPoint)
        {
            Learn();
            if (_filled > 0 && TrySolve())
            {
                Step();
                _coordinates.Read(_point, statistics);
                _extrapolated = true;
                RestartWhenFull();
                return;
            }
        }

        if (_filled == _columns)
        {
            _filled = 0;
        }

        // a plain step: the next point is the image of this one
        Array.Copy(_image, _point, _point.Length);
        _hasPoint = true;
    }

    public void Exchange(StateExchange state)
    {
        _acceptedLogLikelihood = state.Number(_acceptedLogLikelihood);
        state.Check(_acceptedLogLikelihood < double.PositiveInfinity, "the log-likelihood accepted last is not finite");
        _reach = state.Finite(_reach, "the reach of a step");
        state.Check(_reach is >= MinReach and <= MaxReach, $"the reach of a step is {_reach}");
        _filled = state.Count(_filled, "the number of steps", max: _columns - 1);
        _pause = state.Count(_pause, "the number of plain steps", max: EmRunner.JudgingSteps);
        _hasPoint = state.Flag(_hasPoint);
        _hasResidual = state.Flag(_hasResidual);
        _extrapolated = state.Flag(_extrapolated);
        state.Check(
            (_filled == 0 || _hasResidual) && (_hasPoint || !(_hasResidual || _extrapolated)), "there are steps without points");
        state.Numbers(_image, "a point", _hasPoint);
        state.Numbers(_point, "a point", _hasPoint);
        state.Numbers(_lastPoint, "a point", _hasResidual);
        state.Numbers(_lastResidual, "a residual", _hasResidual);
        for (int i = 0; i < _filled; i++)
        {
            state.Numbers(_pointSteps[i], "a step");
            state.Numbers(_residualSteps[i], "a step");
        }
    }

    private void ForgetHistory()
    {
        _filled = 0;
        _hasPoint = _hasResidual = false;
    }

    private double[][] Vectors(int count)
    {
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            vectors[i] = new double[_coordinates.Length];
        }

        return vectors;
    }

    /// <summary>Records the step from the last point to this one, and what it did to the residual.</summary>
    private void Learn()
    {
        for (int i = 0; i < _image.Length; i++)
        {
            _residual[i] = _image[i] - _point[i];
        }

        if (_hasResidual)
        {
            double[] pointStep = _pointSteps[_filled];
            double[] residualStep = _residualSteps[_filled];
            for (int i = 0; i < _image.Length; i++)
            {
                pointStep[i] = _point[i] - _lastPoint[i];
                residualStep[i] = _residual[i] - _lastResidual[i];
            }

            _filled++;
        }

        (_residual, _lastResidual) = (_lastResidual, _residual);
        Array.Copy(_point, _lastPoint, _point.Length);
        _hasResidual = true;
    }

    /// <summary>Least squares: the combination of past changes of the residual that comes nearest to the residual, damped.</summary>
    private bool TrySolve()
    {
        for (int i = 0; i < _filled; i++)
        {
            _projection[i] = Dot(_residualSteps[i], _lastResidual);
            for (int j = 0; j <= i; j++)
            {
                _gram[PackedMatrix.Index(i, j)] = Dot(_residualSteps[i], _residualSteps[j]);
            }
        }

        double largest = 0;
        for (int i = 0; i < _filled; i++)
        {
            largest = Math.Max(largest, _gram[PackedMatrix.Index(i, i)]);
        }

        double least = RelativeDamping * largest;
        if (!(largest > 0) || !TrySolve(least))
        {
            return false;
        }

        return true;
    }

    private bool TrySolve(double damping)
    {
        Array.Copy(_gram, _damped, _gram.Length);
        for (int i = 0; i < _filled; i++)
        {
            _damped[PackedMatrix.Index(i, i)] += damping;
        }

        if (!PackedMatrix.TryCholesky(_damped, 0, _damped, 0, _filled))
        {
            return false;
        }

        for (int i = 0; i < _filled; i++)
        {
            double sum = _projection[i];
            for (int j = 0; j < i; j++)
            {
                sum -= _damped[PackedMatrix.Index(i, j)] * _solution[j];
            }

            _solution[i] = sum / _damped[PackedMatrix.Index(i, i)];
        }

        for (int i = _filled - 1; i >= 0; i--)
        {
            double sum = _solution[i];
            for (int j = i + 1; j < _filled; j++)
            {
                sum -= _damped[PackedMatrix.Index(j, i)] * _solution[j];
            }

            _solution[i] = sum / _damped[PackedMatrix.Index(i, i)];
        }

        return true;
    }

    /// <summary>x ← g − Σ γ·(Δx + Δf).</summary>
    private void Step()
    {
        Array.Copy(_image, _point, _image.Length);
        for (int c = 0; c < _filled; c++)
        {
            double[] pointStep = _pointSteps[c];
            double[] residualStep = _residualSteps[c];
            double factor = _solution[c];
            for (int i = 0; i < _point.Length; i++)
            {
                _point[i] -= factor * (pointStep[i] + residualStep[i]);
            }
        }

        LimitStep();
    }

    /// <summary>
    /// Keeps the way beyond EM's own step within a multiple of that step, which grows with success and shrinks with failure. Where
    /// the extrapolation points backwards, the sequence is leaving a saddle: it goes on along EM's step instead.
    /// </summary>
    private void LimitStep()
    {
        double beyond = 0;
        double forward = 0;
        double largest = 0;
        double step = Dot(_lastResidual, _lastResidual);
        for (int i = 0; i < _point.Length; i++)
        {
            double difference = _point[i] - _image[i];
            beyond += difference * difference;
            forward += difference * _lastResidual[i];
            largest = Math.Max(largest, Math.Abs(difference));
        }

        if (forward <= 0)
        {
            for (int i = 0; i < _point.Length; i++)
            {
                _point[i] = _image[i] + (Math.Min(_reach, MaxForward) * _lastResidual[i]);
            }

            return;
        }

        double share = Math.Min(_reach * Math.Sqrt(step / beyond), MaxJump / largest);
        for (int i = 0; share < 1 && i < _point.Length; i++)
        {
            _point[i] = _image[i] + (share * (_point[i] - _image[i]));
        }
    }

    private void RestartWhenFull()
    {
        if (_filled == _columns)
        {
            _filled = 0;
            _hasResidual = false;
        }

        _reach = Math.Min(_reach * ReachGrowth, MaxReach);
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
