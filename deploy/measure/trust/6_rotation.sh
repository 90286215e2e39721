#!/usr/bin/env bash
# The server's certificate, the keys of tokens and the master key are exchanged again and again while
# coaches, employers, partners and people call: how many calls fail, counted by callers that never
# try again and by the server, and whether the old master keys are needed afterwards.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd

if $PASSEND_LONG; then rounds=20; else rounds=5; fi
code=0
tests/stress/live.sh rotation build/release/bin/passendd --rounds "$rounds" >"$logs/exchanges.log" 2>&1 ||
  { code=$?; show_log exchanges >&2; }
value() { number_said exchanges "$1"; }
for what in 'certificates' 'keys of tokens' 'master keys'; do
  figure "$what taken over while calls were answered" "$(value "$what taken over")" '' '=' "$rounds"
done
figure 'calls meanwhile' "$(value calls)" '' '>=' "$((rounds * 300))"
figure 'kinds of calls' "$(value 'kinds of calls')" '' '>=' 12
figure 'failed calls, as callers saw' "$(value 'calls that failed, as callers saw')" '' '=' 0
figure 'failed calls, as the server counted' "$(value 'calls that failed, as the server counted')" '' '=' 0
figure 'calls that the server counted more or less' \
  "$(value 'calls that the server counted more or less')" '' '=' 0
figure 'people read with the newest master key alone' \
  "$(value 'people read with the newest master key alone')" '' '>=' 50
figure 'rotation: exit code' "$code" '' '=' 0
code=missed
if tests/stress/live.sh rotation build/release/bin/passendd --rounds 1 --canary >"$logs/exchanges_canary.log" 2>&1; then
  code=found
fi
figure 'a key of tokens that is taken away too early' "$code" '' '=' found
