#!/bin/sh
# Asks the desk from outside what it must answer, for at most SMOKE_SECONDS: `smoke.sh [https://NAME]`
set -eu
cd "$(dirname "$0")/.."
address=${1:-${SMOKE_ADDRESS:-https://$(sed -n 's/^SERVER_NAME=//p' .env)}}
till=$(($(date +%s) + ${SMOKE_SECONDS:-60}))

answers() { # STATUS PATH
  given=$(curl --silent --show-error --max-time 5 ${CA_FILE:+--cacert "$CA_FILE"} --output /dev/null --write-out '%{http_code}' "$address$2") || given=nothing
  [ "$given" = "$1" ] || { echo "$2: $given instead of $1"; return 1; }
}

all() {
  answers 200 /health && answers 200 /health/ready && answers 200 / && answers 200 /login &&
    answers 401 /api/v1/futures && answers 404 /api/v1/nothing-here && answers 404 /metrics
}

while ! said=$(all); do
  if [ "$(date +%s)" -ge "$till" ]; then
    echo "$address does not answer as it should: $said" >&2
    exit 1
  fi
  sleep "${SMOKE_PAUSE:-2}"
done
echo "$address answers as it should."
