namespace Planlane.Requests.Sources;

/// <summary>The members that C# code uses without writing their names; as C# names them where it has a name, else in letters that no identifier has.</summary>
internal static class CSharpImplicit
{
    public const string Constructor = ".ctor";
    public const string Indexer = "this[]";

    /// <summary>A call of a delegate.</summary>
    public const string Call = "()";

    /// <summary>A conversion that a type declares; any assignment may use it.</summary>
    public const string Conversion = "(T)";

    /// <summary>The builder of a collection expression.</summary>
    public const string Collection = "[..]";

    public static readonly string[] Always = [Call, Conversion];
    public static readonly string[] Enumeration = ["GetEnumerator", "GetAsyncEnumerator", "Current", "MoveNext", "MoveNextAsync"];
    public static readonly string[] Disposal = ["Dispose", "DisposeAsync"];
    public static readonly string[] Awaiting = ["GetAwaiter"];
    public static readonly string[] Query = ["Select", "SelectMany", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "GroupBy", "Join", "GroupJoin", "Cast"];
    public static readonly string[] Interpolation = ["AppendLiteral", "AppendFormatted"];
    public static readonly string[] Counting = ["Count", "Length", "Slice", Indexer];
    public static readonly string[] Building = [Collection, "Add"];
    public static readonly string[] Truth = [Operator("true"), Operator("false")];

    /// <summary>The name of an operator, by its letters.</summary>
    public static string Operator(string letters) => "operator " + letters;
}
