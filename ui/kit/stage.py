"""How far a page of the report is, as one of five words: drawn as a sign, said in the list."""

from enum import Enum


class Stage(Enum):
    """What a page still wants."""

    EMPTY = "空"
    PENDING = "待更新"
    FINDINGS = "问题"
    DONE = "完成"
    NONE = ""
