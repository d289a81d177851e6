using System.Text;

namespace Planlane.Cli.Live;

/// <summary>The terminal's stream, through which everything goes: whole lines are given to the live view while it is there, which shows them above itself. Thread-safe.</summary>
/// <param name="stream">The terminal.</param>
internal sealed class RegionWriter(TextWriter stream) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _begun = new();
    private Action<string>? _region;

    /// <inheritdoc />
    public override Encoding Encoding => stream.Encoding;

    /// <summary>Gives whole lines to somebody else from now on.</summary>
    public void LeadTo(Action<string> region)
    {
        lock (_gate)
            _region = region;
    }

    /// <summary>Writes to the terminal itself from now on.</summary>
    /// <param name="before">Gives what is to be written first: what was led elsewhere and is not shown yet.</param>
    public void LeadBack(Func<string> before)
    {
        lock (_gate)
        {
            _region = null;
            Send(before() + _begun);
            _begun.Clear();
        }
    }

    /// <summary>Writes to the terminal itself, past all that is led elsewhere, all at once. Nothing happens when the terminal is gone: there is nobody to tell, and the run has to be ended in order.</summary>
    public void Send(string text)
    {
        try
        {
            stream.Write(text);
            stream.Flush();
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
    }

    /// <inheritdoc />
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc />
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (_gate)
        {
            if (_region is not { } region)
            {
                Send(value);
                return;
            }

            _begun.Append(value.ReplaceLineEndings("\n"));
            var text = _begun.ToString();
            var whole = text.LastIndexOf('\n') + 1;
            if (whole == 0)
                return;
            _begun.Clear().Append(text, whole, text.Length - whole);
            region(text[..whole]);
        }
    }

    /// <inheritdoc />
    public override void Flush() => Send("");
}
