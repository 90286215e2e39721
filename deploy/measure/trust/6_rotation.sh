#!/usr/bin/env bash
# The master key is exchanged again and again while people are recorded and read: how many calls
# fail, and whether the old master keys are needed afterwards.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/measure/server.sh
running_command=
built release passendd passend

if $PASSEND_LONG; then rotations=20; else rotations=5; fi
keys=(--master-key-file "$folder/all/master" --key-folder "$folder/all/keys")
start_server "${keys[@]}" --make-master-key

# Each round loads everybody anew: other texts are other people.
calls() {
  local round=0
  while [ ! -e "$folder/enough" ]; do
    round=$((round + 1))
    /usr/bin/python3 deploy/measure/trust/people_with.py deploy/demo "$folder/round$round" "r$round"
    ask load "$folder/round$round" >>"$folder/calls.log" 2>&1 && echo ok || echo failed
    ask passport list >/dev/null 2>>"$folder/calls.log" && echo ok || echo failed
  done >"$folder/outcomes"
}
calls &
caller=$!
for rotation in $(seq "$rotations"); do
  build/release/bin/passendd "${keys[@]}" --data "$folder/all/data" --add-master-key >/dev/null
  until [ "$(grep -c 'keys: under master key' "$server_log")" -ge "$rotation" ]; do
    kill -0 "$server" || { tail -n 40 "$server_log" >&2; exit 1; }
    sleep 0.1
  done
done
touch "$folder/enough"
wait "$caller"
figure 'master keys taken over while calls were answered' \
  "$(grep -c 'keys: under master key' "$server_log")" '' '=' "$rotations"
figure 'loads and lists meanwhile' "$(wc -l <"$folder/outcomes")" '' '>=' 4
figure 'failed calls meanwhile' "$(grep -c failed "$folder/outcomes" || true)" '' '=' 0
before=$(people | sort)
stop_server
# Only the newest master key is left: everybody can still be read.
tail -n 1 "$folder/all/master" >"$folder/newest"
cat "$folder/newest" >"$folder/all/master"
start_server "${keys[@]}"
after=$(people | sort)
figure 'people read with the newest master key alone' "$(wc -l <<<"$after")" '' '>=' 50
figure 'the same people as before' "$([ "$before" = "$after" ] && echo yes || echo no)" '' '=' yes
