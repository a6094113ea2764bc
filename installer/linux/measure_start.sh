#!/bin/sh
# How long an unpacked package takes until its window is painted: sh installer/linux/measure_start.sh <folder with nianbao> [times]
# Warm, and as root with nothing of it in memory (that slows the whole computer for a moment), and from a disk that turns: the reads that
# an image of the folder gets are counted, and what such a disk needs for them. As root it goes before all else that runs. Needs Xvfb;
# perf for the disk.
set -eu
folder=$(cd "$1" && pwd)
times=${2:-5}
first=
[ "$(id -u)" != 0 ] || first="chrt --fifo 30"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
Xvfb :78 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
[ -z "$first" ] || chrt --fifo --pid 40 $server
trap 'kill $server; rm -rf "$work" "$folder/measured.sh"' EXIT
sleep 2
sed "s#\$here/program/start.py#$here/files/first_paint.py#" "$folder/nianbao" >"$folder/measured.sh"
once() { DISPLAY=:78 NIANBAO_HOME="$work" NIANBAO_SINCE=$(date +%s.%N) timeout 60 $first sh "$folder/measured.sh" | sed -n 's/first paint \([0-9]*\) ms on [a-z]*, \([0-9]*\) ms.*/\1 \2/p'; }
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
[ -n "$first" ] && command -v perf >/dev/null && device=$(losetup --find) || exit 0
truncate -s "$(($(du -sm "$folder" | cut -f1) * 3 / 2))M" "$work/disk"
mkfs.ext4 -q -d "$folder" "$work/disk"
losetup "$device" "$work/disk"
echo 128 >"/sys/block/${device##*/}/queue/read_ahead_kb" # the usual
mkdir "$work/on"
mount -o ro,noatime "$device" "$work/on"
trap 'kill $server; umount "$work/on"; losetup -d "$device"; rm -rf "$work" "$folder/measured.sh"' EXIT
unpacked=$folder
folder=$work/on
perf record --quiet -a -e block:block_rq_issue -o "$work/reads" sh -c "DISPLAY=:78 NIANBAO_HOME=$work NIANBAO_SINCE=0 timeout 60 $first sh $work/on/measured.sh" >/dev/null
folder=$unpacked
# a seek: 3 ms to near by, 6 ms further, and half a turn; then 100 MB a second
perf script -i "$work/reads" -F trace 2>/dev/null | sed -n "s/^ *$(sed 's/:/,/' "/sys/block/${device##*/}/dev") R[A-Z]* [0-9]* () \([0-9]*\) + \([0-9]*\).*/\1 \2/p" |
    awk '{ far = $1 - at; if (far < 0) far = -far; if (NR == 1 || far > 512) { seeks++; ms += 4.2 + (far > 200000 ? 6 : 3) }
        ms += $2 * 512 / 100000; at = $1 + $2; total += $2 }
    END { printf "a disk of 7200 turns: %d reads, %d of them elsewhere, %d MB: %d ms\n", NR, seeks, total / 2048, ms }'
