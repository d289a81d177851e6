#!/usr/bin/env bash
# The gate: locked restore, build with warnings as errors, format check, all tests. CI calls only this.
# Usage: ./check.sh [--yes] [--all]   --yes installs a missing .NET SDK into .dotnet/ with the vendor's script; --all runs the slow proofs too.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/dotnet.sh
. eng/bubblewrap.sh
. eng/gnupg.sh
. eng/tmux.sh
find_dotnet "$@" || exit 1

ensure_bubblewrap
ensure_gnupg
ensure_tmux

# Tests that take ten seconds and more each, of which the gate runs a sample.
fast=(--filter-not-trait Proof=slow)
for argument in "$@"; do
  if [ "$argument" = --all ]; then fast=(); fi
done

# Less work for the two processors: most processes here end before profiles pay.
export DOTNET_TieredPGO=0

passed=0
failed=0
step() {
  printf '== %s\n' "$1"
  shift
  "$@" || failed=$((failed + 1))
}

# A test that hangs must fail the gate, not stop it.
bounded() {
  if command -v timeout >/dev/null; then timeout --foreground --kill-after=30 720 "$@"; else "$@"; fi
}

run_tests() {
  bounded "$DOTNET" test --project "tests/Planlane.$1.Tests" --no-build -c Release --long-running 120 --timeout 10m ${fast[@]+"${fast[@]}"} >"$logs/$1" 2>&1
  echo $? >"$logs/$1.status"
}

count_tests() {
  local status counts broken
  printf '== test %s\n' "$1"
  cat "$logs/$1"
  status=$(cat "$logs/$1.status")
  counts=$(sed -nE 's/^ *(failed|succeeded): ([0-9]+).*/\1 \2/p' "$logs/$1")
  passed=$((passed + $(awk '$1=="succeeded" {n+=$2} END {print n+0}' <<<"$counts")))
  broken=$(awk '$1=="failed" {n+=$2} END {print n+0}' <<<"$counts")
  # A run that failed without a failed test (a crash, no test at all) counts as one.
  if [ "$status" -ne 0 ] && [ "$broken" -eq 0 ]; then broken=1; fi
  failed=$((failed + broken))
}

step "restore" "$DOTNET" restore --locked-mode
step "build" "$DOTNET" build --no-restore -c Release
if [ "$failed" -eq 0 ]; then
  # What `dotnet format` says beyond white space and the order of usings, the build has said already: .editorconfig gives it the severity of a warning by number.
  step "format" "$DOTNET" format whitespace --no-restore --verify-no-changes
  logs=$(mktemp -d)
  # Surfaces waits for processes much of its time, so the others run beside it. It stays in the foreground: a background job ignores SIGINT, which it tests.
  for project in Domain Conventions Trials Engine; do run_tests "$project"; done &
  run_tests Surfaces
  wait
  for project in Domain Conventions Trials Engine Surfaces; do count_tests "$project"; done
  rm -rf "$logs"
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
