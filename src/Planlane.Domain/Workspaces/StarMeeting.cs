namespace Planlane.Workspaces;

/// <summary>What two sequences with stars have in common, where a star reads nothing or any items of the other one.</summary>
/// <remarks>A table from the ends, as plain recursion takes exponential time on many stars.</remarks>
internal readonly struct StarMeeting
{
    private readonly int _left;
    private readonly int _right;
    private readonly Func<int, bool> _isLeftStar;
    private readonly Func<int, bool> _isRightStar;

    // Says of row i and column j whether the left sequence from i on and the right one from j on have a common reading.
    private readonly bool[] _table;

    /// <summary>Compares two sequences of given lengths by their items' places.</summary>
    public StarMeeting(int left, int right, Func<int, bool> isLeftStar, Func<int, bool> isRightStar, Func<int, int, bool> areAlike)
    {
        (_left, _right, _isLeftStar, _isRightStar) = (left, right, isLeftStar, isRightStar);
        _table = new bool[(left + 1) * (right + 1)];
        for (var i = left; i >= 0; i--)
            for (var j = right; j >= 0; j--)
            {
                var isStar = (i < left && isLeftStar(i)) || (j < right && isRightStar(j));
                _table[(i * (right + 1)) + j] = (i == left && j == right)
                    || (isStar && (At(i + 1, j) || At(i, j + 1)))
                    || (!isStar && At(i + 1, j + 1) && areAlike(i, j));
            }
    }

    /// <summary>Whether they have a common reading.</summary>
    public bool Holds => _table[0];

    /// <summary>
    /// One common reading, when there is one: the items that are read together, or null on the side whose star reads the other's item; null on both sides where two stars
    /// may read anything together.
    /// </summary>
    public IEnumerable<(int? Left, int? Right)> Pairs()
    {
        var (i, j) = (0, 0);
        while (i < _left || j < _right)
        {
            var (leftStar, rightStar) = (i < _left && _isLeftStar(i), j < _right && _isRightStar(j));
            if (leftStar || rightStar)
            {
                // A star is over, or the other sequence's item is read by this one's star.
                var next = At(i + 1, j);
                if (leftStar && rightStar)
                    yield return (null, null);
                if (next && !leftStar)
                    yield return (i, null);
                if (!next && !rightStar)
                    yield return (null, j);
                (i, j) = next ? (i + 1, j) : (i, j + 1);
            }
            else
            {
                yield return (i++, j++);
            }
        }
    }

    private bool At(int i, int j) => i <= _left && j <= _right && _table[(i * (_right + 1)) + j];
}
