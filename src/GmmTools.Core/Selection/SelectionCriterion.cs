namespace GmmTools.Selection;

/// <summary>By what the best of several fits is chosen; of each the smallest value is best.</summary>
public enum SelectionCriterion
{
    /// <summary>Schwarz's criterion: finds the number of components when they are normal.</summary>
    Bic,

    /// <summary>Integrated completed likelihood: prefers clusters that stand apart.</summary>
    Icl,

    /// <summary>Akaike's criterion: prefers good predictions; takes more components.</summary>
    Aic,

    /// <summary>Akaike's criterion corrected for few rows.</summary>
    Aicc,
}
