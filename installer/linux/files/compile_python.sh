#!/bin/sh
# Runs inside the old Debian: compiles the patched sources in /build/python-source into /build/python-made, for the machine TARGET
# if that is set; then the same for this computer goes into /build/python-native first, which the other one needs to be made.
set -eu
# glibc 2.30 and later offer these two, 2.28 has not
export ac_cv_func_sem_clockwait=no ac_cv_func_pthread_cond_clockwait=no
modules="_ctypes _datetime _decimal _elementtree _json _multiprocessing _posixsubprocess pyexpat zlib"

compile() { # compile <sources> <result> <options of configure…>
    source=$1 made=$2
    shift 2
    cd "$source"
    export CFLAGS="-O2 -include /build/compat.h -ffile-prefix-map=$source=."
    ./configure --quiet --prefix=/python --without-ensurepip --disable-test-modules --with-computed-gotos \
        --with-builtin-hashlib-hashes=md5,sha1,sha256,sha512,sha3,blake2 "$@"
    # Debian's correction of pyexpat uses a header that only Python's own parts may read; without this it is left out in silence
    sed -i 's/^MODULE_PYEXPAT_CFLAGS=.*/& -DPy_BUILD_CORE_MODULE/' Makefile
    make --silent -j"$(nproc)"
    rm -rf "$made"
    make --silent install DESTDIR="$made"
    for module in $modules; do ls "$made"/python/lib/python3.11/lib-dynload/$module.*.so >/dev/null; done
}

strip=${TARGET:+$TARGET-}strip
if [ -n "${TARGET:-}" ]; then
    rm -rf /build/native-source
    cp -a /build/python-source /build/native-source
    compile /build/native-source /build/python-native
    # what configure asks of a running computer
    export ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_buggy_getaddrinfo=no LDFLAGS="-L/usr/lib/$TARGET"
    compile /build/python-source /build/python-made --host="$TARGET" --build="$(gcc -dumpmachine)" \
        --with-build-python=/build/python-native/python/bin/python3.11
else
    compile /build/python-source /build/python-made
    ./python -c "import $(echo $modules | sed 's/ /, /g')"
fi
find /build/python-made -type f \( -name '*.so*' -o -name python3.11 \) -exec "$strip" --strip-unneeded {} +
