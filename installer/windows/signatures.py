"""Whether the programs of the embeddable package are those that were signed: checked with osslsigncode, against pinned signers."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from trouble import SetupError

SIGNED = (".exe", ".dll", ".pyd")
ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")

# SHA-256 of the certificate that signed.
FOUNDATION = "6045E624888E299179D5AE0CEDA57C9874FF6CCF889FA14B2D50F751BFB9E2F8"  # Python Software Foundation
QT = "00B0501ED74B9B066931583D205D7CAF49E2417D3DD8CBA2A654AC3510CB6EFD"  # The Qt Company
MICROSOFT = {  # their root is not among those of Debian: the digest and the signer are compared, the chain is not
    "vcruntime140.dll": "D6F5CE3FD242F6D1E022C3702439D4EC5264E1EA950AC8DF3BA02401FE8D3C21",
    "vcruntime140_1.dll": "9D67A7049C2BE4D06ACAACDCF40EB0F418E253A722EAA17E9BA789D1D32A17BE",
}


def verify(folder: Path) -> int:
    """How many files were signed by the foundation; SetupError for the first file that does not stand."""
    if shutil.which("osslsigncode") is None:
        raise SetupError("缺少 osslsigncode，不能核对 Python 的签名，已停止。")
    files = sorted(path for path in folder.iterdir() if path.suffix in SIGNED)
    for path in files:
        signer = MICROSOFT.get(path.name, FOUNDATION)
        if not stands(_answer(path, signer), signer == FOUNDATION):
            raise SetupError(f"“{path.name}”的签名不对：不是 {_name(signer)} 当初签的那一份。已停止。")
    return len(files) - sum(path.name in MICROSOFT for path in files)


def verify_qt(packages: Path) -> int:
    """The same for the libraries of Qt in the payload; Microsoft's runtime beside them came by hash alone."""
    files = [
        path
        for top in ("PySide6", "shiboken6")
        for path in sorted((packages / top).rglob("*"))
        if path.suffix in SIGNED and not path.name.startswith(("msvcp", "vcruntime"))
    ]
    for path in files:
        if not stands(_answer(path, QT), with_chain=True):
            raise SetupError(f"“{path.name}”的签名不对：不是 {_name(QT)} 当初签的那一份。已停止。")
    return len(files)


def stands(answer: str, with_chain: bool) -> bool:
    """What osslsigncode answered: the digest is that of the file, the leaf is the pinned one, the chain ends at a known root."""
    digests = [
        re.findall(rf"^{kind} message digest\s*: ([0-9A-F]+)", answer, re.M)
        for kind in ("Current", "Calculated")
    ]
    if not digests[0] or digests[0] != digests[1] or "Leaf hash match: ok" not in answer:
        return False
    return not with_chain or "Signature verification: ok" in answer


def _answer(path: Path, signer: str) -> str:
    call = ["osslsigncode", "verify", *_offline(), "-CAfile", str(ROOTS), "-TSA-CAfile", str(ROOTS)]
    call += ["-require-leaf-hash", f"sha256:{signer}", "-in", str(path)]
    done = subprocess.run(call, capture_output=True, text=True, errors="replace")
    return done.stdout + done.stderr


@cache
def _offline() -> tuple[str, ...]:
    """Lists of revoked certificates are fetched from the network; older versions do not know every word."""
    done = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, text=True)
    known = done.stdout + done.stderr
    return tuple(word for word in ("-ignore-cdp", "-ignore-crl") if word in known)


def _name(signer: str) -> str:
    return {FOUNDATION: "Python Software Foundation", QT: "The Qt Company"}.get(signer, "Microsoft")
