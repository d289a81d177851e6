using System.Runtime.CompilerServices;

// The tests stop a landing after each of its steps.
[assembly: InternalsVisibleTo("Planlane.Engine.Tests")]
