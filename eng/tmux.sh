# Sees to it that tmux is there, in which the live view is tried; sourced by check.sh. Without it the tests in a terminal are skipped.

ensure_tmux() {
  if command -v tmux >/dev/null; then return 0; fi
  if [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y --no-install-recommends tmux >/dev/null 2>&1 || { apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends tmux >/dev/null 2>&1; }
  fi
  command -v tmux >/dev/null || echo "note: tmux is not installed; the tests in a terminal are skipped." >&2
}
