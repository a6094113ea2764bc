#!/bin/sh
# 把“年报助手”装进自己的主文件夹，不需要管理员权限。卸载：sh install-user.sh --remove
set -eu
kept=年报助手数据 # the clerk's own folder, when one was made beside the program: never copied, never removed

refuse() {
    echo "$1" >&2
    exit 2
}
[ -n "${HOME:-}" ] && [ -d "$HOME" ] || refuse "不知道主文件夹在哪里（HOME 没有设，或者那个文件夹不存在），没有安装。请重新登录后再试；不安装也可以直接运行里面的 nianbao。"
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$data/nianbao-program
entry=$data/applications/nianbao.desktop
type=$data/mime/packages/nianbao.xml
icon=$data/icons/hicolor/scalable/apps/nianbao.svg
command=$HOME/.local/bin/nianbao

refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$data/applications" || :; fi
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$data/mime" >/dev/null 2>&1 || :; fi
}
runs() { # whether the installed program is open: its own Python is what runs
    for process in /proc/[0-9]*; do
        case $(readlink -- "$process/exe" 2>/dev/null || :) in "$real"/*) return 0 ;; esac
    done
    return 1
}
real=$(readlink -f -- "$target" 2>/dev/null || echo "$target")
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
case ${1:-} in
"" | --remove) [ "$#" -le 1 ] || refuse "用法：sh install-user.sh [--remove]" ;;
*) refuse "用法：sh install-user.sh [--remove]" ;;
esac
if runs; then refuse "年报助手正开着，什么也没有动。请先保存并关闭它的窗口，再试一次。"; fi
carry() { # the clerk's folder out of the old program into the new one, then the old one leaves
    for own in "$target.old/$kept"*; do
        [ -e "$own" ] || continue
        name=${own##*/}
        [ ! -e "$target/$name" ] || name=$kept-$(date +%Y%m%d%H%M%S)
        mv -- "$own" "$target/$name"
    done
    rm -rf -- "$target.old"
}
# a call that was cut off between two steps
if [ -e "$target.old" ] && [ ! -e "$target" ]; then mv -- "$target.old" "$target"; fi
if [ -e "$target.old" ]; then carry; fi

if [ "${1:-}" = --remove ]; then
    said="已卸载。报告和设置都还在。"
    if [ -e "$target/$kept" ]; then
        find "$target" -mindepth 1 -maxdepth 1 ! -name "$kept*" -exec rm -rf -- {} +
        said="已卸载。报告和设置都还在，在：$target/$kept"
    else
        rm -rf -- "$target"
    fi
    rm -rf -- "$target.new"
    rm -f -- "$entry" "$type" "$icon" "$command"
    refresh
    echo "$said"
    exit 0
fi

[ -x "$here/nianbao" ] || refuse "没有找到程序：请先把压缩包整个解开，再运行里面的 install-user.sh。"
if ! "$here/nianbao" --version >/dev/null 2>&1; then
    refuse "程序在这台电脑上启动不了：系统需要 x86-64 处理器（或安装包名字里写的那种）和 glibc 2.28 以上。没有安装。"
fi
stopped() {
    rm -rf -- "$target.new"
    refuse "复制没有完成，可能是磁盘满了，或者“$data”不能写入。原来的程序没有动。"
}
trap 'rm -rf -- "$target.new"; exit 130' HUP INT TERM
rm -rf -- "$target.new"
mkdir -p -- "$data/applications" "$data/mime/packages" "${icon%/*}" "${command%/*}" "$target.new" 2>/dev/null || stopped
find "$here" -mindepth 1 -maxdepth 1 ! -name "$kept*" -exec cp -R -t "$target.new" -- {} + 2>/dev/null || stopped
"$target.new/nianbao" --version >/dev/null 2>&1 || stopped
if [ -e "$target" ]; then mv -- "$target" "$target.old"; fi
mv -- "$target.new" "$target"
carry
ln -sf -- "$target/nianbao" "$command"
cp -- "$target/share/nianbao.svg" "$icon"
cp -- "$target/share/nianbao.xml" "$type"
# the path may hold what Exec must not show bare
quoted=$(printf '%s' "$target/nianbao" | sed 's/["`$\\]/\\\\&/g; s/%/%%/g; s/[|&]/\\&/g')
sed "s|^Exec=.*|Exec=\"$quoted\" %f|" "$target/share/nianbao.desktop" >"$entry"
refresh
echo "已装好，在开始菜单的“办公”里。程序在：$target"
if [ "$here" != "$real" ] && [ -e "$here/$kept" ]; then echo "“$here/$kept”里的设置和备份没有带过去，还在原处；从那里运行程序还用它们。"; fi
