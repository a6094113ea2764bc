"""install-user.sh: the portable folder laid into the home folder, renewed and taken out, with nothing of the clerk's lost."""

import shutil
import subprocess

import pytest

from app import paths
from linux import papers, tree

KEPT = paths.PORTABLE


class Desk:
    """A clerk's home folder and an unpacked portable folder with a stand-in for the program."""

    def __init__(self, folder):
        self.unpacked = self.unpack(folder / "下载 1" / "nianbao", "年报助手")
        self.home = folder / "张 三 & 100%"
        self.settings = self.home / ".local/share/nianbao/settings.json"
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text("{}", "utf-8")  # the clerk's own
        self.program = self.home / ".local/share/nianbao-program"
        self.env = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def unpack(self, folder, says):
        (folder / "share").mkdir(parents=True)
        (folder / "nianbao").write_text(f"#!/bin/sh\necho {says}\n", "utf-8")
        (folder / "nianbao").chmod(0o755)
        (folder / "install-user.sh").write_bytes((tree.FILES / "install-user.sh").read_bytes())
        (folder / "share/nianbao.svg").write_text("<svg/>", "utf-8")
        (folder / "share/nianbao.xml").write_text(papers.file_type(), "utf-8")
        (folder / "share/nianbao.desktop").write_text(papers.desktop_entry("/usr/bin/nianbao"), "utf-8")
        return folder

    def install(self, *words, unpacked=None, **env):
        """The exit status and all that was said."""
        call = ["sh", str((unpacked or self.unpacked) / "install-user.sh"), *words]
        done = subprocess.run(call, env=self.env | env, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def starts(self):
        call = [self.home / ".local/bin/nianbao"]
        return subprocess.run(call, env=self.env, capture_output=True, text=True).stdout.strip()

    def left(self):
        """What is of the program or of the clerk; the desktop's own indexes stay."""
        found = [path for path in self.home.rglob("*") if path.is_file() or path.is_symlink()]
        return [
            path
            for path in found
            if path.is_symlink() or b"nianbao" in path.read_bytes() or "nianbao" in str(path)
        ]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_the_portable_folder_is_laid_into_the_home_folder_and_taken_out_again(desk):
    for _again in range(2):
        assert desk.install()[0] == 0
        assert desk.starts() == "年报助手"
        entry = (desk.home / ".local/share/applications/nianbao.desktop").read_text("utf-8")
        assert entry == papers.desktop_entry(str(desk.program / "nianbao"))
    assert desk.install(unpacked=desk.program)[0] == 0  # over itself
    assert desk.starts() == "年报助手"
    assert desk.install("--remove")[0] == 0
    assert desk.left() == [desk.settings]


def test_a_newer_one_takes_the_place_of_an_older_one(desk, tmp_path):
    desk.install()
    (desk.program / "gone.txt").write_text("of the old one", "utf-8")
    assert desk.install(unpacked=desk.unpack(tmp_path / "新", "新的"))[0] == 0
    assert desk.starts() == "新的"
    assert not (desk.program / "gone.txt").exists()


def test_what_the_clerk_keeps_beside_the_program_is_neither_copied_nor_lost(desk, tmp_path):
    stick = desk.unpacked / KEPT / "recovery"
    stick.mkdir(parents=True)
    (stick / "一份.gknb").write_text("of the stick", "utf-8")
    status, said = desk.install()
    assert status == 0
    assert "没有带过去" in said
    assert not (desk.program / KEPT).exists()
    mine = desk.program / KEPT / "recovery" / "没有保存的.gknb"
    mine.parent.mkdir(parents=True)
    mine.write_text("typed", "utf-8")
    for newer in ("新", "更新"):
        assert desk.install(unpacked=desk.unpack(tmp_path / newer, newer))[0] == 0
        assert desk.starts() == newer
        assert mine.read_text("utf-8") == "typed"
    assert desk.install(unpacked=desk.program)[0] == 0
    status, said = desk.install("--remove")
    assert status == 0
    assert str(desk.program / KEPT) in said
    assert sorted(desk.left()) == sorted([desk.settings, mine])
    assert desk.install()[0] == 0
    assert (desk.starts(), mine.read_text("utf-8")) == ("年报助手", "typed")


@pytest.mark.parametrize("both", [False, True])
def test_an_update_that_was_cut_off_loses_nothing(desk, tmp_path, both):
    """Between two steps: the old one is aside, the new one is there already or not."""
    desk.install()
    mine = desk.program / KEPT / "没有保存的.gknb"
    mine.parent.mkdir()
    mine.write_text("typed", "utf-8")
    desk.program.rename(desk.program.with_name("nianbao-program.old"))
    if both:
        desk.unpack(desk.program, "半路")
    assert desk.install(unpacked=desk.unpack(tmp_path / "新", "新的"))[0] == 0
    assert (desk.starts(), mine.read_text("utf-8")) == ("新的", "typed")
    assert not desk.program.with_name("nianbao-program.old").exists()


def test_a_program_that_is_open_is_not_taken_from_under_the_clerk(desk, tmp_path):
    desk.install()
    python = desk.program / "python3.11"
    shutil.copyfile("/bin/sleep", python)
    python.chmod(0o755)
    window = subprocess.Popen([python, "60"])
    try:
        for words in ((), ("--remove",)):
            status, said = desk.install(*words, unpacked=desk.unpack(tmp_path / f"新{len(words)}", "新的"))
            assert (status, said) == (2, "年报助手正开着，什么也没有动。请先保存并关闭它的窗口，再试一次。\n")
            assert desk.starts() == "年报助手"
    finally:
        window.kill()
        window.wait()
    assert desk.install("--remove")[0] == 0


def test_a_copy_that_breaks_off_leaves_the_old_one(desk, tmp_path):
    desk.install()
    newer = desk.unpack(tmp_path / "新", "新的")
    broken = tmp_path / "bin"  # cp as on a full disk: part of it was written
    broken.mkdir()
    (broken / "cp").write_text('#!/bin/sh\n/bin/cp "$@"\necho "No space left on device" >&2\nexit 1\n')
    (broken / "cp").chmod(0o755)
    status, said = desk.install(unpacked=newer, PATH=f"{broken}:/usr/bin:/bin")
    assert status == 2
    assert "磁盘满了" in said
    assert "原来的程序没有动" in said
    assert desk.starts() == "年报助手"
    assert [path.name for path in desk.program.parent.glob("nianbao-program*")] == ["nianbao-program"]


@pytest.mark.parametrize("home", ["", "/nowhere/at/all"])
def test_without_a_home_folder_there_is_a_sentence(desk, home):
    status, said = desk.install(HOME=home)
    assert status == 2
    assert said.startswith("不知道主文件夹在哪里")
    assert said.count("\n") == 1


def test_the_installing_script_knows_the_folder_by_the_name_that_the_program_knows():
    assert f"kept={KEPT} " in (tree.FILES / "install-user.sh").read_text("utf-8")
