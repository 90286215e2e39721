#!/usr/bin/env bash
# A text that is in every free-text field of everybody, in what is said of them in consents,
# objections, corrections, revocations and proposals, and so in earlier versions of all of these and
# in the lists that were recorded; in logins, seeds of rankings, and ids of requests and batches, too.
# It is searched in every file: of the database, its logs, the keys
# and their copies, the server's log, and a copy of the data that was made before everybody was
# erased. The same search finds it where nothing is encrypted.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/measure/server.sh
running_command=
built release passendd passend

canary=kanarie-$(od -An -N8 -tx1 /dev/urandom | tr -d ' ')
/usr/bin/python3 deploy/measure/trust/people_with.py deploy/demo "$folder/people" "$canary"
found() { { grep -rlaF "$canary" "$@" || true; } | wc -l; }

# pushed_record ID: somebody whom a partner brings, as JSON.
pushed_record() {
  cat <<RECORD
{
  "external_id": "$1",
  "upsert": {
    "passport": {"region": "drenthe"},
    "validations": [{
      "external_id": "$canary",
      "validation": {
        "skill": "taxonomies/demo/concepts/fill-shelves",
        "level": 2,
        "method": "VALIDATION_METHOD_REFERENCE",
        "capacity": "teacher",
        "validator": "$canary"
      }
    }]
  }
}
RECORD
}

# What else is written about people; adds the names of what was to $folder/written.
write_more() {
  local everybody name until validations
  until=$(date -u -d '+1 year' +%F)
  note() {
    local what=$1
    shift
    if ask "$@" >>"$logs/canary.log" 2>&1; then echo "$what" >>"$folder/written"; fi
  }
  rm -f "$folder/written"
  mapfile -t everybody < <(people)
  for name in "${everybody[@]:0:12}"; do
    note consents consent grant "$name" --to coaches/c --for guidance --what basic --until "$until" \
      --statement "$canary"
    mapfile -t validations < <(ask --json validation list "$name" | /usr/bin/python3 -c '
import json, sys
for one in json.load(sys.stdin).get("validations", []):
    print(one["name"], one["skill"])')
    [ "${#validations[@]}" -ge 2 ] || continue
    note objections validation dispute "${validations[0]% *}" --reason "$canary"
    note objections validation resolve "${validations[0]% *}" --outcome rejected --reason "$canary"
    note revocations validation revoke "${validations[0]% *}" --reason "$canary"
    note corrections validation correct "${validations[1]% *}" --reason "$canary" \
      --skill "${validations[1]#* }" --level 2 --method reference --capacity "$canary"
    for task in $tasks; do note proposals propose "$name" "$task" --why "$canary"; done
  done
  for task in $tasks; do note lists rank "$task" --top 1000; done
  for number in 1 2 3; do
    pushed_record "$canary-$number" | tr '\n' ' ' >"$folder/pushed"
    note pushes sync push --partner delft <"$folder/pushed"
  done
}

# call_as_people: the same people call by themselves, with tokens; adds to $folder/written.
call_as_people() {
  local everybody
  mapfile -t everybody < <(people)
  tests/clients/python/generate.sh build/python
  callers=(env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=build/python:tests/clients/python
    /usr/bin/python3 deploy/measure/trust/callers_with.py "$folder" "$canary")
  mapfile -t tokens < <("${callers[@]}" options)
  stop_server
  start_server "$@" "${tokens[@]}"
  "${callers[@]}" call "unix:$folder/socket" "${everybody[@]:0:12}" >>"$folder/written" 2>>"$logs/canary.log"
  stop_server
  start_server "$@"
}
# told: how many decisions are told with the canary.
told() { { ask --json decisions | grep -oF "$canary" || true; } | wc -l; }

keys=(--master-key-file "$folder/all/master" --key-folder "$folder/all/keys")
kept=("${keys[@]}" --audit-log on --key-backup-folder "$folder/all/key-backups"
  --backup-folder "$folder/all/backups")
start_server "${kept[@]}" --make-master-key
ask load "$folder/people" >"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
tasks=$(ask --json task list | /usr/bin/python3 -c '
import json, sys
print(*[one["name"] for one in json.load(sys.stdin)["tasks"][:3]])')
write_more
call_as_people "${kept[@]}"
for what in consents objections corrections revocations proposals lists pushes \
  'rankings by a login' 'consents by a request id' 'validations by a request id' 'batches'; do
  figure "$what about people with the canary" "$(grep -cx "$what" "$folder/written" || true)" '' '>=' 1
done
figure 'files with the canary while the server runs' "$(found "$folder/all" "$server_log")" '' '=' 0
figure 'decisions told with the canary' "$(told)" '' '>=' 1
ask admin backup >>"$logs/canary.log" 2>&1
erased=0
while names=$(people) && [ -n "$names" ]; do
  for name in $names; do
    ask passport erase --yes "$name" >>"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
    erased=$((erased + 1))
  done
done
ask admin backup >>"$logs/canary.log" 2>&1
figure 'decisions told with the canary after erasing all' "$(told)" '' '=' 0
stop_server
figure 'people with the canary, erased' "$erased" '' '>=' 50
figure 'files with the canary after erasing all' "$(found "$folder/all" "$server_log")" '' '=' 0
# The backup of before is restored, with the keys of today.
mv "$folder/all/data" "$folder/all/later"
build/release/bin/passend admin restore --backup 1 "${keys[@]}" "$folder/all/backups" \
  "$folder/all/data" >>"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
start_server "${kept[@]}"
figure 'people whom a restored backup brings back' "$(people | wc -l)" '' '=' 0
stop_server
figure 'files with the canary after the restore' "$(found "$folder/all" "$server_log")" '' '=' 0

rm -rf "$folder/all"
mkdir "$folder/all"
start_server --audit-log on
ask load "$folder/people" >"$logs/canary.log" 2>&1 || { show_log canary >&2; exit 1; }
write_more
stop_server
figure 'without encryption: files with the canary' "$(found "$folder/all")" '' '>=' 1

# The same in the process, where the database is compacted as well.
built dev service_tests
failed=0
build/dev/bin/service_tests --gtest_filter='ErasureCanary.*' >"$logs/canary_tests.log" 2>&1 || failed=1
figure 'erased and compacted: failed runs' "$failed" '' '=' 0
figure 'erased and compacted: tests' "$(awk '/ PASSED / { print $4 }' "$logs/canary_tests.log")" '' '>=' 3
