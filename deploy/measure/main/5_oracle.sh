#!/usr/bin/env bash
# The index gives exactly what the plain reference scorer gives, over generated worlds.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev matcher_tests

export PASSEND_PAIRS=${PASSEND_PAIRS:-10000}
code=0
build/dev/bin/matcher_tests --gtest_filter='MatchIndexOracle.*' >"$logs/oracle.log" 2>&1 || code=$?
if [ "$code" -ne 0 ]; then show_log oracle >&2; fi
pairs=$(sed -nE 's/^([0-9]+) task and population pairs equal.*/\1/p' "$logs/oracle.log" | tail -n 1)
figure 'index = reference scorer: task and population pairs' "${pairs:-0}" '' '>=' "$PASSEND_PAIRS"
figure 'index = reference scorer: differences' "$(grep -c ': Failure$' "$logs/oracle.log" || true)" '' \
  '=' 0
figure 'index = reference scorer: exit code' "$code" '' '=' 0
