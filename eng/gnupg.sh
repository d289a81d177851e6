# Sees to it that gpg is there, with which tests sign commits; sourced by check.sh. Without it that test is skipped.

ensure_gnupg() {
  if [ "$(uname -s)" != Linux ] || command -v gpg >/dev/null; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y --no-install-recommends gnupg >/dev/null 2>&1 || { apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends gnupg >/dev/null 2>&1; }
  fi
  command -v gpg >/dev/null || echo "note: gnupg (gpg) is not installed; the test of OpenPGP signatures is skipped." >&2
}
