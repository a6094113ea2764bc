"""How far a part of the report is, as a sign: an open ring, a ring filled as far as it is done, a tick."""

from enum import Enum


class Stage(Enum):
    """What a part still wants."""

    EMPTY = "还没有写"
    PART = "没有写完"
    DONE = "完成"
    NONE = ""
