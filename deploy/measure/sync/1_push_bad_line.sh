#!/usr/bin/env bash
# A partner pushes people, changes and erasures over a line that is cut, frozen and doubled at random,
# while somebody follows the feed over the same line: whether both sides are the same at the end. By
# default 10,000 people and 100 cuts, with --long 100,000 and 1,000. PASSEND_SEED: each connection is
# cut as it was.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd
tests/clients/python/generate.sh build/python

people=10000 cuts=100 seconds_max=1200
if [ "$PASSEND_LONG" = true ]; then people=100000 cuts=1000 seconds_max=14400; fi
started=$(now)
failed=0
PASSENDD=$PWD/build/release/bin/passendd PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=build/python \
  timeout "$seconds_max" /usr/bin/python3 tests/clients/python/sync_story.py --people "$people" --cuts "$cuts" \
  --bytes-between-cuts 15000 ${PASSEND_SEED:+--seed "$PASSEND_SEED"} \
  >"$logs/push_bad_line.log" 2>&1 || failed=1
seconds=$(since "$started")
value() { number_said push_bad_line "$1"; }

# Everybody is brought, a third is changed; a tenth is erased, of whom a fifth is brought in vain.
figure 'bad line: people and changes taken over' "$(value 'push: accepted')" '' '=' "$((people + people / 3))"
figure 'bad line: answered as erased' "$(value 'push: erased')" '' '=' "$((people / 10 + people / 10 / 5))"
figure 'bad line: cut' "$(value 'line: cut')" '' '=' "$cuts"
figure 'bad line: doubled' "$(value 'line: doubled')" '' '>=' 1
figure 'bad line: differing in the digest' "$(value 'differing in the digest')" '' '=' 0
figure 'bad line: lost' "$(value lost)" '' '=' 0
figure 'bad line: doubled people' "$(value doubled)" '' '=' 0
figure 'bad line: erased who came back' "$(value resurrected)" '' '=' 0
figure 'bad line: told otherwise by the feed' "$(value 'feed: people told otherwise')" '' '=' 0
figure 'bad line: broken promises of the feed' "$(value 'feed: broken promises')" '' '=' 0
figure 'bad line: failed runs' "$failed" '' '=' 0
printf 'bad line: seed %s, %s s\n' "$(value seed)" "$seconds" >&2
