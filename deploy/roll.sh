#!/bin/sh
# Replaces the containers by those of a release, and returns when they are healthy: `roll.sh TAG`
set -eu
cd "$(dirname "$0")/.."
export IMAGE_TAG="${1:?the tag of the images}"
deploy/compose.sh up --detach --wait --wait-timeout "${ROLL_SECONDS:-180}" postgres redis
# Of several processes the one that runs the feeds goes first: the workers read what it writes.
feed=$(grep -q '^COMPOSE_FILE=.*docker-compose[.]several[.]yml' .env && echo feed || true)
# Without what they depend on: the migration has its own step, and on the way back there is none.
deploy/compose.sh up --detach --wait --wait-timeout "${ROLL_SECONDS:-180}" --no-deps ${feed:+"$feed"} backend frontend nginx
# A new container has a new address, which nginx asks for only when it reads its configuration.
deploy/compose.sh kill --signal HUP nginx
