#!/bin/sh
# Runs inside a clean root, see try_roots.sh: installs, uses and removes each package, says what is not as it should be.
# With SHORT=yes, on an emulated processor: each package once, without the bad surroundings.
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
useradd -m clerk 2>/dev/null
if [ -e /try/older.deb ]; then
    report "the older version: apt install" apt-get install -y -qq --no-install-recommends /try/older.deb
    echo "      $(nianbao --version)"
    report "the older version: a report" as_clerk "nianbao new --agency 某镇人民政府 --year 2024 -o ~/旧版.gknb"
    su clerk -s /bin/sh -c "QT_QPA_PLATFORM=offscreen exec nianbao ~/旧版.gknb" >/tmp/open 2>&1 &
    for _ in $(seq 60); do [ -e "/home/clerk/.~lock.旧版.gknb#" ] && break; sleep 1; done
    report "the older version: its window has the report open" test -e "/home/clerk/.~lock.旧版.gknb#"
    before=$(md5sum </home/clerk/旧版.gknb)
    for process in /proc/[0-9]*; do # the root has no pgrep
        case $(readlink "$process/exe" || :) in /opt/nianbao/python/*) running=${process#/proc/} ;; esac
    done
fi
report "apt install ./nianbao.deb" apt-get install -y -qq --no-install-recommends /try/nianbao.deb
echo "      $(ldd --version | head -1); $(($(dpkg -l | grep -c ^ii) - installed_before - 1)) packages came along"
# the launcher itself, with one file put in the place of the program's first lines
sed 's#$here/program/start.py#/try/first_paint.py#' /opt/nianbao/nianbao >/opt/nianbao/try.sh
# NIANBAO_FILE: what is opened in it
painted() { env "$@" NIANBAO_SINCE="$(date +%s.%N)" sh -c 'exec sh /opt/nianbao/try.sh ${NIANBAO_FILE:+"$NIANBAO_FILE"}'; }
report "no maintainer script" sh -c '! ls /var/lib/dpkg/info/nianbao.postinst /var/lib/dpkg/info/nianbao.prerm 2>/dev/null'
sample=/opt/nianbao/program/resources/samples/写完的示例.gknb

if [ -e /try/older.deb ]; then
    report "updated while the older version is open: that one still runs" kill -0 "$running"
    kill -TERM "$running"
    for _ in $(seq 20); do kill -0 "$running" 2>/dev/null || break; sleep 1; done
    report "updated: the older version ended" sh -c "! kill -0 $running 2>/dev/null"
    report "updated: the report is as it was" sh -c "[ \"\$(md5sum </home/clerk/旧版.gknb)\" = '$before' ]"
    report "updated: the new version reads it" as_clerk "nianbao check ~/旧版.gknb >/tmp/told; test \$? -le 1 && grep -q 2024 /tmp/told"
    report "updated: it is among the reports of late" grep -q 旧版.gknb /home/clerk/.local/share/nianbao/settings.json
    as_clerk "nianbao new --agency 某镇人民政府 --year 2025 -o ~/开着.gknb"
    before=$(stat -c %i /home/clerk/开着.gknb)
    painted QT_QPA_PLATFORM=offscreen NIANBAO_FILE=/home/clerk/开着.gknb NIANBAO_SAVE=yes NIANBAO_WAIT=40000 >/tmp/open 2>&1 &
    window=$!
    for _ in $(seq 60); do grep -q "first paint" /tmp/open && break; sleep 1; done
    cp -a /opt/nianbao/try.sh /tmp/try.sh
    apt-get install -y -qq --reinstall /try/nianbao.deb >/dev/null 2>&1
    wait $window
    report "replaced while it is open: the window says so" grep -q "told that" /tmp/open
    report "replaced while it is open: it saves" sh -c "[ \$(stat -c %i /home/clerk/开着.gknb) != $before ]"
    cp -a /tmp/try.sh /opt/nianbao/try.sh
fi
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
report "an old report is read" as_clerk "nianbao import /try/旧年报.txt -o /tmp/out-clerk/导入.gknb && nianbao check /tmp/out-clerk/导入.gknb; test \$? -le 1"
report "every module of the program is found" /opt/nianbao/python/bin/python3.11 -I /try/first_paint.py --modules
report "no desktop: a sentence" says 2 没有图形桌面 nianbao
report "no desktop, Wayland only: a sentence" says 2 没有图形桌面 env WAYLAND_DISPLAY=wayland-0 nianbao
report "no fonts at all: the window opens (offscreen)" painted QT_QPA_PLATFORM=offscreen
report "a picture of the window with a report (offscreen)" painted QT_QPA_PLATFORM=offscreen NIANBAO_PICTURE=/tmp/out-clerk/window.png \
    NIANBAO_WAIT=$((${SHORT:+20 *} 3000)) NIANBAO_FILE="$sample"
report "there is a picture" test -s /tmp/out-clerk/window.png
if [ -n "${SHORT:-}" ]; then
    rm /opt/nianbao/try.sh
    report "apt remove" apt-get remove -y -qq nianbao
    report "nothing is left" no_trace
    report "layout of the store: apt install" apt-get install -y -qq --no-install-recommends /try/store.deb
    report "layout of the store: it runs" says 0 年报助手 "/opt/apps/$(dpkg-deb --field /try/store.deb Package)/files/nianbao" --version
    apt-get install -y -qq --no-install-recommends xz-utils >/dev/null 2>&1
    report "portable: unpacked and installed by an ordinary user" as_clerk "cd && tar xf /try/portable.tar.xz && sh nianbao-*/install-user.sh"
    report "portable: it runs" as_clerk '~/.local/bin/nianbao --version'
    exit $failed
fi

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
# -- bad surroundings: each one works, or is told in one sentence ---------------------------------------------------------------
sentence() { # sentence <status> <words> <command…>: these words, in not more than two lines, and no trace of Python
    says "$@" || return 1
    ! grep -q Traceback /tmp/out && [ "$(wc -l </tmp/out)" -le 2 ] || { cat /tmp/out; return 1; }
}
report "the program's folder cannot be written by a clerk, and nothing tries to" as_clerk "nianbao --selftest && ! touch /opt/nianbao/x 2>/dev/null"
report "no HOME" as_clerk "env -u HOME nianbao --selftest"
report "no HOME: the window opens" painted -u HOME QT_QPA_PLATFORM=offscreen
report "a HOME that does not exist: the window opens" as_clerk "HOME=/nowhere NIANBAO_SINCE=$(date +%s) QT_QPA_PLATFORM=offscreen sh /opt/nianbao/try.sh"
report "a user without a name: the window opens" sh -c "cd / && NIANBAO_SINCE=$(date +%s.%N) QT_QPA_PLATFORM=offscreen chroot --userspec=4711:4711 / env -u HOME sh /opt/nianbao/try.sh"
full=/tmp/full
mkdir -p $full && mount -t tmpfs -o size=64k tmpfs $full && head -c 60k /dev/zero >$full/other
report "a full disk: export is refused in a sentence" sentence 2 磁盘已满 nianbao export "$sample" -o $full/年报.pdf
report "a full disk: what is there stays, nothing half is left" sh -c "[ \"\$(ls -A $full)\" = other ]"
rm $full/other
report "a full disk that was cleared: it works" nianbao new --agency 某镇人民政府 --year 2025 -o $full/年报.gknb
before=$(md5sum <$full/年报.gknb)
head -c 60k /dev/zero >$full/other 2>/dev/null
report "a full disk: saving over a report keeps the old one" sh -c "nianbao new --agency 另一镇人民政府 --year 2025 -o $full/年报.gknb >/tmp/out 2>&1; grep -q -e 已满 -e 已有 -e 已经 /tmp/out && [ \"\$(md5sum <$full/年报.gknb)\" = '$before' ]"
report "a home on a full disk: the window opens" painted HOME=$full QT_QPA_PLATFORM=offscreen
umount $full
useradd -m clerk2 2>/dev/null
both() { # two clerks at the same time, each with a window of his own
    NIANBAO_SINCE=$(date +%s.%N) su clerk -s /bin/sh -c "QT_QPA_PLATFORM=offscreen sh /opt/nianbao/try.sh" &
    first=$!
    NIANBAO_SINCE=$(date +%s.%N) su clerk2 -s /bin/sh -c "QT_QPA_PLATFORM=offscreen sh /opt/nianbao/try.sh" && wait $first
}
report "two users at the same time" both
report "two users: each has settings of his own" sh -c "test -e /home/clerk/.local/share/nianbao/nianbao.log && test -e /home/clerk2/.local/share/nianbao/nianbao.log"
if apt-get install -y -qq --no-install-recommends libfaketime >/dev/null 2>&1; then
    old=$(ls /usr/lib/*/faketime/libfaketime.so.1)
    report "a clock in 2010: the window opens" env LD_PRELOAD="$old" FAKETIME="@2010-01-02 10:00:00" NIANBAO_SINCE=1262426400 QT_QPA_PLATFORM=offscreen \
        /opt/nianbao/python/bin/python3.11 -I /try/first_paint.py
    report "a clock in 2010: what is exported is read again" sh -c "LD_PRELOAD=$old FAKETIME='@2010-01-02 10:00:00' \
        /opt/nianbao/python/bin/python3.11 -I /opt/nianbao/program/start.py export $sample -o /tmp/2010.docx && nianbao check /tmp/2010.docx"
fi
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
    report "portable: nothing that a clerk may not read" sh -c '! find /home/clerk/.local/share/nianbao-program ! -readable -print | grep .'
    report "portable: it runs" as_clerk '~/.local/bin/nianbao --version'
    report "portable: the menu entry is valid" as_clerk 'desktop-file-validate ~/.local/share/applications/nianbao.desktop'
    report "portable: the type of .gknb" says 0 application/x-nianbao+zip as_clerk xdg-mime query filetype /tmp/x.gknb
    report "portable: installed once more over itself" as_clerk 'sh ~/.local/share/nianbao-program/install-user.sh'
    report "portable: removed" as_clerk 'sh ~/.local/share/nianbao-program/install-user.sh --remove'
    report "portable: nothing is left" sh -c '! find /home/clerk/.local \( -path "*/share/nianbao" -prune \) -o -iname "*nianbao*" -print | grep .'
fi
if [ -e /try/portable.tar.xz ]; then
    small=/tmp/small
    mkdir -p $small && mount -t tmpfs -o size=60m,mode=777 tmpfs $small
    as_clerk "mkdir -p ~/解开 && tar xf /try/portable.tar.xz -C ~/解开 --strip-components=1"
    report "portable: a full disk while installing is told" sentence 2 磁盘满了 su clerk -s /bin/sh -c "HOME=$small sh ~clerk/解开/install-user.sh"
    report "portable: nothing is left of it" sh -c "! find $small -iname '*nianbao*' | grep ."
    umount $small
    report "portable: no HOME while installing is told" sentence 2 不知道主文件夹 su clerk -s /bin/sh -c "env -u HOME sh /home/clerk/解开/install-user.sh"
    rm -rf /home/clerk/.local/share/nianbao
    as_clerk "mkdir ~/解开/年报助手数据"
    sed 's#$here/program/start.py#/try/first_paint.py#' /home/clerk/解开/nianbao >/home/clerk/解开/try.sh
    report "portable: the window opens with the data folder beside it" as_clerk "NIANBAO_SINCE=$(date +%s) QT_QPA_PLATFORM=offscreen sh ~/解开/try.sh"
    report "portable: what the clerk keeps lies there and nowhere else" sh -c "test -e /home/clerk/解开/年报助手数据/nianbao.log && ! test -e /home/clerk/.local/share/nianbao"
    chmod -R a-w /home/clerk/解开
    report "portable: on a disk that cannot be written it runs too" as_clerk "NIANBAO_SINCE=$(date +%s) QT_QPA_PLATFORM=offscreen sh ~/解开/try.sh && ~/解开/nianbao --selftest"
fi
kill $server
exit $failed
