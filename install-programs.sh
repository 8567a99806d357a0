#!/usr/bin/env bash
# install-programs.sh PROGRAM:PACKAGE…: installs the Debian packages of the programs that are missing, as root or with
# sudo; where it may not, or there is no apt, one line says what to install.
set -euo pipefail

missing=()
for pair in "$@"; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair#*:}")
done
[ ${#missing[@]} -gt 0 ] || exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
if ! command -v apt-get >/dev/null 2>&1 || ! "${as_root[@]}" true 2>/dev/null; then
  echo "Please install: ${missing[*]} (e.g. sudo apt-get install ${missing[*]}), then run the same command again." >&2
  exit 1
fi
echo "Installing ${missing[*]} …" >&2
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}")
"${install[@]}" >/dev/null 2>&1 </dev/null || {
  "${as_root[@]}" apt-get update -qq </dev/null >&2
  "${install[@]}" </dev/null >&2
}
