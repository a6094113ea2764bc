"""The tables of misspellings: each entry touches what it should and spares what it should, and real texts raise nothing untrue."""

import os
from pathlib import Path
from time import process_time

import pytest

from app.checks.language.spelling import CERTAIN, Entry, decoded, in_force, read_table
from app.checks.language.word_lists import word_lists
from app.form.model import Severity
from app.paths import templates, user_data
from tests.checks.reports import good, named
from tests.checks.texts import said
from tests.places import PROJECT, TESTS

TABLES = sorted((templates() / "wording").glob("*.tsv"))
TOUCHED, SPARED = "应报", "不报"
# what the real reports among the samples do write wrongly
TRUE = {
    "不子公开",
    "全融局",
    "其他其结果",
    "政务信心",
    "正文公开工作",
    "监督保证方面",
    "行政法复议",
}


def rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in TABLES:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        found += [(path.name, dict(zip(head.split("\t"), line.split("\t"), strict=True))) for line in lines]
    return found


ROWS = rows()


def words(text: str) -> set[str]:
    return {one.entry.wrong for one in word_lists().spelling.find(text, text)}


def certain(text: str) -> set[str]:
    return {one.entry.wrong for one in word_lists().spelling.find(text, text) if one.entry.is_certain}


def test_there_are_several_hundred_entries_each_with_grade_reason_and_both_sentences():
    assert len(ROWS) > 800
    assert len({row["错"] for _, row in ROWS}) == len(ROWS)
    for name, row in ROWS:
        assert row["等级"] in ("必错", "疑似", "提示"), (name, row)
        assert all((row["理由"], row[TOUCHED], row[SPARED])), (name, row)
        assert row["错"] in row[TOUCHED], (name, row)
    assert len(word_lists().spelling.entries) == len(ROWS)


def test_every_entry_touches_its_sentence_and_nothing_else_in_it_is_wrong():
    for _, row in ROWS:
        assert words(row[TOUCHED]) == {row["错"]}, row


def test_every_entry_spares_its_other_sentence():
    for _, row in ROWS:
        assert row["错"] not in words(row[SPARED]), row
        assert not certain(row[SPARED]), row


def test_what_is_written_instead_is_right_itself():
    for _, row in ROWS:
        if row["对"]:
            assert not certain(row[TOUCHED].replace(row["错"], row["对"])), row


def test_the_right_words_of_all_entries_in_a_row_raise_nothing_certain():
    for _, row in ROWS:
        assert not certain(row["对"]), row


def real_texts() -> list[Path]:
    """The real texts among the samples, the program's own words, and a folder that the environment names."""
    found = [path for path in (TESTS / "samples").rglob("*") if path.suffix in (".txt", ".html", ".json")]
    found += [path for path in (PROJECT / "templates").rglob("*") if path.suffix in (".j2", ".toml")]
    found += [*(PROJECT / "resources" / "help").rglob("*.md"), *(PROJECT / "docs").glob("*.md")]
    others = os.environ.get("NIANBAO_REAL_TEXTS", "")
    found += [path for path in Path(others).rglob("*.txt") if path.is_file()] if others else []
    return [path for path in found if path.name != "confusables.toml"]


def test_nothing_certain_is_said_of_real_texts_but_what_is_true():
    texts = real_texts()
    assert len(texts) > 10
    found = {
        word for path in texts for line in decoded(path.read_bytes()).split("\n") for word in certain(line)
    }
    assert found <= TRUE, found - TRUE


def test_a_long_text_takes_no_longer_for_its_length():
    spelling = word_lists().spelling
    line = "全镇公开信息的的数量遂步增加，认真覆行职责，近一步完善目录。" * 40

    def seconds(text: str) -> float:
        start = process_time()
        for _ in range(5):
            spelling.find(text, text)
        return process_time() - start

    seconds(line)
    assert min(seconds(line * 8) for _ in range(3)) < 40 * min(seconds(line) for _ in range(3))


@pytest.mark.parametrize(
    ("grade", "right", "severity", "message", "safe"),
    [
        ("必错", "甲乙", Severity.WARNING, "“甲己”应为“甲乙”", True),
        ("疑似", "甲乙", Severity.WARNING, "“甲己”疑应为“甲乙”：天干", False),
        ("提示", "甲乙", Severity.INFO, "“甲己”宜为“甲乙”：天干", False),
        ("疑似", "", Severity.WARNING, "“甲己”：天干", None),
    ],
)
def test_a_grade_says_how_surely_it_is_wrong(tmp_path, grade, right, severity, message, safe):
    path = tmp_path / "本县.tsv"
    path.write_text(f"错\t对\t等级\t理由\n甲己\t{right}\t{grade}\t天干\n", encoding="utf-8")
    report = good().with_narrative("other", "甲己的信息。")
    (found,) = named("D-09", report, settings={"word_list": str(path)})
    assert (found.severity, found.message, found.quote) == (severity, message, "甲己")
    assert (found.repair.is_safe if found.repair else None) is safe


def test_neighbours_decide():
    entry = Entry("甲己", "甲乙", CERTAIN, "!丙/# …丁", "戊 !…庚", "")
    assert entry.fits("丁乙甲己戊", 2)
    for line in ("丁丙甲己戊", "丁3甲己戊", "乙甲己戊", "丁，甲己戊", "丁乙甲己", "丁乙甲己戊己庚"):
        assert not entry.fits(line, line.index("甲己")), line
    assert entry.fits("丁乙甲己戊，庚", 2)


def test_one_thing_is_said_of_one_place():
    one, longer = (Entry(word, "丁", CERTAIN, "", "", "") for word in ("甲己", "甲己丙"))
    assert [at.entry for at in in_force((one, longer)).find("甲己丙", "甲己丙")] == [longer]


def test_a_county_adds_changes_and_takes_away():
    folder = user_data() / "wording"
    folder.mkdir(parents=True)
    table = "错\t对\t等级\t理由\n遂步\t\t不用\t\n覆行\t履行\t提示\t本县口径\n乙真\t乙镇\t\t\n"
    (folder / "本县易错字.tsv").write_bytes(table.encode("gb18030"))
    found = [(one.severity, one.message) for one in said("乙真遂步覆行职责。", "other")]
    assert found == [(Severity.WARNING, "“乙真”应为“乙镇”"), (Severity.INFO, "“覆行”宜为“履行”：本县口径")]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_is_read_as_a_spreadsheet_saves_it(coding):
    (entry,) = read_table(decoded("错\t对\r\n遂步\t逐步\r\n".encode(coding)))
    assert (entry.wrong, entry.right, entry.grade) == ("遂步", "逐步", CERTAIN)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("步\t逐步", "第1行有误（“步”不足两个字）"),
        ("遂步\t逐步\t大概", "第1行有误（等级“大概”"),
        ("遂步\t遂步", "相同"),
    ],
)
def test_a_table_that_cannot_be_used_says_where(tmp_path, line, why):
    path = tmp_path / "本县.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    (sentence,) = word_lists(str(path)).complaints
    assert why in sentence
    assert "整份没有使用" in sentence


def test_what_is_quoted_is_only_judged_when_it_is_certain():
    assert [one.quote for one in said("印发《目的是为了公开的覆行方案》。") if one.rule == "D-09"] == ["覆行"]


@pytest.mark.parametrize("path", TABLES, ids=lambda one: one.stem)
def test_no_cell_of_the_programs_own_tables_has_blanks_around_it(path):
    text = decoded(path.read_bytes())
    assert read_table(text, is_neat=True) == read_table(text)


def test_the_cells_of_a_countys_table_are_trimmed():
    (entry,) = read_table(" 错 \t 对\u3000\n 遂步 \t逐步 \n")
    assert (entry.wrong, entry.right) == ("遂步", "逐步")
