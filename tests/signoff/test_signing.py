"""送审 → 审核 → 签发 → 定稿: the stages, the fingerprint, what is frozen cannot be altered without it showing."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app import paths
from app.errors import UserError
from app.importing.importer import import_file
from app.report.fingerprint import canonical, fingerprint, grouped, seal, short
from app.report.model import Binding, Frozen, Hand, Pending, Report
from app.session import session
from app.session.any_report import read_any
from app.session.document import ReportDocument, ReportFrozen
from app.signoff import papers as signing_papers
from app.signoff import signing, verifying
from app.signoff.signing import Stage
from app.storage import files
from app.storage.container import Content, pack, unpack
from tests.places import TESTS
from tests.storage.random_reports import full_report, reports

DAY = date(2026, 1, 9)
ALL = ("draft", "review", "secrecy", "issue")


def signed_by(report: Report, *steps: str) -> Report:
    for step in steps:
        report = signing.signed(report, step, "王小兰", DAY)
    return report


def final(report: Report | None = None) -> Report:
    return signing.frozen(signed_by(report or full_report(), *ALL), DAY)


# -- stages


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ((), Stage.DRAFT),
        (("draft",), Stage.SENT),
        (("draft", "review"), Stage.SENT),
        (("draft", "review", "secrecy"), Stage.REVIEWED),
        (ALL, Stage.ISSUED),
        ((*ALL, "joint"), Stage.ISSUED),
    ],
)
def test_the_stage_is_told_from_who_signed(steps, stage):
    assert signing.stage(signed_by(full_report(), *steps)) is stage


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"draft": "王芳", "issue": "李建国"}, ""),
        ({"draft": "王芳", "review": "王芳"}, ""),
        ({"draft": "王芳", "issue": "王 芳"}, "拟稿与签发是同一人（王 芳），请核对"),
        (
            {"draft": "王芳", "review": "李建国", "secrecy": "王芳", "issue": "王芳"},
            "拟稿与签发是同一人（王芳），请核对",
        ),
        ({"draft": "王芳", "review": "李建国", "secrecy": "李建国", "issue": "李建国"}, ""),
        (dict.fromkeys(ALL, "王芳"), "拟稿、核稿、保密审查、签发都是同一人（王芳），请核对"),
    ],
)
def test_one_who_signs_what_he_wrote_is_remarked_and_not_refused(names, words):
    report = full_report()
    for step, name in names.items():
        report = signing.signed(report, step, name, DAY)
    assert signing.alone(report) == words
    if not signing.unsigned(report):
        assert signing.frozen(report, DAY).is_frozen


def test_sending_it_is_a_stage_before_anybody_signed():
    assert signing.stage(signing.sent(full_report(), DAY)) is Stage.SENT


def test_the_name_of_a_file_says_what_is_not_final():
    draft = full_report()
    sent = signing.sent(draft, DAY)
    assert signing.mark_of(draft, is_ready=False) == "（草稿）"
    assert signing.mark_of(draft, is_ready=True) == ""  # complete, and nobody is asked to sign
    assert signing.mark_of(sent, is_ready=True) == "（送审稿）"
    assert signing.mark_of(sent, is_ready=False) == "（草稿）"  # its pages say so
    assert signing.mark_of(final(), is_ready=True) == ""
    assert [signing.without_mark(one) for one in ("年报（草稿）", "年报（送审稿）", "年报（一）")] == [
        "年报",
        "年报",
        "年报（一）",
    ]


def test_signing_again_replaces_and_taking_back_removes():
    report = signing.signed(signed_by(full_report(), *ALL), "review", " 李  建国 ", DAY)
    assert signing.hand_of(report, "review").name == "李 建国"
    assert [hand.step for hand in report.sign_off.hands] == list(ALL)
    assert signing.hand_of(signing.without_hand(report, "review"), "review") is None


@pytest.mark.parametrize("name", ["", "  ", "长" * 41, "a\u202eb"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(UserError):
        signing.signed(full_report(), "draft", name, DAY)


def test_nothing_is_frozen_while_a_signature_is_missing():
    with pytest.raises(UserError, match="还没有保密审查、签发"):
        signing.frozen(signed_by(full_report(), "draft", "review"), DAY)
    assert signing.stage(final()) is Stage.FROZEN


def test_who_signed_something_else_is_told():
    report = signed_by(full_report(), "draft", "review")
    assert signing.signed_before_changes(report) == []
    changed = report.with_narrative("overview", "改了一个字。")
    assert [hand.step for hand in signing.signed_before_changes(changed)] == ["draft", "review"]
    assert signing.signed_before_changes(signing.confirmed(changed)) == []


def test_a_township_has_its_own_steps():
    own = paths.user_data() / "sign_off"
    own.mkdir(parents=True)
    text = (paths.templates() / "sign_off" / "steps.toml").read_text("utf-8")
    (own / "steps.toml").write_text(text.replace("核稿", "复核"), "utf-8")
    assert signing.names_of(["review", "unknown"]) == ["复核", "unknown"]
    for broken in ("[[step]]\nkey = 3\n", text.replace("required = false", 'required = "false"')):
        (own / "steps.toml").write_text(broken, "utf-8")
        with pytest.raises(UserError, match="送签步骤文件"):
            signing.rules()


# -- fingerprint


def test_the_fingerprint_of_one_report_stays_what_it_is():
    """Pinned: a change here would make every 定稿 of earlier versions look altered."""
    assert fingerprint(full_report()) == PINNED


PINNED = "fdd549df4eb0718084991710cfadba40aa3469ef6eaa8fd701ef1345d8b43ece"


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_the_fingerprint_survives_the_file_and_the_sign_off(report):
    again = unpack(pack(Content(report))).report
    assert canonical(again) == canonical(report)
    assert fingerprint(replace(report, sign_off=None, pending=(), bindings=())) == fingerprint(report)


CHANGES = {
    "a value": lambda one: one.with_values({next(iter(one.values)): 77}),
    "a blank for a 0": lambda one: one.with_values({next(iter(one.values)): None}),
    "a word": lambda one: one.with_narrative("overview", "另一段。"),
    "the agency": lambda one: replace(one, agency=replace(one.agency, phone="1")),
    "the date": lambda one: replace(one, signature=replace(one.signature, issued_on=DAY)),
    "the fee": lambda one: replace(one, processing_fee=Decimal("12.51")),
    "a picture": lambda one: replace(one, pictures=(replace(one.pictures[0], data=b"x"),)),
    "a chart": lambda one: replace(one, charts=(replace(one.charts[0], title="图"),)),
    "the register": lambda one: replace(one, register=()),
    "the counts": lambda one: replace(one, counts=()),
    "the year": lambda one: replace(one, year=2023),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_content_is_another_fingerprint(change):
    assert fingerprint(change(full_report())) != fingerprint(full_report())


def test_equal_amounts_are_one_content():
    assert fingerprint(replace(full_report(), processing_fee=Decimal("12.50"))) == fingerprint(full_report())


def test_it_is_written_four_by_four():
    assert short("3f2a91bc07de1111ffff") == "3f2a 91bc 07de 1111"
    assert grouped("abcdef") == "abcd ef"


# -- frozen


def test_nothing_changes_in_a_frozen_report_and_nothing_is_undone():
    document = ReportDocument(full_report())
    document.change("签字", signed_by(document.report, *ALL))
    document.change("定稿", signing.frozen(document.report, DAY))
    for change in (
        lambda: document.set_narrative("overview", "改。"),
        lambda: document.set_values({document.form.cells[0]: 9}, "填写"),
        lambda: document.put("图", charts=()),
        lambda: document.change("签字", signing.without_hand(document.report, "issue")),
    ):
        with pytest.raises(ReportFrozen):
            change()
    assert document.undo_name == ""
    document.undo()
    assert document.report.is_frozen


def test_a_new_version_keeps_the_frozen_one_and_begins_unsigned():
    document = ReportDocument(final())
    frozen = document.report
    document.change("修改为新版本", signing.revised(frozen))
    assert document.report.finals == (frozen,)
    assert (document.report.version, document.report.sign_off.hands) == (2, ())
    document.set_narrative("overview", "改过了。")
    second = signing.frozen(signed_by(document.report, *ALL), DAY)
    third = signing.revised(second)
    assert [one.version for one in third.finals] == [1, 2]
    assert all(one.finals == () for one in third.finals)
    assert unpack(pack(Content(third))).report == third
    document.undo()
    document.undo()
    assert document.report == frozen
    document.redo()
    assert document.report.version == 2


def test_last_years_report_brings_no_versions_of_its_own():
    document = ReportDocument(full_report(2025), signing.revised(final()))
    assert document.prior.finals == ()
    assert unpack(pack(Content(document.report, document.prior))) == Content(document.report, document.prior)


def test_the_next_year_begins_unsigned():
    assert session.new_from(signing.revised(final()), 2025).report.sign_off is None


def rewritten(path: Path, change, name: str = "report.json") -> None:
    """Edit a file inside the zip, as somebody with an archive program would."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == name:
                data = json.dumps(change(json.loads(data)), ensure_ascii=False).encode()
            new.writestr(entry.filename, data)
    path.write_bytes(stream.getvalue())


def with_text(data: dict) -> dict:
    return {**data, "narratives": {**data["narratives"], "overview": "一是公开999条。"}}


def with_signer(data: dict) -> dict:
    data["sign_off"]["hands"][0]["name"] = "别人"
    return data


@pytest.mark.parametrize(
    ("change", "words"), [(with_text, "报告的内容被别的程序改过"), (with_signer, "签字人、日期或版本号")]
)
def test_tampering_inside_the_file_shows(tmp_path, change, words):
    path = tmp_path / "报告.gknb"
    files.save(path, Content(final()))
    assert signing.doubts(session.open_report(path).report) == []
    rewritten(path, change)
    (said,) = signing.doubts(read_any(path).report)
    assert words in said
    verdict = verifying.verify(read_any(path).report)
    assert not verdict.stands
    assert words in verdict.lines[0]


def test_tampering_with_an_earlier_version_shows_too(tmp_path):
    path = tmp_path / "报告.gknb"
    files.save(path, Content(signing.revised(final())))
    rewritten(path, with_text, "versions/1/report.json")
    assert "第1版定稿以后" in signing.doubts(read_any(path).report)[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("versions/2/report.json", "不在文件里"), ("versions/1/other.txt", "不认识的内容")],
)
def test_a_version_that_is_none_is_refused(tmp_path, name, words):
    path = tmp_path / "报告.gknb"
    files.save(path, Content(signing.revised(final())))
    with zipfile.ZipFile(path) as old:
        data = old.read("versions/1/report.json")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)
    with pytest.raises(UserError, match=words):
        files.read(path)


def with_frozen_on(one):
    frozen = replace(one.sign_off.frozen, frozen_on=DAY.replace(day=28))
    return replace(one, sign_off=replace(one.sign_off, frozen=frozen))


def with_other_hand(one):
    hands = (Hand("draft", "乙", DAY), *one.sign_off.hands[1:])
    return replace(one, sign_off=replace(one.sign_off, hands=hands))


SEALED = {
    "who signed": with_other_hand,
    "定稿日期": with_frozen_on,
    "待更新": lambda one: replace(one, pending=(Pending("overview", 0, 1, "年"),)),
    "bindings": lambda one: replace(one, bindings=(Binding("overview", 0, 1),)),
    "an older seal in its place": lambda one: replace(
        one, sign_off=replace(one.sign_off, frozen=replace(one.sign_off.frozen, seal_version=1))
    ),
}


@pytest.mark.parametrize("what", SEALED)
def test_the_seal_covers_all_that_stands_on_paper(what):
    assert signing.doubts(final()) == []
    (said,) = signing.doubts(SEALED[what](final()))
    assert said.startswith("第1版定稿以后，签字人、日期或版本号")


def third():
    """Frozen three times, each time with another text."""
    second = signing.revised(final()).with_narrative("problems", "第二版的话。")
    second = signed_by_all(second)
    return signed_by_all(signing.revised(second).with_narrative("problems", "第三版的话。"))


def signed_by_all(report):
    for step in signing.unsigned(report):
        report = signing.signed(report, step.key, "王芳", DAY)
    return signing.frozen(report, DAY)


def test_a_version_that_was_taken_out_or_exchanged_is_named():
    whole = third()
    first, second = whole.finals
    assert signing.doubts(whole) == []
    assert signing.doubts(replace(whole, finals=())) == [
        "第1版定稿不在文件里，被别的程序删去了",
        "第2版定稿不在文件里，被别的程序删去了",
        "第3版定稿以后，签字人、日期或版本号（或者文中的标记、以前的版本）被别的程序改过",
    ]
    assert signing.doubts(replace(whole, finals=(second,)))[0] == "第1版定稿不在文件里，被别的程序删去了"
    other = signed_by_all(replace(first, sign_off=None).with_narrative("problems", "另写的第一版。"))
    said = signing.doubts(replace(whole, finals=(other, second)))
    assert [words[:3] for words in said] == ["第2版", "第3版"], "the chain of those after it is broken"
    assert signing.doubts(replace(signing.revised(whole), finals=(first, second))) == [
        "第3版定稿不在文件里，被别的程序删去了"
    ]


def test_a_report_frozen_by_an_earlier_program_stands_as_what_it_was(tmp_path):
    """Its seal covers who signed, and not the day on which it was frozen: said, and never called altered."""
    report = final()
    one = replace(report.sign_off, frozen=None)
    content = fingerprint(report)
    old = replace(report, sign_off=replace(one, frozen=Frozen(content, seal(content, one), DAY)))
    files.save(tmp_path / "旧.gknb", Content(old))
    again = files.read(tmp_path / "旧.gknb").content.report
    assert again == old
    assert signing.doubts(again) == []
    assert verifying.verify(again).lines[1] == "第1版由旧版程序定稿，定稿日期和以前的版本没有一起封存。"
    assert signing.doubts(with_frozen_on(again)) == []
    assert "签字人、日期或版本号被别的程序改过" in signing.doubts(with_other_hand(again))[0]
    newer = signed_by_all(signing.revised(again).with_narrative("problems", "新写的。"))
    assert signing.doubts(newer) == []
    assert signing.doubts(replace(newer, finals=(with_other_hand(again),)))


# -- an exported PDF


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    report = import_file(TESTS / "samples" / "pingtan_czjrj_2025_page.txt").report
    document = ReportDocument(report)
    document.fill_blanks(document.form.cells)
    document.change("定稿", final(document.report))
    target = tmp_path_factory.mktemp("out") / "报告.pdf"
    session.export(document, [target, target.with_suffix(".docx")], force=True)
    return document.report, target


def test_an_exported_pdf_is_verified_against_the_file(exported):
    report, target = exported
    verdict = verifying.verify_document(report, target)
    assert verdict.stands
    assert "与第1版定稿一致" in verdict.lines[0]
    later = signing.revised(report).with_narrative("overview", "改了。")
    assert verifying.verify_document(later, target).stands  # the version that it was made of is in the file


def test_a_pdf_of_another_content_with_a_borrowed_fingerprint_is_found_out(exported, tmp_path):
    report, _ = exported
    forged = ReportDocument(report.with_narrative("other", "2025年收取信息处理费100元。"))
    target = tmp_path / "改过.pdf"
    session.export(forged, [target], force=True)
    verdict = verifying.verify_document(report, target)
    assert not verdict.stands
    assert [one.section for one in verdict.differences] == ["other"]


def test_a_pdf_without_a_fingerprint_and_what_is_no_pdf_are_told(exported, tmp_path):
    report, _ = exported
    target = tmp_path / "草稿.pdf"
    session.export(ReportDocument(full_report()), [target], force=True)
    assert "没有指纹" in verifying.verify_document(report, target).lines[0]
    target.write_bytes(b"no pdf")
    with pytest.raises(UserError, match="不是能打开的 PDF"):
        verifying.verify_document(report, target)


def test_word_carries_the_fingerprint_too(exported):
    import docx

    report, target = exported
    properties = docx.Document(str(target.with_suffix(".docx"))).core_properties
    assert report.sign_off.frozen.fingerprint in properties.identifier


# -- papers


def papers(report: Report | None = None) -> signing_papers.Papers:
    return signing_papers.Papers.of(ReportDocument(report or full_report(), full_report(2023)), DAY)


def text_of(pdf: bytes) -> str:
    import pypdfium2

    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_the_slip_is_one_page_with_a_box_for_everyone():
    import pypdfium2

    pdf = signing_papers.paper(papers(signed_by(full_report(), "draft")), signing_papers.SLIP, ".pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    text = text_of(pdf)
    for word in ("拟稿", "核稿", "会签", "保密审查", "签发", "主动公开", "王小兰", "检查结果", "页数"):
        assert word in text
    assert short(fingerprint(full_report())) in text


def test_the_slip_stays_one_page_whatever_is_explained():
    import pypdfium2

    report = full_report()
    long = replace(report, agency=replace(report.agency, name="很长的单位名称" * 12))
    pdf = signing_papers.paper(papers(signed_by(long, *ALL)), signing_papers.SLIP, ".pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == 1


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_every_paper_is_made(suffix):
    made = {
        kind: signing_papers.paper(papers(final()), kind, suffix)
        for kind in signing_papers.kinds(papers(final()))
    }
    assert list(made) == ["送签单", "送审稿", "核对表", "变动对照表", "花脸稿", "定稿证明"]
    assert all(made.values())


def test_the_certificate_has_the_whole_fingerprint_and_who_signed():
    text = text_of(signing_papers.paper(papers(final()), signing_papers.CERTIFICATE, ".pdf"))
    digits = final().sign_off.frozen.fingerprint
    assert digits in "".join(text.split())
    assert "签发：王小兰，2026年1月9日" in "".join(text.split())


def test_a_slip_that_a_township_spoilt_is_told_and_a_good_one_is_taken():
    own = paths.user_data() / "sign_off"
    own.mkdir(parents=True)
    good = (paths.templates() / "sign_off" / "slip.toml").read_text("utf-8")
    (own / "slip.toml").write_text(good.replace("发文稿纸", "送签单"), "utf-8")
    assert "送签单" in text_of(signing_papers.paper(papers(), signing_papers.SLIP, ".pdf"))
    for wrong in (
        "{{ nothing }}",
        "{{ 1 // 0 }}",
        "{{ [][1].a }}",
        "{{ 'a'|truncate(5, True, 'bbbbbbbb') }}",
    ):
        (own / "slip.toml").write_text(good.replace("{{ pages }}", wrong), "utf-8")
        with pytest.raises(UserError, match="样式文件"):
            signing_papers.paper(papers(), signing_papers.SLIP, ".pdf")


def test_a_step_signed_before_an_earlier_one_is_remarked():
    report = signing.signed(
        replace(full_report(), sign_off=None, finals=()), "draft", "王小兰", date(2026, 1, 14)
    )
    assert signing.disorder(report) == ""
    report = signing.signed(report, "review", "李建国", date(2026, 1, 14))
    assert signing.disorder(report) == ""
    report = signing.signed(report, "issue", "张书记", date(2026, 1, 10))
    assert signing.disorder(report) == "签发（1月10日）早于核稿（1月14日），请核对"


def test_which_version_a_file_holds_is_told_to_whoever_builds_on_it():
    report = final()
    day = report.sign_off.frozen.frozen_on
    told = f"定稿第1版，{day.year}年{day.month}月{day.day}日定稿"
    assert signing.version_words(report) == told
    altered = report.with_narrative("overview", "改了。")
    assert signing.version_words(altered) == f"{told}，以后被改动，请核对"
    assert signing.version_words(replace(report, sign_off=None)) == "草稿：还没有定稿"
    sent = replace(report, sign_off=replace(report.sign_off, frozen=None, sent_on=DAY))
    assert signing.version_words(sent) == "草稿：已经送审，还没有定稿"
    revised = signing.revised(report)
    assert signing.version_words(revised) == "草稿：第1版定稿以后又改过，还没有再定稿"
