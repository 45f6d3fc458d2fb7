using System.Management.Automation;

namespace GmmTools.Commands;

/// <content>Rows that belong to no component.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>
    /// Fits uniform noise beside the components, so that rows that belong to none of them do not stretch one. It has a weight, which is estimated,
    /// and the same density everywhere: 1 / volume of a box around the rows. In Get-MixtureMembership it is component 0. See about_RobustMixtures.
    /// Not together with -Prior or -FixedWeight.
    /// </summary>
    [Parameter(HelpMessage = "Fits uniform noise beside the components.")]
    public SwitchParameter Noise { get; set; }

    /// <summary>Fits each mixture twice, without noise and with it, so that Select-MixtureFit can tell by BIC whether some rows belong to no component.
    /// Together with -Tail Normal, Student the fits with noise are those of normal components.</summary>
    [Parameter(HelpMessage = "Fits each mixture twice, without noise and with it.")]
    public SwitchParameter NoiseOptional { get; set; }

    /// <summary>The volume of the box of -Noise, in the units of the columns multiplied. Default: that of the smaller of two boxes that hold all rows, one
    /// along the columns and one along the principal axes; in a database the first. Give it to compare fits of different rows, or if you know where noise
    /// can be.</summary>
    [Parameter(HelpMessage = "The volume of the box of the noise.")]
    public double? NoiseVolume { get; set; }
}
