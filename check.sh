#!/usr/bin/env bash
# The gate: locked restore, build with warnings as errors, format check, all tests. CI calls only this.
# Usage: ./check.sh [--yes]   --yes installs a missing .NET SDK into .dotnet/ with the vendor's script.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/dotnet.sh
. eng/bubblewrap.sh
find_dotnet "$@" || exit 1

ensure_bubblewrap

passed=0
failed=0
step() {
  printf '== %s\n' "$1"
  shift
  "$@" || failed=$((failed + 1))
}

test_project() {
  local name=$1 log status counts
  log=$(mktemp)
  "$DOTNET" test --project "tests/$name" --no-build -c Release 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  counts=$(sed -nE 's/^ *(failed|succeeded): ([0-9]+).*/\1 \2/p' "$log")
  rm -f "$log"
  passed=$((passed + $(awk '$1=="succeeded" {n+=$2} END {print n+0}' <<<"$counts")))
  local broken
  broken=$(awk '$1=="failed" {n+=$2} END {print n+0}' <<<"$counts")
  # A run that failed without a failed test (a crash, no test at all) counts as one.
  if [ "$status" -ne 0 ] && [ "$broken" -eq 0 ]; then broken=1; fi
  failed=$((failed + broken))
}

step "restore" "$DOTNET" restore --locked-mode
step "build" "$DOTNET" build --no-restore -c Release
if [ "$failed" -eq 0 ]; then
  step "format" "$DOTNET" format --no-restore --verify-no-changes
  for project in Domain Conventions Engine Surfaces; do
    printf '== test %s\n' "$project"
    test_project "Planlane.$project.Tests"
  done
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
