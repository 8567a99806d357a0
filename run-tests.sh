#!/usr/bin/env bash
# run-tests.sh: all tests, in two runs of mocha side by side: while one waits for ffmpeg, a model or a database, the other
# has the cores. What it prints ends with the counts of both together, as mocha words them. Its arguments go to both.
set -uo pipefail
cd "$(dirname "$0")"

options=(--color)
[ -t 1 ] || options=(--no-color)
[ -z "${CI:-}" ] || options=(--no-color --exit)
options+=("$@")
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
trap 'kill $(jobs -p) 2>/dev/null; exit 130' INT TERM

node_modules/.bin/mocha "${options[@]}" --ignore 'dist/test/{api,contract,unit}/**' --ignore 'dist/test/*.test.js' >"$logs/films" 2>&1 &
films=$!
node_modules/.bin/mocha "${options[@]}" --ignore 'dist/test/e2e/**' 2>&1 | tee "$logs/parts"
parts=${PIPESTATUS[0]}
wait "$films"
films=$?
cat "$logs/films"

# `12 passing (3s)` in each log, the last such line of it.
count() {
  local total=0 log number
  for log in "$logs"/*; do
    number=$(sed -E 's/\x1b\[[0-9;]*m//g' "$log" | sed -nE "s/^ *([0-9]+) $1( .*)?\$/\1/p" | tail -n 1)
    total=$((total + ${number:-0}))
  done
  echo "  $total $1"
}
echo 'All together:'
count passing
count pending
count failing
[ "$parts" -eq 0 ] && [ "$films" -eq 0 ]
