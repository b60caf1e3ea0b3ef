#!/bin/sh
# Brings the tables up to date with the program of a release, under the one that runs: `migrate.sh TAG`
set -eu
cd "$(dirname "$0")/.."
IMAGE_TAG=${1:?the tag of the images} exec deploy/compose.sh run --rm migrate
