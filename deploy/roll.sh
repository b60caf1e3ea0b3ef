#!/bin/sh
# Replaces the containers by those of a release, and returns when they are healthy: `roll.sh TAG`
set -eu
cd "$(dirname "$0")/.."
export IMAGE_TAG="${1:?the tag of the images}"
up() { deploy/compose.sh up --detach --wait --wait-timeout "${ROLL_SECONDS:-180}" "$@"; }
# A new container has a new address, which nginx asks for only when it reads its configuration.
reload() { deploy/compose.sh kill --signal HUP nginx; }

up postgres redis
# Without what they depend on: the migration has its own step, and on the way back there is none.
if grep -q '^COMPOSE_FILE=.*docker-compose[.]several[.]yml' .env; then
  # Of several processes the one that runs the feeds goes first: the workers read what it writes.
  up --no-deps feed
  former=$(deploy/compose.sh ps --quiet backend)
  if [ -n "$former" ]; then
    # New workers beside those that answer: these go, one by one, only when nginx knows the others.
    if ! up --no-deps --no-recreate --scale backend=$((2 * $(printf '%s\n' "$former" | wc -l))) backend; then
      for worker in $(deploy/compose.sh ps --quiet backend); do
        case $former in *"$worker"*) ;; *) docker rm --force "$worker" ;; esac
      done
      exit 1
    fi
    reload
    for worker in $former; do
      docker stop --time 30 "$worker"
      docker rm "$worker"
      reload
    done
  fi
fi
up --no-deps backend frontend nginx
reload
