using System.Runtime.CompilerServices;

// The executable is no library: nothing of it is public, and only its tests look inside.
[assembly: InternalsVisibleTo("Planlane.Trials.Tests")]
