# Sourced by the measurements of the feed: a server of their own, below $folder, which is made here and
# removed at the end.
folder=$(mktemp -d)
server=
trap 'stop_server; rm -rf "$folder"' EXIT
mkdir "$folder/all"

# start_server [OPTION...]: until it answers. $server_log has what it said.
start_server() {
  server_log=$folder/server.log
  rm -f "$folder/ready"
  build/release/bin/passendd --data "$folder/all/data" --listen "unix:$folder/socket" \
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

