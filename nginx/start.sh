#!/bin/sh
# Writes the configuration into the folder named by PREFIX, makes a certificate where there is none, and runs nginx.
# BACKEND is one address or several, parted by commas; FEED, where they run no feeds, those of the processes that do.
# `start.sh --check` only tests the configuration.
# What is filled in is read by its name, which shellcheck cannot follow.
# shellcheck disable=SC2034,SC2154
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${PREFIX:=/run/edge}" "${SERVER_NAME:=localhost}" "${HTTP_PORT:=8080}" "${HTTPS_PORT:=8443}" "${PUBLIC_HTTPS_PORT:=443}"
: "${ACCESS_LOG:=/dev/stdout}" "${BACKEND:=backend:8000}" "${FRONTEND:=frontend:8080}" "${CERTIFICATE_FOLDER:=$PREFIX/certificate}" "${ACME_FOLDER:=$PREFIX/acme}"
: "${FEED:=$BACKEND}"
CERTIFICATE=$CERTIFICATE_FOLDER/fullchain.pem
CERTIFICATE_KEY=$CERTIFICATE_FOLDER/privkey.pem
HTTPS_SUFFIX=; [ "$PUBLIC_HTTPS_PORT" = 443 ] || HTTPS_SUFFIX=:$PUBLIC_HTTPS_PORT

mkdir -p "$PREFIX/snippets" "$ACME_FOLDER/.well-known/acme-challenge"
if [ ! -s "$CERTIFICATE" ]; then
  echo "No certificate in $CERTIFICATE_FOLDER: making one that browsers will warn of." >&2
  mkdir -p "$CERTIFICATE_FOLDER"
  (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=$SERVER_NAME" \
    -addext "subjectAltName=DNS:$SERVER_NAME,IP:127.0.0.1" -keyout "$CERTIFICATE_KEY" -out "$CERTIFICATE" 2>/dev/null)
fi

fill=
for name in ACCESS_LOG SERVER_NAME HTTP_PORT HTTPS_PORT HTTPS_SUFFIX FRONTEND CERTIFICATE CERTIFICATE_KEY ACME_FOLDER; do
  eval "value=\$$name"
  case $value in *[!A-Za-z0-9._:/-]*) echo "$name: only letters, digits and ._:/- may stand in it" >&2; exit 64 ;; esac
  fill="$fill;s|[$]{$name}|$value|g"
done
for name in BACKEND FEED; do
  eval "value=\$$name"
  case $value in *[!A-Za-z0-9._:,-]*) echo "$name: only letters, digits and ._:,- may stand in it" >&2; exit 64 ;; esac
  fill="$fill;s|[$]{${name}_SERVERS}|$(echo "$value" | sed 's/\([^,]\{1,\}\),*/server \1 max_fails=0; /g')|"
done
sed "${fill#;}" "$here/nginx.conf" >"$PREFIX/nginx.conf"
cp "$here"/snippets/*.conf "$PREFIX/snippets/"

[ "${1:-}" != --check ] || exec nginx -p "$PREFIX/" -c nginx.conf -e stderr -t
exec nginx -p "$PREFIX/" -c nginx.conf -e stderr -g 'daemon off;'
