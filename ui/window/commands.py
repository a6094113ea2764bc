"""What every command of the window does: one line a command, by the keys of `actions.COMMANDS`."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.files.file_actions import FileActions
from ui.help import help_texts
from ui.kit import dialogs
from ui.narrative.find_window import Finder
from ui.state.controller import Controller
from ui.state.section_states import EXPORT, REVIEW
from ui.window.navigation import Navigation
from ui.window.preview_dock import PreviewDock


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands of a window work with."""

    window: QWidget  # in front of every question
    controller: Controller
    files: FileActions
    navigation: Navigation
    finder: Finder
    preview: PreviewDock
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
        "print": lambda: _print(parts),
        "rollup": lambda: _rollup(parts),
        "versions": lambda: _versions(parts),
        "settings": lambda: _settings(parts),
        "close_report": files.close_report,
        "quit": window.close,
        "undo": controller.undo,
        "redo": controller.redo,
        "find": parts.finder.open,
        "replace": lambda: parts.finder.open(with_replacing=True),
        "previous": lambda: navigation.step(-1),
        "next": lambda: navigation.step(1),
        "preview": parts.preview.toggle,
        "repeated": lambda: parts.switch("repeated"),
        "check": lambda: go(REVIEW),
        "next_finding": lambda: navigation.step_finding(1),
        "previous_finding": lambda: navigation.step_finding(-1),
        "next_pending": navigation.next_pending,
        "register": navigation.show_register,
        "counts": lambda: _counts(parts),
        "prior": files.choose_prior,
        "note": navigation.show_note,
        "manual": lambda: _manual(parts),
        "example": files.show_example,
        "keys": lambda: dialogs.tell(window, "键盘操作", help_texts.KEYS),
        "support": lambda: _support(parts),
        "about": lambda: _about(parts),
    }


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
