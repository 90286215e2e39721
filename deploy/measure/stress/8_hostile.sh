#!/usr/bin/env bash
# Callers that abuse HTTP/2, against the server itself and through the edge: who calls beside them is
# answered, and afterwards all is as before.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd

# hostile NAME [OPTION]...: figures of one run.
hostile() {
  local name=$1 log=$logs/hostile_${1// /_}.log
  shift
  tests/stress/hostile_callers.sh build/release/bin/passendd "$@" >"$log" 2>&1 || true
  value() { number_said "hostile_${name// /_}" "$1"; }
  figure "$name: ways to abuse HTTP/2" "$(value abuses)" '' '>=' 15
  figure "$name: longest call beside them" \
    "$(sed -nE 's/.*, the longest ([0-9]+) ms.*/\1/p' "$log" | sort -n | tail -n 1)" ms '<=' 2000
  figure "$name: memory kept afterwards" "$(value 'kilobytes beyond those before')" kB '<=' 49152
  figure "$name: files kept afterwards" "$(value 'files beyond those before')" '' '<=' 0
  figure "$name: faults" "$(value faults)" '' '=' 0
}

if $PASSEND_LONG; then times=20; else times=1; fi
hostile passendd --times "$times"
if command -v haproxy >/dev/null; then
  hostile 'the edge' --edge --times "$times"
else
  skipped 'the edge: faults' 'haproxy is not installed'
fi
canary=missed
if tests/stress/hostile_callers.sh build/release/bin/passendd --canary >"$logs/hostile_canary.log" 2>&1; then canary=found; fi
figure 'hostile callers: connections that are kept' "$canary" '' '=' found
