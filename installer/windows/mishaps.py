"""Trials of bad surroundings under wine: what holds files, names Windows refuses, long folders, an update while it runs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import release
from release import ROOT
from windows import build, payload
from windows.desk import INSTALLED, Desk, bare, expect, plain

INSIDE = Path(__file__).resolve().parent / "inside.py"
EXAMPLE = ROOT / "resources" / "samples" / "写完的示例.gknb"
OLD_FILES = ROOT / "tests" / "old_files"
OLDER = "0.1.0"
PLACE = r"C:\中文 目录"
LONGEST_PLACE = 200
SHARE = r"\\服务器\共享 资料"


def inside(desk: Desk, trial: str, *words: str) -> dict:
    """One trial of inside.py, and its answer."""
    answer = desk.folder / "answer.json"
    answer.unlink(missing_ok=True)
    python = desk.unix(INSTALLED) / "python" / "python.exe"
    code, said = desk.run(python, "-X", "utf8", INSIDE, trial, answer, *words)
    expect(code == 0 and answer.exists(), f"{trial}：退出码 {code}：{plain(said)}")
    return {**json.loads(answer.read_text("utf-8")), "console": plain(said)}


def older(desk: Desk) -> Iterator[str]:
    """An older version, made of a few files by the same set-up: with a module and a library that the new one has no more."""
    folder = build.fresh(desk.folder / "older" / build.PRODUCT)
    for name in ("年报助手.exe", "nianbao.exe", "python/python.exe", "python/pythonw.exe"):
        payload.write(folder / name, (build.WORK / build.PRODUCT / name).read_bytes())
    for name in ("app/gone.pyc", "python/Lib/site-packages/gone/gone.pyd", "python/python310.zip"):
        payload.write(folder / name, b"old")
    setup = desk.folder / "older.exe"
    build.make_setup(folder, setup, OLDER, release.epoch())
    code, said = desk.run(setup, "/S", *bare(f"/D={INSTALLED}"))
    expect(code == 0 and (desk.unix(INSTALLED) / "app" / "gone.pyc").exists(), f"退出码 {code}：{said}")
    yield f"先装上 {OLDER}（同一个安装脚本做的小包，有新版没有的文件）"


def launcher(desk: Desk, setup: Path) -> Iterator[str]:
    """The window's own launcher; an update and a removal while it is open; its end by force."""
    report = rf"{PLACE}\打开着.gknb"
    shutil.copyfile(EXAMPLE, desk.unix(report))
    before = desk.unix(report).read_bytes()
    names = (rf"{INSTALLED}\年报助手.exe", report, windows_name(setup), rf"{INSTALLED}\uninstall.exe")
    got = inside(desk, "running", *names, rf"{INSTALLED}\nianbao.exe")
    expect(got["opened"], f"年报助手.exe 没有打开报告（退出码 {got['ended']}，{got['box']}）")
    yield "年报助手.exe 打开了报告（旁边有它的锁）"
    expect(
        (got["update"], got["remove"]) == (2, 2), f"运行着也去更新或卸载：{got['update']}、{got['remove']}"
    )
    expect((desk.unix(INSTALLED) / "app").is_dir() and got["alive"], "运行着的程序被动过")
    yield "运行着的时候，更新和卸载都拒绝，什么也没有动"
    expect(
        got["twice"]["code"] == 2 and "打开着" in got["twice"]["said"], f"没有说报告正打开着：{got['twice']}"
    )
    expect(desk.unix(report).read_bytes() == before, "打开着的报告被改了")
    yield got["twice"]["said"].strip()
    expect(got["status"] == 1, f"强行结束以后启动程序的退出码是 {got['status']}")
    expect(not desk.display or "意外结束" in got["box"], f"强行结束以后说的是“{got['box']}”")
    if desk.display:
        yield f"强行结束以后说：{got['box']}"
        got = inside(desk, "complains", rf"{INSTALLED}\年报助手.exe", "没有.gknb")
        expect(
            "找不到文件“没有.gknb”" in got["box"] and "回收站" in got["box"] and got["status"] == 2,
            f"说的是“{got['box']}”（{got['status']}）",
        )
        yield f"打不开的文件：{got['box']}"


def windows_name(path: Path) -> str:
    """Z: is Linux's root."""
    return "Z:" + str(path).replace("/", "\\")


def holding(desk: Desk) -> Iterator[str]:
    """A virus scanner has the report to itself while it is saved."""
    report = rf"{PLACE}\占用.gknb"
    there = desk.unix(report)
    shutil.copyfile(EXAMPLE, there)
    got = inside(desk, "saved_while_held", report, "3")
    expect(got["code"] == 0, f"被占用 3 秒以后没有存好：{got['said']}")
    yield "保存时文件被别的程序独占 3 秒：等它放开，存好了"
    before = there.read_bytes()
    got = inside(desk, "saved_while_held", report, "12")
    expect(got["code"] == 2 and "请关闭正在使用它的程序" in got["said"], f"没有说文件被占用：{got}")
    left = sorted(one.name for one in there.parent.glob(".~*占用*"))
    expect(there.read_bytes() == before and not left, f"原来的文件变了，或留下了 {left}")
    yield f"独占 12 秒：{got['said']}原来的文件没有变"
    got = inside(desk, "held", report, "3", rf"{INSTALLED}\nianbao.exe", "check", report)
    expect(got["code"] == 0, f"被占用 3 秒以后没有读出来：{got['said']}")
    yield "读的时候被独占 3 秒：等它放开，读出来了"


def naming(desk: Desk) -> Iterator[str]:
    """Names of devices, signs that open a stream, whole names of more than 260 characters."""
    place = rf"{PLACE}\名字"
    desk.unix(place).mkdir()
    shutil.copyfile(EXAMPLE, desk.unix(place) / "示例.gknb")
    got = inside(desk, "names", rf"{INSTALLED}\nianbao.exe", place)
    for name, one in got["tried"].items():
        expect(one["code"] == 2 and "请换一个文件名" in one["said"], f"{name}：{one}")
        yield one["said"].strip()
    expect(got["left"] == ["示例.gknb"], f"留下了 {got['left']}")
    deep = PLACE + r"\很长的 文件夹" * 32
    got = inside(desk, "long_names", rf"{INSTALLED}\nianbao.exe", deep)
    codes = [one["code"] for one in got["tried"]]
    expect(codes == [0, codes[1], 0, 2] and codes[1] in (0, 1), f"长名字：{got['tried']}")
    expect(
        not any("\\\\?\\" in one["said"] for one in got["tried"][1:]), f"露出了长名字的写法：{got['tried']}"
    )
    expect(got["left"] == ["某镇.pdf", "某镇二〇二五年.gknb"], f"文件夹里是 {got['left']}")
    yield f"全名 {got['length']} 个字的报告：新建、核对、导出都行"


def shares(desk: Desk) -> Iterator[str]:
    """A folder of another computer, by its UNC name; wine leads it to one of Linux."""
    there = build.fresh(desk.folder / "share")
    server = desk.prefix / "dosdevices" / "unc" / SHARE.split("\\")[2]
    server.mkdir(parents=True, exist_ok=True)
    (server / SHARE.split("\\")[3]).symlink_to(there)
    for place in (SHARE, SHARE + r"\很长的 文件夹" * 32):
        got = inside(desk, "shared", rf"{INSTALLED}\nianbao.exe", place)
        codes = [one["code"] for one in got["tried"]]
        expect(codes == [0, codes[1], 0] and codes[1] in (0, 1), f"共享文件夹：{got['tried']}")
        expect(
            not any("\\\\?\\" in one["said"] for one in got["tried"]), f"露出了长名字的写法：{got['tried']}"
        )
        expect(got["twice"] == "in use", f"别人开着的报告也给了：{got['twice']}")
        expect(got["left"] == ["某镇.pdf", "某镇二〇二五年.gknb"], f"文件夹里是 {got['left']}")
        yield f"共享文件夹里全名 {got['length']} 个字的报告：新建、核对、导出，开着时认得出"
    expect((there / "某镇.pdf").read_bytes()[:5] == b"%PDF-", "没有写到共享文件夹里")


def consoles(desk: Desk) -> Iterator[str]:
    for page in ("936", "65001", "437"):
        target = rf"{PLACE}\输出.txt"
        got = inside(desk, "code_page", rf"{INSTALLED}\nianbao.exe", page, target)
        expect(got["code"] == 0 and "年报助手" in got["said"], f"代码页 {page}，写进文件：{got['said']}")
        expect("年报助手" in got["console"], f"代码页 {page}，窗口里：{got['console']}")
    yield "命令行窗口的代码页是 936、65001、437：窗口里和重定向的文件里都是完好的中文"
    alone = desk.folder / "alone"
    alone.mkdir()
    shutil.copyfile(desk.unix(INSTALLED) / "nianbao.exe", alone / "nianbao.exe")
    code, said = desk.run(alone / "nianbao.exe", "--version")
    expect(code == 2 and "程序文件不完整" in said, f"退出码 {code}：{plain(said)}")
    yield plain(said).strip()


def locking(desk: Desk) -> Iterator[str]:
    got = inside(desk, "locks", rf"{PLACE}\锁.gknb")
    wanted = {"running": "in use", "another": "taken over", "ended": "taken over", "left": False}
    expect({key: got[key] for key in wanted} == wanted and got["began"].isdigit(), f"{got}")
    yield "锁：运行着的认得出；同一个编号、另一个时间开始的程序和已经结束的，都接管"


def printing(desk: Desk) -> Iterator[str]:
    target = desk.unix(rf"{PLACE}\打印.pdf")
    inside(desk, "printed", rf"{PLACE}\导出.pdf", rf"{PLACE}\打印.pdf")
    import pypdfium2

    with pypdfium2.PdfDocument(target) as made:
        sizes = [tuple(round(one) for one in page.get_size()) for page in made]
        dark = [min(page.render(scale=0.5).to_pil().convert("L").getdata()) for page in made]
    expect(sizes == [(595, 842)] * 2 and max(dark) < 100, f"打印的页：{sizes}，最深的点：{dark}")
    yield "QPrinter 打印两页：A4，不是白纸"


def pictures(desk: Desk) -> Iterator[str]:
    """What turns the colours lies in a library of its own, which nothing asks for before the first such picture."""
    from PIL import Image, ImageCms

    photo = desk.unix(rf"{PLACE}\照片.png")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.linear_gradient("L").convert("RGB").save(photo, icc_profile=profile)
    call = [sys.executable, str(INSIDE), "pictured", str(desk.folder / "here.json"), str(photo)]
    subprocess.run(call, cwd=ROOT, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    here = json.loads((desk.folder / "here.json").read_text("utf-8"))
    there = inside(desk, "pictured", rf"{PLACE}\照片.png")
    expect({key: there[key] for key in here} == here, f"带颜色描述的照片：{there}，Linux 是 {here}")
    yield "带颜色描述的照片：与 Linux 做成的每个像素相同"


def old_files(desk: Desk) -> Iterator[str]:
    """A real file of every version of the file opens here as it does on Linux."""
    for path in sorted(OLD_FILES.glob("*.gknb")):
        there = desk.unix(rf"{PLACE}\{path.name}")
        shutil.copyfile(path, there)
        call = [sys.executable, "-m", "app", "check", str(there)]
        local = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
        code, said = desk.run(desk.unix(INSTALLED) / "nianbao.exe", "check", there)
        mine, theirs = (
            "".join(text.split()) for text in (plain(said), local.stdout)
        )  # a console breaks lines
        expect(
            code == local.returncode and theirs and theirs in mine, f"{path.name}：与 Linux 的不同：{said}"
        )
        yield f"{path.name}：打开、核对，与 Linux 相同"


def far_away(desk: Desk, setup: Path) -> Iterator[str]:
    """A folder of 200 characters with Chinese and spaces; a longer one is refused before anything is written."""
    place = r"C:\很 远" + r"\某镇 党政办 年报" * 30
    place = place[: LONGEST_PLACE - 1].rstrip(" \\") + "长" * LONGEST_PLACE
    place = place[:LONGEST_PLACE]
    code, said = desk.run(setup, "/S", *bare(f"/D={place}"))
    expect(code == 0, f"装到 {LONGEST_PLACE} 个字的文件夹：退出码 {code}：{said}")
    folder = desk.unix(place)
    code, said = desk.run(folder / "nianbao.exe", "--selftest")
    expect(code == 0 and "自检通过" in said, f"退出码 {code}：{said}")
    yield f"装在全名 {len(place)} 个字的文件夹里（有中文和空格）：自检通过"
    desk.run(folder / "uninstall.exe", "/S", *bare(f"_?={place}"))
    (folder / "uninstall.exe").unlink(missing_ok=True)
    left = [one.name for one in folder.rglob("*")] if folder.exists() else []
    expect(not left, f"卸载以后留下了 {left[:10]}")
    longer = place + r"\再长六十个字" * 10
    code, said = desk.run(setup, "/S", *bare(f"/D={longer}"))
    expect(code == 2 and not desk.unix(longer).exists(), f"{len(longer)} 个字的文件夹没有拒绝：{code}")
    yield f"{len(longer)} 个字的文件夹：装之前就拒绝"


def untouched(desk: Desk) -> dict[str, tuple[int, int]]:
    """Every file of the program's folder with its size and time."""
    folder = desk.unix(INSTALLED)
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
