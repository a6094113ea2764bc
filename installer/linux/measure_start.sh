#!/bin/sh
# How long an unpacked package takes until its window is painted: sh installer/linux/measure_start.sh <folder with nianbao> [times]
# Warm, and with nothing of it in memory (that needs root; it slows the whole computer for a moment). Needs Xvfb.
set -eu
folder=$(cd "$1" && pwd)
times=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
Xvfb :78 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server; rm -rf "$work" "$folder/measured.sh"' EXIT
sleep 2
sed "s#\$here/program/start.py#$here/files/first_paint.py#" "$folder/nianbao" >"$folder/measured.sh"
once() { DISPLAY=:78 NIANBAO_HOME="$work" NIANBAO_SINCE=$(date +%s.%N) sh "$folder/measured.sh" | sed -n 's/first paint \([0-9]*\) ms on [a-z]*, \([0-9]*\) ms.*/\1 \2/p'; }
middle() { sort -n | awk '{ all[NR] = $1; if (!least || $2 < least) least = $2 }
    END { print all[int((NR + 1) / 2)] " ms (" all[1] " to " all[NR] ", " NR " times), at least " least " ms of them work of the processor" }'; }
many() { for _ in $(seq "$times"); do
    "$@"
    once
done; }
forget() {
    sync
    echo 3 >/proc/sys/vm/drop_caches
}
once >/dev/null
echo "warm: $(many true | middle)"
if [ -w /proc/sys/vm/drop_caches ]; then echo "cold: $(many forget | middle)"; fi
