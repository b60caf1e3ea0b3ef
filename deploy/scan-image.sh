#!/bin/sh
# Fails where an image has a known hole, high or critical, that a newer package closes: `scan-image.sh NAME`
set -eu
name=${1:?the name of the image}
exec docker run --rm --env DOCKER_CONFIG=/config --volume "${DOCKER_CONFIG:-$HOME/.docker}:/config:ro" \
  aquasec/trivy:0.73.0@sha256:7cced7cae583819fc7806d4cbc0dbbc7cad18b99f7d3e235192e6da8c091045c \
  image --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$name"
