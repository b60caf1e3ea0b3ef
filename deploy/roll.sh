#!/bin/sh
# Replaces the containers by those of a release, and returns when they are healthy: `roll.sh TAG`
set -eu
cd "$(dirname "$0")/.."
export IMAGE_TAG="${1:?the tag of the images}"
docker compose --file docker-compose.yml up --detach --wait --wait-timeout "${ROLL_SECONDS:-180}" postgres redis
# Without what they depend on: the migration has its own step, and on the way back there is none.
docker compose --file docker-compose.yml up --detach --wait --wait-timeout "${ROLL_SECONDS:-180}" --no-deps backend frontend nginx
# A new container has a new address, which nginx asks for only when it reads its configuration.
docker compose --file docker-compose.yml kill --signal HUP nginx
