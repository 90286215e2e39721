#!/usr/bin/env bash
# Importing ESCO and typing ahead in it, over gRPC, on one server with a fresh database.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh

if [ ! -d "${PASSEND_DATA:-/nowhere}/esco" ]; then
  skipped 'ESCO: import, memory, search' 'PASSEND_DATA has no esco folder'
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
megabytes() { awk -v key="$1:" '$1 == key { printf "%d", $2 / 1024 }' "/proc/$server_id/status"; }

start=$(now)
quietly esco-import build/release/bin/passend taxonomy import-esco "$PASSEND_DATA/esco"
figure 'ESCO: import' "$(since "$start")" s '<=' 60
figure 'ESCO: memory of the server afterwards (RSS)' "$(megabytes VmRSS)" MB '<=' 1024
figure 'ESCO: most memory during the import (RSS)' "$(megabytes VmHWM)" MB '<=' 2048
PYTHONPATH=build/python /usr/bin/python3 deploy/measure/type_ahead.py "$PASSEND_SERVER" |
  while IFS=$'\t' read -r name value unit comparison limit; do
    figure "$name" "$value" "$unit" "$comparison" "$limit"
  done
