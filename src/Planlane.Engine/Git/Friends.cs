using System.Runtime.CompilerServices;

// The tests stop a landing after each of its steps.
[assembly: InternalsVisibleTo("Planlane.Engine.Tests")]

// They measure the ways to make workspaces that are not the best one here.
[assembly: InternalsVisibleTo("Planlane.Trials")]
