#!/bin/sh
# Puts a release into service on this machine: `deploy/release.sh TAG`. Fetch, migrate, roll, smoke; where the smoke test fails,
# back to the release before. 0: in service; 1: not, and as it was before; 2: not, and going back failed too.
set -eu
tag=${1:?the tag of the images}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
# One at a time.
exec 9>.release.lock
flock --nonblock 9 || { echo "Another release is under way." >&2; exit 1; }
before=$(cat .release 2>/dev/null || true)

"$here/fetch.sh" "$tag"
# A release's migrations only add, so the release before goes on through them, and may come back after them.
"$here/migrate.sh" "$tag"
if "$here/roll.sh" "$tag" && "$here/smoke.sh"; then
  printf '%s\n' "$tag" >.release
  echo "In service: $tag"
  exit 0
fi
if [ -z "$before" ]; then
  echo "$tag does not work, and there is no release before it." >&2
  exit 2
fi
echo "$tag does not work; going back to $before." >&2
if "$here/roll.sh" "$before" && "$here/smoke.sh"; then
  echo "In service, as before: $before" >&2
  exit 1
fi
echo "$before does not work either: somebody has to look." >&2
exit 2
