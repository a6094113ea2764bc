"""The whole afternoon at the real window, by keyboard alone: from last year's .docx to the frozen, printed, verified report."""

import subprocess
import sys

import pytest

from app.session import session
from app.session.any_report import read_any
from tests.checks.reports import texts
from tests.e2e.program import ROOT, Watched, needs_screen
from tests.exporting.pdf.test_writer import page_texts, plain

SEED = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
REASON = "已与司法所核对，属实，经领导同意保留"
BROKEN = "第“自然人”列勾稽关系不符"
SECTIONS = ("introduction", "overview", "problems", "other")
FILLED = {
    (row, column) for row in ("received", "granted", "processed") for column in ("natural_person", "total")
}
STEPS = ("拟稿", "核稿", "保密审查", "签发")

pytestmark = needs_screen


@pytest.fixture
def last_year(tmp_path):
    """Seed 001 as the clerk has it: a Word file."""
    path = tmp_path / "last.docx"
    session.export(session.document_of(read_any(SEED)), [path], force=True)
    return path


@pytest.fixture
def clerk(display, tmp_path):
    program = Watched(display, tmp_path / "home")
    yield program
    program.end()


def narrative(section: str) -> str:
    """This year's text of a section, with nothing to find in it."""
    names = (("甲县乙镇", "威海市文登区张家产镇"), ("与乙镇人民政府", "与张家产镇"), ("乙镇", "张家产镇"))
    text = texts(2021)[section]
    for old, new in names:
        text = text.replace(old, new)
    return text


def test_the_whole_afternoon_by_keyboard_alone(clerk, last_year, tmp_path):
    report = tmp_path / "report.gknb"
    begin(clerk, last_year, report)
    write(clerk)
    fill_tables(clerk)
    explain(clerk)
    sign(clerk, tmp_path)
    export(clerk)
    reopen_and_verify(clerk, report)
    clerk.keys("ctrl+q")
    clerk.until(lambda: clerk.process.poll() is not None, "the program did not end")
    assert clerk.process.returncode == 0
    on_disk(report, tmp_path)


def begin(clerk, last_year, report):
    clerk.at("从去年的报告开始")
    clerk.keys("space")
    clerk.name_file("选择去年的报告", last_year)
    clerk.wait_for("核对导入的报告")
    clerk.sees("读到166格")
    clerk.at("用它开始2021年报告")
    clerk.keys("space")
    clerk.wait_for("2021年年度报告* — 年报助手")
    clerk.keys("ctrl+s")
    clerk.name_file("保存报告", report)
    clerk.wait_for("report — 年报助手")
    clerk.keys("alt+7")
    clerk.tab_to("成文日期")
    clerk.type("2022-1-20")
    clerk.keys("Tab")
    clerk.at("选日期")


def fill_zeros(clerk, words):
    """What one click would do is shown first; Ctrl+Enter is yes."""
    clerk.press(words, "shift+Tab")
    clerk.sees("填0（")
    clerk.keys("ctrl+Return")
    clerk.sees("个空格填为0，可以撤销")


def fill_tables(clerk):
    clerk.keys("alt+2")
    fill_zeros(clerk, "全部填0")
    clerk.keys("alt+3")
    clerk.type("1")
    clerk.keys("Return")
    fill_zeros(clerk, "全部填0")
    clerk.sees("错误1处 · 警告1处")
    clerk.sees(BROKEN)
    clerk.keys("alt+1", "F8", "F8")  # after a hint at 表二: the cursor is in its first cell
    clerk.sees(f"第3处，共5处：{BROKEN}")
    clerk.keys("Down", "Down")
    clerk.type("1")
    clerk.keys("Return")
    clerk.sees("警告1处")  # mended
    clerk.keys("alt+4")
    fill_zeros(clerk, "没有复议诉讼")


def write(clerk):
    """Last year's numbers of the introduction are confirmed; then every text anew."""
    clerk.keys("alt+1", "ctrl+Page_Up", "F6")
    clerk.press("全部沿用", "shift+Tab")
    clerk.keys("alt+1", "ctrl+Page_Up")
    for section in SECTIONS:
        if section != "introduction":
            clerk.keys({"overview": "alt+1", "problems": "alt+5", "other": "alt+6"}[section])
        clerk.keys("ctrl+a")
        clerk.paste(narrative(section))
        clerk.sees(f"{sum(not c.isspace() for c in narrative(section)):,}字")
    clerk.sees_no_more("待更新")


def explain(clerk):
    """A warning is dismissed with a written reason."""
    clerk.keys("ctrl+k")
    clerk.at("检查结果")
    clerk.down_to("请核实")
    clerk.keys("ctrl+period")
    clerk.choose("写说明")
    clerk.wait_for("说明")
    clerk.keys("Return")  # without a reason it is not taken
    clerk.paste(REASON)
    clerk.keys("Return")
    clerk.sees("已记下说明，可以撤销")


def sign(clerk, folder):
    clerk.keys("alt+s")
    clerk.at("送审")
    clerk.keys("space")
    clerk.wait_for("打印")
    clerk.press("存成PDF")
    clerk.name_file("选择保存文件的文件夹", folder)
    clerk.until(lambda: list(folder.glob("*（送审稿）.pdf")), "no PDF was printed")
    clerk.wait_for("report* — 年报助手")
    for step in STEPS:
        clerk.at(f"登记{step}")
        clerk.keys("space")
        clerk.wait_for(f"登记{step}")
        clerk.type("Wang")
        clerk.keys("Return")
    clerk.at("定稿")
    clerk.keys("space")
    clerk.sees("把报告定为第1版？")
    clerk.at("取消")  # Enter does not freeze by mistake
    clerk.press("定稿")
    clerk.wait_for("report — 年报助手")
    clerk.sees("已定稿 · 第1版")


def export(clerk):
    clerk.keys("ctrl+e")
    clerk.at("导出")
    clerk.keys("space")
    clerk.sees("个文件：")


def reopen_and_verify(clerk, report):
    clerk.keys("ctrl+w")
    clerk.until(lambda: clerk.title() == "年报助手", "the report is not closed")
    clerk.keys("ctrl+o")
    clerk.name_file("打开报告", report)
    clerk.wait_for("report — 年报助手")
    clerk.keys("alt+s")
    clerk.press("核对定稿", "shift+Tab")
    clerk.sees("第1版与文件里记录的指纹一致。")
    clerk.keys("Escape")
    clerk.wait_for("report — 年报助手")


def on_disk(report, folder):
    """What came of it: the report whole and frozen, the reason in it, and the PDF that is of this very version."""
    found = read_any(report)
    made, prior = found.report, found.prior
    assert (made.year, prior.year) == (2021, 2020)
    assert made.agency.name == "威海市文登区张家产镇人民政府"
    assert made.narratives == {**made.narratives, **{one: narrative(one) for one in SECTIONS}}
    assert not made.pending
    assert {ref[1:]: value for ref, value in made.values.items() if value} == dict.fromkeys(FILLED, 1)
    assert [one.reason for one in made.explanations] == [REASON]
    assert [hand.name for hand in made.sign_off.hands] == ["Wang"] * len(STEPS)
    assert made.is_frozen
    pdf, word = (next(iter(folder.glob(f"威海市*报告{one}"))) for one in (".pdf", ".docx"))
    printed = next(iter(folder.glob("*（送审稿）.pdf")))
    assert "张家产镇" in plain("".join(page_texts(printed.read_bytes())))
    assert read_any(word).report.values == made.values
    verify = [sys.executable, "-m", "app", "verify", str(report), str(pdf)]
    told = subprocess.run(verify, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert session.recoverable() == []
