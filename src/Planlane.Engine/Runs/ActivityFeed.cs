using System.Threading.Channels;
using Planlane.Models;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Hands what agents do at this moment to whoever reads; what nobody reads in time is forgotten, the oldest first.</summary>
internal sealed class ActivityFeed : IRunObserver
{
    private const int MostKept = 4096;

    private readonly Channel<AgentActivity> _activities = Channel.CreateBounded<AgentActivity>(new BoundedChannelOptions(MostKept) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<AgentActivity> Reader => _activities.Reader;

    public void Active(AgentId? agent, RunActivity activity) => _activities.Writer.TryWrite(new AgentActivity(agent, activity));

    public void Left(Exception? fault) => _activities.Writer.TryComplete();

    public void Recorded(RunUpdate update)
    {
    }

    public void Faulted(StepId step, Exception exception)
    {
    }

    public void Waited(AgentId? agent, ModelId model, ModelActivity.Waiting waiting)
    {
    }

    public void Dispose()
    {
    }
}
