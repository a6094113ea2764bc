"""A finished PDF → PDF/A-2b (ISO 19005-2) for the archive: output intent, XMP, clean streams. Needs pikepdf, which is optional."""

import zlib
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from PIL import ImageCms

_SRGB = "sRGB IEC61966-2.1"
_PROFILE_DATE = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2000-01-01: the same bytes every time


def is_available() -> bool:
    return find_spec("pikepdf") is not None


def to_pdfa(data: bytes) -> bytes:
    """The same pages as PDF/A-2b; the same input always gives the same bytes."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        if "/Trapped" in pdf.docinfo:
            del pdf.docinfo["/Trapped"]  # says nothing, and has no counterpart in XMP
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp.load_from_docinfo(pdf.docinfo)
            xmp["pdfaid:part"], xmp["pdfaid:conformance"] = "2", "B"
        _set_output_intent(pdf)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                _end_cleanly(item)
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
        return out.getvalue()


def _set_output_intent(pdf: Any) -> None:
    """What the file's greys and colours mean: sRGB."""
    import pikepdf

    profile = pdf.make_stream(_srgb())
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=_SRGB,
        Info=_SRGB,
        RegistryName="http://www.color.org",
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])


@cache
def _srgb() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return bytes(made[:24] + _PROFILE_DATE + made[36:])


def _end_cleanly(stream: Any) -> None:
    """No stream may end in a line end, or its length counts as wrong (6.1.7.1).

    The last byte of compressed data is a checksum, so the data is changed: by a blank that means nothing.
    """
    import pikepdf

    raw = stream.read_raw_bytes()
    if raw[-1:] not in (b"\r", b"\n"):
        return
    data = stream.read_bytes()
    while raw[-1:] in (b"\r", b"\n"):
        data += b"\0" if "/Length1" in stream else b" "
        raw = zlib.compress(data)
    if "/Length1" in stream:
        stream.Length1 = len(data)
    stream.write(raw, filter=pikepdf.Name.FlateDecode)
