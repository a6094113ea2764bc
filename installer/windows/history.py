"""The first version that anybody could have installed: its set-up, built out of the history, and the update over it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import release
from release import ROOT
from windows.desk import INSTALLED, Desk, bare, expect, in_window, plain, program

VERSION = "0.1.0"
SCRIPTS = "7adb28037d76d744bfca923dc11d619a0fdc49fc"  # the first commit that builds packages for Windows
PROGRAM = "47a81dbe653d5ef5dbbba5a55a187816e6e4ac2b"  # the last commit of the program of that version
KEPT = ROOT / "out" / "windows-old" / f"nianbao-{VERSION}-windows-setup.exe"
REPORT = r"C:\旧版 报告\某镇二〇二四年.gknb"


def setup() -> Path | None:
    """Its set-up, built once and kept; None where the history does not reach back so far."""
    if KEPT.exists():
        return KEPT
    source = KEPT.parent / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.parent.mkdir(parents=True, exist_ok=True)
    git = ["git", "-C", str(source)]
    calls = [
        ["git", "clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(source)],
        [*git, "checkout", "--quiet", SCRIPTS],
        [*git, "checkout", "--quiet", PROGRAM, "--", "app", "ui", "templates", "resources"],
        [
            *git,
            "-c",
            "user.name=trial",
            "-c",
            "user.email=trial@packages.invalid",
            "commit",
            "--quiet",
            "-m",
            VERSION,
        ],
    ]
    for call in calls:
        if subprocess.run(call, capture_output=True, check=False).returncode != 0:
            return None
    subprocess.run([sys.executable, "installer/windows/build.py"], cwd=source, check=True)
    shutil.copyfile(source / "dist" / KEPT.name, KEPT)
    shutil.rmtree(source)
    return KEPT


def updated(desk: Desk, new: Path) -> Iterator[str]:
    """A report and settings that the old version wrote; after the update the new one opens the report, and knows it of late."""
    old = setup()
    if old is None:
        yield f"没有试：这份源代码的历史里没有 {VERSION}（浅克隆）"
        return
    code, said = desk.run(old, "/S", *bare(f"/D={INSTALLED}"))
    expect(code == 0 and desk.unix(INSTALLED).is_dir(), f"{VERSION} 没有装上：退出码 {code}：{plain(said)}")
    _, said = program(desk, "--version")
    expect(VERSION in said, f"装上的是“{plain(said).strip()}”")
    desk.unix(REPORT).parent.mkdir(parents=True)
    code, said = program(desk, "new", "--agency", "某镇人民政府", "--year", "2024", "-o", REPORT)
    expect(code == 0, f"{VERSION} 没有新建报告：{plain(said)}")
    in_window(desk, "old", REPORT)
    (settings,) = (desk.drive / "users").glob("*/AppData/Local/nianbao/settings.json")
    before, report = settings.read_bytes(), desk.unix(REPORT).read_bytes()
    expect(REPORT in json.loads(before)["recent"], f"{VERSION} 没有记下最近的报告：{before!r}")
    yield f"{VERSION}（真的旧版，从历史里做的安装包）：新建了报告，在窗口里打开过，写下了设置"
    code, said = desk.run(new, "/S")
    expect(code == 0, f"更新：退出码 {code}：{plain(said)}")
    _, said = program(desk, "--version")
    expect(release.version() in said, f"更新以后是“{plain(said).strip()}”")
    left = [
        name for name in ("python/Lib", "python/ui", "python/app") if (desk.unix(INSTALLED) / name).exists()
    ]
    expect(not left, f"旧版的文件还在：{left}")
    expect(settings.read_bytes() == before and desk.unix(REPORT).read_bytes() == report, "设置或报告变了")
    yield "更新到新版：旧版的文件清掉了，设置和报告一个字节也没有变"
    code, said = program(desk, "check", REPORT)
    expect(code in (0, 1) and "2024" in said, f"新版没有读出旧版的报告：{plain(said)}")
    title, _picture = in_window(desk, "new", REPORT)
    expect("某镇二〇二四年" in title and "方框" not in title, f"窗口的标题是“{title}”")
    kept = json.loads(settings.read_bytes())
    expect(
        REPORT in kept["recent"] and desk.unix(REPORT).read_bytes() == report,
        f"最近的报告是 {kept['recent']}",
    )
    yield f"新版的窗口打开了旧版的报告（标题“{title}”），最近的报告里有它，文件没有变"
    desk.run(desk.unix(INSTALLED) / "uninstall.exe", "/S", *bare(f"_?={INSTALLED}"))
    shutil.rmtree(desk.unix(INSTALLED), ignore_errors=True)
    shutil.rmtree(settings.parent)
