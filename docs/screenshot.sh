#!/bin/sh
# Takes docs/report.png of a run's page, as a reader sees it: docs/screenshot.sh PATH/report.html
# Wants Chromium; WIDTH, HEIGHT and OUT may be set (390 wide is a phone), DARK=1 for the dark page.
set -eu
page=$(realpath "${1:?usage: docs/screenshot.sh PATH/report.html}")
out=$(realpath "${OUT:-$(dirname "$0")/report.png}")
for browser in chromium chromium-browser google-chrome chrome; do
  command -v "$browser" >/dev/null && break
done
command -v "$browser" >/dev/null || { echo "No Chromium found; on Debian: apt-get install chromium" >&2; exit 3; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# A window is never narrower than some 500 pixels, so the page is shown in a frame of the width
# asked for.
width=${WIDTH:-1100} height=${HEIGHT:-866}
printf '<style>body{margin:0}iframe{border:0;width:%spx;height:%spx}</style><iframe src="file://%s"></iframe>' \
  "$width" "$height" "$page" > "$profile/frame.html"
dark=${DARK:+--blink-settings=preferredColorScheme=0}
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars \
  --user-data-dir="$profile/user" --allow-file-access-from-files ${dark:-} \
  --window-size="$((width > 500 ? width : 500)),$height" --virtual-time-budget=4000 \
  --screenshot="$out" "file://$profile/frame.html" >/dev/null 2>&1
echo "$out: $(wc -c < "$out") bytes"
