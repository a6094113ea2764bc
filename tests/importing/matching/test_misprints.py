"""Printed words of old tables: what is wrong is told, what is only set in another way is not."""

import pytest

from app.documents.blocks import Cell, TableBlock
from app.form.catalog import form
from app.importing.matching.misprints import Misprints
from app.report.outline import Misprint


def found(text: str, section: str, edition: str = "2021") -> tuple[Misprint, ...]:
    looked = Misprints(form(edition))
    looked.look(TableBlock((Cell(0, 0, text),), 1, 1), [section])
    return looked.of(section)


@pytest.mark.parametrize(
    ("section", "text", "right"),
    [
        ("review", "总结", "总计"),
        ("review", "其他其结果", "其他结果"),
        ("review", "未经复议直接起拆", "未经复议直接起诉"),
        ("requests", "3.危及“三安全一隐患”", "3.危及“三安全一稳定”"),
        ("requests", "3. 危及\"三安全一隐患\"", "3.危及“三安全一稳定”"),
        ("requests", "法律服务机够", "法律服务机构"),
        ("requests", "（七）总结", "（七）总计"),
        ("proactive", "现行有校件数", "现行有效件数"),
    ],
)  # fmt: skip
def test_wrong_words_are_told(section, text, right):
    [one] = found(text, section)
    assert (one.right, one.count) == (right, 1)


@pytest.mark.parametrize(
    ("section", "text"),
    [  # as published reports have them: spaces, marks, brackets, ordinals, and the other names that are in use
        ("proactive", "第二十条第(一)项"),
        ("proactive", "第二十条 第（一）项"),
        ("proactive", "本年收费金额单位:万元"),
        ("proactive", "本年收费金额(单位：万元)"),
        ("proactive", "规范性文件"),
        ("proactive", "信息内容"),
        ("requests", "自     然     人"),
        ("requests", "社会公益 组织"),
        ("requests", "合计"),
        ("requests", "三、 本年度办 理结 果"),
        ("requests", "理 结 果"),
        ("requests", "(三) 不 予公 开"),
        ("requests", "（二）部分公开(区分处理的, 只计这一情形, 不计其他情形)"),
        ("requests", '危及"三安全一稳定"'),
        ("requests", "1、申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请"),
        ("requests", "3、其他"),
        ("requests", "6.属于四类过程性信 息"),
        ("review", "结果维持"),
        ("review", "0"),
        ("review", "12件"),
        ("review", ""),
        ("review", "本镇没有行政复议"),
    ],
)
def test_what_is_only_set_in_another_way_is_not(section, text):
    assert found(text, section) == ()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_printed_label_is_right(edition):
    for section in form(edition).sections:
        for table in section.tables:
            for heading in (*table.rows, *table.columns):
                for one in (heading, *heading.leaves()):
                    assert found(one.label, section.key, edition) == (), one.label
                    for name in one.aliases:
                        assert found(name, section.key, edition) == (), name
                    for name in one.misprints:
                        assert found(name, section.key, edition)[0].right == one.label
