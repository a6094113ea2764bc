"""Which face draws which character: the user's, the computer's, then the bundled set, character by character."""

import functools
import threading
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from app import paths
from app.errors import UserError
from app.typesetting import font_files, reportlab_fixes
from app.typesetting.font_files import FontError, FoundFace, fold
from app.typesetting.roles import Role as Role

USER_FOLDER, COMPUTER, BUNDLED = "用户字体夹", "本机", "随程序"
_LATIN_END = 0x0250  # Basic Latin to Latin Extended-B


@dataclass(frozen=True)
class FaceFile:
    """One face for one role; `name` is the Chinese family name as the user knows it."""

    role: Role
    name: str
    path: Path
    subfont_index: int
    origin: str  # 用户字体夹 | 本机 | 随程序


@dataclass(frozen=True)
class WordNames:
    """The two names a Word style needs (w:rFonts ascii/hAnsi and eastAsia)."""

    latin: str
    east_asian: str


@dataclass(frozen=True)
class FaceRow:
    """One line of `nianbao fonts` and of the export page."""

    role: str
    wanted: str
    used: str
    origin: str
    file: str
    hint: str
    skipped: tuple[str, ...]


# ---- the declaration --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declaration:
    """resources/fonts/faces.toml."""

    roles: Mapping[Role, Mapping[str, Any]]
    bundled: Mapping[str, Mapping[str, Any]]
    wanted: Sequence[Mapping[str, Any]]
    folders: Mapping[str, list[str]]


@functools.cache
def declaration() -> Declaration:
    data = tomllib.loads((paths.resources() / "fonts" / "faces.toml").read_text("utf-8"))
    roles = {Role(name): table for name, table in data["role"].items()}
    return Declaration(roles, data["bundled"], data["face"], data["folders"])


def word_names(role: Role) -> WordNames:
    """The faces a Word style of this role names, whatever this computer has."""
    declared = declaration().roles
    own = declared[role]["word"]
    return WordNames(own if declared[role]["own_latin"] else declared[Role.LATIN]["word"], own)


# ---- loaded faces, once per process -----------------------------------------------------------------------------

_loading = threading.Lock()
_loaded: dict[tuple[Path, int], "reportlab_fixes.QuickFont | FontError"] = {}


def _load(path: Path, index: int) -> "reportlab_fixes.QuickFont | FontError":
    """The face ready to measure and to draw, or why it cannot be used."""
    key = (path, index)
    with _loading:
        if key not in _loaded:
            try:
                _loaded[key] = _new_font(path, index)
            except FontError as reason:
                _loaded[key] = reason
        return _loaded[key]


def _new_font(path: Path, index: int) -> reportlab_fixes.QuickFont:
    """Both of its names are unlike any other's: reportlab takes faces of one name for one face."""
    bundled = path.parent == paths.resources() / "fonts"
    is_lasting = not path.is_relative_to(paths.user_data())  # the user's own may be replaced meanwhile
    face = reportlab_fixes.QuickFace(path, index, not bundled, is_lasting)
    others = [font for font in _loaded.values() if isinstance(font, reportlab_fixes.QuickFont)]
    stem = "".join(char if char.isascii() and char.isalnum() else "-" for char in path.stem)
    number = sum(font.fontName.split("~")[0] == stem for font in others)
    if any(bytes(font.face.name) == bytes(face.name) for font in others):
        face.name = ttfonts.TTFNameBytes(bytes(face.name) + b"-%d" % len(others))
    return reportlab_fixes.QuickFont(f"{stem}~{number}" if number else stem, face)


# ---- finding ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Search:
    """What was found for each role, best first, and what was found and cannot be used."""

    found: Mapping[Role, tuple[FaceFile, ...]]
    skipped: Mapping[Role | None, tuple[str, ...]]


def search(user_folder: Path | None, computer_folders: Sequence[Path] | None = None) -> Search:
    """Looks in the user's folder and in the computer's (None: those of this system)."""
    ranked: dict[Role, list[tuple[int, FaceFile]]] = {role: [] for role in Role}
    skipped: dict[Role | None, list[str]] = {}
    for path, origin in _files(user_folder, computer_folders).items():
        try:
            faces = font_files.look_into(path)
        except FontError as reason:
            if origin == USER_FOLDER:
                skipped.setdefault(None, []).append(f"{path.name}：{reason}")
            continue
        _sort_in(faces, origin, ranked, skipped)
    found = {
        role: tuple(face for _, face in sorted(rows, key=lambda row: (row[1].origin != USER_FOLDER, row[0])))
        for role, rows in ranked.items()
    }
    return Search(found, {role: tuple(dict.fromkeys(reasons)) for role, reasons in skipped.items()})


def _files(user_folder: Path | None, computer_folders: Sequence[Path] | None) -> dict[Path, str]:
    """Every font file once, with whose it is: the user's first."""
    folders = declaration().folders
    own = font_files.font_files(user_folder) if user_folder else []
    listed: Sequence[Path] = []
    if computer_folders is None:
        computer_folders = font_files.computer_folders(folders["windows"], folders["linux"])
        listed = font_files.registered_with_windows(_ranks())
    found = dict.fromkeys(own, USER_FOLDER)
    for folder in computer_folders:
        for path in font_files.font_files(folder, folders["likely"]):
            found.setdefault(path, COMPUTER)
    for path in listed:
        found.setdefault(path, COMPUTER)
    return found


def _sort_in(
    faces: Sequence[FoundFace],
    origin: str,
    ranked: dict[Role, list[tuple[int, FaceFile]]],
    skipped: dict[Role | None, list[str]],
) -> None:
    """Puts the faces of one file where they belong; a file none of whose faces is known by name, by its own name."""
    known = [(face, rank) for face in faces if (rank := _by_names(face))]
    if not known and faces and (rank := _by_file(faces[0], origin)):
        known = [(faces[0], rank)]
    if not known and faces and origin == USER_FOLDER:
        reason = "认不出是仿宋、楷体、黑体、宋体还是小标宋，没有使用"
        skipped.setdefault(None, []).append(f"{faces[0].path.name}：{reason}")
    for face, (position, role, name) in known:
        if face.refusal:
            skipped.setdefault(role, []).append(f"{name}（{face.path.name}）{face.refusal}")
        else:
            ranked[role].append((position, FaceFile(role, name, face.path, face.index, origin)))


@functools.cache
def _ranks() -> Mapping[str, tuple[int, Role, str]]:
    """Folded name → (place in the list, role, name as the user knows it)."""
    ranks: dict[str, tuple[int, Role, str]] = {}
    for position, wanted in enumerate(declaration().wanted):
        for alias in wanted["names"]:
            ranks.setdefault(fold(alias), (position, Role(wanted["role"]), wanted["name"]))
    return ranks


def _by_names(face: FoundFace) -> tuple[int, Role, str] | None:
    return min((rank for name in face.names if (rank := _ranks().get(name))), default=None)


def _by_file(face: FoundFace, origin: str) -> tuple[int, Role, str] | None:
    """Which wanted face a file's name tells; in the user's folder a telling word is enough."""
    file = face.path.name.lower()
    for position, entry in enumerate(declaration().wanted):
        if any(fnmatch(file, pattern) for pattern in entry["files"]):
            return position, Role(entry["role"]), entry["name"]
    return _by_kin(face) if origin == USER_FOLDER else None


def _by_kin(face: FoundFace) -> tuple[int, Role, str] | None:
    """The role whose word (仿宋, 楷) stands in one of the face's names; it comes after all wanted faces."""
    names = {*face.names, fold(face.path.stem)}
    for role, table in declaration().roles.items():
        if any(word in name for word in table["kin"] for name in names):
            return len(declaration().wanted), role, face.name
    return None


# ---- the faces of a program run ---------------------------------------------------------------------------------


class Faces:
    """The faces at hand; asks and answers are pure, files are opened when a character first needs them."""

    def __init__(self, searched: Search) -> None:
        self._searched = searched
        self._chains = {role: self._chain(role) for role in Role}
        self._picked: dict[tuple[Role, str], tuple[str, float]] = {}
        self._chosen: dict[tuple[Role, str], FaceFile | None] = {}
        self._by_font: dict[str, FaceFile] = {}

    @classmethod
    def bundled(cls) -> "Faces":
        """Only the faces that come with the program: the same pages on every computer."""
        return cls(Search(dict.fromkeys(Role, ()), {}))

    @classmethod
    def of_this_computer(
        cls, user_folder: Path | None = None, computer_folders: Sequence[Path] | None = None
    ) -> "Faces":
        """The user's folder, then the computer's faces, then the bundled ones."""
        folder = user_folder or paths.user_fonts()
        return cls(search(folder if paths.is_folder(folder) else None, computer_folders))

    def _chain(self, role: Role) -> tuple[FaceFile, ...]:
        declared, home = declaration(), paths.resources() / "fonts"
        own = self._searched.found.get(role, ())
        bundled = [
            FaceFile(role, declared.bundled[file]["name"], home / file, 0, BUNDLED)
            for file in declared.roles[role]["bundled"]
        ]
        others = [face for other in Role if other != role for face in self._searched.found.get(other, ())]
        return (*own, *bundled, *others)

    def chain(self, role: Role) -> tuple[FaceFile, ...]:
        """The faces asked for a character of this role, in order."""
        return self._chains[role]

    def pick(self, role: Role, char: str) -> tuple[str, float]:
        """The reportlab font that draws a character and its width in em.

        A character no face has comes as one em in the role's first face (an empty box when drawn; see `missing`);
        control and format characters come with width 0 and must not be drawn.
        """
        try:
            return self._picked[role, char]
        except KeyError:
            answer = self._picked[role, char] = self._measure(role, char)
            return answer

    def face_of(self, role: Role, char: str) -> FaceFile | None:
        """The face that draws a character, None if none can."""
        self.pick(role, char)
        return self._chosen[role, char]

    def missing(self, text: str) -> set[str]:
        """The characters of a text that no face has."""
        return {char for char in set(text) if not _unprinted(char) and self.face_of(Role.BODY, char) is None}

    def named(self, font_names: Iterable[str]) -> tuple[FaceFile, ...]:
        """The faces behind the font names `pick` gave out, for the document's metadata; in order of name."""
        return tuple(sorted({self._by_font[name] for name in font_names}, key=lambda face: face.name))

    def register(self) -> None:
        """Makes every font that `pick` has named so far known to reportlab; call it before drawing."""
        registered = set(pdfmetrics.getRegisteredFontNames())
        for font in list(_loaded.values()):
            if isinstance(font, reportlab_fixes.QuickFont) and font.fontName not in registered:
                pdfmetrics.registerFont(font)

    def report(self) -> list[FaceRow]:
        """What each role wants and gets on this computer, and why a face found was passed over."""
        rows = [self._row(role) for role in Role]
        stray = self._searched.skipped.get(None, ())
        if stray:
            rows.append(FaceRow("用户字体夹", "", "", USER_FOLDER, "", "这些文件没有用上。", stray))
        return rows

    def _row(self, role: Role) -> FaceRow:
        declared = declaration().roles[role]
        skipped = list(self._searched.skipped.get(role, ()))
        for tried in self._searched.found.get(role, ()):
            if isinstance(reason := _load(tried.path, tried.subfont_index), FontError):
                skipped.append(f"{tried.name}（{tried.path.name}）{reason}")
        face = self._first(role)
        hint = ""
        if face.origin == BUNDLED:
            hint = declared["hint"].format(wanted=declared["word"], used=face.name)
        return FaceRow(
            declared["label"], declared["word"], face.name, face.origin, face.path.name, hint, tuple(skipped)
        )

    # ---- one character

    def _measure(self, role: Role, char: str) -> tuple[str, float]:
        unprinted = _unprinted(char)
        face = None if unprinted else self._choose(role, char)
        self._chosen[role, char] = face
        stand_in = face or self._first(role)
        font = _load(stand_in.path, stand_in.subfont_index)
        assert isinstance(font, reportlab_fixes.QuickFont)
        self._by_font.setdefault(font.fontName, stand_in)
        if face is None:
            return font.fontName, 0.0 if unprinted else 1.0
        return font.fontName, font.face.charWidths[ord(char)] / 1000

    def _choose(self, role: Role, char: str) -> FaceFile | None:
        """The first face that has the character and draws it well, else the first that has it."""
        poor = None
        for face in self._candidates(role, char):
            font = _load(face.path, face.subfont_index)
            if isinstance(font, FontError) or ord(char) not in font.face.charToGlyph:
                continue
            if face.origin == BUNDLED and char in declaration().bundled[face.path.name]["weak"]:
                poor = poor or face
                continue
            return face
        return poor

    def _candidates(self, role: Role, char: str) -> Iterable[FaceFile]:
        own = self._chains[role]
        if not _is_latin(char):
            return own if role != Role.LATIN else (*own, *self._chains[Role.BODY])
        first: list[FaceFile] = []
        if declaration().roles[role]["own_latin"]:
            bundled = declaration().bundled
            first += self._searched.found.get(role, ())
            first += [face for face in own if face.origin == BUNDLED and bundled[face.path.name]["latin"]]
        return (*first, *self._chains[Role.LATIN], *own)

    def _first(self, role: Role) -> FaceFile:
        for face in self._chains[role]:
            if not isinstance(_load(face.path, face.subfont_index), FontError):
                return face
        raise UserError("程序自带的字体文件缺失", "请重新安装本程序")


@functools.cache
def bundled_faces() -> Faces:
    """The faces that come with the program, one object a run: it remembers what was measured with it."""
    return Faces.bundled()


@functools.cache
def computer_faces() -> Faces:
    """The faces of this computer, searched for once a run: the object remembers what was measured with it."""
    return Faces.of_this_computer()


def _is_latin(char: str) -> bool:
    return char.isascii() or char == "\xa0" or (ord(char) < _LATIN_END and char.isalpha())


def _unprinted(char: str) -> bool:
    """Control and format characters, lone surrogates, line separators, variation selectors."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or unicodedata.name(
        char, ""
    ).startswith("VARIATION SELECTOR")
