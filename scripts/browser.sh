#!/usr/bin/env bash
# The tests look at real pages in Chromium, with a font that has Chinese characters: both come from the system.
set -euo pipefail
packages=()
browsers=(chromium chromium-browser google-chrome google-chrome-stable)
command -v "${browsers[@]}" >/dev/null || packages+=(chromium)
command -v fc-list >/dev/null && fc-list :lang=zh family | grep -q . || packages+=(fontconfig fonts-noto-cjk)
[ ${#packages[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium and a Chinese font. Install them: sudo apt-get install ${packages[*]}"
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
bash scripts/quietly.sh "Reading the list of system packages" apt-get update -qq
bash scripts/quietly.sh "Installing ${packages[*]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"
