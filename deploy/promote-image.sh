#!/bin/sh
# Gives an image a second tag, by its digest and without building it anew: `promote-image.sh NAME FROM TO`
set -eu
name=${1:?the name of the image} from=${2:?the tag it has} to=${3:?the tag it gets}
digest_of() { docker buildx imagetools inspect "$name:$1" --format '{{.Manifest.Digest}}'; }

digest=$(digest_of "$from") || { echo "There is no $name:$from: that commit has not been through all of main's checks." >&2; exit 1; }
case $digest in sha256:*) ;; *) echo "$name:$from has no digest: $digest" >&2; exit 1 ;; esac
docker buildx imagetools create --tag "$name:$to" "$name@$digest"
given=$(digest_of "$to")
[ "$given" = "$digest" ] || { echo "$name:$to became $given, not $digest" >&2; exit 1; }
echo "$name:$to is $digest"
