#!/usr/bin/env bash
# The main job from Node and from Python, against a real server.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/tally.sh
running_command=
built dev passendd

for client in node python; do
  passed_total=0 failed_total=0
  if [ "$client" = node ]; then count=count_node; else count=count_unittest; fi
  "$count" "$client-client" "tests/clients/$client/run.sh" build/dev/bin/passendd >&2
  figure "$client client: tests passed" "$passed_total" '' '>=' 12
  figure "$client client: tests failed" "$failed_total" '' '=' 0
done
