#!/bin/sh
# Runs inside the old Debian: compiles the plugin against Qt's headers and the wheel's own libraries, which lie in /build/fcitx/lib.
set -eu
cd /build/fcitx
g=${TARGET:+$TARGET-}g++
h=headers
set -- -Imade -Imade/included -Isource/qt6/platforminputcontext -I$h
for module in QtCore QtGui QtDBus; do set -- "$@" "-I$h/$module"; done
for module in QtCore QtGui; do
    private=$(echo $h/$module/[0-9]*)
    set -- "$@" "-I$private" "-I$private/$module"
done
rm -rf objects
mkdir objects
for source in source/qt6/platforminputcontext/*.cpp made/*.cpp; do
    name=$(basename "$source" .cpp)
    "$g" -std=c++17 -O2 -fPIC -fvisibility=hidden -ffile-prefix-map=/build/fcitx=. -DQT_NO_DEBUG -DQT_PLUGIN "$@" -c "$source" -o "objects/$name.o"
done
rm -f plugin.so
"$g" -shared -Wl,--allow-shlib-undefined -Wl,-rpath,'$ORIGIN/../../lib' -s -o plugin.so objects/*.o \
    lib/libQt6Gui.so.6 lib/libQt6DBus.so.6 lib/libQt6Core.so.6 lib/libxkbcommon.so.0
