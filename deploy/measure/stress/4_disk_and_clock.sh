#!/usr/bin/env bash
# A server whose disk becomes full, is killed meanwhile and has room again; and one whose clock is
# set back and ahead. Nothing acknowledged is lost, callers are told what holds, and all goes on.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/live_family.sh
running_command=
built release passendd moved_clock
server=build/release/bin/passendd

if $PASSEND_LONG; then rounds=40 rest=200; else rounds=2 rest=0; fi
if live_family full_disk --rounds "$rounds"; then
  figure 'full_disk: writes acknowledged' "$(number_said full_disk acknowledged)" '' '>=' "$rounds"
  figure 'full_disk: until writes are taken once there is room' \
    "$(number_said full_disk 'seconds until writes are taken, longest')" s '<=' 10
fi
if live_family clock_jumps --rest "$rest"; then
  figure 'clock_jumps: calls meanwhile' "$(number_said clock_jumps calls)" '' '>=' 100
  figure 'clock_jumps: until calls are answered again' \
    "$(number_said clock_jumps 'seconds until calls are answered, at most')" s '<=' 1
fi
