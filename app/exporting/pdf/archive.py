"""What makes a PDF one for the archive, PDF/A-2 (ISO 19005-2): what its colours mean, and what it says of itself in XMP."""

from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from app.exporting.pdf.objects import Properties, add_entries, apply, dictionary, text_string
from app.paths import resources

VERSION = (1, 7)
_SRGB = "sRGB IEC61966-2.1"

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A knows only its own properties; PDF/UA's must be described in the file (ISO 19005-2, 6.6.2.3).
_UA_SCHEMA = f"""<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def make_archival(document: Any, properties: Properties, language: str, accessible: bool = False) -> None:
    """Before anything is drawn: a reportlab document as PDF/A-2b; with its structure tagged as PDF/A-2a and PDF/UA-1."""
    apply()
    document.info = properties
    add_entries(
        document.Catalog,
        Metadata=pdfdoc.XMP(creator=lambda _: packet(properties, language, accessible)),
        OutputIntents=pdfdoc.PDFArray([_output_intent(document)]),
    )


def _output_intent(document: Any) -> Any:
    profile = pdfdoc.PDFStream(dictionary(N=3), _srgb(), [pdfdoc.PDFZCompress])
    return dictionary(
        Type="/OutputIntent",
        S="/GTS_PDFA1",
        OutputConditionIdentifier=text_string(_SRGB),
        Info=text_string(_SRGB),
        RegistryName=text_string("http://www.color.org"),
        DestOutputProfile=document.Reference(profile),
    )


@cache
def _srgb() -> bytes:
    """Made with Little CMS (`PIL.ImageCms.createProfile("sRGB")`), dated 2000 and marked as ICC 4.2, which PDF 1.7 knows."""
    return (resources() / "pdf" / "srgb.icc").read_bytes()


def _escaped(text: str) -> str:
    """As xml.sax.saxutils does; that brings http and e-mail along, a megabyte in the process that makes the preview."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def packet(properties: Properties, language: str, accessible: bool) -> bytes:
    """The XMP packet: what the properties say, word for word, and what the file conforms to."""
    alternatives = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    told = [
        ("dc:format", "{}", "application/pdf"),
        ("dc:language", "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>", language),
        ("dc:title", alternatives, properties.title),
        ("dc:creator", "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>", properties.author),
        ("dc:description", alternatives, properties.subject),
        ("pdf:Keywords", "{}", properties.keywords),
        ("pdf:Producer", "{}", properties.producer),
        ("xmp:CreatorTool", "{}", properties.creator),
        ("pdfaid:part", "{}", "2"),
        ("pdfaid:conformance", "{}", "A" if accessible else "B"),
        ("pdfuaid:part", "{}", "1" if accessible else ""),
    ]
    lines = [f"<{name}>{shape.format(_escaped(text))}</{name}>" for name, shape, text in told if text]
    if accessible:
        lines.append(_UA_SCHEMA)
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    body = "\n".join(lines)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{spaces}>
{body}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
