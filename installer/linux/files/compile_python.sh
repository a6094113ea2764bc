#!/bin/sh
# Runs inside the old Debian: compiles the patched sources in /build/python-source into /build/python-made.
set -eu
cd /build/python-source
# glibc 2.30 and later offer these two, 2.28 has not
export ac_cv_func_sem_clockwait=no ac_cv_func_pthread_cond_clockwait=no
export CFLAGS="-O2 -include /build/compat.h -ffile-prefix-map=/build/python-source=."
./configure --quiet --prefix=/python --without-ensurepip --disable-test-modules --with-computed-gotos \
    --with-builtin-hashlib-hashes=md5,sha1,sha256,sha512,sha3,blake2
make --silent -j"$(nproc)"
rm -rf /build/python-made
make --silent install DESTDIR=/build/python-made
