using Planlane.Runs;

namespace Planlane.Journal.Checkpoints;

/// <summary>A run's state as bytes and back. The bytes hold for one build of the domain alone: <see cref="Build"/>.</summary>
internal static class StateImage
{
    // Counts up with every change of how forms are written.
    private const int Version = 1;

    /// <summary>Whose images this build can read: another build may give its types other members.</summary>
    public static string Build { get; } = $"{Version}/{typeof(RunState).Module.ModuleVersionId:N}";

    /// <summary>Writes the image of a state.</summary>
    /// <exception cref="NotSupportedException">It holds a type without a form.</exception>
    public static void Write(RunState state, Stream stream)
    {
        var image = new ImageWriter(stream);
        Form.Of(typeof(RunState)).Write(image, state);
        image.Flush();
    }

    /// <summary>The state of an image that this build wrote and nobody changed.</summary>
    public static RunState Read(ImageReader image) => (RunState)Form.Of(typeof(RunState)).Read(image)!;
}
