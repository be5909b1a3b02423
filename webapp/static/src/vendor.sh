#!/usr/bin/env bash
# Copies what the pages take from npm into static/vendor, in the versions of package-lock.json beside this file.
#   change a version:  npm install --package-lock-only --omit-lockfile-registry-resolved leaflet@1.9.4, then run this
# The result is committed: whoever runs Janji needs neither node nor npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work"
npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --silent

# Leaflet: only the script, its sheet and its licence. Its pictures belong to controls and markers that we do not use.
into="$here/../vendor/leaflet"
rm -rf "$into"
mkdir -p "$into"
cp "$work"/node_modules/leaflet/dist/leaflet.{js,css} "$work/node_modules/leaflet/LICENSE" "$into"
