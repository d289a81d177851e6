namespace Planlane.Commits.Hooks;

/// <summary>The shell script that runs the hooks of one commit in a workspace, in the order of <c>git commit</c>.</summary>
/// <remarks>
/// It works on the small repository that the workspace has in <c>.git</c>, and on nothing else: HEAD is made the parent of the commit, the index its tree. What comes of it is left as files in
/// <c>$TMPDIR/exchange</c>, which the caller reads as data.
/// </remarks>
internal static class HookScript
{
    /// <summary>Files that the script leaves: how far it came, what the hooks staged, its objects, the message.</summary>
    public const string At = "at", Changes = "changes", Objects = "objects.pack", Message = "message";

    /// <summary>Files that it is given: objects as a pack with its index, and hooks that lie outside of the work tree.</summary>
    public const string Pack = "pack", Hooks = "hooks";

    /// <summary>What <see cref="At"/> says at the end.</summary>
    public const string Done = "done";

    public const string Text = """
        set -e
        exchange=$TMPDIR/exchange
        # These tell tools that nobody commits here, and some hooks do nothing then.
        unset CI
        hooks=$PLANLANE_HOOKS
        if [ -z "$hooks" ]; then
            hooks=$PWD/.git/hooks
            rm -rf "$hooks"
            cp -R "$exchange/hooks" "$hooks"
        fi
        for name in $PLANLANE_HOOK_NAMES; do
            [ -e "$hooks/$name" ] || { echo "The hook $hooks/$name is not in the workspace."; exit 97; }
        done
        if [ -d "$exchange/pack" ]; then
            mkdir -p .git/objects/pack
            cp "$exchange"/pack/* .git/objects/pack/
        fi
        # By a new file: where there are no overlays, the old one has a second name in the base.
        { cat .git/shallow 2>/dev/null || true; printf '%s\n' "$PLANLANE_BASE"; } > .git/shallow.new
        mv .git/shallow.new .git/shallow
        if [ -n "$PLANLANE_REF" ]; then git symbolic-ref HEAD "$PLANLANE_REF"; fi
        git update-ref HEAD "$PLANLANE_PARENT"
        git read-tree -m "$PLANLANE_TREE" 2>/dev/null || git read-tree "$PLANLANE_TREE"
        git update-index -q --refresh >/dev/null || true
        git config user.name "$GIT_AUTHOR_NAME"
        git config user.email "$GIT_AUTHOR_EMAIL"
        git config core.hooksPath "$hooks"
        export GIT_INDEX_FILE=.git/index GIT_EDITOR=: GIT_PREFIX=
        hook() {
            name=$1
            shift
            case " $PLANLANE_HOOK_NAMES " in *" $name "*) ;; *) return 0 ;; esac
            printf %s "$name" > "$exchange/at"
            git hook run "$name" -- "$@"
        }
        hook pre-commit
        after=$(git write-tree)
        git diff-tree -r -z --raw --no-abbrev --no-renames "$PLANLANE_TREE" "$after" > "$exchange/changes"
        git rev-list --objects "$after" "^$PLANLANE_TREE" | cut -d ' ' -f 1 | git pack-objects -q --stdout > "$exchange/objects.pack"
        cp "$exchange/message" .git/COMMIT_EDITMSG
        hook prepare-commit-msg .git/COMMIT_EDITMSG message
        hook commit-msg .git/COMMIT_EDITMSG
        cat .git/COMMIT_EDITMSG > "$exchange/message"
        printf %s done > "$exchange/at"
        """;
}
