#!/bin/sh
# Tries a .deb and the portable archive on clean systems: sudo sh installer/linux/try_roots.sh [--arch arm64] dist [bullseye bookworm trixie]
# OLDER=<a .deb of an older version>: the new one is installed over it too, with a report that it wrote, while it is open.
# Another processor than this computer's is emulated (qemu-user-static); that is slow, so less is tried there, and what it exports is
# compared with what the package for this computer exports.
# Each root is made once under build/roots and copied for every try. Needs debootstrap; what fails is said, and counted.
set -u
arch=$(dpkg --print-architecture)
own=$arch
usage="sudo sh installer/linux/try_roots.sh [--arch arm64] dist [bullseye bookworm trixie]"
if [ "${1:-}" = --arch ] && [ "$#" -ge 2 ]; then
    arch=$2
    shift 2
fi
[ "$#" -gt 0 ] && [ -d "$1" ] || { echo "$usage" >&2; exit 2; }
dist=$(cd "$1" && pwd)
shift
[ "$#" -gt 0 ] || set -- bullseye bookworm trixie
repository=$(cd "$(dirname "$0")/../.." && pwd)
roots=${ROOTS:-$repository/build/roots}
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 '/debian/*$')
machine() { case $1 in amd64) echo x86_64 ;; arm64) echo aarch64 ;; esac; }
deb=$(ls "$dist"/nianbao_*_"$arch".deb | tail -1)
store=$(ls "$dist"/*_"$arch".deb | grep -v '/nianbao_[^/]*$' | tail -1) # the other one; its name is that of the publisher
portable=$(ls "$dist"/nianbao-*-linux-"$(machine "$arch")".tar.xz 2>/dev/null | tail -1)
failed=0
alike() { # byte by byte; of a .docx each part, because the archive holds the time of writing
    case $1 in *.docx)
        rm -rf "$roots/one" "$roots/other"
        python3 -m zipfile -e "$1" "$roots/one" && python3 -m zipfile -e "$2" "$roots/other" && diff -r "$roots/one" "$roots/other"
        ;;
    *) cmp "$1" "$2" ;;
    esac
}
mkdir -p "$roots"
same=
if [ "$arch" != "$own" ]; then
    kinds=/proc/sys/fs/binfmt_misc
    [ -e $kinds/register ] || mount -t binfmt_misc binfmt_misc $kinds
    # what begins as a program for aarch64 does is run by qemu; F: it is opened now, so that a root need not hold it
    [ -e $kinds/qemu-aarch64 ] || printf '%s' ':qemu-aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/qemu-aarch64-static:F' >$kinds/register
    ours=$(ls "$dist"/nianbao-*-linux-"$(machine "$own")".tar.xz | tail -1)
    same=$roots/same
    rm -rf "$same"
    mkdir -p "$same/program" "$same/made"
    tar xf "$ours" -C "$same/program" --strip-components=1
    for suffix in docx pdf html txt; do
        NIANBAO_HOME="$same/home" "$same/program/nianbao" export "$same/program/program/resources/samples/写完的示例.gknb" -o "$same/made/年 报.$suffix"
    done
fi

for release in "$@"; do
    base=$roots/$release
    [ "$arch" = "$own" ] || base=$base-$arch
    if [ ! -e "$base.ready" ]; then
        rm -rf --one-file-system "$base"
        debootstrap --arch="$arch" --variant=minbase "$release" "$base" "$mirror" >"$base.log" 2>&1 || { echo "$release: no such root"; failed=1; continue; }
        cp /etc/resolv.conf "$base/etc/resolv.conf"
        touch "$base.ready"
    fi
    root=$roots/try-${base##*/}
    ! mountpoint -q "$root/proc" || umount -l "$root/proc" # of a try that was stopped
    rm -rf --one-file-system "$root"
    cp -a "$base" "$root"
    mkdir -p "$root/try"
    cp "$deb" "$root/try/nianbao.deb"
    [ -z "$store" ] || cp "$store" "$root/try/store.deb"
    [ -z "${OLDER:-}" ] || cp "$OLDER" "$root/try/older.deb"
    [ -z "$portable" ] || cp "$portable" "$root/try/portable.tar.xz"
    cp "$repository/tests/samples/001_zhangjiachan_2020.txt" "$root/try/旧年报.txt"
    cp "$repository/installer/linux/files/inside_root.sh" "$repository/installer/linux/files/first_paint.py" "$root/try/"
    mount -t proc proc "$root/proc"
    echo "== $release $arch"
    env -i ${same:+SHORT=yes} PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root ${http_proxy:+http_proxy="$http_proxy"} \
        chroot "$root" sh /try/inside_root.sh || failed=1
    umount -l "$root/proc"
    for made in ${same:+"$same"/made/*}; do
        if alike "$made" "$root/tmp/out-clerk/${made##*/}"; then echo "ok    ${made##*/}: the same as on $own"; else
            echo "WRONG ${made##*/}: not what is exported on $own"
            failed=1
        fi
    done
done
[ "$failed" = 0 ] && echo "all passed" || echo "something failed"
exit "$failed"
