"""送签 in report.json: how it is written and read back."""

import re
from typing import Any

from app.report.model import Frozen, Hand, Report, SignOff
from app.storage import strict
from app.storage.migrations import Json

_DIGITS = re.compile(r"[0-9a-f]{64}")
_MOST_VERSIONS = 200
_SEAL_VERSIONS = 2


def sign_off_json(report: Report) -> Json:
    one = report.sign_off
    assert one is not None
    data: Json = {"version": one.version}
    if one.publicity:
        data["publicity"] = one.publicity
    if one.sent_on:
        data["sent_on"] = one.sent_on.isoformat()
    if one.hands:
        data["hands"] = [_hand_json(hand) for hand in one.hands]
    if one.frozen:
        data["frozen"] = {
            "fingerprint": one.frozen.fingerprint,
            "seal": one.frozen.seal,
            "frozen_on": one.frozen.frozen_on.isoformat(),
        }
        if one.frozen.seal_version != 1:
            data["frozen"]["seal_version"] = one.frozen.seal_version
    return data


def _hand_json(hand: Hand) -> Json:
    data: Json = {"step": hand.step, "name": hand.name, "signed_on": hand.signed_on.isoformat()}
    return data | ({"content": hand.content} if hand.content else {})


def sign_off(data: Any, _sections: frozenset[str]) -> SignOff:
    strict.keys(data, "sign_off", ("version",), ("publicity", "sent_on", "hands", "frozen"))
    return SignOff(
        version=strict.integer(data["version"], "sign_off.version", least=1, most=_MOST_VERSIONS),
        publicity=strict.text(data.get("publicity", ""), "sign_off.publicity"),
        sent_on=strict.date_of(data["sent_on"], "sign_off.sent_on") if "sent_on" in data else None,
        hands=tuple(_hand(one) for one in strict.list_of(data, "hands")),
        frozen=_frozen(data["frozen"]) if "frozen" in data else None,
    )


def _hand(data: Any) -> Hand:
    strict.keys(data, "sign_off.hands", ("step", "name", "signed_on"), ("content",))
    return Hand(
        strict.text(data["step"], "sign_off.hands.step"),
        strict.text(data["name"], "sign_off.hands.name"),
        strict.date_of(data["signed_on"], "sign_off.hands.signed_on"),
        _digits(data["content"], "sign_off.hands.content") if "content" in data else "",
    )


def _frozen(data: Any) -> Frozen:
    strict.keys(data, "sign_off.frozen", ("fingerprint", "seal", "frozen_on"), ("seal_version",))
    return Frozen(
        _digits(data["fingerprint"], "sign_off.frozen.fingerprint"),
        _digits(data["seal"], "sign_off.frozen.seal"),
        strict.date_of(data["frozen_on"], "sign_off.frozen.frozen_on"),
        strict.integer(data.get("seal_version", 1), "sign_off.frozen.seal_version", 1, _SEAL_VERSIONS),
    )


def _digits(value: Any, place: str) -> str:
    if not _DIGITS.fullmatch(strict.text(value, place)):
        raise strict.damaged(f"“{place}”不是指纹")
    return str(value)
