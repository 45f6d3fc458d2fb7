using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Lists that scripts see have an indexer that scripts see, and cannot be changed.</summary>
public sealed class PublicListTests
{
    [Fact]
    public void Lists_of_results_are_indexed_and_fixed()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, FixedWeights = [0.5, 0.5] }).Fit(TestData.Observations(TestData.Faithful));
        IFitOutcome failure = new ModelSearch(new EmOptions()).Fit(TestData.Observations(TestData.Draw(6, 1, 2, 3)), [7], [CovarianceModel.VVV])[0];
        object[] results = [fit, fit.WithWarning("more"), fit.Options, fit.Mixture, Assert.IsType<FitFailure>(failure)];
        string[] lists = [.. results.SelectMany(CheckLists)];
        Assert.Subset(new HashSet<string>(lists), new HashSet<string>(["LogLikelihoodTrace", "Starts", "Warnings", "Property", "FixedWeights", "Components"]));
    }

    private static IEnumerable<string> CheckLists(object result)
    {
        foreach (PropertyInfo property in result.GetType().GetProperties().Where(one => typeof(IEnumerable).IsAssignableFrom(one.PropertyType) && one.PropertyType != typeof(string)))
        {
            if (property.GetValue(result) is not object list)
            {
                // not asked for, such as degrees of freedom
                continue;
            }

            Assert.NotNull(list.GetType().GetProperty("Item", [typeof(int)]));
            Assert.True(((IList)list).IsReadOnly, $"{result.GetType().Name}.{property.Name} can be changed");
            yield return property.Name;
        }
    }
}
