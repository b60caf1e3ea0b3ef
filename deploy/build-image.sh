#!/bin/sh
# Builds and pushes the image of one part, with a list of its contents and a record of how it was made: `build-image.sh PART NAME`
set -eu
part=${1:?backend, frontend or nginx} name=${2:?the name of the image}
cd "$(dirname "$0")/.."
exec docker buildx build --file "$part/Dockerfile" --tag "$name" --sbom=true --provenance=mode=max --push .
