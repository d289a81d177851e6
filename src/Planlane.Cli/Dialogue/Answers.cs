using Planlane.Cli.Output;

namespace Planlane.Cli.Dialogue;

/// <summary>Reads what a user types.</summary>
/// <param name="screen">Where questions go.</param>
/// <param name="input">Where answers come from.</param>
internal sealed class Answers(Screen screen, TextReader input)
{
    public Screen Screen { get; } = screen;

    /// <summary>Asks until something is typed; null at the end of the input.</summary>
    /// <exception cref="OperationCanceledException">The user broke off.</exception>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        while (true)
        {
            Screen.Ask(question);
            var line = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (line is null)
                Screen.Blank();
            if (line is null || line.Trim().Length > 0)
                return line?.Trim();
        }
    }

    /// <summary>Asks for a yes; anything else, and the end of the input, is none.</summary>
    /// <exception cref="OperationCanceledException">The user broke off.</exception>
    public async Task<bool> AgreesAsync(string question, CancellationToken cancellationToken) =>
        (await AskAsync(question, cancellationToken).ConfigureAwait(false))?.ToLowerInvariant() is "yes" or "y" or "ok";

    /// <summary>Asks once; an empty answer is empty, and null is the end of the input.</summary>
    public async Task<string?> AskOnceAsync(string question, CancellationToken cancellationToken)
    {
        Screen.Ask(question);
        return (await ReadAsync(cancellationToken).ConfigureAwait(false))?.Trim();
    }

    // A console cannot be read with a token: the reading thread is left behind when the user breaks off, and ends with the process.
    private Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        Task.Factory.StartNew(input.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellationToken);
}
