using GmmTools.Core.Tests.Support;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Tails as far as doubles reach; the values are those of mpmath with 40 digits, which Reference/tails.py prints.</summary>
public sealed class GammaTailTests
{
    [Theory]
    [InlineData(21.5, 1, 3.53828663066823e-6)]
    [InlineData(400.0, 1, 5.5072482372124674e-89)]
    [InlineData(900.0, 1, 9.8134278542963741e-198)]
    [InlineData(1300.0, 1, 1.1303728441492742e-284)]
    [InlineData(1405.0, 1, 1.7215506474443211e-307)]
    [InlineData(23.0, 2, 1.0130093598630711e-5)]
    [InlineData(400.0, 2, 1.3838965267367375e-87)]
    [InlineData(900.0, 2, 3.6938830684872562e-196)]
    [InlineData(1300.0, 2, 5.1119519486511562e-283)]
    [InlineData(1405.0, 2, 8.0933153552660802e-306)]
    [InlineData(24.5, 3, 1.9641092093188152e-5)]
    [InlineData(400.0, 3, 2.2138865931011177e-86)]
    [InlineData(900.0, 3, 8.8516902371255815e-195)]
    [InlineData(1300.0, 3, 1.4717437106980103e-281)]
    [InlineData(1405.0, 3, 2.42221931902365e-304)]
    [InlineData(30.5, 7, 7.685993449410962e-5)]
    [InlineData(400.0, 7, 2.3852710811123278e-82)]
    [InlineData(900.0, 7, 4.8012276243366791e-190)]
    [InlineData(1300.0, 7, 1.6632784025498238e-276)]
    [InlineData(1405.0, 7, 3.1967756248876451e-299)]
    [InlineData(95.0, 50, 0.00012837703747395009)]
    [InlineData(400.0, 50, 4.2491598410243244e-56)]
    [InlineData(900.0, 50, 2.989672179505925e-156)]
    [InlineData(1300.0, 50, 2.7676691081234689e-239)]
    [InlineData(1405.0, 50, 2.8184256562087461e-261)]
    [InlineData(770.0, 500, 8.1477015454574754e-14)]
    [InlineData(900.0, 500, 2.8389479551304768e-25)]
    [InlineData(1300.0, 500, 1.6652081505238615e-72)]
    [InlineData(1405.0, 500, 6.3235794577963845e-87)]
    public void The_tail_of_chi_square_is_that_of_mpmath(double value, int degrees, double expected) =>
        Close.Relative(expected, GammaTail.ChiSquare(value, degrees), 1e-11, "tail");

    [Theory]
    [InlineData(-8.5, 9.4795348222033184e-18)]
    [InlineData(-19.5, 5.4891154756604099e-85)]
    [InlineData(-20.5, 1.076467325879096e-93)]
    [InlineData(-25.0, 3.0566967063825609e-138)]
    [InlineData(-30.0, 4.9067139271481871e-198)]
    [InlineData(-37.0, 5.7255712225245768e-300)]
    public void The_tail_of_the_normal_distribution_is_that_of_mpmath(double z, double expected) =>
        Close.Relative(expected, GammaTail.Normal(z), 1e-11, "tail");
}
