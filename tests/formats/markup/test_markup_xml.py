"""Records of XML: broken, cut, hostile, and in whatever pieces they come."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.markup import Element, Fault, read_elements

FEED = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE feed PUBLIC "-//X//Y" "https://example.org/y.dtd">
<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns="urn:other">
  <a:title>Éclairs &amp; <![CDATA[<tarts>]]></a:title><a:link href="?a=1&amp;b=2"/>
  <!-- <a:entry>not this</a:entry> -->
  <a:entry><a:id>one</a:id><note xml:lang="fr">n<![CDATA[</a:entry>]]></note></a:entry>
  <a:entry>
    <a:id>two</a:id>
    <x:entry xmlns:x="urn:x">inner</x:entry>
    <more><a:entry xmlns:a="urn:deeper">deeper</a:entry></more>
  </a:entry>
  <a:entry/>
</a:feed>
"""
ATOM = "http://www.w3.org/2005/Atom"


def read(text: str, names: Collection[str] = ("entry",), heads: Collection[str] = ()) -> list[Element | Fault]:
    return list(read_elements([text], names, heads))


def pieces_of(text: str, size: int) -> Iterator[str]:
    return (text[place : place + size] for place in range(0, len(text), size))


def texts(found: list[Element | Fault]) -> list[str]:
    return [part.text() for part in found if isinstance(part, Element)]


def faults(found: list[Element | Fault]) -> list[tuple[int, int, str, bool]]:
    return [(part.line, part.column, part.message, part.lost) for part in found if isinstance(part, Fault)]


def test_records_come_whole_and_the_head_before_them() -> None:
    head, one, two, three = [part for part in read(FEED, heads=("feed",)) if isinstance(part, Element)]
    assert (head.name, head.namespace, head.line) == ("feed", ATOM, 3)
    assert [part.text() for part in head.children("title")] == ["Éclairs & <tarts>"]
    assert [part.get("href") for part in head.find_all("link")] == ["?a=1&b=2"]
    assert one.text() == "onen</a:entry>"
    assert [(part.namespace, part.get("xml:lang")) for part in one.children("note")] == [("urn:other", "fr")]
    assert [(part.name, part.namespace, part.line) for part in two.find_all()] == [
        ("id", ATOM, 8),
        ("entry", "urn:x", 9),
        ("more", "urn:other", 10),
        ("entry", "urn:deeper", 10),
    ]
    assert (three.content, three.line) == ((), 12)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 17, 100])
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    assert list(read_elements(pieces_of(FEED, size), ("entry",), ("feed",))) == read(FEED, heads=("feed",))


def test_a_broken_record_costs_only_itself() -> None:
    text = "<feed>\n<entry>one</entry>\n<entry><b>two</entry>\n<entry>three</entry>\n</feed>"
    assert texts(read(text)) == ["one", "three"]
    assert faults(read(text)) == [(3, 16, "not well-formed XML: mismatched tag", True)]


def test_a_record_without_its_end_costs_only_itself() -> None:
    text = "<feed>\n<entry>one\n<entry>two</entry>\n</feed>"
    assert texts(read(text)) == ["two"]
    assert faults(read(text)) == [(2, 1, "<entry> is not ended before the next one", True)]


@pytest.mark.parametrize(
    ("cut", "kept", "place"),
    [
        (
            "<feed>\n<entry>one</entry>\n<entry>tw",
            ["one"],
            (3, 10, "the file ends within <entry>, which starts on line 3"),
        ),
        ("<feed>\n<entry>one</entry>\n", ["one"], (3, 1, "the file ends before </feed>")),
        ("<feed>\n<entry>one</entry>\n<en", ["one"], (3, 4, "the file ends before </feed>")),
        ("<feed>\n<entry>one</entry>\n<entry", ["one"], (3, 7, "the file ends within <entry>, which starts on line 3")),
    ],
)
def test_a_file_that_was_cut_keeps_its_whole_records(cut: str, kept: list[str], place: tuple[int, int, str]) -> None:
    assert texts(read(cut)) == kept
    assert faults(read(cut)) == [(*place, True)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a&nbsp;b &eacute; &lt;", "a\xa0b é <"),
        ("Q&A, AT&T; p < 0.05", "Q&A, AT&T; p < 0.05"),
        ("a\x00b\x0bc\ufffe", "abc"),
        ("a\udc80b", "ab"),
        ("a&#0;b&#x1;c", "a\ufffdbc"),
        ("<![CDATA[a & b]]> & <!-- & -->c", "a & b & c"),
    ],
)
def test_what_people_get_wrong_is_mended_and_told(written: str, meant: str) -> None:
    found = read(f"<feed>\n<entry>{written}</entry></feed>")
    assert texts(found) == [meant]
    assert [(line, lost) for line, _, _, lost in faults(found)] == [(2, False)]


def test_a_reference_to_what_no_page_may_hold_is_a_sign_of_it() -> None:
    assert texts(read("<entry>a&#xfdd0;b&#233;</entry>")) == ["a\ufffdbé"]


def test_entities_of_the_document_are_refused() -> None:
    bomb = '<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY nbsp "x">'
    text = f"<!DOCTYPE feed [{bomb}]>\n<feed>\n<entry>&b;</entry>\n<entry>two</entry><entry>&nbsp;</entry></feed>"
    assert texts(read(text)) == ["two"]
    assert faults(read(text)) == [
        (1, 17, "entities of a document type are not read", False),
        (3, 8, "not well-formed XML: undefined entity", True),
        (4, 26, "not well-formed XML: undefined entity", True),
    ]


def test_prefixes_that_nobody_declares_mean_what_they_mean_elsewhere() -> None:
    (entry,) = read("<entry><dc:creator>A</dc:creator><odd:thing/><plain/></entry>")
    assert isinstance(entry, Element)
    assert [(part.name, part.namespace) for part in entry.children()] == [
        ("creator", "http://purl.org/dc/elements/1.1/"),
        ("thing", ""),
        ("plain", ""),
    ]


def test_documents_one_behind_the_other_are_read_on() -> None:
    page = '<?xml version="1.0"?>\n<feed><entry>{}</entry></feed>\n'
    assert texts(read(page.format(1) + page.format(2))) == ["1", "2"]


def test_lines_are_counted_beyond_the_reach_of_libraries() -> None:
    text = "<feed>" + "\n" * 70_000 + "<entry>\n<id>far</id></entry></feed>"
    (entry,) = read_elements(pieces_of(text, 4096), ("entry",))
    assert isinstance(entry, Element)
    assert (entry.line, [part.line for part in entry.children()]) == (70_001, [70_002])


def test_columns_are_counted_across_pieces() -> None:
    text = "<feed>" + "<x/>" * 3000 + "<entry><b></entry></feed>"
    assert faults(list(read_elements(pieces_of(text, 64), ("entry",)))) == [
        (1, 12_019, "not well-formed XML: mismatched tag", True)
    ]


def test_nesting_without_end_is_refused() -> None:
    text = "<feed><entry>" + "<a>" * 5000 + "</a>" * 5000 + "</entry><entry>ok</entry></feed>"
    assert texts(read(text)) == ["ok"]
    assert faults(read(text)) == [(1, 7, "elements are nested more than 400 deep", True)]


HOSTILE = {
    "comments": "<feed>" + "<!-- " * 60_000,
    "unparsed": "<feed><entry>" + "<![CDATA[" * 60_000,
    "mended": "<feed><entry>& " + "<!-- " * 60_000 + "</entry>",
    "records": "<feed>" + "<entry>" * 20_000,
    "signs": "<" * 300_000,
    "quotes": "<feed>" + '<a b="' * 60_000,
    "open": "<p>" * 60_000 + "</q>" * 20_000,
    "ampersands": "<entry>" + "&" * 100_000 + "</entry>",
    "number": "<entry>&#" + "9" * 100_000 + ";</entry>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_time_to_speak_of(text: str) -> None:
    found = list(read_elements(pieces_of(text, 4096), ("entry",), ("feed",)))
    assert all(isinstance(part, Element | Fault) for part in found)


@given(
    st.lists(
        st.sampled_from([*"<>/&;![]-?=\"' \n", "entry", "feed", "<entry>", "</entry>", "<!--", "-->", "é", "\x00"])
    ),
    st.integers(1, 9),
)
@settings(max_examples=150, deadline=None)
def test_no_text_raises_and_pieces_never_matter(parts: list[str], size: int) -> None:
    text = "".join(parts)
    assert list(read_elements(pieces_of(text, size), ("entry",), ("feed",))) == read(text, heads=("feed",))
