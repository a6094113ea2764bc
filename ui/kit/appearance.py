"""Which palette is in use: as the clerk chose or as the system has it, changed while the window is open."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.storage import settings
from ui.kit import palette, theme

_SCHEMES = {palette.LIGHT: Qt.ColorScheme.Light, palette.DARK: Qt.ColorScheme.Dark}
_STARK = 15.0  # ratio of words to ground from which the system itself is one of high contrast
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

    def __init__(self, app: QApplication, systems: QPalette | None = None) -> None:
        """`systems`: the palette that the desktop had given, before ours."""
        super().__init__(app)
        self.setObjectName("appearance")
        self._app = app
        self._wanted = settings.load().appearance
        self._is_stark = wants_contrast(app, systems)
        app.styleHints().colorSchemeChanged.connect(self._on_system)
        self._show()

    def choose(self, wanted: str) -> None:
        """One of palette.APPEARANCES."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    def _on_system(self, scheme: Qt.ColorScheme) -> None:
        if self._wanted in (palette.SYSTEM, palette.CONTRAST):
            self._use(self._of_system(scheme))

    def _show(self) -> None:
        hints = self._app.styleHints()
        if self._wanted in _SCHEMES:
            hints.setColorScheme(_SCHEMES[self._wanted])  # title bars too, where the system can
            self._use(self._wanted)
        else:
            hints.unsetColorScheme()
            self._use(self._of_system(hints.colorScheme()))

    def _of_system(self, scheme: Qt.ColorScheme) -> str:
        is_dark = scheme == Qt.ColorScheme.Dark
        if self._is_stark or self._wanted == palette.CONTRAST:
            return palette.CONTRAST_DARK if is_dark else palette.CONTRAST
        return palette.DARK if is_dark else palette.LIGHT

    def _use(self, name: str) -> None:
        before = palette.use(name)
        if before == name:
            return
        self._app.setPalette(theme.window_palette())
        widgets = self._app.allWidgets()
        for widget in widgets:
            if sheet := widget.styleSheet():
                widget.setStyleSheet(
                    palette.turned(sheet, before)
                )  # also one without colours: Qt holds its palette
        for widget in widgets:  # afterwards: a style sheet brings back the palettes of what lies in it
            _turn(widget, before)


def wants_contrast(app: QApplication, systems: QPalette | None) -> bool:
    """Whether the system asks for high contrast: by its own word where Qt hands it on (6.10), else by its colours."""
    accessibility = getattr(app.styleHints(), "accessibility", None)
    asked = getattr(accessibility() if accessibility else None, "contrastPreference", None)
    if asked is not None and "High" in str(asked()):
        return True
    return systems is not None and _ratio(systems) >= _STARK and _is_pure(systems)


def _is_pure(systems: QPalette) -> bool:
    """Black and white, as themes of high contrast are; light themes with black on nearly white are common."""
    roles = (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText, QPalette.ColorRole.Button)
    return all(systems.color(role).lightness() in (0, 255) for role in roles)


def _ratio(systems: QPalette) -> float:
    return contrast(systems.color(QPalette.ColorRole.Window), systems.color(QPalette.ColorRole.WindowText))


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG between two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def choose(wanted: str) -> None:
    """Light, dark or as the system has it, at once."""
    app = QGuiApplication.instance()
    made = app.findChild(Appearance, "appearance") if app is not None else None
    if made is not None:
        made.choose(wanted)


def _turn(widget: QWidget, before: str) -> None:
    """The colours that a widget keeps by itself: in its palette, in what it has written into a text."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
        own = widget.palette()
        for group in _GROUPS:
            for role in _ROLES:
                if own.isBrushSet(group, role):
                    own.setColor(group, role, QColor(palette.turned(own.color(group, role).name(), before)))
        widget.setPalette(own)
    follow = getattr(widget, "follow_palette", None)
    if follow is not None:
        follow()
    QWidget.update(widget)  # the list of findings has an update of its own
