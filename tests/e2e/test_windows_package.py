"""The payload for Windows starts under wine: only where wine is and `make windows` was run; `make test-windows` tries it all."""

import shutil

import pytest

from windows import build, payload, trial

BUILT = build.WORK / build.PRODUCT
ABSENT = not (shutil.which("wine") and shutil.which("script") and (BUILT / "nianbao.exe").exists())
pytestmark = [pytest.mark.slow, pytest.mark.skipif(ABSENT, reason="没有 wine 或还没有做好的 Windows 包")]


def test_it_passes_its_own_test_from_a_folder_with_chinese_and_a_space(tmp_path):
    desk = trial.Desk(tmp_path)
    folder = tmp_path / "中文 目录"
    shutil.copytree(BUILT, folder)
    try:
        list(trial.prepare(desk))
        code, said = desk.run(folder / "nianbao.exe", "--selftest")
    finally:
        desk.stop()
    assert (code, "自检通过" in said) == (0, True), said


def test_it_asks_for_nothing_that_is_neither_in_it_nor_in_windows():
    assert payload.lacking(BUILT) == []
