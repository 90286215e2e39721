#!/usr/bin/env bash
# Passports that are taken along: signed so that others' validators take them, refused with a flipped
# bit, and the same after export, erasure and import.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/tally.sh
running_command=
built dev passendd credential_tests portable_tests

credential_failed=0 portable_failed=0
build/dev/bin/credential_tests >"$logs/credentials.log" 2>&1 || credential_failed=1
build/dev/bin/portable_tests >"$logs/portable.log" 2>&1 || portable_failed=1
# said COLUMN FILE TEXT: of the line that begins with the text.
said() { awk -v text="$3" -v column="$1" 'index($0, text) == 1 { print $column }' "$logs/$2.log"; }

passed_total=0 failed_total=0
count_node credentials-client timeout 900 tests/clients/node/run.sh build/dev/bin/passendd >&2
figure "Node: others' validators and clients: tests passed" "$passed_total" '' '>=' 22
figure "Node: others' validators and clients: tests failed" "$failed_total" '' '=' 0

tried=$(said 6 credentials 'flipped bits refused: ')
figure 'flipped bits of a credential, tried' "${tried:-0}" '' '>=' 4000
figure 'flipped bits of a credential, refused' "$(said 4 credentials 'flipped bits refused: ')" '' '=' "${tried:-0}"
figure 'credentials: failed runs' "$credential_failed" '' '=' 0

trips=$(said 3 portable 'round trips: ')
figure 'export, erase, import: passports' "${trips:-0}" '' '>=' 25
figure 'export, erase, import: validations' "$(said 5 portable 'round trips: ')" '' '>=' 300
figure 'export, erase, import: other than before' "$(said 7 portable 'round trips: ')" '' '=' 0
figure 'passports taken along: failed runs' "$portable_failed" '' '=' 0
