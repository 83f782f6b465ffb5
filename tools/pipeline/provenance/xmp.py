"""The XMP packet of a download, and what stands in those of other files (ISO 16684-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from tools.pipeline.provenance import aigc, sources

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = "http://ns.adobe.com/xap/1.0/"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"

LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a packet says; nobody has signed it."""

    source: str | None = None
    tool: str | None = None
    label: Mapping[str, str] | None = None


def packet(*, source: sources.Source, tool: str, label: Mapping[str, str] | None = None) -> bytes:
    """Only what is said here: nothing of the visitor's own packet is carried over."""
    generated = f"<TC260:AIGC>{escape(aigc.written(label))}</TC260:AIGC>" if label else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about=""'
        f' xmlns:xmp="{XMP}" xmlns:Iptc4xmpExt="{IPTC}" xmlns:TC260="{TC260}"'
        f" xmp:CreatorTool={quoteattr(tool)}"
        f' Iptc4xmpExt:DigitalSourceType="{sources.uri(source)}">'
        f"{generated}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def read(data: bytes) -> Said:
    """From a packet, or from anything that has one in it. What cannot be read says nothing."""
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start)
    if start < 0 or end < 0 or end - start > LONGEST:
        return Said()
    text = data[start : end + len(b"</x:xmpmeta>")]
    if b"<!" in text:  # no packet has declarations, and entities are how parsers are hurt
        return Said()
    try:
        root = ET.fromstring(text)  # noqa: S314  without declarations there are no entities
    except (ET.ParseError, ValueError):
        return Said()
    source, label = _value(root, IPTC, "DigitalSourceType"), _value(root, TC260, "AIGC")
    return Said(
        source=sources.code(source)[:100] if source else None,
        tool=_value(root, XMP, "CreatorTool"),
        label=aigc.read(label) if label else None,
    )


def _value(root: ET.Element, space: str, name: str) -> str | None:
    """XMP writes a property as an attribute or as an element, as it pleases."""
    key = f"{{{space}}}{name}"
    for element in root.iter():
        found = element.attrib.get(key) or (element.text if element.tag == key else None)
        if found and found.strip():
            return str(found.strip()[:5000])
    return None
