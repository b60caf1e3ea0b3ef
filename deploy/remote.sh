#!/bin/sh
# Releases on another machine: `DEPLOY_TO=USER@HOST:FOLDER DEPLOY_KEY=… DEPLOY_KNOWN_HOSTS=… remote.sh TAG`. The folder there
# holds its `.env`; the compose files and these scripts are brought along.
set -eu
tag=${1:?the tag of the images}
case $tag in *[!A-Za-z0-9._-]*) echo "a tag is letters, digits and ._-" >&2; exit 64 ;; esac
host=${DEPLOY_TO%%:*} folder=${DEPLOY_TO#*:}
case $host$folder in *[!A-Za-z0-9@._/-]* | '') echo "DEPLOY_TO: as desk@example.org:/srv/tradesense" >&2; exit 64 ;; esac
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
(umask 077 && printf '%s\n' "${DEPLOY_KEY:?}" >"$keys/key" && printf '%s\n' "${DEPLOY_KNOWN_HOSTS:?}" >"$keys/known")
there() {
  ssh -i "$keys/key" -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$keys/known" "$host" "$@"
}
cd "$(dirname "$0")/.."
tar --create docker-compose.yml docker-compose.several.yml deploy | there "tar --extract --directory '$folder'"
there "cd '$folder' && deploy/release.sh '$tag'"
