"""What the packages of every system share: the table of components, their download, the list of them, version, commit and sums."""

import hashlib
import json
import re
import subprocess

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bill
import pins
import release
import wheels
from app import __version__
from pins import Component
from tests.places import PROJECT
from tests.test_setup import COMPUTERS, DECLARED, pinned
from trouble import SetupError

TABLE = pins.read()
TARGETS = ("windows", "linux-x86_64", "linux-aarch64")


# -- the table -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_every_component_has_a_wheel_for_the_system_and_nothing_that_the_program_declares_is_missing(target):
    found = pins.wheels(TABLE, target)
    assert {one.name for one in found} == {entry["name"] for entry in TABLE["package"]}
    assert {canonicalize_name(Requirement(line).name) for line in DECLARED["project"]["dependencies"]} <= {
        canonicalize_name(one.name) for one in found
    }
    digests = [one.sha256 for one in found]
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in digests)
    assert len(set(digests)) == len(digests)
    assert all(one.licence for one in found)


@pytest.mark.parametrize(("target", "computer"), [*zip(TARGETS, COMPUTERS, strict=True)])
def test_versions_are_those_that_the_tests_run_with(target, computer):
    versions = pinned(computer)
    assert {one.name: one.version for one in pins.wheels(TABLE, target)} == {
        one.name: versions[canonicalize_name(one.name)] for one in pins.wheels(TABLE, target)
    }


def test_a_component_without_a_wheel_for_the_system_is_refused_in_words():
    table = {"package": [{"name": "lxml", "version": "6", "licence": "BSD", "sha256": {"windows": "0" * 64}}]}
    with pytest.raises(SetupError, match=r"没有 linux-aarch64 用的：lxml"):
        pins.wheels(table, "linux-aarch64")


def test_another_file_of_the_same_name_stops_the_build(tmp_path):
    file = tmp_path / "lxml.whl"
    file.write_bytes(b"other")
    with pytest.raises(SetupError, match="不是同一个文件，已停止"):
        pins.verify(file, "0" * 64)
    with pytest.raises(SetupError, match="“CPython 3”与"):
        pins.verify(file, "0" * 64, "CPython 3")
    assert pins.verify(file, pins.digest(file)) == file


def test_every_face_has_a_licence_and_the_hash_of_its_file():
    folder = PROJECT / "resources" / "fonts"
    faces = pins.fonts(TABLE, folder)
    assert {one.name for one in faces} == {path.name for path in folder.glob("*.ttf")}
    assert all(one.sha256 == pins.digest(folder / one.name) for one in faces)
    assert {one.name for one in faces if one.licence.startswith("GPL")} == {
        "FandolFang-Regular.ttf",
        "FandolKai-Regular.ttf",
    }


def test_a_face_of_unknown_origin_stops_the_build(tmp_path):
    (tmp_path / "Other.ttf").write_bytes(b"face")
    with pytest.raises(SetupError, match=r"没有字体“Other\.ttf”的出处和许可"):
        pins.fonts(TABLE, tmp_path)


def test_a_build_says_that_the_publisher_is_nobody_yet():
    own = {"maintainer": "某公司 <soft@example.cn>", "store-id": "cn.example.nianbao"}
    assert pins.reminder(own) == ""
    nobody = {"maintainer": "年报助手 <nianbao@packages.invalid>", "store-id": "invalid.packages.nianbao"}
    for field, placeholder in nobody.items():  # one of the two is enough
        told = pins.reminder({**own, field: placeholder})
        assert placeholder in told
        assert "installer/packages.toml" in told


# -- the download ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def one_wheel(tmp_path):
    """A component whose wheel lies where downloads are kept."""
    path = tmp_path / "etwas-1.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return Component("etwas", "1.0", "MIT", hashlib.sha256(b"wheel").hexdigest())


def test_what_is_there_and_right_is_not_downloaded(one_wheel, tmp_path, monkeypatch):
    monkeypatch.setattr(wheels, "_pip", lambda call: pytest.fail("a download"))
    (path,) = wheels.download([one_wheel], ["win_amd64"], tmp_path).values()
    assert path.read_bytes() == b"wheel"


def test_a_wheel_that_is_another_one_stops_the_build_in_words(one_wheel, tmp_path, monkeypatch):
    (path,) = tmp_path.glob("*.whl")
    path.write_bytes(b"another")
    calls = []
    monkeypatch.setattr(wheels, "_pip", calls.append)  # an index that hands out the same other file
    with pytest.raises(SetupError, match=r"etwas 1\.0 的校验值与 installer/packages.toml 里的不符"):
        wheels.download([one_wheel], ["win_amd64", "win_other"], tmp_path)
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(calls[0])
    assert [word for word in calls[0] if "platform" in word] == [
        "--platform=win_amd64",
        "--platform=win_other",
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n", "下载的不是当初核对过的那一份"),
        (
            "WARNING: retrying\nERROR: no route to host\n\n",
            "没能下载组件：ERROR: no route to host。请检查网络",
        ),
        ("", "没能下载组件：没有说明"),
    ],
)
def test_what_pip_complains_of_is_told(one_wheel, tmp_path, monkeypatch, answer, words):
    for path in tmp_path.glob("*.whl"):
        path.unlink()
    failed = subprocess.CompletedProcess([], 1, "", answer)
    monkeypatch.setattr(wheels.subprocess, "run", lambda *_call, **_ways: failed)
    with pytest.raises(SetupError, match=words):
        wheels.download([one_wheel], ["win_amd64"], tmp_path)


# -- what is said of them ----------------------------------------------------------------------------------------------------


def test_the_list_of_components_names_each_with_version_licence_and_hash():
    component = Component("lxml", "6.1.3", "BSD-3-Clause", "a" * 64)
    face = Component("FandolKai-Regular.ttf", "1.300", "GPL-3.0-only WITH Font-exception-2.0", "b" * 64)
    given = ("1.0.0", "linux-x86_64", [component], [face], {"gcc-10": "10.2.1-6"}, 1)
    text = bill.write(*given)
    content = json.loads(text)
    assert (content["bomFormat"], content["specVersion"]) == ("CycloneDX", "1.5")
    assert content["metadata"]["timestamp"] == "1970-01-01T00:00:01+00:00"
    assert content["metadata"]["component"]["properties"][0]["value"] == "linux-x86_64"
    (tool,) = content["metadata"]["tools"]["components"]
    assert (tool["name"], tool["version"]) == ("gcc-10", "10.2.1-6")
    listed, data = content["components"]
    assert (listed["name"], listed["version"]) == ("lxml", "6.1.3")
    assert listed["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert listed["hashes"] == [{"alg": "SHA-256", "content": "a" * 64}]
    assert (data["type"], data["name"], data["licenses"][0]["expression"]) == (
        "data",
        face.name,
        face.licence,
    )
    assert text == bill.write(*given)
    assert text != bill.write(*given[:-1], 2)


def test_the_version_is_that_of_the_program(tmp_path):
    assert release.version() == __version__
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("", "utf-8")
    with pytest.raises(SetupError, match="没有版本号"):
        release.version(tmp_path)


def test_a_package_of_changed_sources_says_so(monkeypatch):
    answers = {"log": "0123456789ab 2026-11-29", "status": ""}
    monkeypatch.setattr(release, "_git", lambda *words: answers[words[0]])
    assert release.commit() == "0123456789ab 2026-11-29"
    answers["status"] = " M app/paths.py"
    assert release.commit() == "0123456789ab+ 2026-11-29"


def test_without_git_nothing_is_packed(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(SetupError, match="没有生成安装包"):
        release.files("app")


def test_the_sums_are_what_sha256sum_reads(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"a")
    release.write_sums(tmp_path)
    release.write_sums(tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text("utf-8") == f"{hashlib.sha256(b'a').hexdigest()}  a.zip\n"
