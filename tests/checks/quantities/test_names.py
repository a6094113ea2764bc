"""Counts of names with the names beside them."""

import pytest

from app.checks.quantities.names import names


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("开设“机构概况”、“政策文件”和“财政信息”五个专栏。", [(5, 3, 3)]),
        ("建立健全学习培训、督查通报和考核评议三项制度。", [(3, 2, 3)]),
        ("落实拟稿人自审、负责人复审的“三级审核”。", [(3, 2, 2)]),
        ("四张清单，即责任清单、任务清单和问题清单。", [(4, 2, 3)]),
        ("十二项任务分别是：甲任务、乙任务、丙任务。", [(12, 3, 3)]),
        ("落实初审、复审、终审“四审”制度。", [(4, 3, 3)]),
        ("在甲办公室、乙办公室2个科室和民政所、司法所3个站所设点。", [(2, 2, 2), (3, 2, 2)]),
        ("青山村、白石村和红石村共3个村。", [(3, 2, 3)]),
        ("镇机关、青山村、白石村3个单位；民政所、司法所等4个站所。", []),
        ("四张清单，即责任清单、任务清单等。", []),
        ("健全各项制度，五项重点工作有序推进。", []),
    ],
)
def test_a_count_is_read_with_its_names(text, read):
    assert [(one.said, one.least, one.most) for one in names(text)] == read
