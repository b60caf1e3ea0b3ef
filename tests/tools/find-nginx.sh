#!/usr/bin/env bash
# Finds nginx for the tests of the edge; on a Debian machine where we may, installs it.
set -euo pipefail
command -v nginx >/dev/null && exit 0
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  echo "No nginx found; installing Debian's." >&2
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq nginx-light >/dev/null
else
  echo "NO NGINX: the tests of the edge need it and will fail." >&2
fi
