using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Selection;

/// <summary>A piece of work of a <see cref="FitPool"/>, begun when those that it needs are done.</summary>
internal abstract class FitJob
{
    protected FitJob(string name, IEnumerable<FitJob> needs)
    {
        Name = name;
        Needs = [.. needs];
    }

    /// <summary>What tells it from the others: its name in progress and in the checkpoint.</summary>
    public string Name { get; }

    /// <summary>The jobs whose results it takes.</summary>
    public IReadOnlyList<FitJob> Needs { get; }

    /// <summary>Whether it takes all threads, and so runs alone.</summary>
    public bool RunsAlone { get; set; }

    /// <summary>Whether it is no more than a preparation, which progress does not count.</summary>
    public bool IsPreparation { get; set; }

    /// <summary>Whether it is done, and its result there.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether all that it needs is done.</summary>
    public bool IsReady => Needs.All(job => job.IsDone);

    /// <summary>Does the work.</summary>
    /// <param name="context">What it may use.</param>
    public void Run(FitJobContext context)
    {
        Work(context);
        IsDone = true;
    }

    private protected abstract void Work(FitJobContext context);
}

/// <summary>A piece of work that has a result.</summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class FitJob<T> : FitJob
{
    private readonly Func<FitJobContext, T> _work;
    private T? _result;

    public FitJob(string name, IEnumerable<FitJob> needs, Func<FitJobContext, T> work)
        : base(name, needs)
    {
        _work = work;
    }

    /// <summary>The result, when the job is done.</summary>
    /// <exception cref="InvalidOperationException">It is not done; the job that asks does not say that it needs it.</exception>
    public T Result => IsDone ? _result! : throw new InvalidOperationException($"The job '{Name}' is not done.");

    private protected override void Work(FitJobContext context) => _result = _work(context);
}
