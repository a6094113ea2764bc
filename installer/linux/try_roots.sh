#!/bin/sh
# Tries a .deb and the portable archive on clean systems: sudo sh installer/linux/try_roots.sh dist [bullseye bookworm trixie]
# Each root is made once under build/roots and copied for every try. Needs debootstrap; what fails is said, and counted.
set -u
dist=$(cd "$1" && pwd) || exit 2
shift
[ "$#" -gt 0 ] || set -- bullseye bookworm trixie
repository=$(cd "$(dirname "$0")/../.." && pwd)
roots=${ROOTS:-$repository/build/roots}
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 '/debian/*$')
deb=$(ls "$dist"/nianbao_*_amd64.deb | tail -1)
store=$(ls "$dist"/*_amd64.deb | grep -v '/nianbao_[^/]*$' | tail -1) # the other one; its name is that of the publisher
portable=$(ls "$dist"/nianbao-*-linux-x86_64.tar.xz 2>/dev/null | tail -1)
failed=0
mkdir -p "$roots"

for release in "$@"; do
    base=$roots/$release
    if [ ! -e "$base.ready" ]; then
        rm -rf --one-file-system "$base"
        debootstrap --variant=minbase "$release" "$base" "$mirror" >"$base.log" 2>&1 || { echo "$release: no such root"; failed=1; continue; }
        cp /etc/resolv.conf "$base/etc/resolv.conf"
        touch "$base.ready"
    fi
    root=$roots/try-$release
    ! mountpoint -q "$root/proc" || umount -l "$root/proc" # of a try that was stopped
    rm -rf --one-file-system "$root"
    cp -a "$base" "$root"
    mkdir -p "$root/try"
    cp "$deb" "$root/try/nianbao.deb"
    [ -z "$store" ] || cp "$store" "$root/try/store.deb"
    [ -z "$portable" ] || cp "$portable" "$root/try/portable.tar.xz"
    cp "$repository/installer/linux/files/inside_root.sh" "$repository/installer/linux/files/first_paint.py" "$root/try/"
    mount -t proc proc "$root/proc"
    echo "== $release"
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root ${http_proxy:+http_proxy="$http_proxy"} \
        chroot "$root" sh /try/inside_root.sh || failed=1
    umount -l "$root/proc"
done
[ "$failed" = 0 ] && echo "all passed" || echo "something failed"
exit "$failed"
