"""`nianbao --selftest`: it passes here, and says in words which part is missing where one is."""

import importlib
import sys
from dataclasses import replace

import pytest

from app import __version__, paths
from app.commands import cli, opening, selftest
from app.exporting import exporter
from app.session import example


def fine() -> str:
    return "6.9.3"


def test_it_passes_here_and_tells_the_versions(capsys):
    status = cli.main(["--selftest"])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    *told, last = out.splitlines()
    assert last == "自检通过"
    text = "\n".join(told)
    assert f"年报助手 {__version__}" in text
    assert f"Python {'.'.join(map(str, sys.version_info[:3]))}" in text
    for name in ("lxml", "python-docx", "pdfminer.six", "Qt", str(paths.root())):
        assert name in text


def test_it_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    assert list(selftest.lines(fine))[-1] == "自检通过"
    assert list(tmp_path.iterdir()) == []


def refusal(window=fine) -> str:
    with pytest.raises(selftest.Unfit) as caught:
        list(selftest.lines(window))
    return str(caught.value)


@pytest.mark.parametrize("name", selftest._LIBRARIES)
def test_a_library_that_is_missing_is_named_with_its_use(monkeypatch, name):
    def load(wanted: str) -> None:
        if wanted == name:
            raise ImportError("DLL load failed")

    monkeypatch.setattr(selftest, "import_module", load)
    distribution, use = selftest._LIBRARIES[name]
    assert refusal().startswith(f"自检未通过：缺少组件 {distribution}（{use}）：DLL load failed")


def test_a_window_that_does_not_load_is_told(monkeypatch, capsys):
    def broken() -> str:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert "窗口的组件载入不了：libEGL.so.1" in refusal(broken)
    monkeypatch.setattr(opening, "libraries", broken)
    assert cli.main(["--selftest"]) == cli.REFUSED
    assert "自检未通过" in capsys.readouterr().err


def test_an_example_that_is_gone_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(example, "file", lambda: tmp_path / "没有.gknb")
    assert "示例报告找不到文件" in refusal()


def test_an_export_that_says_something_else_is_told(monkeypatch):
    """Also when only one number is another one."""
    true = exporter.export_bytes

    def spoilt(report, *rest, **named):
        cell = next(iter(report.values))
        return true(replace(report, values={**report.values, cell: report.values[cell] + 1}), *rest, **named)

    monkeypatch.setattr(exporter, "export_bytes", spoilt)
    assert "导出的.pdf读回来与示例不一致" in refusal()


def test_nothing_may_follow(capsys):
    assert cli.main(["--selftest", "x"]) == cli.REFUSED
    assert "--selftest" in capsys.readouterr().err


def test_every_library_of_the_table_can_be_loaded_by_its_name():
    for name in selftest._LIBRARIES:
        importlib.import_module(name)
