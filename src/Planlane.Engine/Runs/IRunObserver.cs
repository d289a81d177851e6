using Planlane.Models;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Looks on while a process works on a run, and can change nothing of it. What it is told has no secrets in it but for exceptions. Must be quick and must not throw.</summary>
public interface IRunObserver : IDisposable
{
    /// <summary>An event was recorded; told in order, never two at once. What a resumed run finds in its journal is not told again.</summary>
    void Recorded(RunUpdate update);

    /// <summary>A step could not be done; told before its <see cref="StepFailed"/>, on any thread.</summary>
    void Faulted(StepId step, Exception exception);

    /// <summary>A call of a model failed and will be tried again; told on any thread.</summary>
    /// <param name="agent">For whom, or null for the planner.</param>
    /// <param name="model">The model.</param>
    /// <param name="waiting">Why, and how long from now the next try waits.</param>
    void Waited(AgentId? agent, ModelId model, ModelActivity.Waiting waiting);

    /// <summary>An agent, or the planner, does something else from now on; told often and on any thread, and by default nothing is made of it.</summary>
    /// <param name="agent">The agent, or null for the planner.</param>
    /// <param name="activity">What it does.</param>
    void Active(AgentId? agent, RunActivity activity)
    {
    }

    /// <summary>This process works on the run no more.</summary>
    /// <param name="fault">Why, when the run could not go on recording; else null.</param>
    void Left(Exception? fault);
}
