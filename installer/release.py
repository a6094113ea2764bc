"""What every package is told of its release: the program's version, the commit and its time; and the sums of all packages."""

import re
import subprocess
from pathlib import Path

import pins
from trouble import SetupError

ROOT = Path(__file__).resolve().parent.parent


def version(root: Path = ROOT) -> str:
    """The program's own, as it stands in app/__init__.py."""
    found = re.search(r'^__version__ = "([^"]+)"', (root / "app" / "__init__.py").read_text("utf-8"), re.M)
    if not found:
        raise SetupError("app/__init__.py 里没有版本号。")
    return found[1]


def epoch() -> int:
    """The time of the commit: no package tells when it was built."""
    return int(_git("log", "-1", "--format=%ct"))


def commit() -> str:
    """Of which commit and day the program is, with a + when files were changed since."""
    short, day = _git("log", "-1", "--abbrev=12", "--format=%h %cs").split()
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"{short}{'+' if changed else ''} {day}"


def files(*folders: str) -> list[str]:
    """What git knows in these folders, by the names within the tree; a file that lies about is in no package."""
    names = _git("ls-files", "-z", *folders).split("\0")
    return [name for name in names if name and (ROOT / name).exists()]


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupError(f"git 没有答出这份源代码是哪一次提交，没有生成安装包：{done.stderr.strip()}")
    return done.stdout.strip()


def write_sums(folder: Path) -> None:
    """SHA256SUMS of everything that lies in the folder, as sha256sum --check reads it."""
    packages = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{pins.digest(path)}  {path.name}\n" for path in packages]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")
