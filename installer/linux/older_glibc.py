"""Lets binaries that were linked with glibc 2.30 load with 2.28: the few newer names are asked for by their old versions.

Needed on aarch64 only, where the wheels of Qt want 2.31. What did not exist before 2.30 comes from a small library of ours.
"""

import shutil
import struct
from pathlib import Path

from linux import elf, papers, root, tree
from trouble import SetupError

LIBRARY = "libnianbao-glibc.so"
_FIRST = "GLIBC_2.17"  # of aarch64: every function that is older has this version
_VERSIONS_NEEDED = 0x6FFFFFFE  # SHT_GNU_verneed


def mend(target: Path, shop: root.Workshop) -> None:
    """All binaries below `target`. The library of ours is added to those that were changed."""
    late = [path for path in elf.binaries(target) if elf.demands(path).glibc > papers.OLDEST_GLIBC]
    if not late:
        return
    build = shop.folder / "build"
    shutil.copyfile(tree.FILES / "older_glibc.c", build / "older_glibc.c")
    command = [shop.tool("gcc"), "-O2", "-fPIC", "-shared", "-s", "-pthread", f"-Wl,-soname,{LIBRARY}"]
    root.run(shop.folder, [*command, "-o", f"/build/{LIBRARY}", "/build/older_glibc.c"])
    qt = target / "packages" / "PySide6" / "Qt" / "lib"
    shutil.copyfile(build / LIBRARY, qt / LIBRARY)
    for path in late:
        if path.parent == qt:
            tree.patch(shop.folder, path, ["--add-needed", LIBRARY])
        path.write_bytes(lowered(path.read_bytes(), papers.OLDEST_GLIBC))


def lowered(data: bytes, limit: tuple[int, ...]) -> bytes:
    """A 64-bit ELF file in which every version of glibc over `limit` is replaced by the first one of aarch64."""
    made = bytearray(data)
    names = needs = b""
    start = 0
    sections = _sections(data)
    for kind, offset, size, linked in sections:
        if kind == _VERSIONS_NEEDED:
            start, needs = offset, data[offset : offset + size]
            _kind, place, length, _linked = sections[linked]
            names = data[place : place + length]
    if not needs:
        return data
    first = names.find(b"\0" + _FIRST.encode() + b"\0") + 1
    entry = 0
    while True:
        _version, count, _file, inner, further = struct.unpack_from("<HHIII", needs, entry)
        at = entry + inner
        for _ in range(count):
            _hash, _flags, _other, name, step = struct.unpack_from("<IHHII", needs, at)
            word = names[name : names.index(b"\0", name)].decode()
            if word.startswith("GLIBC_2.") and tuple(map(int, word[6:].split("."))) > limit:
                if not first:
                    raise SetupError(f"{_FIRST} 不在文件的名字表里，没法换成旧的版本。")
                struct.pack_into("<I", made, start + at, _hash_of(_FIRST))
                struct.pack_into("<I", made, start + at + 8, first)
            at += step
        if not further:
            return bytes(made)
        entry += further


def _sections(data: bytes) -> list[tuple[int, int, int, int]]:
    """Kind, offset, size and linked section of each."""
    (offset,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    found = []
    for number in range(count):
        _name, kind, _flags, _address, place, length, linked = struct.unpack_from(
            "<IIQQQQI", data, offset + number * size
        )
        found.append((kind, place, length, linked))
    return found


def _hash_of(name: str) -> int:
    """The hash that ELF keeps of a version's name."""
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high & 0xFFFFFFFF
    return value
