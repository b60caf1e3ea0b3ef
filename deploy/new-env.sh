#!/bin/sh
# Prints a `.env` for docker-compose.yml with fresh secrets: `deploy/new-env.sh desk.example.org smtp://USER:PASSWORD@HOST:587 >.env`
set -eu
if [ $# -ne 2 ]; then
  echo "usage: new-env.sh NAME MAIL_URL, as: new-env.sh desk.example.org smtp://desk:word@mail.example.org:587" >&2
  exit 64
fi
case $1 in '' | *[!A-Za-z0-9.-]*) echo "NAME: a host name, as desk.example.org" >&2; exit 64 ;; esac
case $2 in smtp://* | smtps://*) ;; *) echo "MAIL_URL: as smtp://USER:PASSWORD@HOST:587" >&2; exit 64 ;; esac
printf 'COMPOSE_FILE=docker-compose.yml\nSERVER_NAME=%s\nMAIL_URL=%s\n' "$1" "$2"
for name in JWT_SIGNING_KEY CSRF_KEY TOKEN_HASH_KEY ENCRYPTION_KEY CURSOR_SIGNING_KEY METRICS_TOKEN \
  POSTGRES_PASSWORD DATABASE_OWNER_PASSWORD DATABASE_APP_PASSWORD DATABASE_CATALOG_PASSWORD REDIS_PASSWORD GRAFANA_PASSWORD; do
  printf '%s=%s\n' "$name" "$(openssl rand -hex 32)"
done
