# Sourced by measurements that start the server: one of their own, below $folder, which is made
# here and removed at the end; what is searched and kept is below $folder/all.
folder=$(mktemp -d)
server=
trap 'stop_server; rm -rf "$folder"' EXIT
mkdir "$folder/all"

# start_server [OPTION...]: until it answers. $server_log has what it said. Listens on $listen, and
# has the processors $processors to itself, where these are set.
start_server() {
  server_log=$folder/server.log
  rm -f "$folder/ready"
  ${processors:+taskset --cpu-list "$processors"} build/release/bin/passendd --data "$folder/all/data" --listen "${listen:-unix:$folder/socket}" \
    --ready-file "$folder/ready" "$@" >>"$server_log" 2>&1 &
  server=$!
  while [ ! -e "$folder/ready" ] && kill -0 "$server" 2>/dev/null; do sleep 0.05; done
  [ -e "$folder/ready" ] || { tail -n 40 "$server_log" >&2; return 1; }
}

stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  server=
}

# ask ARGUMENT...: the client, whose labels are below $folder too.
ask() {
  build/release/bin/passend --server "unix:$folder/socket" --labels "$folder/labels.json" "$@"
}

# people: the names of the first page of them.
people() {
  ask --json passport list | /usr/bin/python3 -c '
import json, sys
for line in sys.stdin:
    for one in json.loads(line).get("passports", []):
        print(one["name"])'
}
