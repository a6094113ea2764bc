"""Names of places in a report as they are printed: 引言, 一、总体情况, 表三“……”."""

from app.form.model import CellRef, FormDefinition
from app.report.model import INTRODUCTION

BESIDE_SECTIONS = {
    INTRODUCTION: "引言",
    "title": "标题",
    "signature": "落款",
    "attachments": "附件",
    "": "全文",
}


def place_name(form: FormDefinition, section: str) -> str:
    """The printed name of a finding's or text's section."""
    return BESIDE_SECTIONS[section] if section in BESIDE_SECTIONS else form.section(section).title


def place_of(form: FormDefinition, ref: CellRef) -> str:
    """A cell by its table and its headings."""
    return f"{form.section_of(ref).table_name}“{form.label(ref)}”"
