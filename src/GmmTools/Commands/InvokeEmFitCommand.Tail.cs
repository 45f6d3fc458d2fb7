using System;
using System.Linq;
using System.Management.Automation;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <content>Components with heavy tails.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>
    /// Student fits components of multivariate t, whose tails are heavier than normal ones: rows far out count for less and stretch them little. How
    /// heavy the tails are is estimated (DegreesOfFreedom of each component, from 2 to 200; normal ones have infinitely many). See
    /// about_RobustMixtures. Not together with -Noise or -Prior. Both, as in -Tail Normal, Student, are one fit with each, which Select-MixtureFit
    /// compares. Default: Normal.
    /// </summary>
    [Parameter(HelpMessage = "Normal, or Student for components with heavy tails; both for one fit with each.")]
    [ValidateSet("Normal", "Student")]
    [ValidateNotNullOrEmpty]
    public string[] Tail { get; set; } = ["Normal"];

    /// <summary>With -Tail Student, degrees of freedom that are not estimated: one number for all components, such as 4, or one for each component of a
    /// start (-InitialModel, -InitialComponent or -InitialResponsibility), in its order.</summary>
    [Parameter(HelpMessage = "Degrees of freedom that are not estimated.")]
    [ValidateNotNullOrEmpty]
    public double[]? DegreesOfFreedom { get; set; }

    /// <summary>With -Tail Student, one number of degrees of freedom for all components, which is estimated. Default: each has its own.</summary>
    [Parameter(HelpMessage = "Estimates one number of degrees of freedom for all components.")]
    public SwitchParameter CommonDegreesOfFreedom { get; set; }

    private Tail[] Tails => [.. Tail.Select(name => (Tail)Enum.Parse(typeof(Tail), name, ignoreCase: true)).Distinct()];
}
