"""Fields with their names before them: what is read aloud and what a letter reaches."""

from PySide6.QtWidgets import QHBoxLayout, QLabel

from ui.kit import forms, widgets


def test_every_name_stands_before_its_field(qtbot):
    name, day = widgets.Field("姓名"), widgets.Field("日期")
    grid = forms.captioned(("姓名", name), ("日期", day))
    captions = [grid.itemAtPosition(row, 0).widget() for row in range(2)]
    assert [one.text() for one in captions if isinstance(one, QLabel)] == ["姓名", "日期"]
    assert [one.buddy() for one in captions] == [name, day]
    assert [grid.itemAtPosition(row, 1).widget() for row in range(2)] == [name, day]


def test_several_fields_of_one_row_have_no_buddy(qtbot):
    both = QHBoxLayout()
    both.addWidget(widgets.Field("份数"))
    grid = forms.captioned(("份数", both))
    assert grid.itemAtPosition(0, 0).widget().buddy() is None
    assert grid.itemAtPosition(0, 1).layout() is both


def test_side_by_side_words_that_wrap_fields_and_gaps_have_the_room_that_is_left(qtbot):
    words, name, button = widgets.label("长句"), widgets.Field("姓名"), widgets.button("确定", lambda: None)
    short = QLabel("短")
    row = forms.side_by_side(words, short, None, name, button)
    assert [row.stretch(at) for at in range(row.count())] == [1, 0, 1, 1, 0]
    assert [row.itemAt(at).widget() for at in range(row.count())] == [words, short, None, name, button]
