"""The frame of the house: what is declared, what is pinned, and what the set-up says when it cannot help itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import complexity
import demo
import environment
import prepare
import system_packages
from app import __version__
from trouble import SetupError

pytest_plugins = "pytester"

ROOT = Path(__file__).resolve().parent.parent
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = DECLARED["project"]
PYTEST = DECLARED["tool"]["pytest"]["ini_options"]
HANGING = ("faulthandler_timeout", "faulthandler_exit_on_timeout")
IMPORT_NAMES = {
    "docx": "python-docx",
    "PIL": "Pillow",
    "cv2": "opencv-python-headless",
    "PySide6": "PySide6-Essentials",
    "shiboken6": "PySide6-Essentials",
    "fontTools": "fonttools",
    "pdfminer": "pdfminer.six",
}
OPTIONAL = [
    line for name, lines in PROJECT["optional-dependencies"].items() if name != "dev" for line in lines
]
COMPUTERS = {
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "Linux PC": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "Linux ARM": {"sys_platform": "linux", "platform_machine": "aarch64"},
}


def declared() -> list[Requirement]:
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras]]


def pinned(computer: str) -> dict[str, str]:
    """Name → version of the constraints that hold on one kind of computer."""
    lines = (ROOT / "installer" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(COMPUTERS[computer])]
    versions = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}
    assert len(versions) == len(here), "a package is pinned twice"
    return versions


@pytest.mark.parametrize("computer", COMPUTERS)
@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_every_declared_dependency_is_pinned_within_its_range(requirement, computer):
    assert requirement.specifier.contains(pinned(computer)[canonicalize_name(requirement.name)])


@pytest.mark.parametrize(("package", "extras"), [("app", OPTIONAL), ("ui", [])])
def test_the_program_imports_only_what_it_declares(package, extras):
    allowed = {canonicalize_name(Requirement(line).name) for line in [*PROJECT["dependencies"], *extras]}
    for path in sorted((ROOT / package).rglob("*.py")):
        for name in top_level_imports(path) - set(sys.stdlib_module_names) - {"app", "ui"}:
            distribution = canonicalize_name(IMPORT_NAMES.get(name, name))
            assert distribution in allowed, f"{path.relative_to(ROOT)} imports {name}"


def top_level_imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_the_set_up_imports_only_the_standard_library():
    own = {"environment", "system_packages", "trouble"}
    for name in ("prepare", *own):
        assert top_level_imports(ROOT / "installer" / f"{name}.py") <= set(sys.stdlib_module_names) | own


def test_make_and_the_set_up_know_the_same_targets():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"^([a-z-]+): ; \$\(prepare\)$", makefile, re.M) == list(prepare.COMMANDS)


def test_continuous_integration_runs_the_command_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in ("make run", "make test", r"installer\windows.bat run", r"installer\windows.bat test"):
        assert command in readme
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith("exec make test")


def test_the_version_stands_in_one_place_and_the_papers_follow():
    assert PROJECT["dynamic"] == ["version"]
    assert DECLARED["tool"]["hatch"]["version"] == {"path": "app/__init__.py"}
    releases = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert all(re.fullmatch(r"\S+（20\d\d-\d\d-\d\d）", one) for one in releases)
    assert releases[0].startswith(f"{__version__}（")
    named = re.findall(r"nianbao-(\S+)-py3-none-any", (ROOT / "README.md").read_text("utf-8"))
    assert set(named) == {__version__}


def test_the_licence_is_whole_and_in_both_languages():
    text = (ROOT / "LICENSE").read_text("utf-8")
    for sentence in ("木兰宽松许可证， 第2版", "条款结束", "END OF THE TERMS AND CONDITIONS"):
        assert sentence in text
    assert PROJECT["license"] == "MulanPSL-2.0"


def test_all_missing_packages_are_named_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("NIANBAO_NO_APT", "1")
    monkeypatch.setattr(system_packages, "loads", lambda library: library == "libGL.so.1")
    monkeypatch.setattr(system_packages, "missing_venv", lambda: ["python3.11-venv"])
    with pytest.raises(SetupError) as refusal:
        system_packages.provide("window", building_environment=True)
    sentence = str(refusal.value)
    assert "sudo apt install python3.11-venv" in sentence
    assert set(system_packages.WINDOW.values()) <= set(sentence.split())
    assert "libgl1" not in sentence


def test_a_complete_computer_is_left_alone(monkeypatch):
    monkeypatch.setattr(system_packages, "loads", lambda library: True)
    monkeypatch.setattr(
        system_packages, "font_files", lambda: [Path("/usr/share/fonts/NotoSansCJK-Regular.ttc")]
    )
    monkeypatch.setattr(system_packages, "apt_prefix", lambda: pytest.fail("apt was asked for"))
    system_packages.provide("window", building_environment=False)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has a desktop that may be absent"
)
@pytest.mark.parametrize("display", ["", ":987"])
def test_without_a_desktop_the_window_is_refused_in_words(monkeypatch, display):
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    refuse = system_packages.require_reachable_display if display else system_packages.require_display
    with pytest.raises(SetupError, match="窗口打不开"):
        refuse()


def test_an_unknown_target_is_answered_with_the_list(capsys):
    assert prepare.main(["fly"]) == 2
    assert "run|test" in capsys.readouterr().err


def test_an_environment_is_rebuilt_when_its_folder_was_moved_and_refilled_when_pins_changed(tmp_path):
    (tmp_path / "installer").mkdir()
    (tmp_path / "pyproject.toml").write_text("", "utf-8")
    (tmp_path / "installer" / "constraints.txt").write_text("a==1\n", "utf-8")
    before = environment.fingerprint(tmp_path)
    (tmp_path / "installer" / "constraints.txt").write_text("a==2\n", "utf-8")
    after = environment.fingerprint(tmp_path)
    assert before != after
    assert not environment.stale(before, after)
    assert environment.stale("/elsewhere\n" + before.splitlines()[1], after)


def test_the_way_to_the_sources_does_not_spell_a_chinese_folder(tmp_path):
    root = tmp_path / "年报"
    place = root / ".venv" / "lib" / "python3.11" / "site-packages"
    place.mkdir(parents=True)
    path_file = place / "__editable__.nianbao-1.pth"
    environment.make_relative(path_file, root)
    line = path_file.read_bytes().decode("ascii").rstrip("\n")
    assert (place / line).resolve() == root.resolve()


@pytest.mark.slow
def test_the_demonstration_writes_the_report_and_its_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "OUT", tmp_path)
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    assert demo.main() == 0
    assert {path.suffix for path in tmp_path.glob("*年报.*")} == {".gknb", ".docx", ".pdf", ".html"}


def test_a_function_that_is_too_complex_is_named_and_can_only_leave_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(complexity, "LONGEST", 1)
    (tmp_path / "app").mkdir()
    branches = "".join(f"    if a == {n} and b:\n        return {n}\n" for n in range(8))
    (tmp_path / "app" / "deep.py").write_text(f"def pick(a, b):\n{branches}", "utf-8")
    assert complexity.measure(tmp_path) == {"app/deep.py:pick": 16}
    now = complexity.measure(tmp_path)
    assert complexity.faults(now, now) == []
    cases = [
        ({}, now, "app/deep.py:pick 的复杂度是16，超过15"),
        ({"app/deep.py:pick": 15}, now, "从15变成16"),
        ({"app/deep.py:pick": 20}, now, "里的20改成16"),
        (now, {}, "请从 complexity.txt 删去这一行"),
    ]
    for listed, measured, words in cases:
        (told,) = complexity.faults(listed, measured)
        assert words in told
    assert complexity.shrunk({"app/deep.py:pick": 20, "app/gone.py:old": 17}, now) == now
    assert complexity.shrunk({}, now) == {}


def test_the_list_of_complex_functions_has_an_end():
    long = {f"app/a.py:f{n}": 16 for n in range(complexity.LONGEST + 1)}
    (told,) = complexity.faults(long, long)
    assert f"最多{complexity.LONGEST}行" in told
    assert complexity.read(complexity.written(long)) == long


def test_one_package_that_is_unknown_here_does_not_stop_the_rest(monkeypatch, capsys):
    """An older system has no fcitx5: apt-get refuses the whole line."""
    asked = []

    def run(call, **_more):
        packages = call[call.index("--no-install-recommends") + 1 :] if "install" in call else []
        asked.append(packages)
        return subprocess.CompletedProcess(call, 100 if "fcitx5" in packages else 0)

    monkeypatch.setattr(system_packages, "apt_prefix", list)
    monkeypatch.setattr(system_packages.subprocess, "run", run)
    system_packages.install(["xvfb", "fcitx5", "cups"])
    assert asked == [[], ["xvfb", "fcitx5", "cups"], ["xvfb"], ["fcitx5"], ["cups"]]
    assert "没有都装好" in capsys.readouterr().err


def test_a_program_for_root_is_found_by_anyone(tmp_path, monkeypatch):
    program = tmp_path / "cupsd"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(system_packages, "PROGRAMS", f"/nowhere:{tmp_path}")
    assert system_packages.is_there("cupsd")
    assert system_packages.is_there(str(program))
    assert system_packages.missing_tools({"cupsd": "cups", str(tmp_path / "lp"): "cups-client"}) == [
        "cups-client"
    ]


def test_what_was_skipped_is_told_in_one_line(pytester):
    """Reason by reason, without what may be done about it."""
    pytester.makeini("[pytest]")
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        """
        import pytest
        @pytest.mark.parametrize("number", range(3))
        def test_other(number):
            pytest.skip("没有安装 ibus（sudo apt install ibus）")
        @pytest.mark.skipif(True, reason="只在 Windows 上")
        def test_windows():
            pass
        """
    )
    lines = pytester.runpytest_subprocess("-p", "no:pytest-qt", "-p", "no:cacheprovider").outlines
    assert "跳过 4 项：没有安装 ibus 3、只在 Windows 上 1" in lines


def test_a_test_that_hangs_is_killed_and_says_where_it_stood(pytester):
    settings = PYTEST | {"faulthandler_timeout": 2}
    pytester.makeini("\n".join(["[pytest]", *(f"{name} = {settings[name]}" for name in HANGING)]))
    pytester.makepyfile("import time\ndef test_hangs():\n    time.sleep(60)\n")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", timeout=30)
    assert result.ret == 1
    result.stderr.fnmatch_lines(["*in test_hangs"])
