"""Any file that holds a report; a 收数表 that came back is none, whatever it is called."""

import io

import openpyxl
import pytest

from app.collecting.layout import IDENTITY
from app.errors import UserError
from app.session.any_report import read_any_bytes
from tests.collecting.filling import all_inputs, filled


@pytest.mark.parametrize("name", ["东村.xlsx", "2024年年度报告.xlsx", "东村.et"])
def test_a_form_that_came_back_is_not_taken_for_a_report(name):
    with pytest.raises(UserError, match="是收回的收数表，不是一份报告.*收数表…"):
        read_any_bytes(filled(all_inputs()), name)


def test_nor_is_one_without_its_hidden_sheet():
    def change(book):
        del book[IDENTITY]

    with pytest.raises(UserError, match="收回的收数表"):
        read_any_bytes(filled(all_inputs(), change=change), "a.xlsx")


def test_another_workbook_goes_on_to_the_readers():
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "通知"
    book.save(stream)
    with pytest.raises(UserError) as refused:
        read_any_bytes(stream.getvalue(), "a.xlsx")
    assert "收数表" not in str(refused.value)
