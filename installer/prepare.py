"""Sets up what is missing on this computer, then runs, tests or demonstrates the program (make, windows.bat)."""

import os
import sys

if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.exit(
        "需要 Python 3.11、3.12 或 3.13，现在用的是 {}.{}。请安装其中一个版本后再试。".format(
            *sys.version_info[:2]
        )
    )

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import environment
import system_packages
from trouble import SetupError

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "示例.gknb"

CHECKS = (
    ("代码格式", ["-m", "ruff", "format", "--check", "."]),
    ("代码规则", ["-m", "ruff", "check", "."]),
    ("类型检查", ["-m", "mypy"]),
    ("函数的复杂度", ["installer/complexity.py"]),
)
TESTS = ("测试", ["-m", "pytest", "-q"])
INPUT_METHOD = "tests/e2e/test_input_method.py"  # wants the computer for itself
# on every processor, at most four: each may have a LibreOffice of its own
SPREAD = ["-n", "auto", "--maxprocesses=4", "--dist", "worksteal"]
QUICK = [
    "-n",
    "auto",
    "-m",
    "not slow",
    "--hypothesis-profile=quick",
    "--ignore=tests/ui",
    "--ignore=tests/e2e",
]


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that lacks a character must not end the set-up
    name, rest = (arguments[0] if arguments else ""), arguments[1:]
    command = COMMANDS.get(name)
    if command is None:
        print("用法：python installer/prepare.py " + "|".join(COMMANDS), file=sys.stderr)
        return 2
    try:
        return command(rest)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 130


def run(arguments: list[str]) -> int:
    """Open the window, on the sample report unless another file is named."""
    system_packages.require_display()
    ready("run", "window")
    system_packages.require_reachable_display()
    return python("-m", "app", *(arguments or [str(own_copy(SAMPLE))]))


def own_copy(sample: Path) -> Path:
    """The sample to play with: a copy under out/, kept from one time to the next; the sample itself stays as it is."""
    copy = ROOT / "out" / sample.name
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(sample, copy)
    return copy


def test(arguments: list[str]) -> int:
    """Everything that continuous integration runs; `arguments` go to pytest."""
    ready("test", "test")
    title, call = TESTS
    if arguments:
        return all_of(*CHECKS, (title, [*call, *SPREAD, *arguments]))
    # two input methods at once, each on a desktop of its own, take each other's keys
    return all_of(
        *CHECKS, (title, [*call, *SPREAD, f"--ignore={INPUT_METHOD}"]), ("输入法", [*call, INPUT_METHOD])
    )


def quick(arguments: list[str]) -> int:
    """The tests of app/ without the slow ones, on every processor: what to run after each change."""
    ready("test", "window")  # pytest-qt loads Qt wherever it is
    _, call = TESTS
    return python(*call, *QUICK, *arguments)


def check(_arguments: list[str]) -> int:
    ready("test", "headless")
    return all_of(*CHECKS)


def demo(_arguments: list[str]) -> int:
    ready("run", "headless")
    return python(str(ROOT / "installer" / "demo.py"))


def bench(arguments: list[str]) -> int:
    ready("test", "test")
    return python("-m", "tests.bench", *arguments, QT_QPA_PLATFORM="offscreen")


def screenshots(arguments: list[str]) -> int:
    ready("test", "test")
    return python("-m", "tests.screenshots", *arguments, QT_QPA_PLATFORM="offscreen")


def pictures(_arguments: list[str]) -> int:
    """Those of the manual and of the README: they are kept in the tree, made anew when the window looks different."""
    return screenshots(["pictures"])


def docs(_arguments: list[str]) -> int:
    """docs/checks.md: written from the rules."""
    ready("run", "headless")
    return python("-m", "installer.build_docs")


def fonts(_arguments: list[str]) -> int:
    ready("run", "headless")
    return python("-m", "app", "fonts")


def wheel(_arguments: list[str]) -> int:
    """dist/nianbao-<version>-py3-none-any.whl: for pip, pipx and uv."""
    ready("run", "headless")
    return python("installer/wheel_build.py")


def deb(arguments: list[str]) -> int:
    """dist/nianbao_<version>_amd64.deb, and the layout that the store of UOS asks for; `--arch arm64` as well."""
    ready("run", "headless")
    return linux("deb", "store", "sources", *arguments)


def portable(arguments: list[str]) -> int:
    """dist/nianbao-<version>-linux-x86_64.tar.xz: for who may not install anything."""
    ready("run", "headless")
    return linux("portable", "sources", *arguments)


def packages(_arguments: list[str]) -> int:
    """Everything that is given to others, one kind after the other; then the sums of all of it."""
    kinds = {
        "wheel": wheel,
        "Linux 安装包（x86-64）": lambda rest: linux("deb", "store", "portable", "sources", *rest),
        "Linux 安装包（ARM）": lambda rest: linux("deb", "store", "portable", "--arch", "arm64", *rest),
        "Windows 安装包": windows,
    }
    return all_made(kinds)


def linux(*words: str) -> int:
    return python(str(ROOT / "installer" / "linux" / "build.py"), *words)


def all_made(kinds: dict[str, Callable[[list[str]], int]]) -> int:
    failed = [title for title, make in kinds.items() if make([]) != 0]
    print(f"没有做成：{'、'.join(failed)}。" if failed else "全部做好，在 dist 文件夹里。", file=sys.stderr)
    return 1 if failed else 0


def windows(_arguments: list[str]) -> int:
    """The packages for Windows, into dist/."""
    ready("run", "window")  # the icon is drawn by the program
    return python("installer/windows/build.py")


def test_windows(arguments: list[str]) -> int:
    """What `windows` has built, tried under wine."""
    ready("run", "window")
    return python("installer/windows/trial.py", *arguments)


def setup(_arguments: list[str]) -> int:
    """Only the set-up of `run` and `test`, nothing started."""
    ready("test", "test")
    print("已准备好。", file=sys.stderr)
    return 0


def clean(_arguments: list[str]) -> int:
    environment.remove_leftovers(ROOT)
    print("已清理。要连运行环境一起重建，请删除 .venv 文件夹。", file=sys.stderr)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "quick": quick,
    "check": check,
    "demo": demo,
    "bench": bench,
    "screenshots": screenshots,
    "pictures": pictures,
    "docs": docs,
    "fonts": fonts,
    "wheel": wheel,
    "deb": deb,
    "portable": portable,
    "packages": packages,
    "windows": windows,
    "test-windows": test_windows,
    "setup": setup,
    "clean": clean,
}


def ready(need: str, use: str) -> None:
    """See to the system packages and to .venv; a fraction of a second when both are as they should be."""
    system_packages.provide(use, building_environment=not environment.works(ROOT))
    environment.prepare(ROOT, need)


def python(*call: str, **variables: str) -> int:
    """The exit status of one call of the environment's Python in the project's folder."""
    sys.stdout.flush()
    env = {**os.environ, **variables}
    return subprocess.call([str(environment.interpreter(ROOT)), *call], cwd=ROOT, env=env)


def all_of(*steps: tuple[str, list[str]]) -> int:
    """Run every step even after one has failed, then say which ones passed."""
    failed = []
    for title, call in steps:
        print(f"—— {title}", file=sys.stderr)
        if python(*call) != 0:
            failed.append(title)
    print(f"未通过：{'、'.join(failed)}。" if failed else "全部通过。", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
