"""The command line as docs/commands.md has it: results, sentences, exit statuses; no display, no Qt, no traceback."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from app import paths
from app.commands import cli, opening
from app.commands.parallel_import import MANY
from app.form import catalog
from app.form.catalog import form
from app.storage import files
from app.storage.codec import dump
from app.storage.container import Content
from tests.places import TESTS
from tests.storage.random_reports import full_report

SAMPLES = paths.root() / "tests" / "samples"
SEED = SAMPLES / "001_zhangjiachan_2020.txt"
PICTURES_ONLY = SAMPLES / "004_houjia_2022.txt"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


@pytest.fixture
def call(capsys):
    """One call: (exit status, standard output, standard error)."""

    def run(*words: object) -> tuple[int, str, str]:
        status = cli.main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def wrong(tmp_path):
    """A report with an error in it, last year's beside it."""
    path = tmp_path / "错.gknb"
    files.save(path, Content(full_report(), full_report(2023)))
    return path


# -- an installation in which something is missing


@pytest.mark.parametrize("gone", ["templates", "resources"])
def test_an_installation_without_its_folders_blames_itself_and_not_the_file(
    call, tmp_path, monkeypatch, gone
):
    for name in {"templates", "resources"} - {gone}:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    for words in (["check", SEED], ["fonts"], [SEED]):
        status, out, err = call(*words)
        assert (status, out) == (2, "")
        assert err == f"程序安装不完整：“{tmp_path}”里缺少 {gone} 文件夹。请重新安装年报助手。\n"
    assert call("--version")[0] == 0


def test_a_folder_of_templates_without_an_edition_is_no_whole_installation(call, tmp_path, monkeypatch):
    for name in ("templates", "resources"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    catalog.forget()
    try:
        status, _, err = call("check", SEED)
    finally:
        catalog.forget()
    assert status == 2
    assert f"程序安装不完整：“{tmp_path / 'templates'}”里没有格式文件。请重新安装年报助手。" in err
    assert "升级" not in err


# -- results


def test_import_answers_the_report_and_what_was_found(call):
    status, out, err = call("import", SEED, "--json")
    found = json.loads(out)
    cells = form("2019").cells
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert list(found)[:8] == [
        "schema",
        "version",
        "form",
        "year",
        "agency",
        "cells",
        "narratives",
        "signature",
    ]
    assert list(found)[-7:] == ["source", "evidence", "unsure", "missing", "pictures", "unused", "warnings"]
    assert found["source"] == {"file": str(SEED), "type": "txt"}
    assert list(found["cells"]) == [str(ref) for ref in cells]
    assert found["missing"] == []
    for one in found["evidence"].values():
        assert set(one) == {"text", "place"}


def test_what_was_not_found_is_missing_and_pictures_are_told(call):
    found = json.loads(call("import", PICTURES_ONLY, "--json")[1])
    assert len(found["missing"]) == 200
    assert found["cells"] == {}
    assert len(found["pictures"]) == 2
    assert set(found["pictures"][0]) == {"section", "place"}


@pytest.mark.parametrize("seed", sorted(SAMPLES.glob("00*.txt")), ids=lambda path: path.stem)
def test_an_imported_report_saved_and_read_again_is_the_same(call, tmp_path, seed):
    out = tmp_path / "旧.gknb"
    status, words, err = call("import", seed, "-o", out)
    assert status == 0
    assert re.search("读到[0-9]+格", words)
    assert f"已保存到“{out}”" in err
    old, again = (json.loads(call("import", file, "--json")[1]) for file in (seed, out))
    base = ["form", "year", "agency", "cells", "narratives", "signature"]
    assert [old[key] for key in base] == [again[key] for key in base]
    assert again["source"]["type"] == "gknb"


def test_check_answers_findings(call, wrong):
    status, out, _ = call("check", wrong, "--json")
    found = json.loads(out)
    assert status == 1
    assert list(found) == ["file", "form", "year", "agency", "counts", "findings"]
    assert found["file"] == str(wrong)
    assert found["counts"]["error"] > 0
    assert set(found["counts"]) == {"error", "warning", "info"}
    first = found["findings"][0]
    assert list(first) == ["id", "severity", "section", "message", "cells", "quote", "values"]
    assert sum(found["counts"].values()) == len(found["findings"])


def test_check_in_words_names_rule_and_severity(call, wrong):
    status, out, _ = call("check", wrong)
    assert status == 1
    assert re.search(r"错误 [A-Z][0-9]?-[0-9]+ ", out)
    assert re.search(r"核对结果：.*错误[0-9]+处，警告[0-9]+处，提示[0-9]+处。", out)


def test_a_given_prior_takes_the_place_of_the_one_inside(call, wrong, tmp_path):
    prior = tmp_path / "上年.gknb"
    files.save(prior, Content(full_report(2022)))
    inside, given = (call("check", wrong, *more, "--json")[1] for more in ([], ["--prior", prior]))
    assert inside != given


def test_several_files_are_json_lines_in_order_and_a_bad_one_does_not_stop_them(call, wrong, tmp_path):
    bad = tmp_path / "坏.gknb"
    bad.write_bytes(b"PK")
    status, out, err = call("check", bad, wrong, tmp_path / "没有.docx", SEED, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [Path(one["file"]) for one in lines] == [bad, wrong, tmp_path / "没有.docx", SEED]
    assert [set(one) == {"file", "error"} for one in lines] == [True, False, True, False]
    assert "已损坏" in lines[0]["error"]
    assert "找不到文件" in lines[2]["error"]
    assert "正在核对 2/4" in err


def test_a_report_as_plain_json_is_read_too(call, tmp_path):
    """The shape of docs/gknb.md without its zip, as another program would write it."""
    path = tmp_path / "report.json"
    path.write_bytes(dump(replace(full_report(), pictures=())))
    assert json.loads(call("import", path, "--json")[1])["year"] == 2024
    path.write_text('{"schema": "gknb", "version": 99}')
    assert "更新版本" in call("check", path)[2]


def test_text_comes_through_standard_input(call, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SEED.read_bytes())))
    status, out, _ = call("import", "-", "--json")
    found = json.loads(out)
    assert (status, found["source"]["file"], len(found["cells"])) == (0, "-", 198)


def test_a_new_year_from_last_years_report(call, tmp_path):
    out = tmp_path / "今年.gknb"
    status, words, _ = call("new", "--from", SEED, "--year", 2021, "-o", out)
    assert status == 0
    assert "待更新" in words
    content = files.read(out).content
    assert (content.report.year, content.report.form, content.prior.year) == (2021, "2021", 2020)
    assert len(content.report.values) == 7


def test_how_many_doubtful_cells_stay_blank_is_told(call, tmp_path):
    old, out = tmp_path / "旧.txt", tmp_path / "旧.gknb"
    row = "四、结转下年度继续办理\n\t"
    old.write_text(SEED.read_text("utf-8").replace(f"{row}0", f"{row}7（含1件转办）"), "utf-8")
    assert json.loads(call("import", old, "--json")[1])["unsure"]
    assert re.search("有[0-9]+格存疑.*留作空白", call("import", old, "-o", out)[2])
    assert not re.search("存疑", call("import", out, "-o", tmp_path / "再.gknb")[2])
    assert re.search("[0-9]+格存疑（已留作空白）", call("new", "--from", old, "--year", 2021, "-o", out)[2])


def test_a_new_report_from_nothing_and_one_in_its_place_is_backed_up(call, tmp_path):
    out = tmp_path / "今年.gknb"
    for name in ("甲镇人民政府", "乙镇人民政府"):
        status, _, err = call("new", "--agency", name, "--year", 2025, "-o", out)
        assert status == 0
    assert files.read(out).content.report.agency.name == "乙镇人民政府"
    copy = re.search(r"备份在“(.+)”", err)[1]
    assert files.read(Path(copy)).content.report.agency.name == "甲镇人民政府"


def test_a_report_of_another_year_carries_nothing_and_says_so(call, tmp_path):
    _, _, err = call("new", "--from", SEED, "--year", 2025, "-o", tmp_path / "x.gknb")
    assert "不是2024年的" in err


def test_export_refuses_blanks_and_errors_unless_forced(call, wrong, tmp_path):
    out = tmp_path / "出.txt"
    status, _, err = call("export", wrong, "-o", out)
    assert status == 2
    assert re.search("错误[0-9]+处，没有导出.*--force", err)
    assert not out.exists()


def test_export_names_the_characters_that_no_font_has_and_exports_all_the_same(call, tmp_path):
    source, out = tmp_path / "源.gknb", tmp_path / "出.txt"
    report = full_report(2023)
    files.save(source, Content(report.with_narrative("overview", "鿍𬭎\ue000"), None))
    status, _, err = call("export", source, "-o", out, "--force")
    assert status == 0
    assert re.fullmatch("注意：“一、.*里的U\\+E000没有字体能显示.*。\n", err)
    assert out.exists()


def test_export_leaves_a_signature_field_in_a_pdf_only(call, wrong, tmp_path):
    signed, report = tmp_path / "签.pdf", TESTS / "samples" / "000_songcun_2020.txt"
    assert call("export", report, "-o", signed, "--sign-field", "--force")[0] == 0
    with pikepdf.open(signed) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].T) == "印章"
    status, _, err = call("export", report, "-o", tmp_path / "签.docx", "--sign-field", "--force")
    assert status == 2
    assert "签章域只在 PDF 文件里" in err
    status, _, err = call("export", wrong, "-o", signed, "--sign-field", "--force")
    assert status == 2
    assert "没有落款" in err


def test_export_writes_an_accessible_pdf(call, wrong, tmp_path):
    plain, tagged = tmp_path / "一.pdf", tmp_path / "二.pdf"
    call("export", wrong, "-o", plain, "--force")
    assert call("export", wrong, "-o", tagged, "--accessible", "--force") == (0, f"{tagged}\n", "")
    assert b"/StructTreeRoot" in tagged.read_bytes()
    assert b"/StructTreeRoot" not in plain.read_bytes()
    status, _, err = call("export", wrong, "-o", tmp_path / "三.docx", "--accessible", "--force")
    assert status == 2
    assert ".pdf" in err


def test_export_takes_the_styles_of_a_word_file(call, wrong, tmp_path):
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    call("export", wrong, "-o", first, "--force")
    assert call("export", wrong, "-o", second, "--style", first, "--force") == (0, f"{second}\n", "")
    status, _, err = call("export", wrong, "-o", second, "--style", SEED, "--force")
    assert (status, err.count("\n")) == (2, 1)
    assert "样式文件打不开" in err


def test_fonts_are_listed(call):
    status, out, _ = call("fonts")
    assert status == 0
    assert "仿宋" in out


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["new", "-h"], ["--version"]])
def test_help_is_chinese(call, words):
    status, out, err = call(*words)
    assert (status, err) == (0, "")
    assert re.search("[\u4e00-\u9fff]", out)
    assert not re.search("usage|positional|options|show this", out)


# -- refusals

WRONG_WORDS = [
    ([], "没有图形桌面"),
    (["没有.gknb"], "找不到文件“没有.gknb”，可能已经移走、改名或删除了"),
    (["/没有/去年的报告"], "误删的请先从回收站还原"),
    (["没有"], "没有“没有”这个文件，也没有这个命令"),
    (["镇" * 300 + ".gknb"], "找不到文件"),
    (["-"], "标准输入"),
    (["chek", "x"], "没有“chek”这个命令"),
    ([__file__, __file__], "一次只打开一个"),
    (["--foo"], "--foo"),
    (["check"], "缺少文件"),
    (["check", "--jso", "x"], "不认识“--jso”"),
    (["check", "--json=1", "x"], "--json"),
    (["check", "x", "--prior"], "--prior后面缺少内容"),
    (["check", "-", "-"], "只能读一次"),
    (["check", "."], "文件夹"),
    (["import", "a", "b", "-o", "c.gknb"], "只能存一个"),
    (["import", "a", "-o", "c.docx"], ".gknb"),
    (["new", "--from", "a"], "缺少--year"),
    (["new", "--from", "a", "--agency", "b", "--year", "2021", "-o", "x.gknb"], "不能同时写"),
    (["new", "--year", "2021", "-o", "x.gknb"], "必须写一个"),
    (["new", "--agency", "b", "--year", "21", "-o", "x.gknb"], "四位数字"),
    (["new", "--agency", " ", "--year", "2021", "-o", "x.gknb"], "名称"),
    (["new", "--agency", "镇" * 101, "--year", "2021", "-o", "x.gknb"], "100个字"),
    (["new", "--agency", "b", "--year", "2010", "-o", "x.gknb"], "2010年"),
    (["new", "--agency", "b", "--year", "2021", "-o", "x.docx"], ".gknb"),
    (["new", "--from", "没有", "--year", "2021", "-o", "x.gknb"], "找不到"),
    (["export", "x"], "缺少-o"),
    (["export", str(SEED), "-o", "x.doc"], ".docx"),
    (["export", str(SEED), "-o", "x"], "后缀"),
    (["export", str(SEED), "-o", "x.txt", "-o", "./x.txt"], "写了两次"),
    (["fonts", "x"], "不认识“x”"),
]


@pytest.mark.parametrize(("words", "said"), WRONG_WORDS, ids=[" ".join(words) for words, _ in WRONG_WORDS])
def test_what_cannot_be_done_is_one_chinese_sentence(call, monkeypatch, words, said, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    status, out, err = call(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not re.search("usage|error|argument|Traceback", err)
    assert [one for one in tmp_path.iterdir() if one.name != "home"] == []


def test_a_name_of_a_file_cannot_break_the_sentence_or_command_the_terminal(call):
    status, out, err = call("check", "没有\n这个\x1b[2J文件.txt")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_a_display_that_does_not_answer_is_told(call, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(opening, "_answers", lambda display: False)
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    status, _, err = call()
    assert status == 2
    assert "连不上图形桌面（DISPLAY 是 :987）" in err


def test_a_window_without_its_libraries_is_refused_in_words(call, monkeypatch):
    def run(file, began):
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("ui.window.application.run", run)
    status, _, err = call()
    assert (status, err.count("\n")) == (2, 1)
    assert "缺少窗口需要的组件（libEGL.so.1）" in err


def broken(*_):
    raise ZeroDivisionError("a bug")


def test_a_bug_is_one_sentence_and_a_line_in_the_log(call, monkeypatch):
    monkeypatch.setattr("app.session.session.new_blank", broken)
    status, out, err = call("new", "--agency", "b", "--year", "2021", "-o", "x.gknb")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "程序出错了" in err
    assert str(paths.log_file()) in err
    assert "ZeroDivisionError: a bug" in paths.log_file().read_text("utf-8")


def test_a_bug_with_one_file_does_not_stop_the_others(call, monkeypatch, wrong):
    monkeypatch.setattr("app.importing.importer.import_bytes", broken)
    status, out, _ = call("check", SEED, wrong, "--json")
    first, second = map(json.loads, out.splitlines())
    assert status == 2
    assert "程序出错了" in first["error"]
    assert second["findings"]


def test_a_bug_is_told_even_where_no_log_can_be_written(call, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("app.session.session.new_blank", broken)
    assert call("new", "--agency", "b", "--year", "2021", "-o", "x.gknb")[0] == 2


# -- as a program of its own

WATCH = """
import sys
from app.commands.cli import main
status = main(sys.argv[1:])
loaded = sorted({name.partition('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'ui'})
print(','.join(loaded) or 'no window', file=sys.stderr)
sys.exit(status)
"""
HEAVY = "'PySide6', 'ui', 'docx', 'reportlab', 'openpyxl', 'PIL', 'jinja2', 'pypdfium2', 'asyncio'"


def program(*words: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, "-c", WATCH, *map(str, words)]
    return subprocess.run(
        call, capture_output=True, cwd=paths.root(), env={**os.environ, **variables}, check=False
    )


def test_nothing_of_the_window_is_loaded(tmp_path):
    report, text = tmp_path / "x.gknb", tmp_path / "x.html"
    calls = [["import", SEED, "-o", report], ["check", report], ["export", report, "-o", text, "--force"]]
    for words in calls:
        done = program(*words)
        assert done.stderr.decode().splitlines()[-1] == "no window", words
    assert "张家产镇" in text.read_text("utf-8")


@pytest.mark.parametrize("locale", ["C", "zh_CN.GB18030", "POSIX"])
def test_the_output_is_utf8_in_every_locale(locale):
    done = program(
        "check", SEED, "--json", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LANG=locale
    )
    assert json.loads(done.stdout.decode("utf-8"))["agency"] == "威海市文登区张家产镇人民政府"


def test_a_reader_that_goes_away_is_no_bug():
    line = f'"{sys.executable}" -m app import "{SEED}" "{SEED}" --json | head -c 10'
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=paths.root(), check=False)
    assert "程序出错了" not in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_check_loads_nothing_heavy():
    """What keeps `nianbao check` under 0.6 s from cold (make bench measures it)."""
    code = WATCH.replace("'PySide6', 'shiboken6', 'ui'", HEAVY)
    call = [sys.executable, "-c", code, "check", str(SEED)]
    done = subprocess.run(call, capture_output=True, cwd=paths.root(), check=False)
    assert done.stderr.decode() == "no window\n"


def test_check_writes_the_check_sheet_and_counts_no_explained_error(call, tmp_path):
    from datetime import date

    from app.session.document import ReportDocument
    from tests.checks.reports import cell, good

    document = ReportDocument(good(values={cell("received"): 1, cell("received", "total"): 1}))
    for one in document.findings:
        document.explain(one, "已与司法所核对，数字属实", date(2026, 1, 9))
    path, sheets = (
        tmp_path / "a.gknb",
        [tmp_path / f"核对表{suffix}" for suffix in (".docx", ".pdf", ".xlsx")],
    )
    files.save(path, Content(document.report))
    outs = [word for sheet in sheets for word in ("-o", sheet)]
    status, out, err = call("check", path, "--json", *outs)
    found = json.loads(out)
    assert (status, found["counts"], found["findings"]) == (0, {"error": 0, "warning": 0, "info": 0}, [])
    assert {one["reason"] for one in found["explained"]} == {"已与司法所核对，数字属实"}
    assert err.count("核对表已写到") == 3
    assert all(sheet.stat().st_size > 1000 for sheet in sheets)
    assert "说明：已与司法所核对" in call("check", path)[1]
    assert call("check", path, path, "-o", sheets[0])[0] == 2
    assert call("check", path, "-o", tmp_path / "a.txt")[0] == 2


def whole_process(*words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "app", *words]
    return subprocess.run(
        call, cwd=paths.root(), capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_many_files_are_read_by_several_processes_in_order_and_a_bad_one_stops_none(tmp_path):
    """As one by one: the same lines, the refusal in its place."""
    names = []
    for number in range(MANY + 4):
        path = tmp_path / f"{number}.txt"
        path.write_text("" if number == 7 else SEED.read_text("utf-8"), encoding="utf-8")
        names.append(str(path))
    done = whole_process("import", "--json", *names)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [line.get("file") or line["source"]["file"] for line in lines] == names
    assert [number for number, line in enumerate(lines) if "error" in line] == [7]
    alone = json.loads(whole_process("import", "--json", names[3]).stdout)
    assert lines[3] == alone


def test_many_files_are_checked_by_several_processes_as_one_by_one(tmp_path):
    names = []
    for number in range(MANY):
        path = tmp_path / f"{number}.txt"
        path.write_text("" if number == 5 else SEED.read_text("utf-8"), encoding="utf-8")
        names.append(str(path))
    done = whole_process("check", "--json", "--pack", "jiangsu_suqian", *names)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [line["file"] for line in lines] == names
    assert [number for number, line in enumerate(lines) if "error" in line] == [5]
    alone = whole_process("check", "--json", "--pack", "jiangsu_suqian", names[3])
    assert (lines[3], alone.returncode) == (json.loads(alone.stdout), 1)


def test_check_by_a_rule_pack_tells_whose_demands_and_the_expected_score(call, wrong):
    status, out, _ = call("check", wrong, "--pack", "fujian_licheng")
    assert "地方要求：福建泉州鲤城（" in out
    assert re.search(r"按“福建泉州鲤城”预计得[\d.]+分（满分10分）：.+软件只能看出这些", out)
    by_name = call("check", wrong, "--pack", "福建泉州鲤城", "--json")
    found = json.loads(by_name[1])
    assert by_name[0] == status == 1
    assert (found["score"]["pack"], found["score"]["full"]) == ("福建泉州鲤城", "10")
    assert all(set(one) == {"points", "why"} for one in found["score"]["lost"])
    assert found["score"]["lost"]


def test_check_by_a_rule_pack_finds_what_it_demands_and_default_nothing_of_it(call, wrong):
    demanded = {"P-02", "P-04", "P-05"}
    local, plain = (
        json.loads(call("check", wrong, *more, "--json")[1])
        for more in (["--pack", "gansu_wuwei_2025"], ["--pack", "default"])
    )
    assert demanded <= {one["id"] for one in local["findings"]}
    assert not demanded & {one["id"] for one in plain["findings"]}
    assert "score" not in plain


def test_an_unknown_rule_pack_is_refused_with_the_names_of_all(call, wrong):
    status, out, err = call("check", wrong, "--pack", "没有这个")
    assert (status, out) == (2, "")
    assert "没有规则包“没有这个”" in err
    assert "jiangsu_suqian（江苏宿迁）" in err


def test_the_check_sheet_is_by_the_rule_pack_of_the_call(call, wrong, tmp_path):
    sheet = tmp_path / "核对表.docx"
    call("check", wrong, "--pack", "jiangsu_suqian", "-o", sheet)
    with ZipFile(sheet) as book:
        text = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
    assert "江苏宿迁" in text
    assert "预计" in text
