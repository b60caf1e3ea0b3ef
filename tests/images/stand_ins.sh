#!/bin/bash
# Makes what stands in for the base images where no registry of images can be reached: one Debian with Python, nginx
# and this machine's Node.js, under three names. It is another Python and another nginx than the real ones: what is
# tried on it are the Dockerfiles' own steps and what they leave behind, not the bases.
set -euo pipefail
folder=$1
system=$folder/system
if [ ! -e "$folder/bootstrapped" ]; then
  rm -rf "$system"
  debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv,python3-pip,nginx-light,curl,openssl \
    trixie "$system" >"$folder/debootstrap.log" 2>&1
  touch "$folder/bootstrapped"
fi
if [ ! -e "$folder/made" ]; then
  umount -R "$system/proc" "$system/sys" 2>/dev/null || true
  ln -sf /usr/bin/python3 "$system/usr/local/bin/python"
  # The official images' pip may install into any environment; Debian's asks first.
  rm -f "$system"/usr/lib/python3*/EXTERNALLY-MANAGED
  node=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  cp "$node/bin/node" "$system/usr/local/bin/node"
  mkdir -p "$system/usr/local/lib/node_modules"
  cp -r "$(npm root --global)/npm" "$system/usr/local/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$system/usr/local/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$system/usr/local/bin/npx"
  chroot "$system" groupadd --gid 101 nginx 2>/dev/null || true
  chroot "$system" useradd --uid 101 --gid 101 --no-create-home --shell /usr/sbin/nologin nginx 2>/dev/null || true
  # Authorities of this machine: its way out may be through one of its own.
  cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/ca-certificates.crt"
  touch "$folder/made"
fi
for name in python node nginx; do
  [ -z "$(buildah images --quiet --filter "reference=localhost/stand-in-$name")" ] || continue
  container=$(buildah from scratch)
  buildah copy --quiet "$container" "$system" / >/dev/null
  # Node.js knows no authorities but its own, unless told.
  buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
  buildah config --env PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin "$container"
  [ "$name" != nginx ] || buildah config --user 101:101 "$container"
  buildah commit --quiet --rm "$container" "localhost/stand-in-$name" >/dev/null
done
