#!/bin/sh
# Starts the program of the image. The image cannot be written to, and a machine with another processor than the one that
# built it compiles the option maths anew: so compiled code is kept in the data folder, one folder a release.
set -eu
: "${KERNELS:=/app/kernels}" "${TRADESENSE_DATA_DIR:=/data}"
if [ "${1:-}" = run ] && [ -r "$KERNELS/release" ]; then
  kept=$TRADESENSE_DATA_DIR/kernels
  release=$(cat "$KERNELS/release")
  if [ "$(cat "$kept/release" 2>/dev/null || true)" != "$release" ]; then
    rm -rf "$kept" "$kept.new"
    cp -R "$KERNELS" "$kept.new"
    chmod -R u+w "$kept.new"
    mv "$kept.new" "$kept"
  fi
  export NUMBA_CACHE_DIR="$kept"
fi
# In development: anew whenever a source file changes.
[ "${RELOAD:-}" != true ] || exec python -m watchfiles --filter python "tradesense $*" "$(dirname "$0")/tradesense"
exec tradesense "$@"
