"""What every command of the window does: one line a command, by the keys of `actions.COMMANDS`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.help import help_texts
from ui.kit import dialogs
from ui.state.section_states import EXPORT, REVIEW
from ui.window.navigation import PROGRAM

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow


def calls(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """A command is added here, in `actions.COMMANDS`, and nowhere else."""
    desk, controller, places, go = window.desk, window.controller, window.navigation, window.go_to
    return {
        "from_last_year": desk.from_last_year,
        "blank": desk.blank,
        "open": desk.open,
        "save": desk.save,
        "save_as": desk.save_as,
        "export": lambda: go(EXPORT),
        "print": lambda: _print(window),
        "rollup": lambda: _rollup(window),
        "versions": lambda: _versions(window),
        "settings": lambda: _settings(window),
        "close_report": desk.close_report,
        "quit": window.close,
        "undo": controller.undo,
        "redo": controller.redo,
        "find": window.find.open,
        "replace": lambda: window.find.open(with_replacing=True),
        "previous": lambda: places.step(-1),
        "next": lambda: places.step(1),
        "preview": window.preview.toggle,
        "repeated": lambda: _switch(window, "repeated"),
        "check": lambda: go(REVIEW),
        "next_finding": lambda: places.step_finding(1),
        "previous_finding": lambda: places.step_finding(-1),
        "next_pending": places.next_pending,
        "register": places.show_register,
        "counts": lambda: _counts(window),
        "prior": desk.choose_prior,
        "note": places.show_note,
        "manual": lambda: _manual(window),
        "example": desk.show_example,
        "keys": lambda: dialogs.tell(window, "键盘操作", help_texts.KEYS),
        "about": lambda: dialogs.tell(window, PROGRAM, help_texts.ABOUT),
    }


def _switch(window: "MainWindow", key: str) -> None:
    """A command that is on or off; the page is drawn anew."""
    window.controller.set_preference(key, window.actions_[key].isChecked())
    window.refresh()


def _print(window: "MainWindow") -> None:
    from ui.printing.print_dialog import print_report

    print_report(window.controller, window)


def _settings(window: "MainWindow") -> None:
    from ui.help.settings_dialog import change_settings
    from ui.window.type_size import with_size

    change_settings(window.controller, window, lambda percent: with_size(window, percent))


def _counts(window: "MainWindow") -> None:
    from ui.narrative.counts_dialog import edit_counts

    edit_counts(window.controller, window)


def _versions(window: "MainWindow") -> None:
    from ui.files.versions_dialog import show_versions

    show_versions(window.controller, window)


def _rollup(window: "MainWindow") -> None:
    from ui.signoff.rollup_dialog import show_rollup

    show_rollup(window.controller, window, window.desk.open_path)


def _manual(window: "MainWindow") -> None:
    from ui.help.manual import open_manual

    open_manual(window)
