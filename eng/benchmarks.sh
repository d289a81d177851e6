#!/usr/bin/env bash
# Prints, as Markdown, how the table of savings has changed since the last release; the CI job "benchmarks" calls only this.
# Usage: eng/benchmarks.sh [SEEDS]   (30 unless given, as the table has; fewer are quicker, and some of each change is chance then)
# Measured are the seed's four tasks with one agent alone, the tuned one and Planlane, in virtual time: no key, no cost. It never fails for a change: what a change means is for people to say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/dotnet.sh
find_dotnet || exit 1
seeds=${1:-30}
page=$(mktemp)
log=$(mktemp)
trap 'rm -f "$page" "$log"' EXIT

release=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)
if [ -n "$release" ] && git cat-file -e "$release:docs/benchmarks.md" 2>/dev/null; then
  since="release $release"
  git show "$release:docs/benchmarks.md" >"$page"
else
  since="the page in this checkout ($([ -n "$release" ] && echo "release $release has none" || echo "there is no release yet"))"
  cp docs/benchmarks.md "$page"
fi

if ! "$DOTNET" build bench/Planlane.Trials -c Release -v q -nologo >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  exit 1
fi

printf '## Savings since %s\n\n' "$since"
if ! "$DOTNET" artifacts/bin/Planlane.Trials/release/Planlane.Trials.dll savings --seeds "$seeds" --regime seed \
  --scenario auth rest-api caching websocket-chat --arm alone tuned planlane --compare "$page" 2>"$log"; then
  tail -n 30 "$log" >&2
  exit 1
fi

failed=$(grep -c ': failed ' "$log" || true)
if [ "$failed" -gt 0 ]; then
  printf '\n%s trials failed:\n\n```\n' "$failed"
  grep ': failed ' "$log" | head -n 10
  printf '```\n'
fi
