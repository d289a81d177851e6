# Sees to it that bubblewrap is there, which holds commands on Linux; sourced by check.sh. Without it the tests of it are skipped.

ensure_bubblewrap() {
  if [ "$(uname -s)" != Linux ] || command -v bwrap >/dev/null; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y --no-install-recommends bubblewrap >/dev/null 2>&1 || { apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends bubblewrap >/dev/null 2>&1; }
  fi
  command -v bwrap >/dev/null || echo "note: bubblewrap (bwrap) is not installed; the tests of it are skipped." >&2
}
