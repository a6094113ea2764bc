"""Forgeries of a 定稿 by somebody with an archive program, a PDF editor or Word: every one is named, and what is ours stands."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from app.errors import UserError
from app.report import pictures
from app.session.any_report import read_any
from app.signoff import signing, verifying
from app.storage import files
from app.storage.container import Content
from tests.checks.reports import good
from tests.signoff.test_verifying import DAY, exported, final


def picture(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(stream, "PNG")
    return stream.getvalue()


FIRST = final(pictures.with_picture(good(), picture("navy"), "overview", "图1", 0))
THIRD = final(
    signing.revised(final(signing.revised(FIRST).with_narrative("problems", "第二版的话。"))).with_narrative(
        "problems", "第三版的话。"
    )
)


# -- the file ------------------------------------------------------------------------------------------------------------------

Data = dict[str, Any]
Parts = dict[str, bytes]


def edited(name: str, change: Callable[[Data], object]) -> Callable[[Parts], None]:
    """One part of the file as somebody edits its JSON."""

    def forge(parts: Parts) -> None:
        data = json.loads(parts[name])
        change(data)
        parts[name] = json.dumps(data, ensure_ascii=False).encode()

    return forge


def taken_from(old: str, new: str) -> Callable[[Parts], None]:
    def forge(parts: Parts) -> None:
        parts[new] = parts[old]

    return forge


def without(*names: str) -> Callable[[Parts], None]:
    def forge(parts: Parts) -> None:
        for name in [one for one in parts if one.startswith(names)]:
            del parts[name]

    return forge


def signer(number: int, **changed: str) -> Callable[[Data], object]:
    return lambda data: data["sign_off"]["hands"][number].update(changed)


REPORT, EARLIER = "report.json", "versions/1/report.json"
IN_THE_FILE: dict[str, Callable[[Parts], None]] = {
    "a number": edited(REPORT, lambda data: data["cells"].update({"requests.received.natural_person": 77})),
    "a number taken away": edited(REPORT, lambda data: data["cells"].popitem()),
    "a text": edited(REPORT, lambda data: data["narratives"].update(problems="第三版的话！")),
    "the unit": edited(REPORT, lambda data: data["agency"].update(name="别的镇人民政府")),
    "成文日期": edited(REPORT, lambda data: data["signature"].update(issued_on="2026-01-01")),
    "定稿日期": edited(REPORT, lambda data: data["sign_off"]["frozen"].update(frozen_on="2026-01-08")),
    "the date of a signer": edited(REPORT, signer(0, signed_on="2026-01-01")),
    "the name of a signer": edited(REPORT, signer(-1, name="别人")),
    "a signer taken away": edited(REPORT, lambda data: data["sign_off"]["hands"].pop()),
    "two signers exchanged": edited(REPORT, lambda data: data["sign_off"]["hands"].reverse()),
    "送审日期": edited(REPORT, lambda data: data["sign_off"].update(sent_on="2026-01-02")),
    "公开属性": edited(REPORT, lambda data: data["sign_off"].update(publicity="不予公开")),
    "the seal of an older program": edited(
        REPORT, lambda data: data["sign_off"]["frozen"].update(seal_version=1)
    ),
    "a mark 待更新": edited(
        REPORT,
        lambda data: data.update(pending=[{"section": "problems", "start": 0, "end": 1, "text": "2025"}]),
    ),
    "a binding": edited(
        REPORT,
        lambda data: data.update(bindings=[{"section": "problems", "start": 0, "end": 1, "cells": []}]),
    ),
    "a caption": edited(REPORT, lambda data: data["pictures"][0].update(caption="另一幅图")),
    "a picture": lambda parts: parts.update({"pictures/" + name_of(parts): picture("red")}),
    "the first version taken out": without("versions/1/"),
    "the second version taken out": without("versions/2/"),
    "all earlier versions taken out": without("versions/"),
    "a text of the first version": edited(
        EARLIER, lambda data: data["narratives"].update(problems="从来如此。")
    ),
    "a signer of the first version": edited(EARLIER, signer(0, name="别人")),
    "the picture of the first version": lambda parts: parts.update(
        {"versions/1/pictures/" + name_of(parts): picture("red")}
    ),
    "the second version as the last": taken_from("versions/2/report.json", REPORT),
    "called the fourth version": edited(REPORT, lambda data: data["sign_off"].update(version=4)),
}


def name_of(parts: Parts) -> str:
    return next(name for name in parts if name.startswith("pictures/")).removeprefix("pictures/")


@pytest.mark.parametrize("what", IN_THE_FILE)
def test_what_was_altered_in_the_file_is_named(tmp_path: Path, what: str) -> None:
    path = tmp_path / "报告.gknb"
    files.save(path, Content(THIRD))
    assert verifying.verify(read_any(path).report).stands
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    IN_THE_FILE[what](parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    found = verifying.verify(read_any(path).report)
    assert not found.stands
    assert found.lines[0].startswith(("第1版定稿", "第2版定稿", "第3版定稿", "第4版定稿"))


def places(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single value of a part."""
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in items:
            yield from places(value, (*way, key))
    else:
        yield way


def altered(text: bytes, way: tuple[Any, ...]) -> bytes:
    """The part with another value at one place."""
    data = json.loads(text)
    holder = data
    for key in way[:-1]:
        holder = holder[key]
    old = holder[way[-1]]
    holder[way[-1]] = (
        not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old or ''}1"
    )
    return json.dumps(data, ensure_ascii=False).encode()


@pytest.mark.parametrize("part", [REPORT, EARLIER, "versions/2/report.json"])
def test_no_value_of_a_report_can_be_another_unseen(tmp_path: Path, part: str) -> None:
    """Every 13th of them; all of them, taken away, doubled and turned round too, were tried once: 3,005, none unseen."""
    path = tmp_path / "报告.gknb"
    files.save(path, Content(THIRD))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    ways = list(places(json.loads(parts[part])))[::13]
    assert len(ways) > 10
    unseen = []
    for way in ways:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, altered(data, way) if name == part else data)
        try:
            report = read_any(path).report
        except UserError:  # refused altogether
            continue
        if verifying.verify(report).stands:
            unseen.append(way)
    assert unseen == []


# -- the PDF -------------------------------------------------------------------------------------------------------------------

Pdf = pikepdf.Pdf


def drawn(commands: bytes, page: int = 1) -> Callable[[Pdf], None]:
    """More at the end of what is drawn on a page."""
    return lambda pdf: pdf.pages[page].contents_add(pdf.make_stream(b"q " + commands + b" Q"))


def in_a_form(pdf: Pdf) -> None:
    form = pdf.make_stream(b"1 g 200 500 14 9 re f")
    form.stream_dict.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 600, 800]}
    )
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 600, 800]
    page = pdf.pages[1]
    page.contents_add(
        pdf.make_stream(b"q " + str(page.add_resource(form, pikepdf.Name.XObject)).encode() + b" Do Q")
    )


def annotated(subtype: str, **more: Any) -> Callable[[Pdf], None]:
    def forge(pdf: Pdf) -> None:
        one = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{subtype}"),
            Rect=[200, 500, 240, 512],
            C=[1, 1, 1],
            **more,
        )
        pdf.pages[1].Annots = pikepdf.Array([pdf.make_indirect(one)])

    return forge


def other_glyphs(pdf: Pdf) -> None:
    """The faces are gone, another stands in for them on the screen; what is read out stays."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for file in ("/FontFile2", "/FontFile3", "/FontFile"):
                if file in one:
                    del one[file]


def one_more_page(pdf: Pdf) -> None:
    pdf.add_blank_page()


def cropped(pdf: Pdf) -> None:
    pdf.pages[1].CropBox = [0, 0, 595, 600]


def turned(pdf: Pdf) -> None:
    pdf.pages[1].Rotate = 180


def with_a_look(subtype: str, **more: Any) -> Callable[[Pdf], None]:
    """An annotation of whatever kind that draws a white spot."""

    def forge(pdf: Pdf) -> None:
        look = pdf.make_stream(b"1 g 0 0 40 12 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 40, 12]
        annotated(subtype, AP=pikepdf.Dictionary(N=look), F=4, **more)(pdf)

    return forge


def a_field(pdf: Pdf) -> None:
    with_a_look("Widget", FT=pikepdf.Name.Tx, T="x", V="99")(pdf)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pdf.pages[1].Annots)


IN_THE_PDF: dict[str, Callable[[Pdf], None]] = {
    "a white spot as small as a figure": drawn(b"1 g 200 500 7 9 re f"),
    "a stroke through a figure": drawn(b"0 G 2 w 200 500 m 210 500 l S"),
    "figures drawn as lines": drawn(b"1 g 200 500 7 9 re f 0 G 1 w 203 501 m 203 508 l S"),
    "a spot inside a form": in_a_form,
    "a text laid over it": annotated("FreeText", Contents="99", DA="0 g /Helv 9 Tf"),
    "a filled frame as a remark": annotated("Square", IC=[1, 1, 1]),
    "ink": annotated("Ink", InkList=[[200, 500, 210, 510]]),
    "a redaction": annotated("Redact"),
    "a watermark": annotated("Watermark"),
    "other letters for the same words": other_glyphs,
    "a link that draws": with_a_look("Link"),
    "a marker": with_a_look("Highlight", QuadPoints=[200, 512, 240, 512, 200, 500, 240, 500]),
    "a sign for a file": with_a_look("FileAttachment"),
    "a kind of remark that nobody knows": with_a_look("Xyz"),
    "a field to type into": a_field,
    "one more page": one_more_page,
    "a page cut off": cropped,
    "a page turned": turned,
}


@pytest.fixture(scope="module")
def pdf_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(FIRST, tmp_path_factory.mktemp("定稿") / "甲.pdf")


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(FIRST, tmp_path_factory.mktemp("定稿") / "甲.docx")


@pytest.mark.parametrize("what", IN_THE_PDF)
def test_what_a_pdf_shows_otherwise_is_named(tmp_path: Path, pdf_file: Path, what: str) -> None:
    pdf = pikepdf.open(pdf_file)
    IN_THE_PDF[what](pdf)
    pdf.save(tmp_path / "改.pdf")
    found = verifying.verify_document(FIRST, tmp_path / "改.pdf")
    assert not found.stands, found.lines
    assert "看到的可能不是这些文字" in found.lines[0] or found.differences


def test_a_pdf_saved_again_by_another_program_stands_and_its_seal_is_remarked(tmp_path: Path) -> None:
    pdf = pikepdf.open(exported(FIRST, tmp_path / "甲.pdf"))
    pdf.save(tmp_path / "再存.pdf", linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert verifying.verify_document(FIRST, tmp_path / "再存.pdf").stands
    annotated("Stamp")(pdf)
    pdf.save(tmp_path / "章.pdf")
    found = verifying.verify_document(FIRST, tmp_path / "章.pdf")
    assert found.stands
    assert found.lines[-1] == "第2页有1处印章或签名，请看它没有盖住数字。"


def test_a_link_without_a_look_covers_nothing(tmp_path: Path, pdf_file: Path) -> None:
    pdf = pikepdf.open(pdf_file)
    annotated("Link")(pdf)
    pdf.save(tmp_path / "链接.pdf")
    assert verifying.verify_document(FIRST, tmp_path / "链接.pdf").stands


# -- the Word file -------------------------------------------------------------------------------------------------------------


def first(old: str, new: str) -> Callable[[str], str]:
    def forge(body: str) -> str:
        assert old in body
        return body.replace(old, new, 1)

    return forge


def namespace(body: str) -> str:
    return body.split('xmlns:w="')[1].split('"')[0]


IN_WORD: dict[str, tuple[str, Callable[[str], str]]] = {
    "a list number before a figure": (
        "document",
        first("<w:pPr>", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'),
    ),
    "a field with its own answer": ("document", first("<w:r>", '<w:fldSimple w:instr="= 9"/><w:r>')),
    "a sign without letters": ("document", first("<w:t", '<w:sym w:font="Arial" w:char="0039"/><w:t')),
    "white letters": ("document", first("<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>')),
    "letters of one point": ("document", first("<w:rPr>", '<w:rPr><w:sz w:val="2"/>')),
    "another prefix for the same words": (
        "document",
        lambda body: body.replace(
            "</w:body>",
            f'<x:p xmlns:x="{namespace(body)}"><x:r><x:t>另加的话</x:t></x:r></x:p></w:body>',
            1,
        ),
    ),
    "a formula": ("document", first("<w:r>", '<m:oMath xmlns:m="m"><m:t></m:t></m:oMath><w:r>')),
    "hidden by its style": ("styles", first("<w:rPr>", "<w:rPr><w:vanish/>")),
    "a text in a frame": ("document", first("<w:pPr>", '<w:pPr><w:framePr w:w="900"/>')),
    "a stroke through a word": ("document", first("<w:rPr>", "<w:rPr><w:strike/>")),
    "figures from right to left": ("document", first("<w:rPr>", "<w:rPr><w:rtl/>")),
    "signs for letters": ("document", first("<w:rPr>", '<w:rPr><w:rFonts w:ascii="Wingdings 2"/>')),
    "the colour of the paper": ("document", first("<w:rPr>", '<w:rPr><w:color w:themeColor="background1"/>')),
    "nearly white": ("document", first("<w:rPr>", '<w:rPr><w:color w:val="F0F0F0"/>')),
    "black on black": ("document", first("<w:rPr>", '<w:rPr><w:shd w:val="clear" w:fill="000000"/>')),
    "a black marker": ("document", first("<w:rPr>", '<w:rPr><w:highlight w:val="black"/>')),
    "letters upon letters": ("document", first("<w:rPr>", '<w:rPr><w:spacing w:val="-400"/>')),
    "a line without height": (
        "document",
        first("<w:pPr>", '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/>'),
    ),
    "off the page": ("document", first("<w:pPr>", '<w:pPr><w:ind w:left="20000"/>')),
    "a row that is hidden": ("document", first("<w:trPr>", "<w:trPr><w:hidden/>")),
    "a row without height": (
        "document",
        first("<w:trPr>", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/>'),
    ),
    "words from another part": (
        "document",
        first("<w:r>", '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr></w:sdt><w:r>'),
    ),
    "the day of today": ("document", first("<w:r>", "<w:r><w:dayLong/></w:r><w:r>")),
    "a small figure above": ("document", first("<w:rPr>", '<w:rPr><w:vertAlign w:val="superscript"/>')),
    "letters without filling": ("document", first("<w:rPr>", "<w:rPr><w14:textFill xmlns:w14='x'/>")),
    "another file brought in": ("document", first("<w:p>", "<w:altChunk/><w:p>")),
}


def reworded(word: Path, target: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(word) as source, zipfile.ZipFile(target, "w") as made:
        for one in source.infolist():
            data = source.read(one)
            if one.filename == f"word/{part}.xml":
                data = change(data.decode()).encode()
            made.writestr(one, data)
    return target


@pytest.mark.parametrize("what", IN_WORD)
def test_what_a_word_file_shows_otherwise_is_named(tmp_path: Path, word_file: Path, what: str) -> None:
    forged = reworded(word_file, tmp_path / "改.docx", *IN_WORD[what])
    found = verifying.verify_document(FIRST, forged)
    assert not found.stands, found.lines


def test_another_picture_and_other_words_at_the_foot_of_a_word_file_are_named(tmp_path: Path) -> None:
    word = exported(FIRST, tmp_path / "甲.docx")
    for part, data, words in (
        ("word/media/", picture("red"), "图片与定稿的不同"),
        ("word/footer", None, "页眉、页脚或脚注"),
    ):
        with zipfile.ZipFile(word) as source, zipfile.ZipFile(tmp_path / "改.docx", "w") as made:
            for one in source.infolist():
                old = source.read(one)
                if one.filename.startswith(part):
                    old = data or old.replace(b"</w:p>", b"<w:r><w:t>99</w:t></w:r></w:p>", 1)
                made.writestr(one, old)
        found = verifying.verify_document(FIRST, tmp_path / "改.docx")
        assert not found.stands
        assert words in "".join(found.lines)


def test_all_of_it_stands_as_we_make_it(tmp_path: Path) -> None:
    assert date(2026, 1, 9) == DAY
    for suffix in (".pdf", ".docx"):
        found = verifying.verify_document(FIRST, exported(FIRST, tmp_path / f"甲{suffix}"))
        assert (found.stands, len(found.lines)) == (True, 2)
