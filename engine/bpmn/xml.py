"""Reads XML that strangers wrote: diagrams and decision tables. Knows the limits, not what the elements mean.

Whoever may publish may upload, so a file is refused before it can name an entity, reach the network or fill the memory.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from engine.errors import Refusal

XmlElement: TypeAlias = Any
"""An lxml element. lxml ships no types."""

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 200
MAX_ELEMENTS = 20_000

_CHUNK = 64 * 1024
_PROLOG = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)


class XmlRefused(Refusal):
    """The bytes are not XML that we read.

    `code` is one of `xml-too-large`, `xml-doctype`, `xml-encoding`, `xml-malformed`, `xml-too-deep`,
    `xml-too-many-elements`; `line` is 0 when no place can be named.
    """

    def __init__(self, code: str, message: str, line: int = 0) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.line = line


def parse(content: bytes) -> XmlElement:
    """The root element of a document, without its comments.

    Raises XmlRefused for more than 2 MB, any DOCTYPE, an encoding other than UTF-8, what is not well-formed, nesting
    deeper than 200 and more than 20 000 elements.
    """
    _refuse_at_sight(content)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    counted = _Counted()
    try:
        for at in range(0, len(content), _CHUNK):
            parser.feed(content[at : at + _CHUNK])
            counted.take(parser.read_events())
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise XmlRefused("xml-malformed", f"not well-formed XML: {error.msg}", error.lineno or 0) from None
    counted.take(parser.read_events())
    return root


def _refuse_at_sight(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise XmlRefused("xml-too-large", f"{len(content)} bytes; at most {MAX_BYTES} are read")
    # Bytes of a wider encoding would hide a DOCTYPE from the search below, hence UTF-8 and nothing else.
    if b"\0" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise XmlRefused("xml-encoding", "the file is not UTF-8; save it as UTF-8")
    prolog = _PROLOG.match(content)
    start = prolog.end() if prolog else 0
    if content[start : start + 9].upper() == b"<!DOCTYPE":
        raise XmlRefused("xml-doctype", "the file has a DOCTYPE; remove it, diagrams need none")


class _Counted:
    """Counts while reading, so that a file over the limit is dropped before it is a tree in memory."""

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0

    def take(self, events: Any) -> None:
        for kind, element in events:
            if kind == "end":
                self._depth -= 1
                continue
            self._depth += 1
            self._elements += 1
            if self._depth > MAX_DEPTH:
                raise XmlRefused("xml-too-deep", f"elements are nested deeper than {MAX_DEPTH}", element.sourceline)
            if self._elements > MAX_ELEMENTS:
                raise XmlRefused("xml-too-many-elements", f"more than {MAX_ELEMENTS} elements", element.sourceline)
