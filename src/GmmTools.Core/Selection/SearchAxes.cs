using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Selection;

/// <summary>What the combinations of a search differ in. The setters are plain, since init-only ones differ between the two builds.</summary>
public sealed class SearchAxes
{
    /// <summary>Combinations of some numbers of components and some covariance models.</summary>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="models">Covariance models.</param>
    public SearchAxes(IReadOnlyList<int> componentCounts, IReadOnlyList<CovarianceModel> models)
    {
        ComponentCounts = componentCounts ?? throw new ArgumentNullException(nameof(componentCounts));
        Models = models ?? throw new ArgumentNullException(nameof(models));
    }

    /// <summary>Numbers of components.</summary>
    public IReadOnlyList<int> ComponentCounts { get; }

    /// <summary>Covariance models.</summary>
    public IReadOnlyList<CovarianceModel> Models { get; }

    /// <summary>What the tails of the components are like; null for that of the options.</summary>
    public IReadOnlyList<Tail>? Tails { get; set; }

    /// <summary>Without noise, with noise, or both; null for that of the options.</summary>
    public IReadOnlyList<bool>? Noise { get; set; }

    /// <summary>The options of all combinations by number of components, model, tail and noise, each as they were given. Where there are several tails, degrees
    /// of freedom are those of multivariate t, and where there are fits with and without noise, the volume is that of those with it. Of several tails
    /// and noise both, what does not go together is left out.</summary>
    /// <param name="options">What holds for all combinations.</param>
    /// <returns>One set of options per combination.</returns>
    /// <exception cref="EstimationException">An option is out of its domain, or a tail or the noise does not go with the other options in any
    /// combination.</exception>
    public IReadOnlyList<EmOptions> Combine(EmOptions options)
    {
        EmOptions[] variants = FindVariants(options ?? throw new ArgumentNullException(nameof(options)));
        return
        [
            .. from count in ComponentCounts
               from model in Models
               from variant in variants
               select Own(variant, count, model),
        ];
    }

    private EmOptions[] FindVariants(EmOptions options)
    {
        IReadOnlyList<Tail> tails = [.. (Tails ?? [options.Tail]).Distinct()];
        IReadOnlyList<bool> noise = [.. (Noise ?? [options.Noise]).Distinct()];
        EmOptions[] variants = [.. from tail in tails from hasNoise in noise select Vary(options, tail, tails.Count > 1, hasNoise, noise.Count > 1)];
        if (variants.Length == 1)
        {
            // options of one kind are checked where they are used
            return variants;
        }

        EmOptions[] sound = [.. variants.Where(variant => Fault(variant) is null)];
        EmOptions? lost = Array.Find(variants, variant =>
            !Array.Exists(sound, one => one.Tail == variant.Tail) || !Array.Exists(sound, one => one.Noise == variant.Noise));
        return lost is null ? sound : throw Fault(lost) ?? Fault(Array.Find(variants, variant => Fault(variant) is not null)!)!;
    }

    private static EstimationException? Fault(EmOptions options)
    {
        try
        {
            options.Validate();
            return null;
        }
        catch (EstimationException exception)
        {
            return exception;
        }
    }

    private static EmOptions Vary(EmOptions options, Tail tail, bool hasTails, bool noise, bool hasNoises)
    {
        EmOptions own = options.Clone();
        (own.Tail, own.Noise) = (tail, noise);
        if (hasTails && tail == Tail.Normal)
        {
            (own.DegreesOfFreedom, own.CommonDegreesOfFreedom) = (null, false);
        }

        own.NoiseVolume = hasNoises && !noise ? null : own.NoiseVolume;
        return own;
    }

    private static EmOptions Own(EmOptions options, int componentCount, CovarianceModel model)
    {
        EmOptions own = options.Clone();
        (own.ComponentCount, own.CovarianceModel) = (componentCount, model);
        return own;
    }
}
