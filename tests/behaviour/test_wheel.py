"""The wheel: what is in it, and that it does the clerk's work in an environment of its own, away from the sources."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import wheel_build
from app import __version__
from tests.places import PROJECT, TESTS

pytestmark = pytest.mark.slow
BACKEND = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
CONSTRAINTS = PROJECT / "installer" / "constraints.txt"
PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(*call: object, folder: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """One call with nothing of this tree on its way."""
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "PYTEST_CURRENT_TEST")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [str(word) for word in call],
        cwd=folder,
        env={**env, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def parts(path: Path) -> list[tuple[str, bytes]]:
    """What is in a zip; a .docx tells the time of its writing outside them."""
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    fetched = run(
        sys.executable, *PIP, "download", "--no-deps", "-d", folder / "backend", *BACKEND, folder=folder
    )
    if fetched.returncode != 0:
        pytest.skip("连不上软件仓库（要下载做 wheel 的 hatchling）")
    assert wheel_build.build(folder) == 0
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_code_templates_and_resources_and_no_tests(built):
    assert built.name == f"nianbao-{__version__}-py3-none-any.whl"
    inside = {name: data for name, data in parts(built) if ".dist-info/" not in name}
    wanted = {
        place + path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for top, place in (("app", ""), ("ui", ""), ("templates", "app/_data/"), ("resources", "app/_data/"))
        for path in (PROJECT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(inside) - set(wanted) <= {"app/_data/build.txt"}
    assert {name: inside.get(name) for name in wanted} == wanted


def test_a_second_wheel_is_the_same_to_the_byte(built, tmp_path, monkeypatch):
    """Also from a copy in another folder, with later times of its files."""
    for name in ("app", "ui", "templates", "resources", "installer"):
        shutil.copytree(
            PROJECT / name,
            tmp_path / name,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(PROJECT / name, tmp_path / name)
    again = tmp_path / "again"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wheel_build.time_of_commit(PROJECT))
    assert wheel_build.build(again, tmp_path) == 0
    (made,) = again.glob("*.whl")
    with zipfile.ZipFile(built) as one, zipfile.ZipFile(made) as other:
        first, second = ([info for info in each.infolist() if not told(info)] for each in (one, other))
        assert [seen(info) for info in first] == [seen(info) for info in second]


def told(info: zipfile.ZipInfo) -> bool:
    """The commit, which the copy cannot know, and the list that has its hash."""
    return info.filename == "app/_data/build.txt" or info.filename.endswith("/RECORD")


def seen(info: zipfile.ZipInfo) -> tuple[object, ...]:
    return info.filename, info.date_time, info.external_attr, info.CRC, info.compress_size


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory) -> Path:
    """The folder of commands of a clean environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("用户")
    assert run(sys.executable, "-m", "venv", folder / "venv", folder=folder).returncode == 0
    commands = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    done = run(commands / "python", *PIP, "install", "-c", CONSTRAINTS, built, folder=folder)
    assert done.returncode == 0, done.stderr
    return commands


def test_the_installed_program_does_the_work_of_the_source_tree(installed, tmp_path):
    home = str(tmp_path / "home")

    def nianbao(*words: object) -> "subprocess.CompletedProcess[str]":
        return run(installed / "nianbao", *words, folder=tmp_path, NIANBAO_HOME=home)

    def from_sources(*words: object) -> "subprocess.CompletedProcess[str]":
        return run(sys.executable, "-m", "app", *words, folder=PROJECT, NIANBAO_HOME=home)

    assert nianbao("--version").stdout == f"年报助手 {__version__}\n"
    old = TESTS / "samples" / "001_zhangjiachan_2020.txt"
    made = nianbao("new", "--from", old, "--year", "2021", "-o", "今年.gknb")
    assert made.returncode == 0, made.stderr
    report = tmp_path / "今年.gknb"
    checked, expected = nianbao("check", report), from_sources("check", report)
    assert (checked.returncode, checked.stdout, checked.stderr) == (1, expected.stdout, expected.stderr)
    finished = PROJECT / "resources" / "samples" / "写完的示例.gknb"
    exported = nianbao("export", finished, "-o", "年报.docx", "-o", "年报.pdf")
    assert exported.returncode == 0, exported.stderr
    names = [tmp_path / "源.docx", tmp_path / "源.pdf"]
    assert from_sources("export", finished, "-o", names[0], "-o", names[1]).returncode == 0
    assert (tmp_path / "年报.pdf").read_bytes() == names[1].read_bytes()
    assert parts(tmp_path / "年报.docx") == parts(names[0])
    for last_year in (tmp_path / "年报.pdf", TESTS / "importing" / "files" / "tables_2021.xls"):
        assert nianbao("import", last_year).returncode == 0, "reading PDF and .xls belongs to the base"


def test_the_installed_program_opens_its_window(installed, tmp_path):
    code = (
        "from ui.window.main import make_app; from ui.help.about import AboutDialog; app = make_app([]);"
        "print(AboutDialog(None).facts)"
    )
    seen = run(
        installed / "python",
        "-c",
        code,
        folder=tmp_path,
        NIANBAO_HOME=str(tmp_path),
        QT_QPA_PLATFORM="offscreen",
    )
    assert f"版本：{__version__}（" in seen.stdout, seen.stderr
    assert "从源代码文件夹运行" not in seen.stdout
