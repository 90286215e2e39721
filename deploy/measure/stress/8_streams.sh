#!/usr/bin/env bash
# Thousands of idle streams against one server: what each takes, whether others are answered beside
# them, and what is left once they are gone. Then calls of all kinds that are broken off at any
# moment, and connections without end. Each family has to find what is planted in it.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd
server=build/release/bin/passendd

# family NAME [OPTION]...: runs it; what it says is in the log.
family() {
  local name=$1 code=0
  shift
  tests/stress/live.sh "$name" "$server" "$@" >"$logs/$name.log" 2>&1 || code=$?
  if [ "$code" -ne 0 ]; then show_log "$name" >&2; fi
  figure "$name: exit code" "$code" '' '=' 0
  code=missed
  if tests/stress/live.sh "$name" "$server" --canary >"$logs/$name-canary.log" 2>&1; then code=found; fi
  figure "$name: what was planted" "$code" '' '=' found
}
# value NAME WORDS: the number behind the words, -1 where they were not said.
value() { awk -F ': ' -v words="$2: " 'index($0, words) == 1 { n = $NF } END { print n == "" ? "missing" : n }' "$logs/$1.log"; }

if $PASSEND_LONG; then
  streams=10000 pushes=1000 calls=100000 rounds=10 openings=10 readers=300
else
  streams=2000 pushes=300 calls=2000 rounds=4 openings=2 readers=100
fi
family idle_streams --streams "$streams" --pushes "$pushes"
figure 'idle feeds over 40 connections' "$(value idle_streams feeds)" '' '>=' "$streams"
figure 'memory of an idle feed' "$(value idle_streams 'kilobytes a feed')" KB '<=' 25
figure 'memory of an idle push stream' "$(value idle_streams 'kilobytes a push stream')" KB '<=' 25
figure 'a call beside them, median' "$(value idle_streams 'a call beside them, median ms')" ms '<=' 20
figure 'until all have heard of a change' \
  "$(value idle_streams 'seconds until all have heard of a change')" s '<=' "$((5 + streams / 200))"
figure 'memory left a stream, once they are gone' \
  "$(value idle_streams 'kilobytes beyond those before, a stream')" KB '<=' 8

family cancels --calls "$calls" --rounds "$rounds"
figure 'calls, most of them broken off' "$(value cancels calls)" '' '>=' "$calls"
figure 'of which cancelled, or out of time' "$(value cancels 'broken off')" '' '>=' "$((calls / 2))"
figure 'writes looked for afterwards' "$(value cancels 'writes checked')" '' '>=' "$((calls / 10))"
figure 'memory more in the second half of them' \
  "$(divided "$(value cancels 'kilobytes more in the second half')" 1000)" MB '<=' "$((48 + calls / 2000))"
figure 'memory more by calls that write nothing' \
  "$(value cancels 'kilobytes more by calls that write nothing')" kB '<=' 4000

family open_files --rounds "$openings"
figure 'seconds until newcomers are let in' \
  "$(value open_files "round $((openings - 1)): seconds until newcomers are let in")" s '<=' 10

family slow_readers --readers "$readers"
figure 'memory of a reader that reads nothing' "$(value slow_readers 'kilobytes a slow reader')" KB '<=' 600
figure "a call beside $readers of them, median" \
  "$(value slow_readers 'a call beside them, median ms')" ms '<=' 20
