"""What only a process inside Windows can try, run by the package's own Python: python.exe inside.py TRIAL ANSWER.json …"""

import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

_READ, _OPEN_EXISTING, _NO_SHARING = 0x80000000, 3, 0
_WM_COMMAND, _OK = 0x111, 1
NEW = ("new", "--agency", "某镇", "--year", "2025", "-o")


def said(*call: str, folder: str | None = None) -> dict:
    done = subprocess.run([*call], capture_output=True, stdin=subprocess.DEVNULL, cwd=folder)
    return {
        "code": done.returncode,
        "said": (done.stdout + done.stderr).decode("utf-8", "replace"),
    }


def held(target: str, seconds: str, *call: str) -> dict:
    """Another program has the file to itself for a while, as a virus scanner has; meanwhile something is called."""
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    handle = kernel.CreateFileW(target, _READ, _NO_SHARING, None, _OPEN_EXISTING, 0, None)
    began = time.monotonic()
    letting_go = threading.Timer(float(seconds), kernel.CloseHandle, (handle,))
    letting_go.start()
    answer = said(*call)
    letting_go.join()
    return {**answer, "seconds": time.monotonic() - began}


def saved_while_held(target: str, seconds: str) -> dict:
    """As the window saves: what lies there is compared with what was opened, a copy is kept, then it is replaced."""
    from app.errors import UserError
    from app.session import session
    from app.session.any_report import read_any

    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    document = session.document_of(read_any(Path(target)))
    handle = kernel.CreateFileW(target, _READ, _NO_SHARING, None, _OPEN_EXISTING, 0, None)
    letting_go = threading.Timer(float(seconds), kernel.CloseHandle, (handle,))
    letting_go.start()
    try:
        session.save(document, Path(target), remember=False)
        answer = {"code": 0, "said": ""}
    except UserError as error:
        answer = {"code": 2, "said": str(error)}
    letting_go.join()
    return answer


def names(nianbao: str, folder: str) -> dict:
    """Each name that Windows would not keep; then what lies in the folder."""
    tried = {
        name: said(nianbao, *NEW, f"{folder}\\{name}")
        for name in ("NUL.gknb", "con.gknb", "一:二.gknb", "问?.gknb")
    }
    tried |= {
        name: said(nianbao, "export", f"{folder}\\示例.gknb", "-o", f"{folder}\\{name}")
        for name in ("AUX.pdf", "lpt1.docx")
    }
    return {"tried": tried, "left": sorted(one.name for one in Path(folder).iterdir())}


def long_names(nianbao: str, folder: str) -> dict:
    """A report in a folder whose whole name has more than 260 characters."""
    there = Path(f"\\\\?\\{folder}")
    there.mkdir(parents=True)
    report = f"{folder}\\某镇二〇二五年.gknb"
    calls = [(*NEW, report), ("check", report), ("export", report, "--force", "-o", f"{folder}\\某镇.pdf")]
    calls.append((*NEW, f"{folder}\\没有这个文件夹\\某镇.gknb"))
    return {
        "length": len(report),
        "tried": [said(nianbao, *call) for call in calls],
        "left": sorted(one.name for one in there.iterdir()),
    }


def shared(nianbao: str, folder: str) -> dict:
    """A report in a folder of another computer; and who has it open is known there too."""
    from app.storage import lock
    from app.storage.windows_names import reachable

    there = reachable(Path(folder))
    there.mkdir(parents=True, exist_ok=True)
    report = f"{folder}\\某镇二〇二五年.gknb"
    calls = [(*NEW, report), ("check", report), ("export", report, "--force", "-o", f"{folder}\\某镇.pdf")]
    tried = [said(nianbao, *call) for call in calls]
    mine = lock.Lock(Path(report))
    mine.acquire()
    other = said(nianbao, *NEW, report)
    mine.release()
    return {
        "length": len(report),
        "tried": tried,
        "twice": "in use" if other["code"] == 2 and "打开着" in other["said"] else other["said"],
        "left": sorted(one.name for one in there.iterdir() if one.is_file()),
    }


def code_page(nianbao: str, number: str, target: str) -> dict:
    """What a console of this code page makes of the words: written into a file they are UTF-8, whatever it is."""
    kernel = ctypes.WinDLL("kernel32")
    kernel.SetConsoleCP(int(number))
    kernel.SetConsoleOutputCP(int(number))
    with open(target, "wb") as file:  # noqa: PTH123 - as the console's > does it
        code = subprocess.run([nianbao, "--version"], stdout=file, stderr=subprocess.STDOUT).returncode
    print(subprocess.run([nianbao, "--version"]).returncode, flush=True)  # to the console itself
    return {
        "code": code,
        "said": Path(target).read_bytes().decode("utf-8", "replace"),
        "page": kernel.GetConsoleOutputCP(),
    }


def locks(report: str) -> dict:
    """A lock is told apart by the time at which its process began."""
    from dataclasses import asdict

    from app.storage import lock

    file = lock.lock_file(Path(report))
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
    began = lock._started(other.pid)

    def tried(pid: int, started: str) -> str:
        file.write_text(json.dumps({**asdict(lock.myself()), "pid": pid, "started": started}), "utf-8")
        held_one = lock.Lock(Path(report))
        try:
            held_one.acquire()
        except lock.InUse:
            return "in use"
        mine = json.loads(file.read_bytes())["pid"] == os.getpid()
        held_one.release()
        return "taken over" if mine else "held without a file"

    answer = {"began": began, "running": tried(other.pid, began), "another": tried(other.pid, "1")}
    other.kill()
    other.wait()
    return {**answer, "ended": tried(other.pid, began), "left": file.exists()}


def printed(pdf: str, target: str) -> dict:
    """The pages as pictures through QPrinter, as a printer of Windows gets them; here into a file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from app.printing.spooling import PrintOrder
    from ui.printing.print_raster import print_pages

    kept = QGuiApplication([])
    print_pages(PrintOrder(""), (1, 2), "示例", Path(pdf).read_bytes(), lambda _words: None, target)
    del kept
    return {"size": Path(target).stat().st_size}


def pictured(photo: str) -> dict:
    """A photo with a colour profile, as a telephone takes it, made into what the report holds: its pixels."""
    import hashlib
    from io import BytesIO

    from PIL import Image

    from app.report.pictures import checked

    with Image.open(BytesIO(checked(Path(photo).read_bytes(), photo))) as made:
        return {"mode": made.mode, "pixels": hashlib.sha256(made.tobytes()).hexdigest()}


def running(launcher: str, report: str, setup: str, uninstall: str, nianbao: str) -> dict:
    """The launcher opens a report; then the set-up comes, then the program is ended by force."""
    from app.storage.lock import lock_file

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    lock = lock_file(Path(report))
    lock.unlink(missing_ok=True)
    window = subprocess.Popen([launcher, report])
    until(lambda: lock.exists() or window.poll() is not None, 150)
    answer: dict = {"opened": lock.exists(), "ended": window.poll()}
    answer["update"] = subprocess.run([setup, "/S"]).returncode
    line = f'"{uninstall}" /S _?={Path(uninstall).parent}'  # NSIS wants the folder without quotes
    answer["remove"] = subprocess.run(line).returncode
    answer["twice"] = said(nianbao, *NEW, report)
    answer["alive"] = window.poll() is None
    pid = json.loads(lock.read_bytes())["pid"] if lock.exists() else 0
    kernel = ctypes.WinDLL("kernel32")
    process = kernel.OpenProcess(1, False, pid)  # PROCESS_TERMINATE
    kernel.TerminateProcess(process, 1)
    answer["box"] = box(window)
    answer["status"] = window.wait(60)
    return answer


def complains(launcher: str, *words: str) -> dict:
    """What the launcher shows when the program refuses."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    window = subprocess.Popen([launcher, *words])
    return {"box": box(window), "status": window.wait(60)}


def box(process: subprocess.Popen) -> str:
    """The words of the message box that comes up, which is then answered."""
    user = ctypes.WinDLL("user32")
    found: list[int] = []

    def look() -> bool:
        found[:] = filter(None, [user.FindWindowW("#32770", "年报助手")])
        return bool(found) or process.poll() is not None

    until(look, 150)
    if not found:
        return ""
    words: list[str] = []

    def each(child: int, _more: int) -> bool:
        text = ctypes.create_unicode_buffer(2000)
        user.GetWindowTextW(child, text, 2000)
        words.append(text.value)
        return True

    user.EnumChildWindows(
        found[0], ctypes.WINFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(each), 0
    )
    user.PostMessageW(found[0], _WM_COMMAND, _OK, 0)
    return " ".join(
        one for one in words if any("一" <= sign <= "龥" for sign in one)
    )  # not what stands on the buttons


def until(is_so, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.2)


TRIALS = {
    one.__name__: one
    for one in (
        held,
        saved_while_held,
        names,
        long_names,
        shared,
        code_page,
        locks,
        printed,
        pictured,
        running,
        complains,
    )
}

if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(TRIALS[sys.argv[1]](*sys.argv[3:]), ensure_ascii=False), "utf-8")
