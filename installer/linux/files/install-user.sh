#!/bin/sh
# 把“年报助手”装进自己的主文件夹，不需要管理员权限。卸载：sh install-user.sh --remove
set -eu
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

if [ "${1:-}" = --remove ]; then
    rm -rf -- "$target" "$target.new" "$target.old"
    rm -f -- "$entry" "$type" "$icon" "$command"
    refresh
    echo "已卸载。报告和设置都还在。"
    exit 0
fi
if [ "$#" -gt 0 ]; then
    echo "用法：sh install-user.sh [--remove]" >&2
    exit 2
fi

here=$(cd -- "$(dirname -- "$0")" && pwd)
if [ ! -x "$here/nianbao" ]; then
    echo "没有找到程序：请先把压缩包整个解开，再运行里面的 install-user.sh。" >&2
    exit 2
fi
if ! "$here/nianbao" --version >/dev/null 2>&1; then
    echo "程序在这台电脑上启动不了：系统需要 x86-64 处理器（或安装包名字里写的那种）和 glibc 2.28 以上。没有安装。" >&2
    exit 2
fi
mkdir -p "$data/applications" "$data/mime/packages" "$(dirname -- "$icon")" "$(dirname -- "$command")"
rm -rf -- "$target.new" "$target.old"
if ! cp -R -- "$here" "$target.new"; then
    rm -rf -- "$target.new"
    echo "复制没有完成，可能是磁盘满了。原来的程序没有动。" >&2
    exit 2
fi
if [ -e "$target" ]; then mv -- "$target" "$target.old"; fi
mv -- "$target.new" "$target"
rm -rf -- "$target.old"
ln -sf -- "$target/nianbao" "$command"
cp -- "$target/share/nianbao.svg" "$icon"
cp -- "$target/share/nianbao.xml" "$type"
# the path may hold what Exec must not show bare
quoted=$(printf '%s' "$target/nianbao" | sed 's/["`$\\]/\\\\&/g; s/%/%%/g; s/[|&]/\\&/g')
sed "s|^Exec=.*|Exec=\"$quoted\" %f|" "$target/share/nianbao.desktop" >"$entry"
refresh
echo "已装好，在开始菜单的“办公”里。程序在：$target"
