"""What a thread or a large piece of memory took is given back to the system."""

import subprocess
import sys
from pathlib import Path

import pytest

_TRIAL = """
import ctypes, re, sys
from pathlib import Path
from app.machine.thrift import be_thrifty
{}
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
for _ in range(2):  # after the first was freed, glibc would keep pieces of this size in its heap
    pieces = [libc.malloc(4_000_000) for _ in range(8)]
    for one in pieces:
        libc.memset(one, 1, 4_000_000)
    full = resident()
    for one in pieces[:-1]:
        libc.free(one)
    left, last = resident(), pieces[-1]
    libc.free(last)
print(full - left)
"""


def _given_back(first: str) -> int:
    """Megabytes that a process has less after freeing 28 that lie under four it still needs."""
    done = subprocess.run(
        [sys.executable, "-c", _TRIAL.format(first)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not Path("/proc/self/status").exists(), reason="glibc"
)
def test_what_is_freed_goes_back_though_something_behind_it_is_still_needed():
    assert _given_back("be_thrifty()") >= 24
    assert _given_back("") < 24
