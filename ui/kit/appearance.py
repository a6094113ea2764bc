"""Which palette is in use: as the clerk chose or as the system has it, changed while the window is open."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.storage import settings
from ui.kit import palette, theme

_SCHEMES = {palette.LIGHT: Qt.ColorScheme.Light, palette.DARK: Qt.ColorScheme.Dark}
_ROLES = (
    QPalette.ColorRole.Window,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.Button,
    QPalette.ColorRole.ButtonText,
)
_GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)


class Appearance(QObject):
    """One for the application; follows the system as long as the clerk wants it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("appearance")
        self._app = app
        self._wanted = settings.load().appearance
        app.styleHints().colorSchemeChanged.connect(self._on_system)
        self._show()

    def choose(self, wanted: str) -> None:
        """One of palette.APPEARANCES."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    def _on_system(self, scheme: Qt.ColorScheme) -> None:
        if self._wanted == palette.SYSTEM:
            self._use(scheme == Qt.ColorScheme.Dark)

    def _show(self) -> None:
        hints = self._app.styleHints()
        if self._wanted in _SCHEMES:
            hints.setColorScheme(_SCHEMES[self._wanted])  # title bars too, where the system can
            self._use(self._wanted == palette.DARK)
        else:
            hints.unsetColorScheme()
            self._use(hints.colorScheme() == Qt.ColorScheme.Dark)

    def _use(self, dark: bool) -> None:
        if not palette.use(dark):
            return
        self._app.setPalette(theme.window_palette())
        widgets = self._app.allWidgets()
        for widget in widgets:
            if sheet := widget.styleSheet():
                widget.setStyleSheet(palette.turned(sheet))  # also one without colours: Qt holds its palette
        for widget in widgets:  # afterwards: a style sheet brings back the palettes of what lies in it
            _turn(widget)


def choose(wanted: str) -> None:
    """Light, dark or as the system has it, at once."""
    app = QGuiApplication.instance()
    made = app.findChild(Appearance, "appearance") if app is not None else None
    if made is not None:
        made.choose(wanted)


def _turn(widget: QWidget) -> None:
    """The colours that a widget keeps by itself: in its palette, in what it has written into a text."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
        own = widget.palette()
        for group in _GROUPS:
            for role in _ROLES:
                if own.isBrushSet(group, role):
                    own.setColor(group, role, QColor(palette.turned(own.color(group, role).name())))
        widget.setPalette(own)
    follow = getattr(widget, "follow_palette", None)
    if follow is not None:
        follow()
    QWidget.update(widget)  # the list of findings has an update of its own
