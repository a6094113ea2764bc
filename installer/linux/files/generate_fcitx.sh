#!/bin/sh
# Runs inside the Debian that has Qt's tools: writes what Qt's build would write from the plugin's declarations into /build/fcitx/made.
set -eu
cd /build/fcitx/source/qt6/platforminputcontext
made=/build/fcitx/made
tools=/usr/lib/qt6
private=$(echo /build/fcitx/headers/QtGui/[0-9]*)
rm -rf "$made"
mkdir -p "$made/included"
for pair in InputContext:inputcontextproxy InputContext1:inputcontext1proxy InputMethod:inputmethodproxy InputMethod1:inputmethod1proxy; do
    name=${pair#*:}
    "$tools/bin/qdbusxml2cpp" -m -i fcitxqtdbustypes.h -p "$made/$name" "org.fcitx.Fcitx.${pair%:*}.xml"
    "$tools/libexec/moc" "$made/$name.h" -o "$made/included/moc_$name.cpp"
done
for name in fcitxinputcontextproxy fcitxwatcher qfcitxplatforminputcontext main; do
    "$tools/libexec/moc" -I"$private" -I"$private/QtGui" "$name.h" -o "$made/moc_$name.cpp" # what it is a plugin of stands there
done
