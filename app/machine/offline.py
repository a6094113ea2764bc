"""What is not loaded into window and preview, since nothing here speaks to a network: OpenSSL, some five megabytes of it."""

import sys
from types import ModuleType
from typing import cast

_NEVER = ("ssl", "_hashlib")  # a door to networks, and sums that Python makes as well by itself


def stay_offline() -> None:
    """To be said before anything else is imported; a library that asks for these goes on without, as Python provides for."""
    for name in _NEVER:
        sys.modules.setdefault(name, cast(ModuleType, None))


def let_compute() -> None:
    """Before pyHanko is loaded: it imports these, and opens no connection with them."""
    for name in _NEVER:
        if name in sys.modules and sys.modules[name] is None:
            del sys.modules[name]
