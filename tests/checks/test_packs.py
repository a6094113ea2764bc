"""Rule packs: a county's demands, grades, limits and points, and what is said of a file that cannot be used."""

import re
from dataclasses import replace

import pytest

from app.checks import CheckContext, check, packs
from app.checks.explanations import common_reasons, settle
from app.checks.packs import DEFAULT, Demand, pack
from app.checks.settings import CheckSettings
from app.form.catalog import form
from app.form.model import Severity
from app.paths import user_data
from app.report.model import INTRODUCTION
from tests.checks.reports import findings, good, named

FULL = (
    "（一）主动公开。通过政府网站发布信息80条，通过公众号发布信息40条；解读政策3条，回应群众关切5件；公开教育、医疗领域信息20条。\n"
    "（二）依申请公开。按规定办理政府信息公开申请。\n"
    "（三）政府信息管理。发布行政规范性文件0件，废止0件，现行有效0件。\n"
    "（四）政府信息公开平台建设。设有政务公开专区1个。\n"
    "（五）监督保障。工作考核结果为优秀；社会评议满意度达97%；未发生责任追究情形。落实《条例》。"
)


def ids(report, settings):
    return {one.rule for one in findings(report, settings=settings)}


def own(text: str, name: str = "本县") -> str:
    folder = user_data() / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    packs._pack.cache_clear()
    return name


HEAD = 'name = "本县"\nsource = "某政办发〔2026〕1号"\ndate = 2026-01-01\n'


def test_every_pack_of_the_program_has_its_source_and_date_and_can_be_used():
    found = packs.packs()
    assert found[0].key == DEFAULT
    assert len(found) >= 5
    assert all(one.source and one.date and not one.complaint for one in found)


@pytest.mark.parametrize("text", ["x", "", "a = 1\na = 1\n", HEAD])
def test_a_default_of_ones_own_stops_no_other_pack(text):
    """Broken, or without the demands of the program's default: others still stand on those."""
    own(text, DEFAULT)
    found = {one.key: one for one in packs.packs()}
    assert [key for key, one in found.items() if one.complaint] == ([] if text == HEAD else [DEFAULT])
    assert any(one.demands for key, one in found.items() if key != DEFAULT)


def test_the_default_demands_nothing():
    assert not any(one.is_on for one in pack(DEFAULT).demands)
    assert pack("") is pack(DEFAULT)
    assert findings(good()) == ()


def test_every_demand_is_on_in_some_pack_and_of_a_section_that_there_is():
    sections = {INTRODUCTION, *(one.key for one in form("2021").sections)}
    for one in pack(DEFAULT).demands:
        assert one.section in sections
        assert one.confirm or [re.compile(pattern) for pattern in one.wanted]
        switched = [
            each for each in packs.packs() for demand in each.demands if demand.id == one.id and demand.is_on
        ]
        assert switched, one.id


def test_wuwei_asks_what_its_notice_asks():
    report = good().with_narrative("overview", good().narrative("overview") + "落实《条例》。")
    wuwei = {"pack": "gansu_wuwei_2025"}
    assert ids(report, settings=wuwei) == {"P-03", "P-04", "P-05", "P-09", "P-10"}
    full = report.with_narrative("overview", FULL)
    assert ids(full, settings=wuwei) == {"P-09", "P-10"}
    long = full.with_narrative("overview", FULL + "公开内容更加丰富。" * 110)
    (found,) = named("S-22", long, settings=wuwei)
    assert found.severity is Severity.WARNING
    assert "一千字" in found.message


def test_a_confirmation_is_settled_by_a_reason_that_names_who():
    from datetime import date

    from app.checks.explanations import explanation

    (found,) = named("P-09", good(), settings={"pack": "gansu_wuwei_2025"})
    reason = explanation(found, "已与司法所张所长核对无误", date(2026, 1, 5))
    assert settle([found], [reason]).open == ()
    assert common_reasons("P-09")[0].startswith("已与司法所")


def test_a_limit_of_the_pack_gives_way_to_the_users_own():
    limited = pack("gansu_wuwei_2025").limited
    assert limited(CheckSettings()).overview_limit == 1000
    assert limited(CheckSettings(overview_limit=500)).overview_limit == 500
    suqian = pack("jiangsu_suqian").limited
    assert suqian(CheckSettings()).deadline(2025).isoformat() == "2026-03-31"
    assert suqian(CheckSettings(deadline_day=20)).deadline(2025).isoformat() == "2026-01-20"


def test_points_are_taken_off_once_for_each_reason():
    licheng = pack("fujian_licheng")
    copied = check(CheckContext(good(), form("2021"), good(year=2024), form("2021")))
    score = licheng.score(copied)
    assert score.words == "按“福建泉州鲤城”预计得5分（满分10分）：与往年雷同扣5分"
    assert licheng.score([]).words == "按“福建泉州鲤城”预计得10分（满分10分）"
    suqian = pack("jiangsu_suqian")
    assert suqian.score(copied).words == "按“江苏宿迁”预计扣0.5分：与上年度重复率大于50%扣0.5分"
    assert suqian.score([]).words == "按“江苏宿迁”预计扣0分"
    assert pack(DEFAULT).score(copied) is None


def test_a_county_switches_grades_and_adds():
    key = own(
        HEAD + '[[check]]\nid = "D-18"\non = false\n[[check]]\nid = "D-09"\ngrade = "info"\n'
        '[[demand]]\nid = "P-51"\non = true\ntitle = "写明开放时间。"\nsection = "other"\nall = ["开放"]\nmessage = "没有写明开放时间"\n'
    )
    report = good().with_narrative("other", "本年未收取信息处理费。仍在不足，遂步推进。")
    found = {(one.rule, one.severity, one.message) for one in findings(report, settings={"pack": key})}
    assert found == {
        ("D-09", Severity.INFO, "“遂步”应为“逐步”"),
        ("P-51", Severity.WARNING, "没有写明开放时间（本县）"),
    }


def test_an_error_stays_an_error():
    key = own(HEAD + '[[check]]\nid = "D-02"\non = false\n[[check]]\nid = "S-15"\ngrade = "info"\n')
    report = good().with_narrative("other", "登录[具体网址]查阅。")
    found = {(one.rule, one.severity) for one in findings(report, settings={"pack": key})}
    assert found == {("D-02", Severity.ERROR), ("S-15", Severity.ERROR)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = \n", "第1行不合格式"),
        ('name = "a"\n', "缺少“source”"),
        (HEAD + "limits = { shortest = 3 }\n", "“limits”里的“shortest”不成立"),
        (HEAD + 'limits = { deadline = "13-01" }\n', "“limits”里的“deadline”不成立"),
        (HEAD + '[[demand]]\nid = "X-1"\n', "“X-1”不是“P-”加两位数字"),
        (HEAD + '[[demand]]\nid = "P-05"\ngrade = "error"\n', "“P-05”的等级只能是"),
        (HEAD + '[[check]]\nid = "D-01"\ngrade = "bad"\n', "有一条的内容不合要求"),
        (HEAD + '[[demand]]\nid = "P-05"\nall = ["(" ]\n', "有一条的查找式“(”不成立"),
        (None, "找不到地方规则包“别县”"),
    ],
)
def test_a_pack_that_cannot_be_used_is_told_in_the_check(text, why):
    key = own(text, "别县") if text is not None else "别县"
    packs._pack.cache_clear()
    found = findings(good(), settings={"pack": key})
    assert [(one.rule, one.severity) for one in found] == [("P-01", Severity.WARNING)]
    assert why in found[0].message


def test_a_pack_of_the_county_takes_the_place_of_the_programs():
    own(HEAD, "shandong")
    names = {one.key: one.name for one in packs.packs()}
    assert names["shandong"] == "本县"
    assert pack("shandong").name == "本县"


def test_a_demand_without_its_text_is_not_asked():
    one = Demand("P-60", "t", "other", "m", ("甲",))
    assert one.is_met("甲乙")
    assert not one.is_met("丙")
    assert not replace(one, confirm=True).is_met("甲")
