using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>What is known of models: dated facts that come with the program, and rows of the user's own. Immutable.</summary>
public sealed class ModelCatalogue
{
    private const string Resource = "Planlane/Models/catalogue.json";

    private ModelCatalogue(ValueList<CatalogueModel> models) => Models = models;

    /// <summary>The rows, those of the program first.</summary>
    public ValueList<CatalogueModel> Models { get; }

    /// <summary>The catalogue of the program.</summary>
    public static ModelCatalogue Load()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(Resource)!;
        return new ModelCatalogue(CatalogueFile.Read(stream, Resource));
    }

    /// <summary>The catalogue of the program with rows of a file of the same form: a row replaces the one that has its id.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PlanlaneException">The file cannot be read or is not a catalogue.</exception>
    public static ModelCatalogue Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Load().With(CatalogueFile.Read(stream, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The model catalogue {path} cannot be read: {exception.Message}", "Name a file that is there.", exception);
        }
    }

    /// <summary>The row of a model.</summary>
    /// <param name="id">Its id or an alias; case matters.</param>
    /// <exception cref="PlanlaneException">No row has this id.</exception>
    public CatalogueModel Find(ModelId id) =>
        Models.FirstOrDefault(model => model.Facts.Id == id) ?? Models.FirstOrDefault(model => model.Aliases.Contains(id))
        ?? throw new PlanlaneException(
            FaultKind.Usage,
            $"No model {id} in the catalogue.",
            $"Name one of {string.Join(", ", Models.Select(model => model.Facts.Id).Order(Comparer<ModelId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))))}, or add a row for it to a catalogue file.");

    private ModelCatalogue With(ValueList<CatalogueModel> rows)
    {
        var own = rows.Select(row => row.Facts.Id).ToHashSet();
        return new ModelCatalogue([.. Models.Where(model => !own.Contains(model.Facts.Id)), .. rows]);
    }
}
