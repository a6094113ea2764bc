"""The scenes of writing and of findings: parts put in, notes, last year beside, helpers, explanations."""

import io
from datetime import date
from typing import Any

from PIL import Image, ImageDraw

from app.report import pictures
from app.report.aspects import treated
from app.report.edits import shown
from app.texts.typography import HELPERS
from ui.findings.explain_dialog import ExplainDialog
from ui.kit.edits_dialog import Choice, EditsDialog
from ui.narrative.picture_dialog import CaptionDialog
from ui.state.controller import Controller
from ui.window.main_window import MainWindow

REASON = "已与司法所核对，数字属实，变化原因是文件清理"


def writing(shots: Any, controller: Controller, window: MainWindow) -> None:
    """Last year's text with the differences, a part put in, the note, a picture, the helpers; all taken back at the end."""
    document, before = controller.document, controller.document.report
    window.go_to("overview")
    editor = window.page.editor
    text = before.narrative("overview")
    missing = editor._aspects[2]
    places = treated(text, editor._aspects)
    at, following = (places[one.key] for one in editor._aspects[2:4])
    document.set_narrative("overview", (text[:at] + text[following:]).replace("，", ",", 2))
    editor.help.insert_part(missing.key)
    editor.help.bind([one for one in editor.help.offers() if one.agrees])
    for tab, scene in (("last", "beside_last_year"), ("note", "note"), ("checks", "checks")):
        window.panel.open(tab)
        shots.take(f"overview_{scene}", window, 600)
    window.panel.fold()
    shots.take("overview_folded", window, 600)
    window.panel.open("last")
    data = _picture()
    document.change("插入图片", pictures.with_picture(document.report, data, "overview", "图1 示意图", 1))
    shots.take("overview_with_picture", window, 600)
    shots.dialog("caption", lambda: CaptionDialog(data, "图1 示意图", window))
    text = document.report.narrative("overview")
    helper = HELPERS[0]
    choices = [Choice("　→　".join(shown(text, edit))) for edit in helper.find(text)]
    shots.dialog("tidy", lambda: EditsDialog(helper.name, choices, window))
    for name, button in (
        ("insert_menu", editor.tools.insert_button),
        ("tidy_menu", editor.tools.tidy_button),
    ):
        menu = button.menu()
        menu.aboutToShow.emit()
        shots.take(name, menu)
    window.finder.open(with_replacing=True)
    window.finder.window.wanted.setText("政府信息")
    window.finder.window.step(1)
    shots.take("find", window.finder.window)
    window.finder.window.close()
    document.change("复原", before)


def explaining(shots: Any, controller: Controller, window: MainWindow) -> None:
    """Some findings explained: the list with them folded and open, the question."""
    document, before = controller.document, controller.document.report
    shots.dialog("explain", lambda: ExplainDialog(document.findings[-1], "", window))
    for finding in document.findings[1:4]:
        document.explain(finding, REASON, date(2026, 1, 9))
    window.go_to("review_all")
    shots.take("review_all_explained", window)
    window.page.panel._toggle()
    shots.take("review_all_explained_open", window)
    document.change("复原", before)


def _picture() -> bytes:
    stream = io.BytesIO()
    image = Image.new("RGB", (640, 320), "white")
    draw = ImageDraw.Draw(image)
    for number, height in enumerate((120, 220, 80, 180)):
        draw.rectangle([80 + number * 130, 280 - height, 150 + number * 130, 280], fill="#1f5fa8")
    image.save(stream, "PNG")
    return stream.getvalue()
