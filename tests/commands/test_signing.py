"""`nianbao export --certificate`: the password never stands on the command line, and what cannot be signed writes nothing."""

import io
import sys

import pytest

from app.commands import arguments, cli
from app.exporting.pdf import certificate
from app.storage import files
from app.storage.container import Content
from tests.checks.reports import good
from tests.exporting.certificates import HOLDER, PASSWORD, needs_extra, p12
from tests.signoff.test_verifying import final


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """(exit status, standard output, standard error) of an export beside a certificate."""
    monkeypatch.delenv("NIANBAO_PASSWORD", raising=False)
    monkeypatch.setattr(certificate, "can_sign", lambda: True)  # refusals come before anything is signed
    monkeypatch.chdir(tmp_path)
    files.save(tmp_path / "甲.gknb", Content(final(good())))
    (tmp_path / "甲.p12").write_bytes(p12())

    def run(*words: str) -> tuple[int, str, str]:
        status = cli.main(["export", "甲.gknb", *words])
        return status, *capsys.readouterr()

    return run


SIGNS = ("-o", "甲.pdf", "--certificate", "甲.p12")


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_without_the_extra_one_sentence_and_no_file(call, tmp_path, monkeypatch):
    monkeypatch.setattr(certificate, "can_sign", lambda: False)
    status, out, told = call(*SIGNS)
    assert (status, out) == (2, "")
    assert told.startswith("这台电脑上的年报助手没有装签名用的附加组件，没有签名，也没有导出。")
    assert left(tmp_path) == ["甲.gknb", "甲.p12"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (SIGNS, "请把口令放进环境变量 NIANBAO_PASSWORD"),
        ((*SIGNS, "--password-file", "错.txt"), "证书口令不对"),
        ((*SIGNS, "--password-file", "空.txt"), "第一行不是口令"),
        ((*SIGNS, "--password-file", "甲.gknb"), "不是口令文件"),
        ((*SIGNS, "--password-file", "没有.txt"), "找不到文件"),
        (("-o", "甲.pdf", "--certificate", "没有.p12"), "找不到文件"),
        (("-o", "甲.pdf", "--certificate", "."), "是文件夹"),
        (("-o", "甲.pdf", "--certificate", "甲.gknb", "--password-file", "口令.txt"), "不是能用的证书文件"),
        (("-o", "甲.docx", "--certificate", "甲.p12", "--password-file", "口令.txt"), "证书只签 PDF 文件"),
        (("-o", "甲.pdf", "--password-file", "口令.txt"), "要和 --certificate 一起写"),
    ],
)
def test_what_cannot_be_signed_is_told_and_nothing_is_written(call, tmp_path, words, told):
    (tmp_path / "口令.txt").write_text(f"{PASSWORD}\n", "utf-8")
    (tmp_path / "错.txt").write_text("错的", "utf-8")
    (tmp_path / "空.txt").write_text("\n口令", "utf-8")
    before = left(tmp_path)
    status, out, said = call(*words)
    assert (status, out) == (2, "")
    assert told in said
    assert left(tmp_path) == before


def test_a_draft_is_never_signed(call, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_PASSWORD", PASSWORD)
    files.save(tmp_path / "甲.gknb", Content(good().with_narrative("problems", "")))
    status, _, told = call(*SIGNS, "--force")
    assert status == 2
    assert told.startswith("草稿不能用证书签名，没有导出。")
    assert not (tmp_path / "甲.pdf").exists()


def test_no_option_takes_the_password_itself():
    assert "--password " not in f"{arguments.USAGE['export']} "


@needs_extra
@pytest.mark.parametrize("way", ["variable", "file", "input"])
def test_the_pdf_is_signed_and_word_beside_it_written(call, tmp_path, monkeypatch, way):
    words = {"variable": (), "file": ("--password-file", "口令.txt"), "input": ("--password-file", "-")}[way]
    if way == "variable":
        monkeypatch.setenv("NIANBAO_PASSWORD", PASSWORD)
    (tmp_path / "口令.txt").write_bytes(f"\ufeff{PASSWORD}\r\n第二行".encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSWORD.encode() + b"\n")))
    status, out, told = call(*SIGNS, "-o", "甲.docx", *words)
    assert (status, out, told) == (0, "甲.pdf\n甲.docx\n", f"PDF 已用“{HOLDER}”的证书签名。\n")
    assert b"/ETSI.CAdES.detached" in (tmp_path / "甲.pdf").read_bytes()
