namespace Planlane.Cli.Output;

/// <summary>How the progress of a run is shown on stderr.</summary>
internal enum ProgressMode
{
    /// <summary>Lines in colour on a terminal.</summary>
    Live,

    /// <summary>Lines without colour.</summary>
    Plain,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Nothing but prompts and errors.</summary>
    Quiet,
}
