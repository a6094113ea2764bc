#!/bin/sh
# Runs inside a clean root, see try_roots.sh: installs, uses and removes each package, says what is not as it should be.
set -u
export DEBIAN_FRONTEND=noninteractive
failed=0
report() { # report <words> <command…>: the command must succeed
    words=$1
    shift
    if "$@" >/tmp/said 2>&1; then echo "ok    $words"; else
        echo "WRONG $words"
        tail -15 /tmp/said
        failed=1
    fi
}
says() { # says <status> <words> <command…>: this exit status, and these words in what is printed
    wanted=$1 expected=$2
    shift 2
    "$@" >/tmp/out 2>&1
    status=$?
    [ "$status" = "$wanted" ] && grep -q -- "$expected" /tmp/out || { echo "status $status:"; cat /tmp/out; return 1; }
}
as_clerk() { su clerk -s /bin/sh -c "$*"; }
no_trace() { # of the package; settings in the home folder are the clerk's
    left=$(find / -xdev -not -path '/proc/*' -not -path '/try/*' -not -path '/var/cache/*' -not -path '/var/lib/dpkg/*' \
        -not -path '/var/log/*' -not -path '/home/*' -not -path '/root/*' -not -path '/tmp/*' -iname '*nianbao*' 2>/dev/null)
    [ -z "$left" ] || { echo "$left"; return 1; }
    ! grep -rqs nianbao /usr/share/applications /usr/share/mime || { grep -rls nianbao /usr/share/applications /usr/share/mime; return 1; }
}
installed_before=$(dpkg -l | grep -c ^ii)
apt-get -qq update >/dev/null 2>&1
report "no Python is here" sh -c '! command -v python3'
report "apt install ./nianbao.deb" apt-get install -y -qq --no-install-recommends /try/nianbao.deb
echo "      $(ldd --version | head -1); $(($(dpkg -l | grep -c ^ii) - installed_before - 1)) packages came along"
# the launcher itself, with one file put in the place of the program's first lines
sed 's#$here/program/start.py#/try/first_paint.py#' /opt/nianbao/nianbao >/opt/nianbao/try.sh
painted() { env "$@" NIANBAO_SINCE="$(date +%s.%N)" sh /opt/nianbao/try.sh; }
report "no maintainer script" sh -c '! ls /var/lib/dpkg/info/nianbao.postinst /var/lib/dpkg/info/nianbao.prerm 2>/dev/null'
useradd -m clerk 2>/dev/null
sample=/opt/nianbao/program/resources/samples/写完的示例.gknb

report "--version" says 0 年报助手 nianbao --version
if nianbao --help 2>&1 | grep -q selftest; then report "--selftest" as_clerk nianbao --selftest; fi
report "check of the sample" says 0 没有发现问题 nianbao check "$sample"
mkdir -p /tmp/out-clerk && chmod 777 /tmp/out-clerk
for suffix in docx pdf html xlsx txt; do
    report "export .$suffix, as an ordinary user" as_clerk "nianbao export '$sample' -o '/tmp/out-clerk/年 报.$suffix' && test -s '/tmp/out-clerk/年 报.$suffix'"
done
echo "      $(cd /tmp/out-clerk && ls -s | tr '\n' ' ')"
for suffix in docx pdf html xlsx txt; do # what was written is read again
    report "check of the .$suffix just written" as_clerk "nianbao check '/tmp/out-clerk/年 报.$suffix'; test \$? -le 1"
done
report "every module of the program is found" /opt/nianbao/python/bin/python3.11 -I /try/first_paint.py --modules
report "no desktop: a sentence" says 2 没有图形桌面 nianbao
report "no desktop, Wayland only: a sentence" says 2 没有图形桌面 env WAYLAND_DISPLAY=wayland-0 nianbao
report "no fonts at all: the window opens (offscreen)" painted QT_QPA_PLATFORM=offscreen

apt-get install -y -qq --no-install-recommends fonts-wqy-microhei xvfb xauth xdg-utils shared-mime-info desktop-file-utils \
    libfile-mimeinfo-perl xz-utils zenity x11-utils >/dev/null 2>&1 || echo "      helpers of this test could not be installed"
Xvfb :77 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
sleep 3
export DISPLAY=:77
for call in "" "QT_QPA_PLATFORM=dxcb" "QT_QPA_PLATFORM=wayland QT_PLUGIN_PATH=/nowhere QT_QPA_PLATFORMTHEME=deepin QT_STYLE_OVERRIDE=chameleon" \
    "PYTHONPATH=/nowhere PYTHONHOME=/nowhere LD_LIBRARY_PATH=/nowhere QT_QPA_PLATFORM_PLUGIN_PATH=/nowhere"; do
    # shellcheck disable=SC2086
    report "window on X11 ${call}" painted $call
    grep "first paint" /tmp/said | sed 's/^/      /'
done
echo x >/tmp/x.gknb
report "the type of .gknb" says 0 application/x-nianbao+zip as_clerk xdg-mime query filetype /tmp/x.gknb
report "what opens it" says 0 nianbao.desktop as_clerk xdg-mime query default application/x-nianbao+zip
report "the menu entry is valid" desktop-file-validate /usr/share/applications/nianbao.desktop
rm /opt/nianbao/try.sh
report "apt remove" apt-get remove -y -qq nianbao
report "nothing is left" no_trace

if [ -e /try/store.deb ]; then
    id=$(dpkg-deb --field /try/store.deb Package)
    report "layout of the store: apt install" apt-get install -y -qq --no-install-recommends /try/store.deb
    report "layout of the store: everything in its folder" sh -c "! dpkg -L $id | grep -vE '^(/\\.|/opt|/opt/apps|/opt/apps/$id(/.*)?)\$'"
    report "layout of the store: it runs" says 0 年报助手 "/opt/apps/$id/files/nianbao" --version
    report "layout of the store: apt remove" apt-get remove -y -qq "$id"
    report "layout of the store: nothing is left" no_trace
fi
if [ -e /try/portable.tar.xz ]; then
    report "portable: unpacked and installed by an ordinary user" as_clerk "cd && mkdir -p '下载 1' && tar xf /try/portable.tar.xz -C '下载 1' && sh '下载 1'/nianbao-*/install-user.sh && rm -r '下载 1'"
    report "portable: it runs" as_clerk '~/.local/bin/nianbao --version'
    report "portable: the menu entry is valid" as_clerk 'desktop-file-validate ~/.local/share/applications/nianbao.desktop'
    report "portable: the type of .gknb" says 0 application/x-nianbao+zip as_clerk xdg-mime query filetype /tmp/x.gknb
    report "portable: installed once more over itself" as_clerk 'sh ~/.local/share/nianbao-program/install-user.sh'
    report "portable: removed" as_clerk 'sh ~/.local/share/nianbao-program/install-user.sh --remove'
    report "portable: nothing is left" sh -c '! find /home/clerk/.local \( -path "*/share/nianbao" -prune \) -o -iname "*nianbao*" -print | grep .'
fi
kill $server
exit $failed
