#!/usr/bin/env bash
# Finds strace for the tests of failing disks; on a Debian machine where we may, installs it.
set -euo pipefail
command -v strace >/dev/null && exit 0
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  echo "No strace found; installing Debian's." >&2
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq strace >/dev/null
else
  echo "NO STRACE: one test of a failing disk needs it and will fail." >&2
fi
