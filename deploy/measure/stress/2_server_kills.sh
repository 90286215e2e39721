#!/usr/bin/env bash
# A server that is killed while four callers write to it, and what is left of what it acknowledged;
# and how long it takes until it serves 100,000 passports again.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd
server=build/release/bin/passendd

# kills NAME KILLS PEOPLE: figures of one run.
kills() {
  local failed=0
  tests/stress/server_kills.sh "$server" --kills "$2" --people "$3" >"$logs/kills_$1.log" 2>&1 || failed=1
  value() { number_said "kills_$2" "$1"; }
  figure "$1: kill -9 of the server" "$(value kills "$1")" '' '>=' "$2"
  figure "$1: starts killed in their turn" "$(value 'starts killed' "$1")" '' '>=' "$(($2 / 20))"
  figure "$1: writes acknowledged" "$(value acknowledged "$1")" '' '>=' "$2"
  for what in lost torn returned doubled refused crashed; do
    figure "$1: $what" "$(value "$what" "$1")" '' '=' 0
  done
  figure "$1: failed runs" "$failed" '' '=' 0
}

if $PASSEND_LONG; then many=1000 large=50; else many=20 large=5; fi
kills 'small store' "$many" 0
kills '100,000 passports' "$large" 100000
figure '100,000 passports: start to SERVING, median' "$(value 'start, median seconds' '100,000 passports')" s '<=' 2
figure '100,000 passports: start to SERVING, longest' "$(value 'start, longest seconds' '100,000 passports')" s '<=' 2
canary=missed
if tests/stress/server_kills.sh "$server" --kills 3 --canary >"$logs/kills_canary.log" 2>&1; then canary=found; fi
figure 'a ledger with what was never sent' "$canary" '' '=' found
