"""How many there are of them in all."""

import pytest

from app.checks.quantities.wholes import wholes


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("全镇共有17个行政村，均设公开栏。", [("村", 17)]),
        ("我镇下辖12个行政村、3个社区。", [("村", 12), ("社区", 3)]),
        ("我镇有12个村。", [("村", 12)]),
        ("我镇有12个村完成改造。", []),
        ("在全镇3个村试点。", []),
        ("除青山村外，全镇16个村均已完成。", []),
        ("全镇19个村（社区）均设公开栏。", []),
        ("16个村完成改造。", []),
        ("全镇近20个村。", []),
    ],
)
def test_numbers_of_all_there_are(text, read):
    assert [(one.thing, one.value) for one in wholes(text)] == read
