namespace Planlane.Reviews;

/// <summary>Something that makes a change deserve a look.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Words">It in words, beginning with a small letter.</param>
public sealed record Risk(RiskKind Kind, string Words);

/// <summary>What makes a change risky, the most important first.</summary>
public enum RiskKind
{
    /// <summary>Something that other files may use is declared otherwise, or gone.</summary>
    PublicSurface,

    /// <summary>It decides who may do what, runs with rights, or changes what is installed.</summary>
    Security,

    /// <summary>Something is deleted.</summary>
    Deletion,

    /// <summary>Many parts of the repository touch it.</summary>
    Hub,

    /// <summary>It is made executable, or becomes or was a link.</summary>
    Mode,

    /// <summary>It cannot be read.</summary>
    Binary,

    /// <summary>Little shows that it works.</summary>
    Evidence,

    /// <summary>It is large.</summary>
    Size,
}
