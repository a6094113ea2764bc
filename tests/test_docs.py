"""The documents say what is: rooms, paths, names, keys, formats and commands in them exist, and what exists is in them."""

import argparse
import ast
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.commands import arguments, cli
from app.documents.compose import compose
from app.exporting.docx.writer import docx_bytes
from app.exporting.formats import FORMATS
from app.exporting.meta import Meta
from app.form.catalog import all_forms, form
from app.report.model import Attachment, Binding, Contribution, Explanation, PageSettings, Report
from app.signoff import signing
from app.storage import container
from app.storage.codec import from_json, load, to_json
from app.storage.parts.optional import PARTS
from tests.collecting.filling import filled
from tests.places import PROJECT
from tests.signoff.test_proposals import with_comment
from tests.storage.random_reports import full_report
from tests.test_wall import MODULES, ROOMS, headings

DOCS = PROJECT / "docs"
GENERATED = {"docs/checks.md"}  # made by `make docs`
DOCUMENTS = [
    *sorted(path for path in DOCS.glob("*.md") if f"docs/{path.name}" not in GENERATED),
    *(PROJECT / name for name in ("CONTRIBUTING.md", "README.md", "templates/README.md")),
]
TOPS = {"app", "ui", "tests", "templates", "resources", "installer", "docs"}


def text_of(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def code_in(text: str) -> Iterator[str]:
    """What stands in backticks, blocks apart."""
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))


def json_blocks(name: str) -> list[dict]:
    return [json.loads(one) for one in re.findall(r"```json\n(.*?)```", text_of(name), re.S)]


def keys_in(data: object) -> Iterator[str]:
    """Every key of objects in objects; those of `cells`, `narratives` and `evidence` are the form's, not ours."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            is_by_form = key in ("cells", "narratives", "evidence") and isinstance(value, dict)
            yield from keys_in(list(value.values()) if is_by_form else value)
    elif isinstance(data, list):
        for one in data:
            yield from keys_in(one)


# -- paths, names, documents


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document):
    text = document.read_text("utf-8")
    named = [
        word for word in code_in(text) if re.fullmatch(r"[\w.*/-]+", word) and word.split("/")[0] in TOPS
    ]
    named = [word for word in named if "/" in word] + re.findall(r"\]\(([^)#:]+)\)", text)
    gone = [
        word
        for word in named
        if word not in GENERATED
        and not list(PROJECT.glob(word.rstrip("/")))
        and not (document.parent / word).exists()
    ]
    assert gone == []


def names_of(path: Path, inside: str = "") -> set[str]:
    """What a module, or a class of it, defines or imports."""
    body: list[ast.stmt] = ast.parse(path.read_text("utf-8")).body
    if inside:
        body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == inside)
    found = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in body:
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found


def fields_of(path: Path) -> Iterator[str]:
    """The declared fields of every class of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield from (ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign))


def is_defined(dotted: str) -> bool:
    """app.report.model.Report: a module, or a name in one."""
    module, name = dotted, ""
    while module not in MODULES:
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}".rstrip(".")
        if not module:
            return False
    outer, _, inner = name.partition(".")
    if not outer:
        return True
    return outer in names_of(MODULES[module]) and (not inner or inner in names_of(MODULES[module], outer))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_name_of_the_program_in_a_document_is_defined(document):
    named = [word for word in code_in(document.read_text("utf-8")) if re.fullmatch(r"(app|ui)(\.\w+)+", word)]
    assert [word for word in named if not is_defined(word)] == []
    if document.name == "architecture.md":
        assert len(named) > 30


def test_a_name_that_is_gone_would_be_seen():
    assert is_defined("app.report.model.Report.with_values")
    assert not is_defined("app.report.model.Report.gone")
    assert not is_defined("app.report.gone")


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # unpacked without its history
        return [str(path.relative_to(PROJECT)) for top in TOPS for path in (PROJECT / top).rglob("*")]
    return listed.stdout.splitlines()


def documents_named_in(path: Path, known: set[str]) -> Iterator[str]:
    """Those that are not here: neither from the root, from docs/ and from this file, nor, by its bare name, anywhere."""
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        for word in re.findall(r"[\w./-]*\w\.md\b", line):
            places = [(folder / word).resolve() for folder in (PROJECT, DOCS, path.parent)]
            is_here = any(one.exists() and one.is_relative_to(PROJECT) for one in places)
            if not is_here and word not in known:
                yield f"{path.name}:{number} {word}"


def test_no_file_names_a_document_that_is_not_here(tmp_path):
    paths = [PROJECT / name for name in tracked()]
    known = {path.name for path in paths if path.suffix == ".md"} | GENERATED
    suffixes = {".py", ".md", ".toml", ".txt", ".bat", ""}
    texts = [path for path in paths if path.suffix in suffixes and path.is_file()]
    assert len(texts) > 400
    assert [wrong for path in texts for wrong in documents_named_in(path, known)] == []
    spoilt = tmp_path / "notes.txt"
    spoilt.write_text("see docs/gknb.md, gknb.md, manual.md,\n../" + "shared/domain" + ".md", "utf-8")
    assert list(documents_named_in(spoilt, known)) == ["notes.txt:2 ../shared/domain" + ".md"]


# -- architecture.md


@pytest.mark.parametrize("top", ROOMS)
def test_the_map_has_every_room_in_the_order_of_the_plan(top):
    rows = re.findall(
        rf"^\| `{top}/([\w]+)(?:\.py|/)` \| (.+) \| (.+) \|$", text_of("docs/architecture.md"), re.M
    )
    assert [room for room, _, _ in rows] == ROOMS[top]
    assert all(owns.strip() and invariant.strip() for _, owns, invariant in rows)


def test_the_glossary_names_only_what_the_program_knows():
    """Identifiers are names in app/ or keys of an edition."""
    glossary = text_of("docs/architecture.md").partition("## Glossary")[2]
    rows = [line.split("|")[3] for line in glossary.splitlines() if line.startswith("|")][2:]
    named = [word for row in rows for word in re.findall(r"`(\w+)`", row)]
    known = {word for form in all_forms() for ref in form.cells for word in ref}
    known |= {
        heading.key
        for form in all_forms()
        for table in form.tables.values()
        for heading in headings((*table.rows, *table.columns))
    }
    known |= {section.key for form in all_forms() for section in form.sections}
    for name, path in MODULES.items():
        known |= names_of(path) | {name.rpartition(".")[2]} | set(fields_of(path))
    assert [word for word in named if word not in known] == []
    assert len(named) > 40


# -- gknb.md


def everything() -> Report:
    """A report with every part and every key that the codec can write."""
    report = full_report()
    cells = tuple(report.values)[:1]
    report = replace(
        report,
        signature=replace(report.signature, issued_on=date(2025, 1, 20)),
        bindings=(Binding("overview", 0, 1, cells),),
        explanations=(Explanation("T3-05", "requests", cells, "", ("3",), "原因", date(2025, 1, 9)),),
        register=tuple(replace(one, is_carried_in=True) for one in report.register),
        collected=(Contribution("东村村民委员会", "张三", ((cells[0], 3),)),),
        attachments=(Attachment("目录", "见网站。"),),
        page_settings=PageSettings(
            "- {number} -",
            "center",
            "D9D9D9",
            "{unit}文件",
            "甲政发〔2025〕3号",
            "王",
            "县办。",
            "党政办",
            "{date}",
            "{year}年度{title}",
        ),
        page_style="gb9704",
    )
    for step in signing.rules().steps:
        report = signing.signed(report, step.key, "王小兰", date(2025, 1, 9))
    return signing.frozen(signing.sent(report, date(2025, 1, 8)), date(2025, 1, 20))


def test_every_key_of_the_file_is_in_the_example_and_in_the_table():
    data = to_json(everything())
    assert set(data) >= {part.key for part in PARTS}
    (example,) = json_blocks("docs/gknb.md")
    assert set(keys_in(example)) == set(keys_in(data))
    explained = set(code_in(text_of("docs/gknb.md").partition("| key | what |")[2]))
    assert [key for key in keys_in(data) if key not in explained] == []
    table = re.findall(
        r"^\| `(\w+)`(?:, `(\w+)`)? \| .* \|$", text_of("docs/gknb.md").partition("## 3.")[0], re.M
    )
    assert {key for row in table for key in row if key} >= set(data)


def test_the_example_is_read_by_the_strict_codec_and_its_fingerprint_stands():
    (example,) = re.findall(r"```json\n(.*?)```", text_of("docs/gknb.md"), re.S)
    report = from_json(load(example.encode()), {"图1.png": b"\x89PNG"})
    assert to_json(report) == json.loads(example)
    assert report.is_frozen
    assert signing.doubts(report) == []
    (mark,) = report.pending
    assert report.narrative(mark.section)[mark.start : mark.end] == mark.text
    (number,) = report.bindings
    assert report.narrative(number.section)[number.start : number.end] == "3"


def test_the_bounds_and_names_of_the_zip_are_those_of_the_code():
    text = text_of("docs/gknb.md")
    assert f"{container.MOST_ENTRIES} members" in text
    assert f"{container.MOST_BYTES // 2**20} MB unpacked" in text
    assert f"JSON of more than {container.MOST_JSON // 2**20} MB" in text
    for name in (container.MIMETYPE.decode(), container.REPORT, container.PRIOR, container.PRIOR_PICTURES):
        assert f"`{name}" in text
    packed = container.pack(container.Content(signing.revised(everything()), full_report(2023)))
    members = container.zipfile.ZipFile(container.io.BytesIO(packed)).namelist()
    for member in members:
        known = re.sub(r"(pictures/).+", r"\1…", member)
        assert f"`{known}`" in text, member


# -- formats.md


def types_read() -> set[str]:
    """What importers call the type of a file: the second argument of every Source."""
    found = set()
    for name, path in MODULES.items():
        if not name.startswith("app.importing"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            given = [node.args[1]] if called in ("Source", "_read_scan") and len(node.args) > 1 else []
            given += [one.value for one in node.keywords if one.arg == "type"]
            found |= {one.value for one in given if isinstance(one, ast.Constant)}
    return found


def test_every_type_and_every_reader_is_in_the_table():
    read = text_of("docs/formats.md").partition("## 2.")[0]
    assert types_read() >= {"docx", "doc", "pdf", "ofd", "txt", "picture"}
    assert [one for one in types_read() if f"`{one}`" not in read] == []
    readers = [name for name in MODULES if re.search(r"\.readers\.\w+_reader$", name)]
    assert len(readers) > 8
    assert [one for one in readers if f"`{one.rpartition('.')[2]}.py`" not in read] == []


def test_every_suffix_that_can_be_chosen_to_read_is_in_the_table():
    also = re.search(r"_ALSO_READ = \((.*)\)", text_of("ui/kit/dialogs.py"))
    suffixes = {*re.findall(r'"(\.\w+)"', also[1]), *(suffix for one in FORMATS for suffix in one.suffixes)}
    assert len(suffixes) > 8
    read = text_of("docs/formats.md").partition("## 2.")[0]
    assert [one for one in suffixes if not re.search(rf"\{one}\b", read)] == []


def test_every_suffix_that_is_written_is_in_the_table():
    written = text_of("docs/formats.md").partition("## 2.")[2].partition("## 3.")[0]
    assert [
        one
        for form_of_file in FORMATS
        for one in form_of_file.suffixes
        if not re.search(rf"\{one}\b", written)
    ] == []


# -- commands.md


@pytest.mark.parametrize("command", arguments.COMMANDS)
def test_every_command_and_option_is_told(command):
    text = text_of("docs/commands.md")
    lines = [line for line in text.splitlines() if re.match(rf"\| `nianbao {command}\b", line)]
    assert lines, command
    parser = argparse.ArgumentParser(add_help=False)
    arguments._DECLARE[command](parser)
    options = [name for action in parser._actions for name in action.option_strings]
    assert [name for name in options if not any(name in line for line in lines)] == []


def test_every_exit_status_is_told():
    text = text_of("docs/commands.md")
    for status in (cli.FINE, cli.ERRORS_FOUND, cli.REFUSED):
        assert re.search(rf"^\| {status} \| \w", text, re.M)


@pytest.fixture
def answer(capsys):
    def call(*words: object) -> dict:
        capsys.readouterr()
        cli.main([str(word) for word in words])
        return json.loads(capsys.readouterr().out)

    return call


def test_the_shapes_of_the_answers_are_those_told(answer, tmp_path):
    """Every key of every answer stands in its example, and no example has one that is never answered."""
    samples = PROJECT / "tests" / "samples"
    old = samples / "pingtan_czjrj_2025_page.txt"
    one, other = tmp_path / "甲.gknb", tmp_path / "乙.gknb"
    for path, report in (
        (one, everything()),
        (other, full_report().with_narrative("problems", "别的问题。")),
    ):
        path.write_bytes(container.pack(container.Content(report)))
    (tmp_path / "坏.gknb").write_bytes(b"PK")
    imported, checked, compared, proposed, verified, rolled, collected = json_blocks("docs/commands.md")

    found = answer("import", old, "--json")
    report_keys = set(json_blocks("docs/gknb.md")[0])
    assert set(found) - report_keys | {"pictures"} == set(imported)
    assert set(next(iter(found["evidence"].values()))) == set(next(iter(imported["evidence"].values())))
    assert set(found["source"]) == set(imported["source"])

    found = answer("check", other, "--json")
    assert set(found) - {"explained"} == set(checked)
    assert set(found["findings"][0]) == set(checked["findings"][0])
    assert set(found["counts"]) == set(checked["counts"])

    found = answer("compare", one, other, "--json")
    assert set(keys_in(found)) == set(keys_in(compared))
    copy = tmp_path / "改稿.docx"
    changed = everything().with_narrative("problems", "别的问题。")
    blocks = compose(changed, form(changed.form))
    made = docx_bytes(blocks, Meta("", changed.agency.name, changed.year))
    copy.write_bytes(with_comment(made, "别的问题。", "不够具体"))
    found = answer("compare", one, copy, "--json")
    assert set(keys_in({key: found[key] for key in proposed})) == set(keys_in(proposed))
    assert set(answer("verify", one, "--json")) == set(verified)

    found = answer("rollup", tmp_path, "--json")
    assert set(found) == set(rolled)
    assert set(found["bad"][0]) == set(rolled["bad"][0])
    for part in ("units", "cells"):
        given, told = (data[part] for data in (found, rolled))
        first, second = (one[0] if part == "units" else next(iter(one.values())) for one in (given, told))
        assert set(first) == set(second)

    (tmp_path / "东村.xlsx").write_bytes(filled({}, names=["requests.received"]))
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    found = answer("collect", tmp_path, "--json")
    assert set(keys_in(found)) == set(keys_in(collected))


# -- CONTRIBUTING.md


def test_every_command_of_the_makefile_is_told():
    targets = re.search(r"^\.PHONY: (.+)$", text_of("Makefile"), re.M)[1].split()
    told = text_of("CONTRIBUTING.md")
    assert [one for one in targets if f"`make {one}`" not in told] == []
