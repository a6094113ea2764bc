"""Printing without a window: which pages are meant, and the PDF itself handed to the system's spooler (CUPS: lp)."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError

MOST_COPIES = 99
_PATIENCE = 60  # seconds for lp to take a file


@dataclass(frozen=True, slots=True)
class PrintItem:
    """Something to print: its name and what makes its PDF (off the GUI thread)."""

    key: str
    title: str
    make_pdf: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """How it is to be printed; `pages` is what was typed and concerns the report."""

    printer: str
    copies: int = 1
    is_duplex: bool = True
    pages: str = ""


def chosen_pages(text: str, count: int) -> tuple[int, ...]:
    """1-3，5 → the pages meant, from 1; all for an empty text. UserError for what is none of `count` pages."""
    plain = unicodedata.normalize("NFKC", text).replace("、", ",").replace("至", "-").replace("~", "-")
    plain = re.sub(r"[\s第页]+", "", plain).replace("—", "-").strip(",")
    if not plain:
        return tuple(range(1, count + 1))
    found: list[int] = []
    for part in plain.split(","):
        hit = re.fullmatch(r"([0-9]{1,4})(?:-([0-9]{1,4}))?", part)
        first, last = (int(hit[1]), int(hit[2] or hit[1])) if hit else (0, 0)
        if not 1 <= first <= last <= count:
            raise UserError(
                f"页码“{text.strip()}”不对，这份文件有{count}页", "请写成 1-3,5 的样子，全部打印就空着"
            )
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


def page_list(pages: Iterable[int]) -> str:
    """1,2,3,5 → 1-3,5, as lp wants it."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def has_spooler() -> bool:
    """Whether the PDF itself can be handed over: everywhere but on Windows, where lp is installed."""
    return sys.platform != "win32" and shutil.which("lp") is not None


def lp_arguments(order: PrintOrder, pages: tuple[int, ...], count: int, title: str, file: Path) -> list[str]:
    """The call that prints a file as it is: no scaling, A4, each copy whole."""
    sides = "two-sided-long-edge" if order.is_duplex and len(pages) > 1 else "one-sided"
    found = ["lp", "-d", order.printer, "-n", str(order.copies), "-t", title]
    for option in ("media=A4", "print-scaling=none", f"sides={sides}", "collate=true"):
        found += ["-o", option]
    if len(pages) < count:
        found += ["-P", page_list(pages)]
    return [*found, "--", str(file)]


def spool(order: PrintOrder, pages: tuple[int, ...], count: int, title: str, pdf: bytes) -> None:
    """Hand a PDF to the spooler; UserError with its own words when it does not take it."""
    folder = Path(tempfile.mkdtemp(prefix="nianbao-print-"))
    file = folder / "print.pdf"
    try:
        file.write_bytes(pdf)
        call = lp_arguments(order, pages, count, title, file)
        done = subprocess.run(
            call,
            capture_output=True,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UserError("打印服务没有回应", "请看打印机是否接通，或先导出 PDF 再打印") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:120]
        raise UserError(
            f"打印机“{order.printer}”没有收下“{title}”" + (f"（{words}）" if words else ""),
            "请看打印机是否接通、有没有停用",
        )
