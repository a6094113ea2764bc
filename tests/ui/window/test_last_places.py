"""A report is opened again where it was left: after closing, after a change of the type, after a crash."""

from app.form.model import CellRef

CELL = CellRef("requests", "granted", "enterprise")


def test_a_table_is_opened_again_at_its_cell(office, draft, tmp_path):
    clerk = office(draft())
    path = clerk.controller.save(tmp_path / "报告.gknb")
    clerk.go("requests").show_cell(CELL)
    clerk.window.files.close_report()
    clerk.controller.open_file(path)
    assert clerk.page.key == "requests"
    assert clerk.page.panel.current_cell == CELL


def test_a_text_is_opened_again_at_the_caret(office, draft, tmp_path):
    clerk = office(draft())
    path = clerk.controller.save(tmp_path / "报告.gknb")
    clerk.go("overview").show_place(321, 321)
    clerk.window.files.close_report()
    clerk.controller.open_file(path)
    assert clerk.page.key == "overview"
    assert clerk.page.editor.edit.place == 321


def test_a_report_that_has_just_been_begun_begins_at_its_beginning(office, last_year):
    clerk = office()
    clerk.controller.begin_from(last_year, last_year.year + 1)
    first = clerk.page.key
    clerk.go("problems")
    clerk.controller.document.mark_saved()
    clerk.window.files.close_report()
    clerk.controller.begin_from(last_year, last_year.year + 1)
    assert clerk.page.key == first


def test_work_that_a_crash_left_is_recovered_where_it_was(office, last_year):
    clerk = office()
    clerk.controller.begin_from(last_year, last_year.year + 1)
    clerk.go("requests").show_cell(CELL)
    clerk.document.set_values({CELL: 7}, "填写")
    clerk.controller.autosave()
    kept = clerk.controller.preference("places", {})
    assert list(kept.values()) == [["requests", str(CELL)]]
    item = clerk.document.twin()
    item.mark_unsaved()  # so it is autosaved at once, while 开始 is still shown
    clerk.document.mark_saved()
    clerk.window.files.close_report()
    clerk.window.files.recover = lambda _item: clerk.controller.open(item)
    clerk.window.start.recovery_wanted.emit(object())
    assert clerk.page.key == "requests"
    assert clerk.page.panel.current_cell == CELL


def test_what_is_kept_is_little_and_broken_notes_do_no_harm(office, draft, tmp_path):
    clerk = office(draft())
    path = clerk.controller.save(tmp_path / "报告.gknb")
    clerk.controller.set_preference("places", {f"{n}.gknb": ["overview", "0"] for n in range(40)})
    clerk.window._keep_place()
    assert len(clerk.controller.preference("places", {})) == 12
    for broken in (
        [],
        {str(path): "overview"},
        {str(path): ["nowhere", "1"]},
        {str(path): ["requests", "gone"]},
    ):
        clerk.controller.set_preference("places", broken)
        clerk.window._go_back()
        assert clerk.page.key in clerk.window.navigation.keys
