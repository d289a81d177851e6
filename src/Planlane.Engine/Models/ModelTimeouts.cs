namespace Planlane.Models;

/// <summary>How long silence is borne. There is no limit on the whole of an answer: a long one is not a stuck one.</summary>
/// <param name="Headers">From the start of a request to the headers of its answer.</param>
/// <param name="Silence">Between two bytes of an answer. The API sends pings about every 30 s while a model thinks, and a ping counts.</param>
public sealed record ModelTimeouts(TimeSpan Headers, TimeSpan Silence)
{
    /// <summary>Between two events of an answer that bring something, however many pings come meanwhile: a model that thinks for longer is taken for stuck. Ten minutes.</summary>
    public TimeSpan Content { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Three minutes to the headers, two minutes of silence.</summary>
    public static ModelTimeouts Default { get; } = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2));
}
