"""However a call ends — a signal in the middle of a write, a full disk behind >, one of several files that cannot be written — nothing
is half done, and what is said of the files is true."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import paths
from app.errors import UserError
from app.storage import files
from app.storage.container import Content
from tests.checks.reports import good

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
# As the program itself, every write slow enough to be met in its middle.
SLOW = """
import os, sys, time
true_sync = os.fsync
def slow(handle):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(0.4)
    true_sync(handle)
os.fsync = slow
from app.commands.cli import main
sys.exit(main())
"""
PLAIN = "import sys; from app.commands.cli import main; sys.exit(main())"


def started(code, *words, **more):
    environment = {**os.environ, **more.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=paths.root(),
        env=environment,
        stderr=more.pop("stderr", subprocess.PIPE),
        stdout=more.pop("stdout", subprocess.PIPE),
    )


def ended(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


@pytest.fixture
def report(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "报告.gknb"
    files.save(path, Content(good()))
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# -- signals -----------------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_polite_end_in_the_middle_of_a_write_leaves_nothing_behind(report, number, status):
    outs = [report.with_name(name) for name in ("a.docx", "a.pdf", "a.html")]
    outs[0].write_bytes(b"old word")
    process = started(SLOW, "export", report, *(word for one in outs for word in ("-o", one)))
    assert process.stderr.readline().strip() == b"writing"
    process.send_signal(number)
    code, _, err = ended(process)
    assert code == status
    assert "已停止。" in err
    assert "程序出错" not in err
    assert names(report.parent) == ["a.docx", "报告.gknb"]
    assert outs[0].read_bytes() == b"old word"


@posix
def test_a_second_signal_does_not_disturb_the_clearing_up(report):
    process = started(SLOW, "export", report, "-o", report.with_name("a.txt"))
    process.stderr.readline()
    for _ in range(3):
        process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 143
    assert names(report.parent) == ["报告.gknb"]


@posix
def test_nohup_still_means_that_a_closed_terminal_is_no_end(report):
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + SLOW
    process = started(ignoring, "export", report, "-o", report.with_name("a.txt"))
    process.stderr.readline()
    process.send_signal(signal.SIGHUP)
    assert ended(process)[0] == 0
    assert report.with_name("a.txt").exists()


# -- several files together --------------------------------------------------------------------------------------------------


def test_several_outputs_appear_together_or_not_at_all(report, monkeypatch):
    old, new, last = (report.with_name(name) for name in ("a.docx", "b.pdf", "c.txt"))
    old.write_bytes(b"old")
    true_replace = files._replace

    def replace(temporary, path):
        if path == last:
            raise OSError(28, "full")
        true_replace(temporary, path)

    monkeypatch.setattr(files, "_replace", replace)
    with pytest.raises(UserError, match="磁盘已满，“c.txt”没有保存"):
        files.write_together([(old, b"1"), (new, b"2"), (last, b"3")])
    assert names(report.parent) == ["a.docx", "报告.gknb"]
    assert old.read_bytes() == b"old", "what was put in place by then is taken back"


def test_what_was_there_comes_back_where_a_later_file_cannot_be_written(report, monkeypatch):
    old = report.with_name("a.docx")
    old.write_bytes(b"old")
    report.with_name("folder.pdf").mkdir()
    with pytest.raises(UserError, match="folder.pdf”是文件夹"):
        files.write_together([(old, b"1"), (report.with_name("folder.pdf"), b"2")])
    assert old.read_bytes() == b"old"
    assert names(report.parent) == ["a.docx", "folder.pdf", "报告.gknb"]


def test_together_they_replace_what_was_there_and_leave_nothing_else(report):
    old, new = report.with_name("a.docx"), report.with_name("b.pdf")
    old.write_bytes(b"old")
    files.write_together([(old, b"1"), (new, b"2")])
    assert (old.read_bytes(), new.read_bytes()) == (b"1", b"2")
    assert names(report.parent) == ["a.docx", "b.pdf", "报告.gknb"]
    assert files.written()[-2:] == (old, new)


# -- what is no file -----------------------------------------------------------------------------------------------------------


@posix
def test_a_pipe_is_not_replaced_by_a_file(report):
    pipe = report.with_name("pipe.pdf")
    os.mkfifo(pipe)
    code, out, err = ended(started(PLAIN, "export", report, "-o", pipe))
    assert (code, out) == (2, "")
    assert err == "“pipe.pdf”是设备或管道，不能保存成文件。请换一个文件名。\n"
    assert pipe.is_fifo()


@posix
def test_a_link_to_a_device_is_not_written_through(report):
    link = report.with_name("null.pdf")
    link.symlink_to("/dev/null")
    code, _, err = ended(started(PLAIN, "export", report, "-o", link))
    assert code == 2
    assert "是设备或管道" in err
    assert Path("/dev/null").is_char_device()


@posix
def test_a_link_that_leads_round_to_itself_is_not_replaced(report):
    """Links are written through; through this one there is no file."""
    one, other = report.with_name("甲.pdf"), report.with_name("乙.pdf")
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(UserError, match="“甲.pdf”是绕回自己的链接，不能保存成文件"):
        files.write_bytes(one, b"1")
    assert one.is_symlink()
    assert other.is_symlink()


@posix
def test_a_pipe_into_which_nobody_writes_is_not_waited_for(report):
    pipe = report.with_name("pipe.gknb")
    os.mkfifo(pipe)
    start = time.monotonic()
    code, _, err = ended(started(PLAIN, "check", pipe))
    assert code == 2
    assert "是管道，没有程序往里写" in err
    assert time.monotonic() - start < 30


@posix
def test_a_slow_pipe_is_read_to_its_end(report):
    pipe = report.with_name("pipe.gknb")
    os.mkfifo(pipe)
    data = report.read_bytes()
    code = "import sys,time; f=open(sys.argv[1],'wb'); time.sleep(3); f.write(sys.stdin.buffer.read())"
    with subprocess.Popen([sys.executable, "-c", code, str(pipe)], stdin=subprocess.PIPE) as writer:
        process = started(PLAIN, "check", pipe)
        writer.communicate(data)
        assert ended(process)[0] == 0


# -- streams that take nothing ---------------------------------------------------------------------------------------------------


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@full
def test_a_result_that_could_not_be_shown_is_told_as_that(report):
    target = report.with_name("a.txt")
    with Path("/dev/full").open("wb") as nowhere:
        code, _, err = ended(started(PLAIN, "export", report, "-o", target, stdout=nowhere))
    assert (code, target.exists()) == (0, True)
    assert err == "结果没有写出来：标准输出写不进去（磁盘已满）。写好的文件不受影响。\n"


@full
@pytest.mark.parametrize("words", [["check", "missing.gknb"], ["nothing", "at", "all"]])
def test_an_exit_status_survives_full_streams(words):
    with Path("/dev/full").open("wb") as nowhere:
        assert ended(started(PLAIN, *words, stdout=nowhere, stderr=nowhere))[0] == 2
        assert ended(started(PLAIN, *words, stderr=nowhere))[0] == 2


@full
def test_errors_found_are_told_by_the_status_where_they_cannot_be_shown(tmp_path):
    path = tmp_path / "空.gknb"
    files.save(path, Content(good().with_narrative("overview", "")))
    with Path("/dev/full").open("wb") as nowhere:
        assert ended(started(PLAIN, "check", path, stdout=nowhere))[0] == 1


def test_a_bug_after_a_write_names_what_was_written(report, monkeypatch, capsys):
    from app.commands import cli

    def broken(*_words):
        raise ZeroDivisionError

    monkeypatch.setattr(files, "_written", [])
    monkeypatch.setattr("app.session.session.unprintable_words", broken)
    assert cli.main(["export", str(report), "-o", str(report.with_name("a.txt"))]) == 2
    err = capsys.readouterr().err
    assert "出错以前已写好“a.txt”，别的文件没有改动" in err
    monkeypatch.setattr(files, "_written", [])
    monkeypatch.setattr("app.session.session.document_of", broken)
    assert cli.main(["export", str(report), "-o", str(report.with_name("b.txt"))]) == 2
    assert "程序出错了，文件没有改动" in capsys.readouterr().err


def test_who_stops_it_after_a_write_hears_what_is_there_already(report, monkeypatch, capsys):
    from app.commands import cli

    def stopped(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_written", [])
    monkeypatch.setattr("app.session.session.unprintable_words", stopped)
    assert cli.main(["export", str(report), "-o", str(report.with_name("a.txt"))]) == 130
    assert capsys.readouterr().err == "已停止，停止以前已写好“a.txt”。\n"
    monkeypatch.setattr(files, "_written", [])
    monkeypatch.setattr("app.session.session.document_of", stopped)
    assert cli.main(["export", str(report), "-o", str(report.with_name("b.txt"))]) == 130
    assert capsys.readouterr().err == "已停止。\n"
