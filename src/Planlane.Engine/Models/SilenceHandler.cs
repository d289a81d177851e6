using System.Globalization;

namespace Planlane.Models;

/// <summary>Gives up on an answer of which no byte comes for too long. It sees bytes, not events, so pings count as life; for how long they may be all that comes is a limit of its own.</summary>
internal sealed class SilenceHandler(ModelTimeouts timeouts, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await Within(timeouts.Headers, Silent, token => new ValueTask<HttpResponseMessage>(base.SendAsync(request, token)), cancellationToken);
        var watched = new StreamContent(new WatchedStream(await response.Content.ReadAsStreamAsync(cancellationToken), this, AnswerProgress.Begin(request, response, time)));
        foreach (var header in response.Content.Headers)
            watched.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = watched;
        return response;
    }

    private async ValueTask<T> Within<T>(TimeSpan limit, Func<TimeSpan, Exception, ModelException> fault, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (Exception exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            throw fault(limit, exception);
        }
    }

    private ValueTask<int> ReadAsync(Stream inner, Memory<byte> buffer, AnswerProgress progress, CancellationToken cancellationToken)
    {
        var left = timeouts.Content - progress.Since;
        return left < timeouts.Silence
            ? Within(left > TimeSpan.Zero ? left : TimeSpan.Zero, Stuck, token => inner.ReadAsync(buffer, token), cancellationToken)
            : Within(timeouts.Silence, Silent, token => inner.ReadAsync(buffer, token), cancellationToken);
    }

    private static ModelException Silent(TimeSpan limit, Exception cause) =>
        new(ModelFault.Timeout, string.Create(CultureInfo.InvariantCulture, $"The model's API sent nothing for {limit.TotalSeconds:0} s."), cause);

    private ModelException Stuck(TimeSpan left, Exception cause) =>
        new(ModelFault.CutStream, string.Create(CultureInfo.InvariantCulture, $"The model's answer went no further for {timeouts.Content.TotalSeconds:0} s, though its connection stayed alive."), cause);

    private sealed class WatchedStream(Stream inner, SilenceHandler watch, AnswerProgress progress) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            watch.ReadAsync(inner, buffer, progress, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer is read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
