"""The panel round a table: state, 全部填0, findings in words, jumps, repair, last year, notes, sizes, screen readers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from app.form.catalog import form
from app.form.model import CellRef, Severity
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from tests.ui.conftest import references_lost
from ui.kit import theme
from ui.tables.geometry import content_size
from ui.tables.marks import in_order

FORM = form("2021")
INPUTS = [ref for ref in FORM.section("requests").cells if ref not in FORM.totals]
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


def filled(**changes: int) -> ReportDocument:
    """A report of zeros, with totals as they are, except cells of 表三 named row__column."""
    report = blank_report("测试县测试镇人民政府", 2025)
    values = dict.fromkeys(FORM.cells, 0)
    values |= {CellRef("requests", *key.split("__")): value for key, value in changes.items()}
    return ReportDocument(replace(report, values=values))


def with_prior(values: dict[str, int], edition: str = "2021", year: int = 2024) -> ReportDocument:
    document = ReportDocument(blank_report("测试县测试镇人民政府", year + 1))
    prior = replace(blank_report("测试县测试镇人民政府", year), form=edition)
    document.prior = replace(prior, values={CellRef.parse(key): value for key, value in values.items()})
    return document


def ground(it, key: str):
    ref = CellRef.parse(key)
    return it.view.cells.index_of(ref).data(Qt.ItemDataRole.BackgroundRole).color()


def test_the_headline_counts(clerk):
    it = clerk()
    cells = FORM.inputs_of(FORM.section("requests"))
    assert it.panel.state.startswith(f"已填0格，共{len(cells)}格")
    it.type("1\n2\n")
    filled = sum(ref in it.document.report.values for ref in cells)
    assert it.panel.state.startswith(f"已填{filled}格，共{len(cells)}格")
    blank = next(one for one in it.document.findings if one.rule == "T3-02")  # says the same
    assert f"{len(cells) - filled}个空白" in blank.message


def test_all_zero_fills_only_blanks_in_one_step(clerk):
    it = clerk()
    it.type("5\n")
    it.fill_zeros()
    assert it.value("requests.received.natural_person") == 5
    assert it.value("requests.received.total") == 5
    assert all(it.document.report[ref] is not None for ref in FORM.section("requests").cells)
    assert it.messages[-1] == "已把143个空格填为0，可以撤销"
    assert not it.panel.tools.zeros.isEnabled()
    assert it.document.undo_name == "全部填0"
    it.document.undo()
    assert len(it.document.report.values) == 1
    assert it.panel.tools.zeros.isEnabled()


def test_all_zero_leaves_what_could_not_be_read(clerk):
    it = clerk()
    it.type("约5")
    it.go("requests.granted.research")
    it.fill_zeros()
    assert it.value("requests.received.natural_person") is None
    assert it.shown("requests.received.natural_person") == "约5"
    assert "1格读不懂的没有动" in it.messages[-1]


def test_all_zero_touches_no_other_table(clerk):
    it = clerk("review")
    it.fill_zeros()
    assert {ref.table for ref in it.document.report.values} == {"review"}


def test_clearing_is_one_step_too(clerk):
    it = clerk(document=filled())
    it.panel.tools.clear.trigger()
    assert not any(ref.table == "requests" for ref in it.document.report.values)
    assert any(ref.table == "review" for ref in it.document.report.values)
    it.document.undo()
    assert len(it.document.report.values) == len(FORM.cells)


def test_a_blank_has_its_ground_and_no_error_mark(clerk):
    it = clerk()
    it.type("0\n")
    assert ground(it, "requests.received.natural_person") == theme.PAPER
    assert ground(it, "requests.received.enterprise") == theme.BLANK, "its row is begun"
    assert ground(it, "requests.carried_in.natural_person") == theme.PAPER, "to come"
    assert ground(it, "requests.received.total") == theme.COMPUTED
    for blank in ("received.enterprise", "carried_in.natural_person"):
        assert it.view.cells.severity(CellRef.parse(f"requests.{blank}")) is None
    it.document.undo()
    assert ground(it, "requests.received.enterprise") == theme.PAPER


def test_a_broken_equation_lights_both_sides_and_is_said_in_words(clerk):
    it = clerk(document=filled(received__natural_person=3, received__total=3), told=True)
    column = ["received", "carried_in", "processed", "carried_out"]
    for row in column:
        ref = CellRef("requests", row, "natural_person")
        assert it.view.cells.severity(ref) is Severity.ERROR
        assert ground(it, str(ref)) == theme.ERROR_SOFT
    assert it.view.cells.severity(CellRef.parse("requests.granted.natural_person")) is None
    it.go("requests.carried_out.natural_person")
    first = it.strip.texts[0]
    assert "第一项（3）+第二项（0）≠第三项总计（0）+第四项（0）" in first
    assert it.strip.line(0).button.is_strong
    assert "第一项（3）" in it.view.cells.explanation(it.at)
    it.type("3\n")
    assert it.view.cells.severity(CellRef.parse("requests.carried_out.natural_person")) is None


def test_a_finding_jumps_to_its_cell(clerk):
    it = clerk(document=filled(received__research=3, received__total=3), told=True)
    it.go("requests.carried_out.other_entity")
    line = next(it.strip.line(i) for i in range(3) if "科研机构" in it.strip.line(i).button.text())
    line.button.click()
    assert str(it.at) == "requests.received.research"
    assert it.view.hasFocus()


def test_a_wrong_total_is_repaired_by_one_click_and_undone(clerk):
    it = clerk(document=filled(granted__total=4), told=True)
    line = it.strip.line(0)
    assert not line.repair.isHidden()
    line.repair.click()
    assert it.value("requests.granted.total") == 0
    assert it.document.undo_name == line.finding.repair.text if line.finding else True
    it.document.undo()
    assert it.value("requests.granted.total") == 4


def test_what_does_not_fit_the_strip_is_counted(clerk):
    wrong = {f"received__{c.key}": 1 for c in FORM.tables["requests"].leaf_columns[:6]}
    it = clerk(document=filled(**wrong, received__total=6), told=True)
    left = len(it.panel._findings) - 3
    assert left > 0
    assert it.strip._more.text() == f"还有{left}项 ▾"
    it.strip._more.click()
    menu = it.strip.findChild(QMenu)
    assert len(menu.actions()) == left
    it.go("requests.carried_out.other_entity")
    menu.actions()[-1].trigger()
    assert it.at.table == "requests"
    assert it.at in it.panel._findings[-1].cells
    menu.close()


def test_last_year_stands_beside_when_asked(clerk):
    it = clerk(document=with_prior({"requests.received.natural_person": 17}))
    plain = it.view.viewport().grab().toImage()
    it.panel.tools.last_year.trigger()
    assert it.view.viewport().grab().toImage() != plain
    assert "上年：17" in it.view.cells.explanation(CellRef.parse("requests.received.natural_person"))


def test_without_a_prior_report_there_is_nothing_to_show(clerk):
    assert not clerk().panel.tools.last_year.isEnabled()


def test_values_of_an_earlier_edition_are_compared_converted_and_hinted(clerk):
    values = {
        "art20_1.normative_documents.created": 4,
        "art20_1.normative_documents.public_total": 20,
        "requests.other.total": 2,
    }
    it = clerk("proactive", with_prior(values, "2019", 2020))
    cells = it.panel.views[0].cells
    assert "上年：4" in cells.explanation(CellRef.parse("art20_1.normative_documents.issued"))
    it.go("art20_1.normative_documents.in_force")
    assert any("上年对外公开总数量为20" in one for one in it.panel.words_of(it.at))


def test_the_rule_of_the_line_under_the_cursor_is_told(clerk):
    it = clerk()
    it.go("requests.denied_state_secret.research")
    table, said = FORM.tables["requests"], it.panel.words_of(it.panel.at)
    assert any(table.row("denied_state_secret").note in one for one in said)
    assert any(table.column("research").note in one for one in said)
    assert any("第十四条" in one for one in said)


def test_the_menu_of_a_cell_has_its_words(clerk, qtbot):
    it = clerk()
    it.type("5\n")
    it.go("requests.received.natural_person")
    place = it.view.visualRect(it.view.currentIndex()).center()
    it.view.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, it.view.mapToGlobal(place))
    )
    menu = it.view.findChild(QMenu)
    assert [action.text().partition("\t")[0] for action in menu.actions()] == [
        *("剪切", "复制", "粘贴", "清除", "向下填充", "向右填充"),
        *("连同行名列名复制", "连同表头复制整张表"),
    ]
    menu.actions()[3].trigger()
    assert it.value("requests.received.natural_person") is None
    menu.close()


def test_undo_brings_back_the_error_marks(clerk):
    it = clerk(document=filled())
    it.type("2\n")
    assert it.view.cells.severity(CellRef.parse("requests.received.natural_person")) is Severity.ERROR
    it.document.undo()
    assert it.view.cells.severity(CellRef.parse("requests.received.natural_person")) is None


def test_a_screen_reader_hears_path_value_and_error(clerk):
    it = clerk(document=filled(received__natural_person=3, received__total=3))
    said = it.view.cells.index_of(CellRef.parse("requests.received.natural_person")).data(SPOKEN)
    rows, columns = FORM.tables["requests"].path(CellRef.parse("requests.received.natural_person"))
    assert said.startswith(f"{rows[0]}，{columns[0]} / {columns[1]}：3。错误：")
    total = it.view.cells.index_of(CellRef.parse("requests.granted.total")).data(SPOKEN)
    assert "自动合计" in total


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_everything_to_press_has_a_name(clerk, section):
    it = clerk(section)
    for button in it.panel.findChildren(QAbstractButton):
        if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.accessibleName() or button.text(), button
    assert all(view.accessibleName() for view in it.panel.views)


@pytest.mark.parametrize("width", [660, 711, 893, 1166, 1700])
def test_table_three_never_scrolls_sideways(clerk, width):
    it = clerk(size=(width, 480))
    assert content_size(it.view).width() <= it.view.viewport().width() + it.view.rows.width()
    assert it.view.horizontalScrollBar().maximum() == 0
    assert it.view.columnWidth(0) >= 48


def test_table_four_is_seen_whole_on_a_small_screen(clerk):
    it = clerk("review", size=(711, 480))
    assert it.view.horizontalScrollBar().maximum() == 0
    labels = [place for place in it.view.columns.places if not place.heading.children]
    for place in labels:
        box = it.view.columns.rect_of(place).adjusted(4, 1, -4, -1)
        lines = it.view.columns.lines_of(place.heading.label, box.width(), box.height(), True)
        assert "".join(lines) == place.heading.label


def test_on_a_small_screen_twelve_rows_are_seen(clerk):
    it = clerk(size=(727, 460))
    seen = [
        r
        for r in range(25)
        if it.view.rowViewportPosition(r) + it.view.rowHeight(r) <= it.view.viewport().height()
    ]
    assert len(seen) >= 11


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_edition_has_its_tables(clerk, section, edition):
    report = replace(blank_report("测试县测试镇人民政府", 2020), form=edition)
    it = clerk(section, ReportDocument(report))
    it.fill_zeros()
    for view in it.panel.views:
        assert all(it.document.report[ref] is not None for ref in view.cells.places)


def test_repainting_does_not_eat_references_to_none(clerk):
    """PySide6 6.12 with Python 3.11 un-refs None at each call that returns it and dies after some thousands."""
    it = clerk(document=filled())

    def repaint() -> None:
        it.view.viewport().repaint()
        it.view.columns.viewport().repaint()

    assert references_lost(repaint) < 300


@pytest.mark.parametrize(
    ("size", "least"),
    [((1098, 580), 25), ((1098, 900), 25), ((735, 373), 13), ((735, 250), 8)],
    ids=["1366×768", "a high window", "at 150 %", "at 150 %, low"],
)
def test_so_many_rows_are_seen_whole(clerk, size, least):
    """With the tools at the title, as on the page."""
    it = clerk(size=(size[0] + 24, size[1] + 24))
    it.panel.tools.setParent(it.window)
    it.panel._lay_out()
    QApplication.processEvents()
    view = it.view
    height = view.viewport().height()
    whole = [r for r in range(view.rows.count()) if view.rowViewportPosition(r) + view.rowHeight(r) <= height]
    assert len(whole) >= least


def test_a_wider_panel_never_shows_fewer_rows(clerk):
    seen = []
    for width in (740, 900, 1000, 1150, 1300):
        it = clerk(size=(width, 560))
        height = it.view.viewport().height()
        seen.append(sum(it.view.rowViewportPosition(r) + it.view.rowHeight(r) <= height for r in range(25)))
    assert seen == sorted(seen)


def test_the_sums_of_the_table_itself_are_told_first(clerk):
    """Before what the text says otherwise, and before the hints on cells."""
    it = clerk(document=filled(received__natural_person=3, received__total=3))
    text = "全年收到政府信息公开申请8件，办结5件。"
    it.document.set_narrative("overview", text)
    it.go("requests.carried_out.other_entity")
    kinds = [
        one.severity is Severity.ERROR and bool(one.cells) and one.start < 0
        for one in in_order(it.panel._findings, it.panel.section, it.document.report.values, None)[0]
    ]
    assert kinds[0]
    assert any(one.start >= 0 for one in it.document.findings)
    assert kinds == sorted(kinds, reverse=True)


def test_a_strip_over_the_table_never_pushes_its_totals_out_of_sight(clerk):
    it = clerk(size=(778, 598))
    view = it.view

    def is_whole() -> bool:
        whole = content_size(view)
        return whole.width() <= view.width() and whole.height() <= view.height()

    QApplication.processEvents()
    assert is_whole()
    before = [view.rowHeight(row) for row in range(view.cells.rowCount())]
    it.panel.tools.hide()  # the page has taken them to its title
    it.panel.fill_zeros()  # asks in a strip over the table
    QApplication.processEvents()
    assert it.panel.paste_bar.isVisible()
    assert is_whole()
    it.press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert sum(before) <= sum(view.rowHeight(row) for row in range(view.cells.rowCount()))


@pytest.mark.parametrize("name", ["rows", "columns"])
def test_the_headings_are_painted_anew_when_the_table_scrolls(clerk, monkeypatch, name):
    """Their labels stay in the part that is seen: pixels that Qt moved along would show them twice."""
    view = clerk("requests", size=(420, 300)).view
    header = getattr(view, name)
    bar = view.verticalScrollBar() if name == "rows" else view.horizontalScrollBar()
    assert bar.maximum() > 20
    QTest.qWait(20)
    painted = []
    paint = type(header).paintEvent
    monkeypatch.setattr(
        type(header), "paintEvent", lambda self, e: painted.append((self, e.rect())) or paint(self, e)
    )
    bar.setValue(20)
    QTest.qWait(20)
    assert (header, header.viewport().rect()) in painted
