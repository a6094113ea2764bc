"""Brackets and the ends of paragraphs (D-11)."""

import pytest

from tests.checks.reports import good, named
from tests.checks.texts import said


def d11(text: str) -> list[str]:
    return [one.message for one in said(text) if one.rule == "D-11"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("渠道（网站、公众号。", "“（”后面没有对应的“）”：“（网站、公众号。”"),
        ("渠道网站、公众号）等。", "“）”前面没有对应的“（”：“渠道网站、公众号）”"),
        ("制定《公开制度，明确责任。", "“《”后面没有对应的“》”：“《公开制度，明确责”"),
        ("印发（甲政〔2025）3号。", "“〔”后面没有对应的“〕”：“〔2025）3号。”"),
        ("制定《公开（试行》办法。", "“（”后面没有对应的“）”：“（试行》办法。”"),
        ("联系（地址：人民路；邮箱：（甲乙丙）。", "“（”后面没有对应的“）”：“（甲乙丙）。”"),
        ("渠道（网站）、制度《办法》。", None),
        ("内容包括：1）政策；2）动态。", None),
        ("内容包括：（1）政策；（2）动态。", None),
    ],
)
def test_brackets_come_in_pairs(text, message):
    assert d11(text) == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("公开及时。内容准确", "段末缺少句号：“……开及时。内容准确”"),
        ("公开及时。内容准确，\n（二）公开制度。", "段末应为句号：“……及时。内容准确，”"),
        ("公开及时。内容准确；", "段末应为句号：“……及时。内容准确；”"),
        ("公开及时。内容如下：\n一是政策。", None),
        ("公开及时。情况总结如下", "段末缺少冒号：“……时。情况总结如下”"),
        ("公开及时。情况总结如下，", "段末应为冒号：“……。情况总结如下，”"),
        ("一是公开及时。内容准确；\n二是内容准确。", None),
        ("公开及时。内容准确。", None),
        ("加强制度建设", None),
        ("（一）公开渠道", None),
        ("公开及时。图1 公开专区", None),
        ("请联系我们。地址：人民路甲号院", None),
    ],
)
def test_a_paragraph_of_sentences_ends_with_a_mark(text, message):
    assert d11(text) == ([message] if message else [])


def test_the_stop_is_offered():
    report = good().with_narrative("other", "本年未收取信息处理费。内容准确；")
    (found,) = named("D-11", report)
    assert [(one.old, one.new) for one in found.repair.edits] == [("；", "。")]
    assert not found.repair.is_safe
