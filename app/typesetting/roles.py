"""What a face is wanted for; known without any face having been read."""

from enum import StrEnum


class Role(StrEnum):
    TITLE = "title"  # 小标宋
    HEADING1 = "heading1"  # 黑体
    HEADING2 = "heading2"  # 楷体
    BODY = "body"  # 仿宋
    SONG = "song"  # 宋体: page number, template style
    LATIN = "latin"
