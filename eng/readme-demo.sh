#!/usr/bin/env bash
# Renews the screens of ./planlane demo in README.md, between the marks <!-- demo: … --> and <!-- /demo -->, from a real run in a terminal of 120 columns.
# Usage: eng/readme-demo.sh   (needs tmux; on a machine that is otherwise idle, as the times of the checks are in it)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/tmux.sh
ensure_tmux
folder=$(mktemp -d)
tmux=(tmux -S "$folder/socket" -f /dev/null -u)
trap '"${tmux[@]}" kill-server 2>/dev/null; rm -rf "$folder"' EXIT

./planlane --version >/dev/null
"${tmux[@]}" new-session -d -x 120 -y 400 env -u CI -u NO_COLOR -u LC_ALL -u PLANLANE_PROGRESS -u PLANLANE_ACCESSIBLE \
  sh -c './planlane demo --progress plain; echo "demo ended with $?"; sleep 60'

screen() { "${tmux[@]}" capture-pane -p; }

until_shown() {
  local waited=0
  until screen | grep -qF "$1"; do
    waited=$((waited + 1))
    if [ "$waited" -gt 600 ]; then
      echo "error: the demo did not get to \"$1\":" >&2
      screen | sed '/^$/d' >&2
      exit 1
    fi
    sleep 1
  done
}

answer() {
  until_shown "$1"
  "${tmux[@]}" send-keys "$2" Enter
}

answer 'Ready to proceed?' yes
answer 'Ready to create commits?' yes
until_shown 'demo ended with '
screen >"$folder/screen"
grep -qF 'demo ended with 0' "$folder/screen" || { cat "$folder/screen" >&2; exit 1; }

# The screens of the two questions, and what happens before and after the second.
part() {
  printf '\n```\n'
  sed 's/[[:space:]]*$//' "$folder/screen" | awk -v from="$1" -v to="$2" -v last="$3" '
    !on && !done && index($0, from) { on = 1 }
    on && !last && index($0, to) { on = 0; done = 1 }
    on && !/sample repository/ { lines[++count] = $0 }
    on && last && index($0, to) { on = 0; done = 1 }
    END { while (count > 0 && lines[count] == "") count--; for (line = 1; line <= count; line++) print lines[line] }'
  printf '```\n'
}
{
  printf 'This is `./planlane demo` of %s; its scripted model answers four times as fast as a real one:\n' "$(date -u +%Y-%m-%d)"
  part 'ORCHESTRATION PLAN' 'Ready to proceed?' last
  part 'STAGE 1:' '=== WORK SUMMARY ===' ''
  part '=== WORK SUMMARY ===' 'Ready to create commits?' last
  part 'FINALIZING' 'demo ended with ' ''
} >"$folder/demo"
awk -v file="$folder/demo" '
  /^<!-- demo: / { print; while ((getline line < file) > 0) print line; skip = 1; next }
  /^<!-- \/demo -->/ { skip = 0 }
  !skip' README.md >"$folder/readme"
cp "$folder/readme" README.md
