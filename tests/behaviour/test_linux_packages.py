"""The packages for Linux, as far as they can be told without building one: tables, names, papers and the first lines."""

import json
import os
import pwd
import re
import runpy
import shutil
import subprocess
import tarfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import PySide6
import pytest

import pins
from app import paths
from app.storage.container import MIMETYPE
from linux import build, elf, font_sources, input_method, older_glibc, papers, root, tree
from tests.places import PROJECT
from trouble import SetupError

START = runpy.run_path(str(tree.FILES / "start.py"))
TABLE = pins.read()
KEPT = paths.PORTABLE
NEEDED = ["libc.so.6", "libm.so.6", "libX11.so.6", "libglib-2.0.so.0", "libcups.so.2"]


def wheels_for(architecture: str) -> str:
    return f"linux-{papers.ARCHITECTURES[architecture]}"


# -- the table -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("architecture", papers.ARCHITECTURES)
def test_every_library_of_the_system_is_pinned_by_its_hash(architecture):
    digests = [one.sha256 for one in pins.system_libraries(TABLE, architecture)]
    assert digests
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in digests)
    assert len(set(digests)) == len(digests)


def test_only_corrections_of_python_itself_are_applied():
    series = "multiarch.diff\n# gone.diff\nntpath-import.diff\nCVE-2024-0450.patch -p1\n\n"
    assert build.security_patches(series, "ntpath-import.diff") == [
        "ntpath-import.diff",
        "CVE-2024-0450.patch",
    ]
    with pytest.raises(SetupError, match=r"没有 new\.diff"):
        build.security_patches(series, "new.diff")


def test_an_architecture_that_was_not_tried_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(build, "BUILT", ("amd64",))
    assert build.main(["deb", "--arch", "arm64", "--output", str(tmp_path / "dist")]) == 2
    assert "还没有为 arm64 做过安装包" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()


def test_a_library_that_one_machine_alone_needs_goes_into_its_package_only():
    names = {one: {lib.name for lib in pins.system_libraries(TABLE, one)} for one in papers.ARCHITECTURES}
    assert names["arm64"] - names["amd64"] == {"libstdc++6"}
    assert not names["amd64"] - names["arm64"]


# -- what is kept ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/QtNetwork.abi3.so", False),
        ("PySide6/QtWidgets.pyi", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/qml/QtQuick/plugins.qmltypes", False),
        ("lxml/etree.cpython-311-x86_64-linux-gnu.so", True),
        ("lxml/includes/etree_defs.h", False),
        ("docx/templates/default.docx", True),
        ("pdfminer/cmap/GBK-EUC-H.pickle.gz", True),
        ("reportlab-5.1.0.dist-info/licenses/LICENSE", True),
        ("reportlab-5.1.0.dist-info/RECORD", False),
    ],
)
def test_of_wheels_only_what_the_program_opens(name, kept):
    assert tree.keeps(name) is kept


def test_a_wheel_that_reaches_out_of_its_folder_stops_the_build(tmp_path):
    wheel = tmp_path / "bad.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("../outside.py", "x = 1")
    with pytest.raises(SetupError, match="不该有的路径"):
        tree.unpack_wheel(wheel, tmp_path / "packages")
    assert not (tmp_path / "outside.py").exists()


def test_two_archives_of_one_folder_are_equal(tmp_path):
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name / "nianbao"
        folder.mkdir(parents=True)
        for file in sorted(["b.txt", "a.txt"], reverse=name == "two"):
            (folder / file).write_text(file, "utf-8")
        tree.normalise(folder, 1_700_000_000)
        tree.archive(folder, tmp_path / f"{name}.tar.xz", 1_700_000_000)
        made.append((tmp_path / f"{name}.tar.xz").read_bytes())
    assert made[0] == made[1]
    with tarfile.open(tmp_path / "one.tar.xz") as tar:
        assert {(entry.uid, entry.uname, entry.mtime) for entry in tar} == {(0, "", 1_700_000_000)}


def test_versions_of_glibc_are_compared_as_numbers():
    assert elf.newest(["2.4", "2.28", "2.2.5"]) == (2, 28)
    assert elf.newest([]) == ()
    found = {"old.so": (2, 4), "just.so": (2, 28), "late.so": (2, 29), "none.so": ()}
    assert elf.too_new(found, papers.OLDEST_GLIBC) == ["late.so"]


@pytest.mark.parametrize("architecture", papers.ARCHITECTURES)
def test_the_plugin_for_fcitx_is_made_of_pinned_sources_for_a_qt_that_is_not_newer_than_the_wheels(
    architecture,
):
    found = input_method.components(TABLE)
    assert [one.name for one in found] == ["fcitx-qt5", "qt6-base-dev", "qt6-base-private-dev"]
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.sha256) for one in found)
    (qt,) = {one.version.partition("+")[0] for one in found[1:]}
    wheels = pins.wheels(TABLE, wheels_for(architecture))
    wheel = next(one.version for one in wheels if one.name == "PySide6-Essentials")
    assert tuple(map(int, qt.split(".")[:2])) <= tuple(map(int, wheel.split(".")[:2]))


def test_the_plugin_is_compiled_once_for_what_it_is_made_of(tmp_path, monkeypatch):
    qt = tmp_path / "Qt"
    (qt / "lib").mkdir(parents=True)
    for name in ("libQt6Core.so.6", "libQt6DBus.so.6", "libQt6Gui.so.6", "libxkbcommon.so.0"):
        (qt / "lib" / name).write_bytes(b"one")
    shop = root.Workshop(tmp_path / "old Debian")
    inside = shop.folder / "build" / "fcitx"
    compiled = []

    def compile_(*_given):
        compiled.append(len(compiled))
        inside.mkdir(parents=True, exist_ok=True)
        (inside / "plugin.so").write_bytes(b"plugin %d" % len(compiled))

    monkeypatch.setattr(input_method, "_compile", compile_)
    placed = qt / "plugins" / input_method.PLUGIN
    for other, made in ((b"one", 1), (b"one", 1), (b"newer", 2)):
        (qt / "lib" / "libQt6Core.so.6").write_bytes(other)
        input_method.add(TABLE, shop, tmp_path, tmp_path, qt)
        assert placed.read_bytes() == b"plugin %d" % made
    assert "fcitx" in placed.name  # ui/window/main.py looks for this word


@pytest.mark.skipif(not shutil.which("readelf"), reason="没有安装 binutils")
def test_newer_versions_of_glibc_are_replaced_by_the_first_one_of_aarch64(tmp_path):
    (library,) = (Path(PySide6.__file__).parent / "Qt" / "lib").glob("libQt6Core.so.6")
    data = library.read_bytes()
    assert elf.demands(library).glibc > (2, 17)
    assert older_glibc.lowered(data, (9, 0)) == data
    copy = tmp_path / library.name
    copy.write_bytes(older_glibc.lowered(data, (2, 17)))
    assert elf.demands(copy).glibc == (2, 17)
    assert elf.demands(copy).libraries == elf.demands(library).libraries
    changed = sum(a != b for a, b in zip(data, copy.read_bytes(), strict=True))
    assert 0 < changed <= 8 * 40  # some entries of the table, nothing else


def test_what_holds_no_versions_stays_as_it_is():
    empty = b"\x7fELF" + bytes(60)  # a header without sections
    assert older_glibc.lowered(empty, (2, 28)) == empty


# -- papers ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "debian"), [("1.0.0", "1.0.0"), ("1.0.0rc1", "1.0.0~rc1"), ("1.1.0.dev3", "1.1.0~dev3")]
)
def test_a_candidate_comes_before_its_release(own, debian):
    assert papers.debian_version(own) == debian
    assert papers.deb_name(own, "amd64") == f"nianbao_{debian}_amd64.deb"


def test_the_control_file():
    lines = papers.control("1.0.0rc1", "amd64", NEEDED, 2049).splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Version"] == "1.0.0~rc1"
    assert fields["Installed-Size"] == "3"  # KiB, never rounded down
    assert fields["Depends"] == "libc6 (>= 2.28), libglib2.0-0 | libglib2.0-0t64, libx11-6, xkb-data"
    assert fields["Recommends"].startswith("libcups2 | libcups2t64, ")
    after = lines[lines.index(f"Description: {papers.SUMMARY}") + 1 :]
    assert all(line.startswith(" ") and line.strip() for line in after)


def test_a_library_of_unknown_origin_stops_the_build():
    with pytest.raises(SetupError, match=r"libnew\.so\.1 不在安装包里"):
        papers.depends(["libc.so.6", "libnew.so.1"])


def test_the_menu_entry_has_plain_and_chinese_words():
    entry = papers.desktop_entry("/usr/bin/nianbao")
    fields = dict(line.split("=", 1) for line in entry.splitlines()[1:])
    assert fields["Exec"] == "/usr/bin/nianbao %f"
    assert fields["Comment"].isascii()
    assert fields["Comment[zh_CN]"] == papers.SUMMARY_ZH
    assert fields["MimeType"] == f"{MIMETYPE.decode()};"


def test_a_path_with_blanks_and_signs_is_quoted_for_the_menu():
    assert 'Exec="/home/张 三/100%%/\\\\$x/nianbao" %f\n' in papers.desktop_entry(
        "/home/张 三/100%/$x/nianbao"
    )


def test_the_file_type_is_the_one_that_the_program_writes():
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ElementTree.fromstring(papers.file_type()).find(f"{space}mime-type")
    assert kind.get("type") == MIMETYPE.decode()
    assert kind.find(f"{space}glob").get("pattern") == "*.gknb"
    inner = kind.find(f"{space}magic/{space}match/{space}match")
    assert inner.get("value") == "mimetype" + MIMETYPE.decode()
    sample = (PROJECT / "resources" / "samples" / "示例.gknb").read_bytes()
    assert sample[int(inner.get("offset")) :].startswith(inner.get("value").encode())


def test_the_originals_of_the_gpl_faces_are_laid_beside_the_packages(tmp_path, monkeypatch):
    doc = tmp_path / "unpacked/usr/share/doc/texlive-doc/fonts/fandol"
    faces = tmp_path / "unpacked/usr/share/fonts/fandol"
    for folder in (doc, faces):
        folder.mkdir(parents=True)
    (doc / "COPYING.gz").write_bytes(b"terms")
    for name in ("FandolFang", "FandolKai", "FandolHei"):
        (faces / f"{name}-Regular.otf").write_bytes(name.encode())
    asked = []
    monkeypatch.setattr(
        font_sources.fetch, "debian_package", lambda one, *_places: asked.append(one) or tmp_path / "a.deb"
    )
    monkeypatch.setattr(
        font_sources.root, "call", lambda command: shutil.copytree(tmp_path / "unpacked", command[-1])
    )
    target = font_sources.make("1.0.0", 1_700_000_000, tmp_path / "work", tmp_path, tmp_path)
    assert asked[0].sha256 == TABLE["fonts-source"]["sha256"]
    assert target.name in papers.copyright_notice("/opt/nianbao", "1.0.0")
    with tarfile.open(target) as tar:
        names = {name.removeprefix("nianbao-1.0.0-fonts-source/") for name in tar.getnames()}
    assert {"FandolFang-Regular.otf", "FandolKai-Regular.otf", "COPYING.gz", *font_sources.FILES} <= names
    assert "FandolHei-Regular.otf" not in names


def test_the_publisher_stands_in_one_place():
    publisher = TABLE["publisher"]
    assert f"Maintainer: {publisher['maintainer']}\n" in papers.control("1.0.0", "amd64", NEEDED, 1)
    assert f"Package: {publisher['store-id']}\n" in papers.control("1.0.0", "amd64", NEEDED, 1, store=True)
    files = [*(PROJECT / "installer" / "linux").rglob("*.py"), *tree.FILES.iterdir()]
    assert not [path.name for path in files if publisher["store-id"] in path.read_text("utf-8")]


def test_the_store_reads_who_it_is():
    info = json.loads(papers.store_info("1.0.0", "amd64"))
    assert (info["appid"], info["version"], info["arch"]) == (papers.STORE_ID, "1.0.0", ["amd64"])


# -- the first lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("set_to", "used"),
    [
        (None, "xcb"),
        ("dxcb", "xcb"),
        ("dxcb;xcb", "xcb"),
        ("wayland", "xcb"),
        ("wayland;xcb", "xcb"),
        ("offscreen", "offscreen"),
        ("xcb:gl=none", "xcb:gl=none"),
    ],
)
def test_only_a_platform_that_is_in_the_package_is_used(set_to, used):
    variables = {} if set_to is None else {"QT_QPA_PLATFORM": set_to}
    variables |= {
        "QT_PLUGIN_PATH": "/usr/lib/qt6",
        "QT_QPA_PLATFORMTHEME": "deepin",
        "WAYLAND_DISPLAY": "wayland-0",
    }
    START["mend"](variables, ["xcb", "offscreen"])
    assert variables == {"QT_QPA_PLATFORM": used, "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}


@pytest.mark.parametrize(
    ("words", "window"),
    [([], True), (["/home/张三/年报.gknb"], True), (["check", "年报.gknb"], False), (["--version"], False)],
)
def test_a_sentence_goes_into_a_window_only_for_who_double_clicked(words, window):
    assert START["opens_a_window"](words) is window


def test_the_sentence_is_shown_with_what_the_desktop_has():
    def only(*there):
        return lambda name: f"/usr/bin/{name}" if name in there else None

    show = START["window_of"]
    assert show("缺少组件。", only("kdialog", "zenity"))[0] == "zenity"
    assert show("缺少组件。", only("kdialog")) == ["kdialog", "--title", "年报助手", "--error", "缺少组件。"]
    assert show("缺少组件。", only()) is None


@pytest.mark.parametrize(
    "name", sorted(path.name for path in tree.FILES.iterdir() if path.read_bytes().startswith(b"#!/bin/sh"))
)
def test_the_scripts_are_read_by_a_plain_shell(name):
    subprocess.run(["sh", "-n", str(tree.FILES / name)], check=True)


def test_the_data_folder_at_the_top_of_the_portable_folder_is_used(tmp_path):
    settle = START["settle"]
    variables = {"HOME": "/home/clerk"}
    settle(variables, tmp_path, KEPT)
    assert variables == {"HOME": "/home/clerk"}
    (tmp_path / KEPT).mkdir()
    settle(variables, tmp_path, KEPT)
    assert variables["NIANBAO_HOME"] == str(tmp_path / KEPT)
    variables["NIANBAO_HOME"] = "/elsewhere"
    settle(variables, tmp_path, KEPT)
    assert variables["NIANBAO_HOME"] == "/elsewhere"


@pytest.mark.parametrize("set_to", [None, ""])
def test_where_no_home_is_set_it_is_the_one_that_the_system_knows(tmp_path, set_to):
    variables = {} if set_to is None else {"HOME": set_to}
    START["settle"](variables, tmp_path, KEPT)
    assert variables == {"HOME": pwd.getpwuid(os.getuid()).pw_dir}


def test_an_old_system_that_was_kept_gets_what_the_list_of_packages_has_since(tmp_path, monkeypatch):
    added = []
    monkeypatch.setattr(root, "install", lambda _folder, packages: added.append(list(packages)))
    (tmp_path / ".ready").write_text("gcc", "utf-8")
    for _ in range(2):
        assert root.make(tmp_path, packages=["gcc", "g++"]) == tmp_path
    assert added == [["gcc", "g++"]]
