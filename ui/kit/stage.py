"""How far a part of the report is, as a sign: an open ring, one filled as far as it is done, a tick, green when nothing is left."""

from enum import Enum


class Stage(Enum):
    """What a part still wants."""

    EMPTY = "还没有写"
    PART = "没有写完"
    WARNED = "写好了，有警告"
    DONE = "完成"
    NONE = ""

    @property
    def sign(self) -> str:
        """Its sign in words, for those who do not see it or cannot guess it."""
        return _SIGNS[self]


_SIGNS = {
    Stage.EMPTY: "空圈",
    Stage.PART: "填了一部分的圈",
    Stage.WARNED: "圈里打勾",
    Stage.DONE: "绿色的勾",
    Stage.NONE: "",
}
