#!/usr/bin/env bash
# A mixed load that goes on while the master key is exchanged: whether memory and files grow by more
# than what the store keeps, and whether anybody waits longer in the second half than in the first.
# Certificates and keys of tokens are exchanged under load by tests/stress/rotation.py (topic trust).
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/live_family.sh
running_command=
built release passendd
server=build/release/bin/passendd

if $PASSEND_LONG; then seconds=1800 rotations=30 quiet=40000; else seconds=40 rotations=3 quiet=2000; fi
live_family soak --seconds "$seconds" --rotations "$rotations" --quiet "$quiet"
value() { number_said soak "$1"; }
calls=$(value calls)
figure 'soak: calls' "$calls" '' '>=' "$((seconds * 60))"
figure 'soak: master keys taken over' "$(value 'master keys taken over')" '' '=' "$rotations"
figure 'soak: memory more in the second half' \
  "$(divided "$(value 'kilobytes more in the second half')" 1000)" MB '<=' 24
figure 'soak: memory more by calls that write nothing' \
  "$(value 'kilobytes more by calls that write nothing')" kB '<=' 4000
figure 'soak: files more in the second half' "$(value 'files more in the second half, but tables of the store')" '' '<=' 4
figure 'soak: p99 in the first half' "$(value 'p99 in the first half, ms')" ms '<=' 250
figure 'soak: p99 in the second half' "$(value 'p99 in the second half, ms')" ms '<=' 250
