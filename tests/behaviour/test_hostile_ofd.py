"""An OFD made to do harm: parts that point outside, links, bombs, circles, entities, numbers without end. Read or refused, at once."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

from app.documents.blocks import Paragraph
from app.errors import UserError
from app.importing.readers import ofd_reader
from app.importing.readers.ofd_reader import read_ofd
from tests.importing.readers.test_ofd_reader import LINE, SPACE, ofd, text

SECRET = "机密文字一二三四五六七八九十机密文字一二三四五六七八九十"
GOOD = text(30, 30, LINE)
_HEAD = f"<ofd:Document {SPACE}><ofd:Pages>%s</ofd:Pages></ofd:Document>"


def package(parts: dict[str, str | bytes], *links: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o120777 if name in links else 0o100644) << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def page(drawn: str) -> str:
    return f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content></ofd:Page>"


def root(document: str = "Doc_0/Document.xml") -> str:
    return f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>{document}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def of_pages(*places: str, **parts: str | bytes) -> dict[str, str | bytes]:
    listed = "".join(f'<ofd:Page BaseLoc="{place}"/>' for place in places)
    return {"OFD.xml": root(), "Doc_0/Document.xml": _HEAD % listed, **parts}


def entity(words: str) -> str:
    return f"<!DOCTYPE x [{words}]>"


def hostile(folder) -> dict[str, Callable[[], bytes]]:
    outside = folder / "secret.xml"
    outside.write_text(page(text(30, 30, SECRET)), encoding="utf-8")
    up = "../" * 30 + str(outside).lstrip("/")
    link = {"Doc_0/p.xml": str(outside)}
    good = {"Doc_0/g.xml": page(GOOD)}
    bomb = b"<a>" + b" " * 60_000_000 + b"</a>"
    big = f'<!ENTITY a "{SECRET}">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    huge = GOOD.replace('Boundary="30 30 160 7"', 'Boundary="1e308 -1e308 9e99 1e400"')
    return {
        "a page above": lambda: package(of_pages(up, "g.xml", **good)),
        "a page from the root of the disk": lambda: package(of_pages(str(outside), "g.xml", **good)),
        "a page at an address": lambda: package(
            of_pages(f"file://{outside}", "http://[::1]/p", "g.xml", **good)
        ),
        "an entry above": lambda: package({**of_pages("g.xml", **good), "../../../tmp/x": "x", up: "x"}),
        "a document above": lambda: package({"OFD.xml": root(up), **good}),
        "a link as an entry": lambda: package(of_pages("p.xml", "g.xml", **good, **link), *link),
        "a link as the document": lambda: package(
            {"OFD.xml": root(), "Doc_0/Document.xml": up}, "Doc_0/Document.xml"
        ),
        "a page that is the document": lambda: package(
            of_pages("Document.xml", "../OFD.xml", "g.xml", **good)
        ),
        "one page two hundred times": lambda: package(of_pages(*["g.xml"] * 200, **good)),
        "a thousand pages": lambda: package(of_pages(*["g.xml"] * 1000, **good)),
        "a template that is the page": lambda: package(
            {
                "OFD.xml": root(),
                "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>"
                '<ofd:TemplatePage ID="1" BaseLoc="p.xml"/></ofd:CommonData><ofd:Pages><ofd:Page BaseLoc="p.xml"/>'
                "</ofd:Pages></ofd:Document>",
                "Doc_0/p.xml": page(GOOD).replace(
                    "<ofd:Content>", '<ofd:Template TemplateID="1"/>' * 5000 + "<ofd:Content>"
                ),
            }
        ),
        "a document that is its own root": lambda: package({"OFD.xml": root("OFD.xml") + ""}),
        "a bomb as a page": lambda: package(of_pages("p.xml", "g.xml", **good, **{"Doc_0/p.xml": bomb})),
        "an outside entity": lambda: package(
            of_pages(
                "p.xml", **{"Doc_0/p.xml": entity(f'<!ENTITY e SYSTEM "file://{outside}">') + page("&e;")}
            )
        ),
        "an outside grammar": lambda: package(
            {"OFD.xml": f'<!DOCTYPE x SYSTEM "file://{outside}">' + root(), **good}
        ),
        "a thousand million laughs": lambda: package(
            of_pages("p.xml", **{"Doc_0/p.xml": entity(big) + page("&j;")})
        ),
        "places without end": lambda: ofd(huge + GOOD),
        "numbers of 400 digits": lambda: ofd(GOOD.replace("160", "9" * 400) + GOOD),
        "a page as large as the world": lambda: ofd(GOOD).replace(b"0 0 210 297", b"0 0 1e9 1e9"),
        "steps without end": lambda: ofd(text(30, 30, LINE, "g 999999999 999999999 " * 1000) + GOOD),
        "a matrix without measure": lambda: ofd(
            GOOD.replace('Size="5"', 'Size="1e300" CTM="1e300 nan inf 1 0 0"') + GOOD
        ),
        "a path of a million corners": lambda: ofd(
            '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>'
            + "L 1 1 " * 300_000
            + "</ofd:AbbreviatedData></ofd:PathObject>"
            + GOOD
        ),
        "a text of a million signs": lambda: ofd(text(0, 0, "一" * 1_000_000, "0") + GOOD),
        "elements five thousand deep": lambda: ofd(
            "<ofd:PageBlock>" * 5000 + GOOD + "</ofd:PageBlock>" * 5000
        ),
    }


# the same on every page, so it is taken for a head; more than a page has room for, so it ends before the good line
WITHOUT_THE_LINE = {"one page two hundred times", "a text of a million signs"}
REFUSED = {
    "a document above",
    "a link as an entry",
    "a link as the document",
    "a thousand pages",
    "a document that is its own root",
    "a bomb as a page",
    "an outside entity",
    "an outside grammar",
    "a thousand million laughs",
    "elements five thousand deep",
}


def test_it_is_read_or_refused_and_nothing_outside_is_opened(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(ofd_reader, "_SECONDS", 60.0)  # a busy computer refuses what needs a moment
    for name, make in hostile(tmp_path).items():
        data = make()
        tracemalloc.start()
        start, words = time.process_time(), ""
        try:
            words = "".join(one.text for one in read_ofd(data) if isinstance(one, Paragraph))
            refused = False
        except UserError as error:
            refused = bool(error.what and error.what_to_do)
            words = error.what
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert refused is (name in REFUSED), (name, words)
        assert SECRET[:6] not in words, name
        assert refused or LINE[:10] in words or name in WITHOUT_THE_LINE, name
        assert time.process_time() - start < 15, name  # while every allocation is traced
        assert peak < 300_000_000, name
