"""Fonts: the bundled set covers Chinese, the resolver keeps its order, licences are respected, PDFs can be searched."""

import contextlib
import io
import os
import shutil
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTCollection, TTFont
from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

from app import paths
from app.typesetting import font_files, fonts, reportlab_fixes
from app.typesetting.fonts import Faces, Role

HOME = paths.resources() / "fonts"
CHINESE = [Role.TITLE, Role.HEADING1, Role.HEADING2, Role.BODY, Role.SONG]
RARE_IN_NAMES = "㛃𬭎䶮𫖮鿍"
GENERAL_STANDARD = (HOME / "sources" / "tongyong_8105.txt").read_text("utf-8").strip()


def gb2312() -> str:
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


@pytest.fixture(scope="module")
def bundled() -> Faces:
    return Faces.bundled()


@pytest.fixture
def place(tmp_path: Path):
    """Lays a small face of a given name into a folder: place("本机", "simfang.ttf", "仿宋", fsType=2)."""

    def lay(folder: str, file: str, name: str, source: str = "NianbaoSymbols.ttf", **os2: int) -> Path:
        font = TTFont(HOME / source)
        postscript = name if name.isascii() else Path(file).stem
        for kind, text in ((1, name), (4, name), (6, postscript)):
            for record in font["name"].names:
                if record.nameID == kind:
                    record.string = postscript if record.platformID == 1 else text
        for field, value in os2.items():
            setattr(font["OS/2"], field, value)
        path = tmp_path / folder / file
        path.parent.mkdir(exist_ok=True)
        font.save(path)
        return path

    return lay


def look(tmp_path: Path) -> Faces:
    for folder in ("字体夹", "本机"):
        (tmp_path / folder).mkdir(exist_ok=True)
    return Faces.of_this_computer(tmp_path / "字体夹", [tmp_path / "本机"])


def row(faces: Faces, role: Role) -> fonts.FaceRow:
    return faces.report()[list(Role).index(role)]


# ---- the bundled set --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", CHINESE)
def test_every_character_of_gb2312_and_of_the_general_standard_has_a_face(bundled: Faces, role: Role) -> None:
    assert len(gb2312()) == 6763
    assert len(GENERAL_STANDARD) == 8105
    assert [char for char in gb2312() + GENERAL_STANDARD if bundled.face_of(role, char) is None] == []


@pytest.mark.parametrize("role", CHINESE)
@pytest.mark.parametrize("char", RARE_IN_NAMES)
def test_rare_characters_of_names_are_one_em_wide_in_every_role(
    bundled: Faces, role: Role, char: str
) -> None:
    font, width = bundled.pick(role, char)
    assert width == 1.0
    assert font != "FandolFang-Regular"


@pytest.mark.parametrize("role", CHINESE)
def test_chinese_punctuation_is_one_em_wide(bundled: Faces, role: Role) -> None:
    marks = "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·　％～－／①②⑩Ⅰ㎡℃‰※§→↑×÷±√"
    assert {mark: bundled.pick(role, mark)[1] for mark in marks} == dict.fromkeys(marks, 1.0)


def test_marks_that_fandol_fang_draws_too_heavily_come_from_the_light_face(bundled: Faces) -> None:
    assert {bundled.pick(Role.BODY, mark)[0] for mark in "“”‘’—…·《》〈〉"} == {"NotoSerifSC-ExtraLight"}
    assert {bundled.pick(Role.BODY, char)[0] for char in "根据，。（）"} == {"FandolFang-Regular"}


@pytest.mark.slow
def test_two_dashes_are_one_unbroken_stroke() -> None:
    for file in ("NotoSansSC-Medium", "NotoSerifSC-Bold", "NotoSerifSC-Light", "NotoSerifSC-ExtraLight"):
        font = TTFont(HOME / f"{file}.ttf", lazy=True)
        dash = font["glyf"][font.getBestCmap()[0x2014]]
        assert (dash.xMin, dash.xMax) == (0, font["head"].unitsPerEm)


def test_letters_and_digits_are_latin_in_text_and_the_faces_own_in_titles(bundled: Faces) -> None:
    for role in (Role.BODY, Role.HEADING2, Role.SONG, Role.LATIN):
        assert {bundled.pick(role, char)[0] for char in "2024ahttp://é"} == {"LiberationSerif-Regular"}
    assert bundled.pick(Role.BODY, "0")[1] == 0.5
    assert bundled.pick(Role.TITLE, "2")[0] == "NotoSerifSC-Bold"
    assert bundled.pick(Role.HEADING1, "2")[0] == "NotoSansSC-Medium"


def test_a_character_without_a_face_is_named_and_control_characters_are_not(bundled: Faces) -> None:
    assert bundled.missing("政务\ue000公开ก☑√😀\u200b\t\n\ud800\ufe0f") == {"\ue000", "ก"}
    assert bundled.pick(Role.BODY, "\ue000") == ("FandolFang-Regular", 1.0)
    assert bundled.pick(Role.BODY, "\u200b")[1] == 0.0


def test_the_bundled_faces_do_not_depend_on_the_computer(bundled: Faces) -> None:
    assert {face.origin for role in Role for face in bundled.chain(role)} == {"随程序"}
    assert all(face.path.is_relative_to(HOME) for role in Role for face in bundled.chain(role))


def test_the_faces_behind_the_font_names_can_be_told(bundled: Faces) -> None:
    names = {bundled.pick(Role.BODY, char)[0] for char in "年报2024“”"}
    told = [face.name for face in bundled.named(names)]
    assert told == ["Fandol 仿宋", "Liberation Serif", "思源宋体 ExtraLight（Noto Serif SC）"]


# ---- licences ---------------------------------------------------------------------------------------------------


def test_every_bundled_face_is_declared_described_and_embeddable() -> None:
    files = sorted(path.name for path in HOME.glob("*.ttf"))
    readme = (HOME / "README.md").read_text("utf-8")
    assert files == sorted(fonts.declaration().bundled)
    assert [file for file in files if file not in readme] == []
    assert [file for file in files if font_files.look_into(HOME / file)[0].refusal] == []
    assert sum((HOME / file).stat().st_size for file in files) < 36e6


def test_every_licence_is_there_in_full() -> None:
    texts = {path.name: path.read_text("utf-8", "replace") for path in (HOME / "LICENSES").iterdir()}
    assert "GNU GENERAL PUBLIC LICENSE" in texts["Fandol-GPL-3-font-exception.txt"]
    assert "As a special exception" in texts["Fandol-GPL-3-font-exception.txt"]
    assert all("SIL OPEN FONT LICENSE" in text.upper() for name, text in texts.items() if "OFL" in name)
    assert "Bitstream" in texts["DejaVu.txt"]
    assert len(texts) == 5


def test_changed_faces_say_so_and_bear_no_reserved_name() -> None:
    for path in HOME.glob("*.ttf"):
        names = TTFont(path, lazy=True)["name"]
        note, family = names.getDebugName(10) or "", names.getDebugName(4)
        if path.name == "LiberationSerif-Regular.ttf":
            assert "Modified" not in note
        else:
            assert note.startswith("Modified for")
            assert not any(reserved in family for reserved in ("Source", "Liberation", "Bitstream", "Vera"))


# ---- finding ----------------------------------------------------------------------------------------------------


def test_the_users_folder_wins_over_the_computer_and_the_computer_over_the_bundled_set(
    tmp_path, place
) -> None:
    place("字体夹", "ZhuqueFangsong-Regular.ttf", "Zhuque Fangsong (technical preview)")
    place("本机", "simfang.ttf", "仿宋")
    place("本机", "仿宋_GB2312.ttf", "仿宋_GB2312")
    chain = look(tmp_path).chain(Role.BODY)
    assert [(face.name, face.origin) for face in chain[:4]] == [
        ("朱雀仿宋", "用户字体夹"),
        ("仿宋_GB2312", "本机"),
        ("仿宋", "本机"),
        ("Fandol 仿宋", "随程序"),
    ]


@pytest.mark.parametrize(
    ("file", "name", "role", "known_as"),
    [
        ("FZXBSJW.TTF", "FZXiaoBiaoSong-B05S", Role.TITLE, "方正小标宋简体"),
        ("fzxbsk.ttf", "方正小标宋_GBK", Role.TITLE, "方正小标宋_GBK"),
        ("SIMHEI.TTF", "SimHei", Role.HEADING1, "黑体"),
        ("simkai.ttf", "KaiTi", Role.HEADING2, "楷体"),
        ("kt_GB2312.ttf", "楷体_GB2312", Role.HEADING2, "楷体_GB2312"),
        ("simfang.ttf", "FangSong", Role.BODY, "仿宋"),
        ("FZFSK.TTF", "方正仿宋_GBK", Role.BODY, "方正仿宋_GBK"),
        ("FZSSK.TTF", "FZShuSong-Z01", Role.SONG, "方正书宋_GBK"),
        ("times.ttf", "Times New Roman", Role.LATIN, "Times New Roman"),
    ],
)
def test_a_face_is_known_under_its_several_names(tmp_path, place, file, name, role, known_as) -> None:
    place("本机", file, name)
    first = look(tmp_path).chain(role)[0]
    assert (first.name, first.origin, first.path.name) == (known_as, "本机", file)


def test_a_bold_cut_of_the_family_is_not_taken_for_it(tmp_path, place) -> None:
    path = place("本机", "timesbd.ttf", "Times New Roman", fsSelection=0x20)
    font = TTFont(path)
    for record in font["name"].names:
        if record.nameID in (4, 6):
            record.string = "TimesNewRomanPS-BoldMT"
    font.save(path)
    assert look(tmp_path).chain(Role.LATIN)[0].name == "Liberation Serif"


def test_an_unlisted_face_in_the_users_folder_is_known_by_a_telling_word(tmp_path, place) -> None:
    place("字体夹", "某某仿宋体.ttf", "某某仿宋体")
    place("字体夹", "anything.ttf", "Anything")
    faces = look(tmp_path)
    assert faces.chain(Role.BODY)[0].name == "某某仿宋体"
    assert "anything.ttf：认不出是仿宋、楷体、黑体、宋体还是小标宋，没有使用" in faces.report()[-1].skipped


def test_files_of_the_computer_with_other_names_are_not_even_opened(tmp_path, place, monkeypatch) -> None:
    opened = []
    really = font_files.look_into
    monkeypatch.setattr(font_files, "look_into", lambda path: opened.append(path.name) or really(path))
    place("本机", "Arial.ttf", "Arial")
    place("本机", "simhei.ttf", "黑体")
    look(tmp_path)
    assert opened == ["simhei.ttf"]


def test_font_folders_are_filled_from_the_environment_and_the_disk(tmp_path, monkeypatch) -> None:
    (tmp_path / "apps" / "wps" / "fonts").mkdir(parents=True)
    monkeypatch.setenv("NIANBAO_TEST", str(tmp_path))
    monkeypatch.delenv("NIANBAO_UNSET", raising=False)
    patterns = ["${NIANBAO_TEST}/apps/*/fonts", "${NIANBAO_TEST}/none", "${NIANBAO_UNSET}/fonts"]
    assert font_files.computer_folders(patterns, patterns) == [tmp_path / "apps" / "wps" / "fonts"]


def test_windows_tells_the_files_of_its_faces(monkeypatch) -> None:
    values = [("方正小标宋简体 (TrueType)", "/x/0815.TTF"), ("SimSun & NSimSun (TrueType)", "/x/simsun.ttc")]
    values += [("Arial (TrueType)", "/x/arial.ttf"), ("SimHei (Type 1)", "/x/simhei.pfm")]
    fake = types.SimpleNamespace(
        HKEY_LOCAL_MACHINE=0,
        HKEY_CURRENT_USER=1,
        OpenKey=lambda hive, key: contextlib.nullcontext(hive),
        QueryInfoKey=lambda hive: (0, len(values) if hive == 0 else 0, 0),
        EnumValue=lambda hive, number: (*values[number], 1),
    )
    monkeypatch.setitem(sys.modules, "winreg", fake)
    monkeypatch.setattr(font_files.sys, "platform", "win32")
    found = font_files.registered_with_windows(fonts._ranks())
    assert [path.name for path in found] == ["0815.TTF", "simsun.ttc"]


def test_a_face_within_a_collection_is_found_by_its_own_name(tmp_path, place) -> None:
    new = place("本机", "a.ttf", "NSimSun")
    plain = place("本机", "b.ttf", "SimSun")
    collection = TTCollection()
    collection.fonts = [TTFont(new), TTFont(plain)]
    collection.save(tmp_path / "本机" / "simsun.ttc")
    first = (faces := look(tmp_path)).chain(Role.SONG)[0]
    assert (first.name, first.path.name, first.subfont_index) == ("宋体", "simsun.ttc", 1)
    assert faces.face_of(Role.SONG, "✓") == first


def test_a_character_the_first_face_lacks_falls_through_the_chain(tmp_path, place) -> None:
    place("本机", "simfang.ttf", "仿宋")
    faces = look(tmp_path)
    assert faces.face_of(Role.BODY, "☑").name == "仿宋"
    assert faces.face_of(Role.BODY, "政").name == "Fandol 仿宋"
    assert faces.face_of(Role.BODY, "鿍").name == "思源宋体 ExtraLight（Noto Serif SC）"


# ---- what must not or cannot be used ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("permission", "reason"),
    [(0x0002, "不许嵌入文档"), (0x0108, "不许取子集"), (0x0200, "只许嵌入点阵")],
)
def test_a_face_whose_maker_forbids_it_is_not_embedded(tmp_path, place, permission, reason) -> None:
    place("本机", "simfang.ttf", "仿宋", fsType=permission)
    answer = row(look(tmp_path), Role.BODY)
    assert answer.used == "Fandol 仿宋"
    assert answer.skipped[0].startswith("仿宋（simfang.ttf）")
    assert reason in answer.skipped[0]


@pytest.mark.parametrize("permission", [0x0000, 0x0004, 0x0008])
def test_a_face_that_may_be_embedded_is_used(tmp_path, place, permission) -> None:
    place("本机", "simfang.ttf", "仿宋", fsType=permission)
    assert row(look(tmp_path), Role.BODY).used == "仿宋"


def test_cff_outlines_are_passed_over_with_a_reason(tmp_path, place) -> None:
    path = place("字体夹", "方正小标宋简体.ttf", "方正小标宋简体")
    path.write_bytes(b"OTTO" + path.read_bytes()[4:])
    answer = row(look(tmp_path), Role.TITLE)
    assert answer.origin == "随程序"
    assert "OpenType（CFF）" in answer.skipped[0]


def test_damaged_files_are_passed_over_with_a_reason(tmp_path, place) -> None:
    place("字体夹", "空.ttf", "空").write_bytes(b"")
    half = place("字体夹", "simkai.ttf", "楷体")
    names_only = TTFont(half)
    del names_only["hmtx"]
    names_only.save(half, reorderTables=None)
    faces = look(tmp_path)
    assert faces.face_of(Role.HEADING2, "✓").origin == "随程序"
    assert row(faces, Role.HEADING2).skipped == ("楷体（simkai.ttf）字体文件缺少 hmtx 表",)
    assert faces.report()[-1].skipped == ("空.ttf：文件无法读取或不是字体",)


@pytest.mark.parametrize("length", [3, 40, 400, 5_000, 200_000])
def test_a_file_cut_off_anywhere_never_breaks_the_program(tmp_path, place, length) -> None:
    path = place("字体夹", "simkai.ttf", "楷体")
    path.write_bytes(path.read_bytes()[:length])
    faces = look(tmp_path)
    assert len(faces.report()) >= len(Role)
    assert faces.pick(Role.HEADING2, "楷")[1] == 1.0


# ---- what is told -----------------------------------------------------------------------------------------------


def test_the_report_names_every_role_and_says_when_a_face_stands_in(tmp_path, place) -> None:
    place("本机", "simhei.ttf", "黑体")
    rows = look(tmp_path).report()
    assert [(one.role, one.wanted) for one in rows] == [
        ("标题（小标宋）", "方正小标宋简体"),
        ("一级标题（黑体）", "黑体"),
        ("二级标题（楷体）", "楷体_GB2312"),
        ("正文（仿宋）", "仿宋_GB2312"),
        ("页码、表格（宋体）", "宋体"),
        ("字母、数字", "Times New Roman"),
    ]
    assert (rows[1].used, rows[1].origin, rows[1].file, rows[1].hint) == ("黑体", "本机", "simhei.ttf", "")
    assert all(one.hint.endswith("。") for one in rows if one.origin == "随程序")
    assert "朱雀仿宋" in rows[3].hint


@pytest.mark.parametrize(
    ("role", "latin", "east_asian"),
    [
        (Role.TITLE, "方正小标宋简体", "方正小标宋简体"),
        (Role.HEADING1, "黑体", "黑体"),
        (Role.HEADING2, "Times New Roman", "楷体_GB2312"),
        (Role.BODY, "Times New Roman", "仿宋_GB2312"),
        (Role.SONG, "宋体", "宋体"),
    ],
)
def test_word_styles_name_the_official_faces(role: Role, latin: str, east_asian: str) -> None:
    assert fonts.word_names(role) == fonts.WordNames(latin, east_asian)


# ---- reportlab --------------------------------------------------------------------------------------------------


def drawn(faces: Faces, role: Role, text: str) -> bytes:
    """A one-line PDF of a text."""
    picked = [(char, *faces.pick(role, char)) for char in text]
    faces.register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=picked[0][1])
    place = 40.0
    for char, font, width in picked:
        canvas.setFont(font, 16)
        canvas.drawString(place, 700, char)
        place += width * 16
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("role", CHINESE)
def test_rare_characters_can_be_copied_from_the_pdf(bundled: Faces, role: Role) -> None:
    text = f"鿍嘉镇{RARE_IN_NAMES}年报2024“公开”——㎡😀"
    document = pypdfium2.PdfDocument(drawn(bundled, role, text))
    assert document[0].get_textpage().get_text_range().strip() == text


def test_two_pdfs_may_be_written_at_the_same_time(bundled: Faces) -> None:
    texts = [gb2312()[start : start + 600] for start in range(0, 4800, 600)]
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda text: drawn(bundled, Role.BODY, text), texts))
    for text, pdf in zip(texts, written, strict=True):
        copied = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
        assert set(copied) - {"\r", "\n"} == set(text)


def test_the_unicode_map_leaves_out_nothing_characters_and_keeps_blocks_short() -> None:
    characters = [chr(code) for code in (0xFEFF, 0x2CB4E, *range(0x4E00, 0x4EF0))]
    written = reportlab_fixes.unicode_map(characters).splitlines()
    assert "<0002> <D872DF4E>" in written
    assert not any(line.startswith("<0001>") for line in written)
    assert [int(line.split()[0]) for line in written if line.endswith("beginbfchar")] == [100, 100, 41]


def test_two_faces_with_one_postscript_name_stay_two(tmp_path, place) -> None:
    first = place("字体夹", "simfang.ttf", "FangSong")
    second = tmp_path / "本机" / "simfang.ttf"
    second.parent.mkdir()
    shutil.copyfile(first, second)
    faces = look(tmp_path)
    mine, theirs = (fonts._load(face.path, 0) for face in faces.chain(Role.BODY)[:2])
    assert mine.fontName != theirs.fontName
    assert bytes(mine.face.name) != bytes(theirs.face.name)


@pytest.mark.parametrize(
    "file", ["LiberationSerif-Regular.ttf", "NianbaoSymbols.ttf", "FandolFang-Regular.ttf"]
)
def test_the_quick_reader_reads_what_reportlab_reads(file: str) -> None:
    quick, slow = reportlab_fixes.QuickFace(HOME / file, 0), ttfonts.TTFontFace(str(HOME / file))
    assert quick.charToGlyph == {char: glyph for char, glyph in slow.charToGlyph.items() if glyph}
    assert quick.charWidths == pytest.approx({char: slow.charWidths[char] for char in quick.charToGlyph})
    assert [quick.hmetrics[glyph] for glyph in range(quick.numGlyphs)] == slow.hmetrics
    assert list(quick.glyphPos) == slow.glyphPos
    assert (quick.defaultWidth, quick.bbox, quick.name) == (slow.defaultWidth, slow.bbox, slow.name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_named_like_a_font_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "甲.ttf")
    with pytest.raises(font_files.FontError):
        font_files.look_into(tmp_path / "甲.ttf")
