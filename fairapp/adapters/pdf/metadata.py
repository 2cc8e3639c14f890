"""What a PDF says about itself: XMP for PDF/A-2a and PDF/UA-1, and the sRGB profile of its colours."""

from functools import lru_cache
from html import escape
from struct import pack

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%(title)s</rdf:li></rdf:Alt></dc:title>
%(more)s<dc:language><rdf:Bag><rdf:li>%(lang)s</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>fairapp</xmp:CreatorTool>
<pdf:Producer>fairapp</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(title: str, author: str, subject: str, lang: str) -> bytes:
    """The metadata packet (ISO 19005-2, ISO 14289-1); no dates, so that the same data give the same bytes."""
    more = ""
    if author:
        more += (
            f"<dc:creator><rdf:Seq><rdf:li>{escape(author, quote=False)}</rdf:li></rdf:Seq></dc:creator>\n"
        )
    if subject:
        told = f'<rdf:li xml:lang="x-default">{escape(subject, quote=False)}</rdf:li>'
        more += f"<dc:description><rdf:Alt>{told}</rdf:Alt></dc:description>\n"
    return (
        _XMP % {"title": escape(title, quote=False), "more": more, "lang": escape(lang, quote=False)}
    ).encode()


@lru_cache
def srgb_profile() -> bytes:
    """An ICC profile of version 2 (ICC.1:2001-04) with the primaries and the curve of IEC 61966-2-1."""
    curve = b"curv\0\0\0\0" + pack(">I", 1024)
    curve += b"".join(pack(">H", round(65535 * _linear(n / 1023))) for n in range(1024))
    about = b"sRGB IEC61966-2.1\0"
    description = b"desc\0\0\0\0" + pack(">I", len(about)) + about + bytes(78)
    tags = [
        (b"desc", description),
        (b"cprt", b"text\0\0\0\0No copyright\0"),
        (b"wtpt", _xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", _xyz(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", _xyz(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", _xyz(0.14307, 0.06061, 0.71410)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    at = 132 + 12 * len(tags)
    table, body = pack(">I", len(tags)), b""
    placed: dict[bytes, int] = {}
    for name, data in tags:
        if data not in placed:
            placed[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + pack(">II", placed[data], len(data))
    size = at + len(body)
    head = pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += pack(">6H", 2027, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + table + body


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + pack(">3i", *(round(65536 * value) for value in values))
