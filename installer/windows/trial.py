"""Tries the packages for Windows under wine as a clerk would: python installer/windows/trial.py (make test-windows).

Install, 自检, read an old report, begin a new one, export, compare with what Linux writes, open the window, remove.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import release
from release import ROOT
from trouble import SetupError
from windows import build, history, mishaps
from windows.desk import INSTALLED, Desk, Wrong, bare, expect, in_window, plain, prepare, program

WORK = ROOT / "out" / "windows-trial"
TOOLS = {
    "wine": "wine",
    "/usr/lib/wine/wine64": "wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "Xvfb": "xvfb",
}
SEED = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
EXAMPLE = ROOT / "resources" / "samples" / "写完的示例.gknb"
SAME = (".html", ".pdf", ".txt")  # byte by byte; a .docx part by part
SHORT = (
    "准备",
    "旧版装",
    "静默更新",
    "自检",
    "导入",
    "打开窗口",
    "静默卸载",
)  # how the steps of the short trial begin


def main() -> int:
    parser = argparse.ArgumentParser(prog="trial.py")
    parser.add_argument("--short", action="store_true", help="install, 自检, import, export, window, remove")
    try:
        return try_all(is_short=parser.parse_args().short)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2


def try_all(*, is_short: bool = False) -> int:
    setup = built("windows-setup.exe")
    build.provide(TOOLS)
    desk = Desk(build.fresh(WORK))
    steps: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("准备 wine", lambda: prepare(desk)),
        (f"更新真的旧版 {history.VERSION}", lambda: history.updated(desk, setup)),
        (f"旧版装在“{INSTALLED}”", lambda: mishaps.older(desk)),
        ("静默更新到新版，设置留着", lambda: install(desk, setup)),
        ("自检", lambda: selftest(desk)),
        ("导入、核对、新建、导出，与 Linux 的结果对照", lambda: work(desk)),
        ("旧版存的报告", lambda: mishaps.old_files(desk)),
        ("中文、空格和引号的参数", lambda: arguments(desk)),
        ("命令行窗口的代码页", lambda: mishaps.consoles(desk)),
        ("打开窗口（offscreen）", lambda: window(desk)),
        ("照片", lambda: mishaps.pictures(desk)),
        ("打印", lambda: mishaps.printing(desk)),
        ("文件锁", lambda: mishaps.locking(desk)),
        ("文件被别的程序占用", lambda: mishaps.holding(desk)),
        ("Windows 不收的名字和太长的名字", lambda: mishaps.naming(desk)),
        ("别的电脑上的共享文件夹", lambda: mishaps.shares(desk)),
        ("程序开着时更新、卸载、结束", lambda: mishaps.launcher(desk, setup)),
        ("程序文件夹从没有写过", lambda: unwritten(desk)),
        ("在上面再装一次，设置留着", lambda: update(desk, setup)),
        ("静默卸载，什么也不留下", lambda: uninstall(desk)),
        ("绿色版", lambda: portable(desk)),
        ("200 个字的安装文件夹", lambda: mishaps.far_away(desk, setup)),
    ]
    if is_short:
        steps = [(title, step) for title, step in steps if title.startswith(SHORT)]
    began = time.monotonic()
    try:
        for title, step in steps:
            print(f"—— {title}（{time.monotonic() - began:.0f}秒）", flush=True)
            try:
                for line in step():
                    print(f"   {line}", flush=True)
            except Wrong as wrong:
                desk.failed.append(title)
                print(f"   没有通过：{wrong}", flush=True)
                if title.startswith(("准备", "旧版装", "静默更新")):
                    break
    finally:
        desk.stop()
    print(f"用了 {time.monotonic() - began:.0f} 秒。")
    print(f"未通过：{'、'.join(desk.failed)}。" if desk.failed else "全部通过。")
    return 1 if desk.failed else 0


def built(ending: str) -> Path:
    version = release.version()
    path = build.DIST / f"nianbao-{version}-{ending}"
    if not path.exists():
        raise SetupError(f"没有“{path.relative_to(ROOT)}”。请先运行 make windows。")
    return path


def install(desk: Desk, setup: Path) -> Iterator[str]:
    """Over the older version, in its folder, which nobody names again."""
    settings = settings_file(desk)
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        json.dumps({"recent": [r"C:\\报告.gknb"], "font_scale": 100}, ensure_ascii=False), "utf-8"
    )
    before = settings.read_bytes()
    code, said = desk.run(setup, "/S")
    expect(code == 0, f"退出码 {code}：{said}")
    folder = desk.unix(INSTALLED)
    expect((folder / "年报助手.exe").is_file(), "没有年报助手.exe")
    left = [
        name for name in ("app/gone.pyc", "python/Lib", "python/python310.zip") if (folder / name).exists()
    ]
    expect(not left and settings.read_bytes() == before, f"旧版留下了 {left}，或设置变了")
    yield "装在旧版的文件夹里；只有旧版才有的文件清掉了，设置没有变"
    desk.written = mishaps.untouched(desk)
    _, said = desk.run("reg", "query", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Nianbao")
    expect(f"    {release.version()}" in plain(said), f"“应用”里的版本号不对：{said}")
    expect(len(links(desk)) == 2, f"快捷方式应当是开始菜单和桌面各一个：{links(desk)}")
    yield f"{setup.name}：{sum(1 for one in folder.rglob('*') if one.is_file())}个文件，{len(links(desk))}个快捷方式"
    code, said = desk.run("reg", "query", r"HKCU\Software\Classes\.gknb", "/ve")
    expect("Nianbao.Report" in said, f".gknb 没有关联：{said}")
    code, said = desk.run("reg", "query", r"HKCU\Software\Classes\.docx\OpenWithProgids")
    expect("Nianbao.OldReport" in said, f".docx 的“打开方式”里没有：{said}")
    yield ".gknb 已关联，旧年报的“打开方式”里有年报助手"


def settings_file(desk: Desk) -> Path:
    (home,) = (desk.drive / "users").glob("*/AppData/Local")
    return home / "nianbao" / "settings.json"


def unwritten(desk: Desk) -> Iterator[str]:
    """It may lie where nobody can write."""
    now = mishaps.untouched(desk)
    different = sorted(name for name in {*now, *desk.written} if now.get(name) != desk.written.get(name))
    expect(not different, f"程序自己写过：{different[:10]}")
    yield f"用了这么久，{len(now)}个文件一个也没有变，也没有多"


def links(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.drive / "users").rglob("年报助手.lnk"))


def selftest(desk: Desk) -> Iterator[str]:
    code, said = program(desk, "--selftest")
    expect(code == 0 and "自检通过" in said, f"退出码 {code}：{said}")
    yield from (line for line in plain(said).splitlines() if line.strip())


def work(desk: Desk) -> Iterator[str]:
    """The same calls here and there, in a folder with Chinese and a space; then the files are compared."""
    there = desk.unix(r"C:\中文 目录")
    here = build.fresh(desk.folder / "linux")
    there.mkdir()
    for folder in (there, here):
        shutil.copyfile(SEED, folder / "旧 年报.txt")
        shutil.copyfile(EXAMPLE, folder / "示例.gknb")
    yield from told(desk, there, here, "import", "旧 年报.txt", "-o", "导入.gknb")
    yield from told(desk, there, here, "check", "示例.gknb")
    yield from told(desk, there, here, "new", "--from", "旧 年报.txt", "--year", "2021", "-o", "新建.gknb")
    outs = [
        word for suffix in (".docx", ".pdf", ".html", ".xlsx", ".txt") for word in ("-o", f"导出{suffix}")
    ]
    yield from told(desk, there, here, "export", "示例.gknb", *outs)
    yield from told(desk, there, here, "export", "新建.gknb", "-o", "草稿.pdf", "-o", "草稿.docx", "--force")
    for path in sorted(here.iterdir()):
        other = there / path.name
        expect(other.is_file(), f"没有“{path.name}”")
        if path.suffix in SAME:
            expect(other.read_bytes() == path.read_bytes(), f"“{path.name}”与 Linux 的不同")
            yield f"{path.name}：逐字节相同"
        elif path.suffix in (".docx", ".xlsx"):
            other_parts = different_parts(path, other)
            allowed = [] if path.suffix == ".docx" else ["docProps/core.xml"]  # the time of writing
            expect(set(other_parts) <= set(allowed), f"“{path.name}”不同：{other_parts}")
            yield f"{path.name}：各部分相同" + (f"（{other_parts[0]} 除外）" if other_parts else "")


def told(desk: Desk, there: Path, here: Path, command: str, *words: str) -> Iterator[str]:
    def placed(folder: Path) -> list[str]:
        return [str(folder / word) if "." in word and not word.startswith("-") else word for word in words]

    local = subprocess.run(
        [sys.executable, "-m", "app", command, *placed(here)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NIANBAO_HOME": str(desk.folder / "home")},
    )
    code, said = program(desk, command, *placed(there))
    expect(code == local.returncode, f"{command}：退出码 {code}，Linux 是 {local.returncode}：{said}")
    yield f"nianbao {command} {' '.join(words)}：退出码 {code}，与 Linux 相同"


def different_parts(one: Path, other: Path) -> list[str]:
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        names = sorted({*first.namelist(), *second.namelist()})
        return [
            name
            for name in names
            if name not in first.namelist()
            or name not in second.namelist()
            or first.read(name) != second.read(name)
        ]


def arguments(desk: Desk) -> Iterator[str]:
    name = "没有 这个“文件”.gknb"
    code, said = program(desk, "check", name)
    expect(code == 2 and name in said, f"退出码 {code}：{said}")
    yield plain(said).strip()


def window(desk: Desk) -> Iterator[str]:
    shown, picture = in_window(desk, "window", desk.unix(r"C:\中文 目录\示例.gknb"))
    expect("示例" in shown and "方框" not in shown, f"窗口的标题是“{shown}”")
    yield f"标题“{shown}”，截图 {picture.relative_to(ROOT)}"


def update(desk: Desk, setup: Path) -> Iterator[str]:
    settings = settings_file(desk)
    before = settings.read_bytes()
    mine = desk.unix(INSTALLED) / "我的报告.gknb"
    shutil.copyfile(EXAMPLE, mine)
    stale = desk.unix(INSTALLED) / "python" / "python.exe"
    stale.write_bytes(b"old")
    code, said = desk.run(setup, "/S")
    expect(code == 0, f"退出码 {code}：{said}")
    expect(stale.read_bytes()[:2] == b"MZ", "没有换成新的文件（应当装回原来的文件夹）")
    expect(settings.read_bytes() == before, "设置变了")
    expect(mine.read_bytes() == EXAMPLE.read_bytes(), "放在程序文件夹里的报告没有了")
    code, said = program(desk, "--version")
    expect(code == 0, said)
    yield f"{plain(said).strip()}：程序换新，设置和放在程序文件夹里的报告都在"


def uninstall(desk: Desk) -> Iterator[str]:
    folder = desk.unix(INSTALLED)
    mine = [path.name for path in folder.glob("我的报告.gknb")]
    desk.run(folder / "uninstall.exe", "/S", *bare(f"_?={INSTALLED}"))
    (folder / "uninstall.exe").unlink(missing_ok=True)  # with _? it runs in place and cannot delete itself
    left = sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []
    expect(left == mine, f"留下了：{left[:10]}")
    expect(links(desk) == [], f"快捷方式还在：{links(desk)}")
    _, said = desk.run("reg", "query", r"HKCU\Software", "/s", "/f", "Nianbao")
    expect("Nianbao" not in said.replace("/f Nianbao", ""), f"注册表里还有：{said}")
    yield "程序文件、快捷方式、注册表都清了；用户自己放进去的报告还在"


def portable(desk: Desk) -> Iterator[str]:
    folder = desk.unix(r"C:\U盘 里")
    with zipfile.ZipFile(built("windows-portable.zip")) as opened:
        opened.extractall(folder)
    exe = folder / build.PRODUCT / "nianbao.exe"
    code, said = desk.run(exe, "--selftest")
    expect(code == 0 and "自检通过" in said, f"退出码 {code}：{said}")
    code, said = desk.run(exe, "new", "--agency", "某镇", "--year", "2025", "-o", folder / "新.gknb")
    expect(code == 0, said)
    code, said = desk.run(exe, "new", "--agency", "某镇", "--year", "2025", "-o", folder / "新.gknb")
    kept = [path.name for path in (folder / build.PRODUCT / build.KEPT).iterdir()]
    expect("backups" in kept, f"备份没有写进“{build.KEPT}”：{kept}")
    yield f"自检通过；备份写在程序旁边的“{build.KEPT}”里"


if __name__ == "__main__":
    sys.exit(main())
