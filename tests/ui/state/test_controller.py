"""Who may change the open report, and who may open, save and export: the list to which the controller's first lines refer."""

import ast
from pathlib import Path

from app.session.document import ReportDocument
from app.session.import_review import ImportReview
from tests.places import PROJECT

# What only looks at a document, or is told of it by whoever saves it. Every other method changes something.
LOOKS = {"fills_blanks", "look", "subscribe", "twin", "state", "count", "spot", "cell_at", "words"}
CHANGES = {
    name
    for kind in (ReportDocument, ImportReview)
    for name, made in vars(kind).items()
    if callable(made) and not name.startswith("_") and name not in LOOKS
} | {"brought_back"}  # app.session.versions

# Who in ui/ changes the open report through its named methods, so that undo, 定稿 and the checks follow; and what for.
MAY_CHANGE = {
    "ui/state/controller.py": "undo and redo, repairs and explanations of findings, what stands unread",
    "ui/files/collect_dialog.py": "what units gave in their 收数表",
    "ui/files/file_actions.py": "last year's report laid beside",
    "ui/files/import_dialog.py": "doubtful cells of an import confirmed: a document of its own",
    "ui/files/versions_dialog.py": "an earlier version brought back",
    "ui/narrative/counts_dialog.py": "各类数量",
    "ui/narrative/editor.py": "what is typed, 待更新 confirmed",
    "ui/narrative/find_window.py": "替换",
    "ui/narrative/help.py": "paragraphs put in, numbers bound, typography",
    "ui/narrative/picture_dialog.py": "pictures and charts",
    "ui/pages/agency.py": "单位信息, 落款",
    "ui/pages/export_looks.py": "版式",
    "ui/pages/attachments_dialog.py": "附件",
    "ui/pages/narrative.py": "信息处理费",
    "ui/pages/renamed.py": "old names of the unit",
    "ui/pages/year_dialog.py": "of which year the report is",
    "ui/printing/page_settings_dialog.py": "版面设置",
    "ui/printing/print_dialog.py": "the 送审稿 that was printed, to lay later ones over",
    "ui/register/clipboard.py": "申请登记 pasted",
    "ui/register/model.py": "申请登记 typed",
    "ui/register/sheet.py": "申请登记 read from a file",
    "ui/signoff/sign_off_actions.py": "送审, 签发, 定稿, a new version",
    "ui/tables/cell_actions.py": "cells pasted, cleared, filled",
    "ui/tables/proposal_view.py": "what was proposed for a table",
    "ui/tables/table_model.py": "cells typed",
    "ui/tables/table_panel.py": "a table cleared, a repair shown before it is made",
}
# Who in ui/ calls app.session.session by itself: everybody else asks the controller to open, save and export.
MAY_ASK_SESSION = {
    "ui/state/controller.py": "opens, saves, exports",
    "ui/state/autosaving.py": "keeps what is not saved",
    "ui/files/versions_dialog.py": "an earlier version as a document, to print it",
    "ui/pages/export.py": "whether the report is a draft",
    "ui/pages/export_signing.py": "a certificate and its password",
    "ui/pages/sign_off.py": "whether the report is a draft",
    "ui/printing/page_settings_dialog.py": "whether the pages are a draft's",
    "ui/printing/printing_items.py": "the pages to print, from a twin",
    "ui/signoff/sign_off_actions.py": "whether the report is a draft",
}


def files() -> list[tuple[str, ast.AST]]:
    return [
        (path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in sorted((PROJECT / "ui").rglob("*.py"))
    ]


def changes_in(tree: ast.AST) -> set[str]:
    """The changing methods that a file calls, or hands on, of anything that is named document or review."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CHANGES:
            of = ast.unparse(node.value).rpartition(".")[2].lstrip("_")
            if of in ("document", "review", "versions"):
                found.add(node.attr)
    return found


def asks_session(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (
            node.module == "app.session.session"
            or (node.module == "app.session" and any(one.name == "session" for one in node.names))
        )
        for node in ast.walk(tree)
    )


def test_who_changes_the_open_report_is_on_the_list():
    found = {name for name, tree in files() if changes_in(tree)}
    assert sorted(found - MAY_CHANGE.keys()) == [], (
        "changes the open report: let one that is on the list do it, or add it to MAY_CHANGE with what it changes"
    )
    assert sorted(MAY_CHANGE.keys() - found) == [], "changes nothing any more: take it off MAY_CHANGE"


def test_who_opens_and_saves_by_himself_is_on_the_list():
    found = {name for name, tree in files() if asks_session(tree)}
    assert sorted(found - MAY_ASK_SESSION.keys()) == [], (
        "asks app.session.session by itself: ask the controller, or add it to MAY_ASK_SESSION with what for"
    )
    assert sorted(MAY_ASK_SESSION.keys() - found) == [], "asks nothing any more: take it off MAY_ASK_SESSION"


def test_only_the_controller_says_which_report_is_open_and_saves_it():
    """Elsewhere the session is asked what does not touch a file of the clerk's."""
    doors = {"open_report", "new_from", "new_blank", "document_of", "save", "export", "close", "recover"}
    elsewhere = {
        (name, node.attr)
        for name, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in doors
        and ast.unparse(node.value) == "session"
        and name != "ui/state/controller.py"
    }
    assert elsewhere == set()


def test_a_change_that_is_handed_on_or_made_under_another_name_is_seen():
    code = "self.controller._document.undo\nreview.set_values({}, '')\nother.set_values({}, '')"
    assert changes_in(ast.parse(code)) == {"undo", "set_values"}
    assert changes_in(ast.parse("document.twin().report")) == set()
    assert asks_session(ast.parse("def f():\n    from app.session import example, session"))
    assert not asks_session(ast.parse("from app.session import example"))
    assert {"change", "put", "set_values", "confirm", "confirm_suggestion"} <= CHANGES


def test_the_list_names_files_that_are_there():
    assert all(Path(PROJECT / name).is_file() for name in (*MAY_CHANGE, *MAY_ASK_SESSION))
