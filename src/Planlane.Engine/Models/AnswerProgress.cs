namespace Planlane.Models;

/// <summary>When an answer last brought something; who reads its events notes it, and who watches its bytes looks.</summary>
internal sealed class AnswerProgress(TimeProvider time)
{
    private static readonly HttpRequestOptionsKey<AnswerProgress> Key = new("planlane:progress");

    private long _at = time.GetTimestamp();

    /// <summary>How long ago that was.</summary>
    public TimeSpan Since => time.GetElapsedTime(Volatile.Read(ref _at));

    /// <summary>That of an answer; null when nobody watches it.</summary>
    public static AnswerProgress? Of(HttpResponseMessage response) => response.RequestMessage?.Options.TryGetValue(Key, out var progress) is true ? progress : null;

    /// <summary>Begins it for an answer.</summary>
    public static AnswerProgress Begin(HttpRequestMessage request, HttpResponseMessage response, TimeProvider time)
    {
        var progress = new AnswerProgress(time);
        response.RequestMessage ??= request;
        response.RequestMessage.Options.Set(Key, progress);
        return progress;
    }

    /// <summary>Something came.</summary>
    public void Note() => Volatile.Write(ref _at, time.GetTimestamp());
}
