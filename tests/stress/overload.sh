#!/usr/bin/env bash
# The measurement of overload as a family of run.py: figures, `name: value`, and exit code 1 where one
# is short of its limit.
#
#   tests/stress/overload.sh [--long] [--canary]
#
# --canary: all come over one connection, and coaches give up at once; succeeds only if both are seen.
set -euo pipefail
cd "$(dirname "$0")/../.."
measure=deploy/measure/stress/3_overload.sh
say() { awk -F '\t' '{ print $1 ": " $2 } $6 == "short" { print "  wrong: " $1; wrong = 1 } END { exit wrong || !NR }'; }
export PASSEND_LONG=false
case ${1:-} in
  --canary) "$measure" --canary | say ;;
  --long) PASSEND_LONG=true "$measure" | say ;;
  *) "$measure" | say ;;
esac
