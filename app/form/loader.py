"""Reads and checks an edition's `form.toml`: refuses what it does not know and names the line."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.form.model import (
    Aspect,
    Axis,
    CellRef,
    CellRule,
    CrossCheck,
    EarlierValue,
    FormDefinition,
    Heading,
    Relation,
    Section,
    Severity,
    TableSpec,
    Term,
    Use,
    ValueKind,
)
from app.form.strict_reader import StrictReader, parsed


def load_form(path: Path) -> FormDefinition:
    """Read `form.toml`; its folder's name is the edition's id. FormError names the line of what is wrong."""
    text = path.read_text(encoding="utf-8")
    return _Loader(path.name, text).form(path.parent.name, parsed(path.name, text))


class _Loader(StrictReader):
    """Turns the parsed TOML into the model."""

    def form(self, name: str, data: dict[str, Any]) -> FormDefinition:
        self.known(
            data,
            "title",
            "notice",
            "authority",
            "first_year",
            "last_year",
            "sections",
            "earlier_values",
        )
        sections = tuple(self.each("sections", data.get("sections", []), self.section))
        form = FormDefinition(
            id=name,
            title=self.text(data, "title"),
            notice=self.text(data, "notice"),
            authority=self.text(data, "authority"),
            first_year=self.integer(data, "first_year"),
            last_year=self.integer(data, "last_year") if "last_year" in data else None,
            sections=sections,
            earlier_values=tuple(
                one
                for many in self.each("earlier_values", data.get("earlier_values", []), self.earlier_value)
                for one in many
            ),
        )
        self.check_form(form)
        return form

    # -- the parts -----------------------------------------------------------------------------------------------

    def section(self, data: dict[str, Any]) -> Section:
        self.known(
            data,
            *("key", "title", "short", "tables", "widths", "table_name", "header_rows", "keep_whole"),
            *("aliases", "mark", "aspects", "prompt", "number_rule", "blank_rule"),
        )
        tables = tuple(self.each("sections.tables", data.get("tables", []), self.table))
        section = Section(
            key=self.key(data),
            title=self.text(data, "title"),
            short=self.text(data, "short", ""),
            tables=tables,
            widths=tuple(float(width) for width in data.get("widths", [])),
            table_name=self.text(data, "table_name", ""),
            header_rows=self.integer(data, "header_rows") if "header_rows" in data else 0,
            keep_whole=self.flag(data, "keep_whole"),
            aliases=self.texts(data, "aliases"),
            mark=self.text(data, "mark", ""),
            aspects=tuple(self.aspect(one) for one in data.get("aspects", [])),
            prompt=self.text(data, "prompt", ""),
            number_rule=self.cell_rule(data, "number_rule"),
            blank_rule=self.cell_rule(data, "blank_rule"),
        )
        if tables and not (
            section.table_name and section.number_rule and section.blank_rule and section.widths
        ):
            self.fail(
                "a section with tables needs table_name, widths, number_rule and blank_rule", section.key
            )
        if tables:
            self.check_width(section)
        return section

    def check_width(self, section: Section) -> None:
        """One width for each printed column: row heading levels and value columns."""
        if section.is_stacked:
            columns = max(1 + len(table.leaf_columns) for table in section.tables)
        else:
            columns = section.tables[0].row_heading_levels + len(section.tables[0].leaf_columns)
        if columns != len(section.widths):
            self.fail(f"{len(section.widths)} widths for a table of {columns} columns", "widths")

    def aspect(self, data: dict[str, Any]) -> Aspect:
        self.known(data, "key", "label", "aliases", "prompt", "words")
        label, aliases = self.text(data, "label"), self.texts(data, "aliases")
        prompt, words = self.text(data, "prompt", ""), self.texts(data, "words")
        return Aspect(self.key(data), label, aliases, prompt, words)

    def cell_rule(self, data: dict[str, Any], name: str) -> CellRule | None:
        if name not in data:
            return None
        rule = data[name]
        self.known(rule, "id", "message", "each")
        each = self.text(rule, "each", "table")
        if each not in ("row", "table"):
            self.fail(f"each must be row or table, not {each}", each)
        message = self.text(rule, "message")
        self.check_fields(message, {"row", "n"})
        return CellRule(self.text(rule, "id"), message, each)

    def table(self, data: dict[str, Any]) -> TableSpec:
        self.known(data, "key", "title", "corner", "aliases", "columns", "rows", "cross_checks")
        key = self.key(data)
        columns = tuple(self.heading(one, "columns") for one in self.some(data, "columns"))
        rows = tuple(self.heading(one, "rows") for one in self.some(data, "rows"))
        checks = tuple(
            self.each("sections.tables.cross_checks", data.get("cross_checks", []), self.cross_check)
        )
        spec = TableSpec(
            key=key,
            columns=columns,
            rows=rows,
            title=self.text(data, "title", ""),
            corner=self.text(data, "corner", ""),
            aliases=self.texts(data, "aliases"),
            cross_checks=checks,
        )
        self.check_table(spec)
        return spec

    def heading(self, data: dict[str, Any], axis: str) -> Heading:
        self.known(data, "key", "label", axis, "aliases", "misprints", "value", "note", "article", "zero_for")
        children = tuple(self.heading(one, axis) for one in data.get(axis, []))
        label = self.text(data, "label")
        if not children and "key" not in data:
            self.fail("a leaf heading needs a key", label)
        kind = None
        if "value" in data:
            try:
                kind = ValueKind(data["value"])
            except ValueError:
                self.fail(f"unknown value kind {data['value']}", str(data["value"]))
        return Heading(
            label=label,
            key=self.key(data) if "key" in data else "",
            children=children,
            aliases=self.texts(data, "aliases"),
            misprints=self.texts(data, "misprints"),
            kind=kind,
            note=self.text(data, "note", ""),
            article=self.text(data, "article", ""),
            zero_for=self.texts(data, "zero_for"),
        )

    def cross_check(self, data: dict[str, Any]) -> CrossCheck:
        self.known(
            data,
            *(
                "id",
                "axis",
                "left",
                "right",
                "text",
                "message",
                "severity",
                "relation",
                "computes",
                "carries",
                "only",
            ),
        )
        try:
            check = CrossCheck(
                id=self.text(data, "id"),
                axis=Axis(self.text(data, "axis")),
                left=self.terms(data, "left"),
                right=self.terms(data, "right"),
                text=self.text(data, "text"),
                message=self.text(data, "message"),
                severity=Severity(self.text(data, "severity", "error")),
                relation=Relation(self.text(data, "relation", "=")),
                computes=self.flag(data, "computes"),
                carries=self.flag(data, "carries"),
                only=self.texts(data, "only"),
            )
        except ValueError as error:
            self.fail(str(error), str(data.get("id", "cross_checks")))
        self.check_fields(check.message, CrossCheck.FIELDS)
        if check.computes and (
            len(check.left) != 1 or check.left[0].prior or any(t.prior for t in check.right)
        ):
            self.fail(
                "a computed total is one term of this report and its parts are of this report", check.id
            )
        if check.carries and (len(check.left), len(check.right)) != (1, 1):
            self.fail("a carried value has one term on each side", check.id)
        if check.carries and not (check.right[0].prior and not check.left[0].prior):
            self.fail("a carried value comes from last year's report", check.id)
        return check

    def terms(self, data: dict[str, Any], name: str) -> tuple[Term, ...]:
        self.some(data, name)
        return tuple(
            Term(one.removeprefix("prior:"), one.startswith("prior:")) for one in self.texts(data, name)
        )

    def earlier_value(self, data: dict[str, Any]) -> Iterable[EarlierValue]:
        self.known(data, "form", "from", "to", "columns", "use", "text")
        source, target = self.text(data, "from"), self.text(data, "to")
        text = self.text(data, "text", "")
        self.check_fields(text, {"value"})
        try:
            use = Use(self.text(data, "use"))
            for column in self.texts(data, "columns") or ("",):
                suffix = f".{column}" if column else ""
                refs = CellRef.parse(source + suffix), CellRef.parse(target + suffix)
                yield EarlierValue(self.text(data, "form"), *refs, use, text)
        except ValueError as error:
            self.fail(f"not a cell or unknown use: {error}", source)

    # -- what must hold of the whole ---------------------------------------------------------------------------------

    def check_table(self, table: TableSpec) -> None:
        for kind, leaves in (("row", table.leaf_rows), ("column", table.leaf_columns)):
            keys = [leaf.key for leaf in leaves]
            for key in keys:
                if keys.count(key) > 1:
                    self.fail(f"{kind} key {key} occurs twice in table {table.key}", key)
        for check in table.cross_checks:
            self.check_terms(table, check)

    def check_terms(self, table: TableSpec, check: CrossCheck) -> None:
        """Each term names a heading of this table (a term of last year's may be of another edition's)."""
        find = table.row if check.axis is Axis.ROW else table.column
        for term in (*check.left, *check.right):
            try:
                find(term.key)
            except KeyError:
                self.fail(f"{check.id}: no {check.axis.value} {term.key} in table {table.key}", term.key)
        across = table.leaf_columns if check.axis is Axis.ROW else table.leaf_rows
        for key in check.only:
            if key not in {leaf.key for leaf in across}:
                self.fail(f"{check.id}: only names no heading {key}", key)

    def check_form(self, form: FormDefinition) -> None:
        for kind, keys in (
            ("section", [section.key for section in form.sections]),
            ("table", [table.key for section in form.sections for table in section.tables]),
        ):
            for key in keys:
                if keys.count(key) > 1:
                    self.fail(f"{kind} {key} occurs twice", key)
        if form.last_year is not None and form.last_year < form.first_year:
            self.fail("last_year before first_year", "last_year")
        self.check_earlier_values(form)

    def check_earlier_values(self, form: FormDefinition) -> None:
        """Each goes to a cell of this edition, and no two to the same one."""
        taken: set[tuple[str, CellRef, bool]] = set()
        for earlier in form.earlier_values:
            if earlier.target not in form.cell_set:
                self.fail(f"earlier value goes to an unknown cell {earlier.target}", earlier.target.row)
            place = earlier.form, earlier.target, earlier.use is Use.HINT
            if place in taken:
                line = f"{earlier.target.table}.{earlier.target.row}"
                self.fail(f"two earlier values go to one cell {earlier.target}", line)
            taken.add(place)

    def check_fields(self, message: str, allowed: Iterable[str]) -> None:
        for name in re.findall(r"\{([^}]*)\}", message):
            if name not in set(allowed):
                self.fail(f"message has an unknown field {{{name}}}", f"{{{name}}}")
