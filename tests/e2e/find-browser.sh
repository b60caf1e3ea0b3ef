#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; on a Debian machine where we may, installs it.
set -euo pipefail
find_browser() {
  if [ -n "${TRADESENSE_TEST_BROWSER:-}" ]; then echo "$TRADESENSE_TEST_BROWSER"; return 0; fi
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return 0
  done
  return 1
}
if ! find_browser; then
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    echo "No Chromium found; installing Debian's." >&2
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    "${as_root[@]}" apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq chromium >/dev/null
    find_browser
  else
    echo "NO BROWSER: the browser tests need Chromium. Install it, or name one in TRADESENSE_TEST_BROWSER." >&2
    [ -z "${CI:-}" ]
  fi
fi
