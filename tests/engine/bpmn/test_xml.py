import pytest

from engine.bpmn.xml import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, XmlRefused, parse


def refusal(content: bytes) -> str:
    with pytest.raises(XmlRefused) as refused:
        parse(content)
    return refused.value.code


def test_a_plain_document_is_read_and_its_comments_are_dropped():
    root = parse(b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?><!-- <!DOCTYPE a> --><a>x<!-- y -->z</a>')

    assert (root.tag, root.text) == ("a", "xz")


def test_a_doctype_is_refused_wherever_it_hides():
    entity = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    assert refusal(entity) == "xml-doctype"
    assert refusal(b"<?xml version='1.0'?>\n<!-- x --><?pi y?>  " + entity) == "xml-doctype"
    assert refusal(entity.decode().encode("utf-16")) == "xml-encoding"
    assert refusal(b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a><a/>") == "xml-malformed"


def test_an_entity_that_nobody_declared_is_refused():
    assert refusal(b"<a>&b;</a>") == "xml-malformed"


def test_what_is_no_xml_is_refused_with_its_line():
    with pytest.raises(XmlRefused) as refused:
        parse(b"<a>\n<b></a>")

    assert (refused.value.code, refused.value.line) == ("xml-malformed", 2)
    assert refusal(b"") == "xml-malformed"
    assert refusal(b"\xffnot utf-8") == "xml-malformed"


def test_size_depth_and_number_have_limits():
    assert refusal(b"<a>" + b" " * MAX_BYTES + b"</a>") == "xml-too-large"
    assert refusal(b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1)) == "xml-too-deep"
    assert refusal(b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>") == "xml-too-many-elements"
    assert len(parse(b"<a>" + b"<b/>" * (MAX_ELEMENTS - 1) + b"</a>")) == MAX_ELEMENTS - 1
