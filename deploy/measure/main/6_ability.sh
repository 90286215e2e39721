#!/usr/bin/env bash
# Does ability see who is close to a piece of work? O*NET's expert-curated relations, through the API.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh

if [ ! -d "${PASSEND_DATA:-/nowhere}/onet" ]; then
  skipped 'ability on O*NET: mean average precision at 10' 'PASSEND_DATA has no onet folder'
  exit 0
fi
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/server.sh
running_command='' server_id='' world=''
trap 'stop_server; remove_world' EXIT

built release passendd passend
tests/clients/python/generate.sh build/python
new_world
start_server build/release/bin/passendd
quietly ability-import build/release/bin/passend taxonomy import-esco "$PASSEND_DATA/esco"
answer=$(/usr/bin/python3 tests/benchmarks/esco_ability.py --server "$PASSEND_SERVER" \
  --protos build/python 2>"$logs/ability.log") || { show_log ability; exit 1; }
value() { /usr/bin/python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$answer" "$1"; }
figure 'ability on O*NET: MAP@10' "$(value map_at_10)" '' '>=' .285
figure 'ability on O*NET: MAP@10 across major groups' "$(value map_at_10_cross)" '' '>=' .285
