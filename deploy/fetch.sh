#!/bin/sh
# Brings the images of a release to this machine: `fetch.sh TAG`
set -eu
cd "$(dirname "$0")/.."
IMAGE_TAG=${1:?the tag of the images} exec deploy/compose.sh pull --quiet
