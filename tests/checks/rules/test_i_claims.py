"""Names before the number that claims to count them."""

import pytest

from app.checks.rules.i_claims import _names


@pytest.mark.parametrize(
    "text",
    [
        "开设“机构概况”“政策文件”“财政信息”“办事指南”五个专栏。",
        "实行拟稿人自审、科室负责人复审、分管领导审定、主要领导签发的三级审核。",
        "建立学习培训、督查通报、考核评议、责任追究、信息反馈四项制度。",
    ],
)
def test_another_number_of_names_is_told(text):
    assert [one[0] for one in _names(text)] == ["I-09"]


@pytest.mark.parametrize(
    "text",
    [
        "开设“机构概况”“政策文件”两个专栏和“互动交流”“办事服务”“机构职能”三个栏目。",
        "开设“机构概况”“政策文件”等五个专栏。",
        "拟稿人自审、分管领导复审、主要领导签发，三级审核层层把关。",
        "建立学习培训、督查通报和考核评议三项制度，建立督查通报、考核评议等制度5项。",
    ],
)
def test_names_that_are_as_many_as_claimed_are_left(text):
    assert list(_names(text)) == []
