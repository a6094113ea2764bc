#!/bin/sh
# Runs inside the old Debian: compiles the patched sources in /build/python-source into /build/python-made.
set -eu
cd /build/python-source
# glibc 2.30 and later offer these two, 2.28 has not
export ac_cv_func_sem_clockwait=no ac_cv_func_pthread_cond_clockwait=no
export CFLAGS="-O2 -include /build/compat.h -ffile-prefix-map=/build/python-source=."
./configure --quiet --prefix=/python --without-ensurepip --disable-test-modules --with-computed-gotos \
    --with-builtin-hashlib-hashes=md5,sha1,sha256,sha512,sha3,blake2
# Debian's correction of pyexpat uses a header that only Python's own parts may read; without this it is left out in silence
sed -i 's/^MODULE_PYEXPAT_CFLAGS=.*/& -DPy_BUILD_CORE_MODULE/' Makefile
make --silent -j"$(nproc)"
./python -c 'import _ctypes, _datetime, _decimal, _elementtree, _json, _multiprocessing, _posixsubprocess, pyexpat, zlib'
rm -rf /build/python-made
make --silent install DESTDIR=/build/python-made
