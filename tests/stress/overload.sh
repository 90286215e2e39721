#!/usr/bin/env bash
# The measurement of overload as a family of run.py: figures, `name: value`, and exit code 1 where one
# is short of its limit.
#
#   tests/stress/overload.sh [--long] [--canary]
#
# --canary: the server takes in as many calls as there are; succeeds only if the measurement comes to its
# end, and finds that nobody is turned away, or nobody soon.
set -euo pipefail
cd "$(dirname "$0")/../.."
measure=deploy/measure/stress/3_overload.sh
say() { awk -F '\t' '{ print $1 ": " $2 } $6 == "short" { print "  wrong: " $1; wrong = 1 } END { exit wrong || !NR }'; }
export PASSEND_LONG=false
case ${1:-} in
  --canary)
    figures=$("$measure" --calls-in-flight-max 100000)
    say <<<"$figures" || true
    awk -F '\t' '$6 == "short" && $1 ~ /^turned away(: p50)?$/ && $2 ~ /^[0-9]/ { found = 1 }
                 $1 == "back to normal" && $2 ~ /^[0-9]/ { ended = 1 }
                 END { exit !(found && ended) }' <<<"$figures"
    ;;
  --long) PASSEND_LONG=true "$measure" | say ;;
  *) "$measure" | say ;;
esac
