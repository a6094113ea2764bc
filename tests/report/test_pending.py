"""待更新: which numbers of a carried text are last year's, and what becomes of their marks while the clerk types."""

import pytest

from app.report.model import Pending
from app.report.pending import marks_for, moved, touches_digit

FIGURES = [
    ("2024年公开237条，占28.5%。", ["2024", "237", "28.5"]),
    ("公开1,234条，１２３条，1，234条。", ["1,234", "１２３", "1，234"]),
    ("二〇二四年修订三十七条，召开两次会议，十余件。", ["二〇二四", "三十七", "两", "十"]),
    ("一是加强三审三校，迎接二十大。", []),
    ("2024年1月1日至12月31日", ["2024"]),
    ("2024年1月1日起至2024年12月31日止", ["2024", "2024"]),
    ("截至2024年12月31日，截止12月31日", ["2024"]),
    ("2024年3月5日至11月30日", ["2024", "3", "5", "11", "30"]),
    ("1、公开3条。\n（2）公开4条。\n3.公开5条。", ["3", "4", "5"]),
    ("见(1)和（2）", []),
    ("电话0631-8731088，邮编：264400，中山路12号，a12@b34.cn，http://x.cn/2024", []),
    ("办函〔2021〕30号，30号文，第37条，第三届", ["30"]),
    ("在文山东路12号区管委会大楼主楼6层，公开6条", ["6"]),
    ("镇政府2号楼1单元3楼302室，B座203室，第３条", []),
    ("办公楼二楼，新建公厕5座，楼宇3座，分5层次推进", ["5", "3", "5"]),
    ("电话：8731088，手机13800138000，接听12345热线，咨询12345政务服务便民热线平台", []),
    ("联系电话（0631）8731088，电话1234567次", ["1234567"]),
    ("工作日8:30-11:30受理，公开11.3%，在206国道旁", ["11.3"]),
    ("主要形式1.门户网站2.公众号，国务院令第711号，鲁政办〔2021〕5号，镇发[2020]8号", []),
    ("微信公众号发布162条，热线接听1234567件", ["162", "1234567"]),
    ("联系电话：12345，可拨打12345咨询，或拨打0631-12345，监督电话12388", []),
    ("接听热线12345件，接听电话12345余次，拨打电话12345人次，群众来电12345个", ["12345"] * 4),
]


@pytest.mark.parametrize(("text", "marked"), FIGURES, ids=[text for text, _ in FIGURES])
def test_a_figure_is_marked_and_an_address_a_number_of_an_item_and_the_period_are_not(text, marked):
    marks = marks_for("overview", text)
    assert [one.text for one in marks] == marked
    assert [text[one.start : one.end] for one in marks] == marked
    assert {one.section for one in marks} <= {"overview"}


OLD = "上年公开237条，其中微信120条，网站117条。"


def after(new: str, old: str = OLD) -> list[str]:
    """The texts under the marks of `old` after it became `new`."""
    return [new[one.start : one.end] for one in moved(marks_for("overview", old), "overview", old, new)]


@pytest.mark.parametrize(
    ("new", "left"),
    [
        (OLD, ["237", "120", "117"]),
        ("今年，" + OLD, ["237", "120", "117"]),
        (OLD + "完。", ["237", "120", "117"]),
        (OLD.replace("237", "240"), ["120", "117"]),
        (OLD.replace("237", "1237"), ["120", "117"]),
        (OLD.replace("237", "237.5"), ["120", "117"]),
        (OLD.replace("237", "1,237"), ["120", "117"]),
        (OLD.replace("237", "237,000"), ["120", "117"]),
        (OLD.replace("上年", "本年").replace("网站", "政府网站"), ["237", "120", "117"]),
        (OLD.replace("公开237条，", ""), ["120", "117"]),
        ("", []),
    ],
)
def test_a_mark_moves_with_its_number_and_goes_when_that_is_touched(new, left):
    assert after(new) == left


def test_a_comma_of_the_sentence_makes_no_longer_number():
    assert after("收到3,40件。", "收到40件。") == ["40"]  # of two digits: no thousands
    assert after("收到3,400件。", "收到400件。") == []
    assert touches_digit("12,34", 3, 5) is False
    assert touches_digit("1234,567", 5, 8) is False  # four digits before the comma


def test_a_mark_far_from_the_change_is_not_asked_again_about_digits_that_it_always_had():
    """A mark of the file may stand on a part of a number (12 of 2012): while nobody types near it, it is kept."""
    old = "公开工作始于本镇，自2012年起，" + "一" * 30 + "末"
    marks = (Pending("overview", 12, 14, "12"),)
    assert moved(marks, "overview", old, old[:-1] + "尾") == marks


def test_marks_of_other_sections_and_of_an_unchanged_text_stay_and_empty_ones_go():
    other = Pending("other", 1, 2, "3")
    empty = Pending("overview", 3, 3, "")
    assert moved((other, empty), "overview", OLD, OLD) == (other,)
    assert moved((other,), "overview", OLD, "") == (other,)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("二〇二三年发布三十七条，开展培训两次，收到30余件。", ["二〇二三", "三十七", "两", "30"]),
        ("一是加强三审三校；二是学习党的二十大精神，从三个方面做起。", []),
        ("1、公开48条。\n（3）管理\n2.培训 3 次", ["48", "3"]),
        ("地址：龙缘路3号；邮编：264400；电话：0631-8731088；http://www.wendeng.gov.cn:8080/a1", []),
        ("（国办公开办函〔2019〕60 号）和第五十条第4项", []),
        ("满意率97.62%，阅读量1,234次", ["97.62", "1,234"]),
        ("公开信息4条，２０２３年", ["4", "２０２３"]),
        ("统计期限为2024年1月1日至2024年12月31日。", ["2024", "2024"]),
        ("自2024年1月1日起至12月31日止", ["2024"]),
        ("2024 年 1 月 1 日—12 月 31 日", ["2024"]),
        ("２０２４年１月１日至１２月３１日", ["２０２４"]),
        ("截至2024年12月31日，粉丝128人", ["2024", "128"]),
        ("2024年1月1日至6月30日", ["2024", "1", "1", "6", "30"]),
        ("2024年11月1日至12月31日", ["2024", "11", "1", "12", "31"]),
        ("12月31日召开会议1次", ["12", "31", "1"]),
    ],
)
def test_figures_are_marked_and_item_numbers_and_addresses_are_not(text, marked):
    assert [mark.text for mark in marks_for("overview", text)] == marked
