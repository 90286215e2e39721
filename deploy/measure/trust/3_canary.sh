#!/usr/bin/env bash
# A text that is in every free-text field of everybody, searched in every file: of the database, its
# logs, the keys, the server's log, and a copy of the data that was made before everybody was erased.
# The same search finds it where nothing is encrypted.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/measure/trust/server.sh
running_command=
built release passendd passend

canary=kanarie-$(od -An -N8 -tx1 /dev/urandom | tr -d ' ')
/usr/bin/python3 deploy/measure/trust/people_with.py deploy/demo "$folder/people" "$canary"
found() { { grep -rlaF "$canary" "$@" || true; } | wc -l; }

start_server --master-key-file "$folder/all/master" --make-master-key \
  --key-folder "$folder/all/keys"
ask load "$folder/people" >"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
figure 'files with the canary while the server runs' "$(found "$folder/all" "$server_log")" '' '=' 0
cp -r "$folder/all/data" "$folder/all/backup"
erased=0
while names=$(people) && [ -n "$names" ]; do
  for name in $names; do
    ask passport erase --yes "$name" >>"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
    erased=$((erased + 1))
  done
done
stop_server
figure 'people with the canary, erased' "$erased" '' '>=' 50
figure 'files with the canary after erasing all' "$(found "$folder/all" "$server_log")" '' '=' 0
# The copy is restored, with the keys of today.
mv "$folder/all/data" "$folder/all/later"
cp -r "$folder/all/backup" "$folder/all/data"
start_server --master-key-file "$folder/all/master" --key-folder "$folder/all/keys"
figure 'people whom a restored copy brings back' "$(people | wc -l)" '' '=' 0
stop_server
figure 'files with the canary after the restore' "$(found "$folder/all" "$server_log")" '' '=' 0

rm -rf "$folder/all"
mkdir "$folder/all"
start_server
ask load "$folder/people" >"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
stop_server
figure 'without encryption: files with the canary' "$(found "$folder/all")" '' '>=' 1
