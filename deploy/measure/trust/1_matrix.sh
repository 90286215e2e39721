#!/usr/bin/env bash
# Who may do what: every cell of the permission table is asked of the whole service, no method is
# without a row, and nobody is turned away while certificates and token keys are exchanged.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev method_check authorisation_tests identity_tests server_tests

build/dev/bin/method_check proto/passend/v1/*_service.proto >"$logs/methods.log" 2>&1 || true
methods=$(awk '/methods, / { print $1 }' "$logs/methods.log")
undeclared=$(awk '/methods, / { print $3 }' "$logs/methods.log")

# Each role for what is its own and for what is another's, nobody, and whoever is on this machine.
roles=6
matrix_failed=0 rotation_failed=0 tokens_failed=0
build/dev/bin/authorisation_tests >"$logs/matrix.log" 2>&1 || matrix_failed=1
tested=$(awk '/^authorisation cells tested: / { print $4 }' "$logs/matrix.log")
shared=$(awk '/^authorisation cells with consents tested: / { print $6 }' "$logs/matrix.log")
revealed=$(awk '/^cells of revealing tested: / { print $5 }' "$logs/matrix.log")
fed=$(awk '/^cells of feeds tested: / { print $5 }' "$logs/matrix.log")
build/dev/bin/identity_tests >"$logs/tokens.log" 2>&1 || tokens_failed=1
build/dev/bin/server_tests --gtest_filter='IdentityServerTest.*' >"$logs/rotation.log" 2>&1 ||
  rotation_failed=1
# kind COLUMN: of the line `calls during KIND rotation: 123, failed: 0`.
rotation() { awk -F '[:,] *' -v kind="$1" -v column="$2" '$0 ~ "^calls during " kind { print $column }' "$logs/rotation.log"; }

figure 'methods' "${methods:-0}" '' '>=' 49
figure 'methods undeclared' "${undeclared:-unknown}" '' '=' 0
figure 'authorisation cells' "$((${methods:-0} * (2 * roles + 2)))" '' '>=' 686
figure 'authorisation cells tested' "${tested:-0}" '' '=' "$((${methods:-0} * (2 * roles + 2)))"
figure 'authorisation cells with consents tested' "${shared:-0}" '' '>=' 234
figure 'cells of revealing tested' "${revealed:-0}" '' '>=' 20
figure 'cells of feeds tested' "${fed:-0}" '' '>=' 30
figure 'authorisation matrix: failed runs' "$matrix_failed" '' '=' 0
figure 'tokens, keys, certificates: failed runs' "$tokens_failed" '' '=' 0
for kind in certificate 'token key'; do
  figure "calls while the $kind is exchanged" "$(rotation "$kind" 2)" '' '>=' 20
  figure "calls that failed then, $kind" "$(rotation "$kind" 4)" '' '=' 0
done
figure 'servers with identity: failed runs' "$rotation_failed" '' '=' 0
