"""What the window never loads may be loaded where a signature is computed."""

import sys

import pytest

from app.machine.offline import let_compute, stay_offline


def test_what_is_kept_out_can_be_let_in_to_sign(monkeypatch):
    for name in ("ssl", "_hashlib"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    stay_offline()
    with pytest.raises(ImportError):
        import ssl
    let_compute()
    import ssl

    assert ssl.OPENSSL_VERSION
