#!/bin/sh
# `docker compose` with what is in service here: one process, or several where COMPOSE_FILE in `.env` names them; never what is
# for development.
set -eu
cd "$(dirname "$0")/.."
if grep -q '^COMPOSE_FILE=.*docker-compose[.]several[.]yml' .env; then
  set -- --file docker-compose.several.yml "$@"
fi
exec docker compose --file docker-compose.yml "$@"
