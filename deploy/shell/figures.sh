# Sourced by the measurements: how a figure is told.

# A measurement may be run by itself; deploy/measure.sh says otherwise with --long.
: "${PASSEND_LONG:=false}"

# is_number TEXT
is_number() { [[ $1 =~ ^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?$ ]]; }

# divided NUMBER BY: what is no number stays as it is.
divided() { if is_number "$1"; then awk "BEGIN { print $1 / $2 }"; else printf '%s' "$1"; fi; }

# number_said LOG NAME: of the last line `NAME: number` in $logs/LOG.log; where there is none,
# `missing`, which is short of every limit.
number_said() {
  awk -F ': ' -v name="$2: " 'index($0, name) == 1 { n = $NF } END { print n == "" ? "missing" : n }' "$logs/$1.log"
}

# figure NAME VALUE UNIT COMPARISON LIMIT: COMPARISON is <=, >= or =; = compares as text, and the
# others find everything short that is no number.
figure() {
  local verdict=short
  case $4 in
    '<=') if is_number "$2" && awk "BEGIN { exit !($2 <= $5) }"; then verdict=ok; fi ;;
    '>=') if is_number "$2" && awk "BEGIN { exit !($2 >= $5) }"; then verdict=ok; fi ;;
    '=') if [ "$2" = "$5" ]; then verdict=ok; fi ;;
    *) printf 'no such comparison: %s\n' "$4" >&2; return 2 ;;
  esac
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$verdict"
}

# skipped NAME WHY: nothing is passed over in a long run, which is what a release stands on.
skipped() {
  if $PASSEND_LONG; then
    printf '%s\t-\t\t\t\tshort\n' "$1, skipped: $2"
  else
    printf '%s\t-\t\t\t\tskipped: %s\n' "$1" "$2"
  fi
}

# now: seconds, with three decimals.
now() { date +%s.%3N; }

# since START: seconds passed, with one decimal.
since() { awk "BEGIN { printf \"%.1f\", $(now) - $1 }"; }

# built PRESET TARGET...: builds without a word on the standard output.
built() { build "$@" >&2; }
