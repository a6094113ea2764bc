"""The C library gives back what is no longer used, and keeps no heap for each thread: for the window, which runs all day."""

import sys

# Numbers and meanings of mallopt(3) in glibc; elsewhere nothing is done.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 512 * 1024  # bytes at the end of the heap that wait for what comes next
_LARGE = (
    256 * 1024
)  # bytes from which something has pages of its own, which go with it: a drawn page has a million


def be_thrifty() -> None:
    """To be said before threads are begun."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    for what, value in ((_TRIM_THRESHOLD, _KEPT), (_MMAP_THRESHOLD, _LARGE), (_ARENA_MAX, 1)):
        mallopt(what, value)
