"""What every command of the window does: one line a command, by the keys of `actions.COMMANDS`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.files.file_actions import FileActions
from ui.kit.palette import SIZES
from ui.narrative.find_window import Finder
from ui.panel.side_panel import SidePanel
from ui.state.controller import Controller
from ui.state.section_states import EXPORT, REVIEW
from ui.window.actions import COMMANDS
from ui.window.navigation import Navigation


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands of a window work with."""

    window: QWidget  # in front of every question
    controller: Controller
    files: FileActions
    navigation: Navigation
    finder: Finder
    panel: SidePanel
    switch: Callable[[str], object]  # a command that is on or off was chosen
    set_type_size: Callable[[int], object]


def commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """A command is added here, in `actions.COMMANDS`, and nowhere else."""
    files, controller, navigation = parts.files, parts.controller, parts.navigation
    window, go = parts.window, parts.navigation.go_to
    return {
        "from_last_year": files.from_last_year,
        "blank": files.blank,
        "open": files.open,
        "save": files.save,
        "save_as": files.save_as,
        "export": lambda: go(EXPORT),
        "page_settings": lambda: _page_settings(parts),
        "print": lambda: _print(parts),
        "copy_text": lambda: _copy_text(parts),
        "redline": lambda: _redline(parts),
        "edited_copy": files.read_edited_copy,
        "collect": lambda: _collect(parts),
        "rollup": lambda: _rollup(parts),
        "versions": lambda: _versions(parts),
        "settings": lambda: _settings(parts),
        "close_report": files.close_report,
        "quit": window.close,
        "undo": controller.undo,
        "redo": controller.redo,
        **{name: partial(on_focus, name) for name in ("cut", "copy", "paste")},
        "select_all": partial(on_focus, "selectAll"),
        "find": parts.finder.open,
        "replace": lambda: parts.finder.open(with_replacing=True),
        "previous": lambda: navigation.step(-1),
        "next": lambda: navigation.step(1),
        "go_to": lambda: _go_to(parts),
        "pane": lambda: _next_pane(parts),
        "larger": lambda: _step_size(parts, 1),
        "smaller": lambda: _step_size(parts, -1),
        "standard_size": lambda: _use_size(parts, 100),
        "panel": parts.panel.toggle,
        "last": lambda: _beside(parts, "last"),
        "preview": lambda: _beside(parts, "preview"),
        "repeated": lambda: parts.switch("repeated"),
        "check": lambda: go(REVIEW),
        "next_finding": lambda: navigation.step_finding(1),
        "previous_finding": lambda: navigation.step_finding(-1),
        "next_pending": navigation.next_pending,
        "register": navigation.show_register,
        "counts": lambda: _counts(parts),
        "attachments": lambda: _attachments(parts),
        "prior": files.choose_prior,
        "note": lambda: _note(parts),
        "manual": lambda: _manual(parts),
        "example": files.show_example,
        "keys": lambda: _keys(parts),
        "support": lambda: _support(parts),
        "about": lambda: _about(parts),
    }


def on_focus(name: str) -> None:
    """剪切, 复制, 粘贴, 全选 of whatever has the keyboard: a field, a text, the cells of a table."""
    target = QApplication.focusWidget()
    for owner in (getattr(target, "clipboard", None), getattr(target, "acts", None), target):
        act = getattr(owner, name, None)
        if callable(act):
            act()
            return


def _step_size(parts: Parts, by: int) -> None:
    """The next size of the type, kept like one chosen in 设置."""
    sizes = sorted(SIZES)
    settings = parts.controller.settings
    at = min(range(len(sizes)), key=lambda number: abs(sizes[number] - settings.font_scale)) + by
    if not 0 <= at < len(sizes):
        words = "最大" if by > 0 else "最小"
        parts.controller.message.emit(f"字号已经是{words}的了（{SIZES[sizes[at - by]]}）")
        return
    _use_size(parts, sizes[at])


def _use_size(parts: Parts, percent: int) -> None:
    settings = parts.controller.settings
    if percent != settings.font_scale:
        parts.controller.change_settings(replace(settings, font_scale=percent))
        parts.set_type_size(percent)


def _go_to(parts: Parts) -> None:
    from ui.window.go_to_dialog import ask_place

    parts.controller.take_over()
    ask_place(parts.controller.document, parts.window, parts.navigation.show_target)


def _next_pane(parts: Parts) -> None:
    """From the list of parts to the page, from the page to what stands beside it, from there to the list."""
    sections, panel = parts.navigation.sections, parts.panel
    if sections.hasFocus() or sections.isHidden():
        panel.give_back() if panel.page is not None else parts.navigation.page.first_focus().setFocus()
    elif panel.has_focus or not panel.is_open or not panel.take_focus():
        sections.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _beside(parts: Parts, key: str) -> None:
    if not parts.panel.press(key):
        parts.controller.message.emit("填写各部分时，它显示在旁边")


def _note(parts: Parts) -> None:
    """F1: beside the page, in a question of its own where nothing stands beside."""
    if not parts.panel.press("note"):
        parts.navigation.tell_note()


def _keys(parts: Parts) -> None:
    from ui.help.keys_dialog import KeysDialog

    named = [
        (one.menu.partition("(")[0], one.words.partition("\t")[0].rstrip("…"), one.keys[0])
        for one in COMMANDS
        if one.keys
    ]
    dialog = KeysDialog(named, parts.window)
    dialog.exec()
    dialog.deleteLater()


def _print(parts: Parts) -> None:
    from ui.printing.print_dialog import print_report

    print_report(parts.controller, parts.window)


def _settings(parts: Parts) -> None:
    from ui.help.settings_dialog import change_settings

    change_settings(parts.controller, parts.window, parts.set_type_size)


def _counts(parts: Parts) -> None:
    from ui.narrative.counts_dialog import edit_counts

    edit_counts(parts.controller, parts.window)


def _versions(parts: Parts) -> None:
    from ui.files.versions_dialog import show_versions

    show_versions(parts.controller, parts.window)


def _page_settings(parts: Parts) -> None:
    from ui.printing.page_settings_dialog import change_page_settings

    change_page_settings(parts.controller, parts.window)


def _attachments(parts: Parts) -> None:
    from ui.pages.attachments_dialog import edit_attachments

    edit_attachments(parts.controller, parts.window)


def _copy_text(parts: Parts) -> None:
    from ui.pages.export import copy_text

    copy_text(parts.controller)


def _redline(parts: Parts) -> None:
    from ui.signoff.redline_dialog import show_redline

    show_redline(parts.controller, parts.navigation.page.result_bar.tell, parts.window)


def _collect(parts: Parts) -> None:
    from ui.files.collect_dialog import show_collecting

    show_collecting(parts.controller, parts.window)


def _rollup(parts: Parts) -> None:
    from ui.signoff.rollup_dialog import show_rollup

    show_rollup(parts.controller, parts.window, parts.files.open_path)


def _about(parts: Parts) -> None:
    from ui.help import about  # brings the faces with it

    about.show(parts.window)


def _support(parts: Parts) -> None:
    from ui.help import support

    support.show(parts.controller, parts.window)


def _manual(parts: Parts) -> None:
    from ui.help.manual import open_manual

    open_manual(parts.window)
