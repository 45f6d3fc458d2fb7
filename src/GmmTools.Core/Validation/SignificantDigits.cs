using System;

namespace GmmTools.Validation;

/// <summary>How many significant digits two numbers have in common.</summary>
internal static class SignificantDigits
{
    /// <summary>A half that is not quite one in doubles.</summary>
    private const double Slack = 1 + 1e-9;

    /// <summary>The largest number of digits to which one number is the other rounded: they differ by half a unit of the last of these digits at most.</summary>
    /// <param name="published">The number that is known.</param>
    /// <param name="here">The number that is compared with it.</param>
    /// <param name="stated">How many digits are known.</param>
    /// <returns>From 0 to those that are known.</returns>
    public static int Agreeing(double published, double here, int stated)
    {
        double difference = Math.Abs(here - published);
        if (double.IsNaN(difference) || published == 0)
        {
            return difference == 0 ? stated : 0;
        }

        int place = (int)Math.Floor(Math.Log10(Math.Abs(published))) + 1;
        for (int digits = stated; digits > 0; digits--)
        {
            if (difference <= 0.5 * Math.Pow(10, place - digits) * Slack)
            {
                return digits;
            }
        }

        return 0;
    }
}
