#!/bin/sh
# Serves built pages that `scripts/prepare-pages.mjs` made ready.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${PREFIX:=/tmp/pages}" "${PORT:=8080}" "${PAGES:=/pages}" "${POLICIES:=/policies.conf}" "${MIME_TYPES:=/etc/nginx/mime.types}"
for value in "$PORT" "$PAGES" "$MIME_TYPES"; do
  case $value in *[!A-Za-z0-9._:/-]*) echo "only letters, digits and ._:/- may stand in PORT, PAGES and MIME_TYPES" >&2; exit 64 ;; esac
done
mkdir -p "$PREFIX/brotli"
sed "s|[$]{PORT}|$PORT|g;s|[$]{PAGES}|$PAGES|g;s|[$]{MIME_TYPES}|$MIME_TYPES|g" "$here/nginx.conf" >"$PREFIX/nginx.conf"
cp "$POLICIES" "$PREFIX/policies.conf"
exec nginx -p "$PREFIX/" -c nginx.conf -e stderr -g 'daemon off;'
