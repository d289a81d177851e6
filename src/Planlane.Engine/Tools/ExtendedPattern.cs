using System.Text;

namespace Planlane.Tools;

/// <summary>Regular expressions as models write them, in the form that git searches by everywhere: POSIX extended.</summary>
/// <remarks>Git can search by Perl's form only where it was built with it. What models use of that form is little: the classes of digits, and groups that are not kept.</remarks>
internal static class ExtendedPattern
{
    /// <summary>The same pattern without <c>\d</c>, <c>\D</c> and <c>(?:</c>; all else is left as it is.</summary>
    public static string Of(string pattern)
    {
        var extended = new StringBuilder(pattern.Length);
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (pattern[i] == '\\' && next != '\0')
            {
                extended.Append(next switch
                {
                    'd' => isInClass ? "0-9" : "[0-9]",
                    'D' when !isInClass => "[^0-9]",
                    _ => pattern.AsSpan(i, 2),
                });
                i++;
            }
            else if (!isInClass && pattern[i] == '(' && pattern.AsSpan(i).StartsWith("(?:"))
            {
                extended.Append('(');
                i += 2;
            }
            else
            {
                // A bracket right behind the opening one is a member of the class.
                isInClass = isInClass ? pattern[i] != ']' || (i > 0 && pattern[i - 1] == '[') || (i > 1 && pattern[i - 2] == '[' && pattern[i - 1] == '^') : pattern[i] == '[';
                extended.Append(pattern[i]);
            }
        }

        return extended.ToString();
    }
}
