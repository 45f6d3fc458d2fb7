using System;
using System.ComponentModel;
using System.Globalization;

namespace GmmTools.Mixtures;

/// <summary>Takes all names of a covariance model, so that a comparison of VVV with the text Full finds them equal, as a shell compares them.</summary>
public sealed class CovarianceModelConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string name ? CovarianceModels.Parse(name) : base.ConvertFrom(context, culture, value);
}
