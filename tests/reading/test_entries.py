"""A Markdown file to an entry."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.model import ENTRY_KEYS, Entry, Identifiers, PartialDate, Problem, Provenance, Span
from digest.reading.content import parse_source
from digest.reading.days import parse_moment
from digest.reading.files import Source, fingerprint_source
from digest.reading.scanning import ScannedFile

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str | bytes, key: str = "note.md") -> tuple[Entry | None, tuple[Problem, ...]]:
    raw = text if isinstance(text, bytes) else text.encode()
    made, problems = parse_source(ScannedFile(key, ""), Source(raw, fingerprint_source(key, raw)), BERLIN)
    assert made is None or isinstance(made, Entry)
    return made, problems


def good(front: str, key: str = "note.md") -> Entry:
    entry, problems = read(f"---\n{front}---\n\nText.\n", key)
    assert problems == ()
    assert entry is not None
    return entry


def test_every_key_is_read() -> None:
    text = """---
title: "Flash: fast & exact"
title_from: first-sentence
date: 2019-12-06T10:30:00+01:00
announced: 2019-12-05
published: 2018-04
updated: 2019-01-02
authors:
  - Ada Lovelace
  - José Ñandú
  - Ada Lovelace
tags: [graphs, language-models, graphs]
kind: abstract
arxiv: 2401.00010v3
doi: https://doi.org/10.1000/182
pmid: 31452104
pmcid: PMC6771234
openreview: rJXMpikCZ
venue: Published as a conference paper
summary: Water helps.
details: {volume: "12", comment: 9 pages}
links: {code: "https://example.org/?a=b#c", slides: /static/a.pdf}
id: urn:uuid:6b1c7a38-2a5f-5f0e-8d4e-6f6f1c2b3a4d
source:
  format: bibtex
  file: papers.bib
  url: https://example.org/list
  guid: https://example.org/7
  imported: 2024-02-03
  fingerprints: title=0012 body=1e5
draft: true
slug: flash
aliases: [/old/flash/, "/older.html"]
lang: pt-BR
license: CC-BY-4.0
---

# Body

Words.
"""
    entry, problems = read(text, "2019/12/06/flash-paper.md")
    assert problems == ()
    assert entry == Entry(
        key="2019/12/06/flash-paper.md",
        path="content/2019/12/06/flash-paper.md",
        id="urn:uuid:6b1c7a38-2a5f-5f0e-8d4e-6f6f1c2b3a4d",
        title="Flash: fast & exact",
        date=date(2019, 12, 6),
        slug="flash",
        body="# Body\n\nWords.",
        body_line=38,
        fingerprint=entry.fingerprint if entry else b"",
        title_from="first-sentence",
        time=datetime(2019, 12, 6, 10, 30, tzinfo=timezone(timedelta(hours=1))),
        kind="abstract",
        announced=date(2019, 12, 5),
        published=PartialDate(2018, 4),
        updated=PartialDate(2019, 1, 2),
        authors=("Ada Lovelace", "José Ñandú", "Ada Lovelace"),
        tags=("graphs", "language-models"),
        identifiers=Identifiers("2401.00010", 3, "10.1000/182", "31452104", "PMC6771234", "rJXMpikCZ"),
        venue="Published as a conference paper",
        links=(("code", "https://example.org/?a=b#c"), ("slides", "/static/a.pdf")),
        summary="Water helps.",
        title_at=(2, 9),
        summary_line=20,
        details=(("volume", "12"), ("comment", "9 pages")),
        aliases=("/old/flash/", "/older.html"),
        source=Provenance(
            "bibtex",
            "papers.bib",
            "https://example.org/list",
            "https://example.org/7",
            date(2024, 2, 3),
            (("title", "0012"), ("body", "1e5")),
        ),
        lang="pt-BR",
        license="CC-BY-4.0",
        draft=True,
    )
    assert text.split("\n")[entry.body_line - 1] == "# Body"


def test_a_title_and_a_day_are_enough() -> None:
    entry = good("title: A\ndate: 2020-01-02\n")
    assert (entry.kind, entry.time, entry.authors, entry.identifiers) == ("note", None, (), Identifiers())
    assert entry.url == "/2020/01/02/note/"


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        ("2020-02-29", date(2020, 2, 29), None),
        ("2020-01-02 9:05", date(2020, 1, 2), datetime(2020, 1, 2, 8, 5, tzinfo=UTC)),
        ("2020-07-02T09:05:06", date(2020, 7, 2), datetime(2020, 7, 2, 7, 5, 6, tzinfo=UTC)),
        ("2020-07-02 09:05:06.25 Z", date(2020, 7, 2), datetime(2020, 7, 2, 9, 5, 6, 250000, tzinfo=UTC)),
        ("2020-07-02 23:30:00 -0800", date(2020, 7, 2), datetime(2020, 7, 3, 7, 30, tzinfo=UTC)),
        ("'2020-07-02'", date(2020, 7, 2), None),
    ],
)
def test_the_day_is_the_one_that_is_written(written: str, day: date, time: datetime | None) -> None:
    entry = good(f"title: A\ndate: {written}\n")
    assert (entry.date, entry.time) == (day, time)


MOMENTS = st.one_of(
    st.from_regex(r"[0-9]{4}-[0-2][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9])?", fullmatch=True),
    st.text("012345:.-TWZ", min_size=8, max_size=20),
    st.sampled_from(["2019-W01-1", "2019-W01-1T10:30:00", "2019-12-06T10:30:60", "2019-12-06T24:00:00", "9999-12-31"]),
    st.sampled_from(
        ["2019-12-06T10:3030", "2019-12-06T103000.0", "0999-12-31", "\u0662019-12-06", "2019-12-06x10:30:00"]
    ),
)


@settings(max_examples=500, deadline=None)
@given(MOMENTS)
def test_usual_days_and_times_are_what_unusual_ones_are(written: str) -> None:
    assert parse_moment(f"{written}Z", UTC) == parse_moment(f"{written}+00:00", UTC)
    day = parse_moment(written, UTC)
    if len(written) == 10:  # the same day, with a time that says nothing
        late = parse_moment(f"{written} 00:00", UTC)
        assert (day and day[0]) == (late and late[0])


@pytest.mark.parametrize(
    ("key", "day", "slug"),
    [
        ("2019/12/06/flash-paper.md", date(2019, 12, 6), "flash-paper"),
        ("2019-12-07-my-note.md", date(2019, 12, 7), "my-note"),
        ("posts/2019-12-07-my-note.md", date(2019, 12, 7), "my-note"),
        ("2020-01-02-paper-2019-12-06-x.md", date(2020, 1, 2), "paper-2019-12-06-x"),
        ("2020/01/02/paper-2019-12-06-x.md", date(2020, 1, 2), "paper-2019-12-06-x"),
        ("2019/12/06/flash/index.md", date(2019, 12, 6), "flash"),
        ("2019/12/06/index.md", date(2019, 12, 6), "index"),
        ("2019/12/06/" + "long-" * 20 + "name.md", date(2019, 12, 6), "long-" * 20 + "name"),
    ],
)
def test_the_path_tells_what_the_front_matter_does_not(key: str, day: date, slug: str) -> None:
    entry = good("title: A\n", key)
    assert (entry.date, entry.slug) == (day, slug)


def test_the_front_matter_outdoes_the_path() -> None:
    assert good("title: A\ndate: 2020-01-02\nslug: Über_1\n", "2019/12/06/x.md").url == "/2020/01/02/Über_1/"


def test_one_text_is_a_list_of_one() -> None:
    entry = good("title: A\ndate: 2020-01-02\nauthors: Ada Lovelace\ntags: graphs\naliases: /old/\n")
    assert (entry.authors, entry.tags, entry.aliases) == (("Ada Lovelace",), ("graphs",), ("/old/",))


def test_nothing_written_is_nothing() -> None:
    empty = "".join(f"{key}:\n" for key in ENTRY_KEYS if key not in {"title", "date"})
    entry = good(f"title: A\ndate: 2020-01-02\n{empty}")
    bare = good("title: A\ndate: 2020-01-02\n")
    assert [getattr(entry, name) for name in ("id", "links", "draft", "source", "slug")] == [
        getattr(bare, name) for name in ("id", "links", "draft", "source", "slug")
    ]


@pytest.mark.parametrize(
    ("written", "provenance"),
    [
        ("https://example.org/a", Provenance(url="https://example.org/a")),
        ("a letter", Provenance(file="a letter")),
        ("{file: a.txt}", Provenance(file="a.txt")),
    ],
)
def test_a_source_may_be_a_plain_text(written: str, provenance: Provenance) -> None:
    assert good(f"title: A\ndate: 2020-01-02\nsource: {written}\n").source == provenance


def test_titles_stay_as_they_are_written() -> None:
    assert good("title: 1984\ndate: 2020-01-02\n").title == "1984"
    assert good("title: 'A  $\\alpha$-net  # 1'\ndate: 2020-01-02\n").title == "A  $\\alpha$-net  # 1"
    assert good("title: >\n  Over\n  two lines\ndate: 2020-01-02\n").title == "Over two lines"
    assert good("title: yes\ndate: 2020-01-02\n").title == "yes"


def test_an_id_comes_from_the_place_where_none_is_given() -> None:
    front = "title: A\ndate: 2020-01-02\n"
    first, again, elsewhere = (good(front, key).id for key in ("a.md", "a.md", "b.md"))
    assert first == again != elsewhere
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first)


def test_a_fingerprint_follows_text_and_place() -> None:
    front = "title: A\ndate: 2020-01-02\n"
    one, same, moved, changed = (
        good(text, key).fingerprint
        for text, key in ((front, "a.md"), (front, "a.md"), (front, "b.md"), (front + "# x\n", "a.md"))
    )
    assert one == same
    assert len({one, moved, changed}) == 3
    assert len(one) == 16


def test_all_that_is_wrong_is_told_though_there_is_no_entry() -> None:
    entry, problems = read("---\ndate: never\nkind: poem\narxiv: x\n---\n")
    assert entry is None
    assert sorted(problem.code for problem in problems) == ["DG102", "DG103", "DG104", "DG108"]


def test_the_span_is_that_of_the_value() -> None:
    _, problems = read("---\ntitle: A\ndate:   2024-13-45 # soon\n---\n")
    assert [problem.span for problem in problems] == [Span("content/note.md", 3, 9, 10)]


VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["../..", "/etc/passwd", "javascript:x", "2020-01-02", "9999-12-31 23:59-23:59", "0000-01-01", "１２３", "\x00",
         "con",          "2020-01-02 10:00+99:99", "a/b", "\u202e", "é" * 200, "//x", "http://[", "https://x:99999999/"]
    ),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
)  # fmt: skip
FRONTS = st.dictionaries(
    st.sampled_from(ENTRY_KEYS),
    st.one_of(VALUES, st.lists(VALUES, max_size=3), st.dictionaries(st.text(max_size=5), VALUES, max_size=3)),
    max_size=6,
)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_an_entry_without_id_is_named_after_its_path(key: str) -> None:
    namespace = uuid.UUID("6c6f2f0e-6f0b-5d39-9a4e-0d7c1f5f2a63")
    assert good("title: A\ndate: 2020-01-02\n", key).id == f"urn:uuid:{uuid.uuid5(namespace, key)}"


@settings(max_examples=150, deadline=None)
@given(FRONTS)
def test_any_front_matter_gives_a_safe_entry_or_a_reason(front: dict[str, frontmatter.Plain]) -> None:
    text = frontmatter.join_document(frontmatter.dump_front_matter({"title": "A", "date": "2020-01-02", **front}), "x")
    entry, problems = read(text)
    assert all(problem.hint and problem.span for problem in problems)
    assert entry is not None or problems
    if entry is not None:
        assert re.fullmatch(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^\W_][\w-]*/", entry.url)
        assert all(alias.startswith("/") and ".." not in alias.split("/") for alias in entry.aliases)
        assert all(not url.lower().startswith(("javascript:", "data:")) for _, url in entry.links)
        assert not any("\x00" <= char < "\x09" for char in entry.title)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_give_an_entry_or_a_reason(data: bytes, fenced: bool) -> None:
    raw = b"---\ntitle: A\ndate: 2020-01-02\n" + data + b"\n---\n" + data if fenced else data
    entry, problems = read(raw)
    assert entry is not None or problems


@pytest.mark.parametrize(
    ("written", "slug"), [("e\u0301tude", "étude"), ("हिन्दी", "हिन्दी"), ("ไทย", "ไทย"), ("Über", "Über")]
)
def test_a_slug_may_be_of_any_script(written: str, slug: str) -> None:
    assert good(f"title: A\ndate: 2020-01-02\nslug: {written}\n").slug == slug


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9999-12-31"])
def test_a_year_without_an_address_is_told_as_such(day: str) -> None:
    _, (problem,) = read(f"---\ntitle: A\ndate: {day}\n---\n")
    assert (problem.code, problem.hint) == ("DG102", "write a year from 1000 to 9998")


def test_the_name_of_a_detail_holds_no_control_character() -> None:
    text = '---\ntitle: A\ndate: 2024-01-02\ndetails: {"a\\x01b": c}\n---\n'
    entry, problems = read(text)
    assert entry is not None
    assert entry.details == (("a\ufffdb", "c"),)
    assert [problem.code for problem in problems] == ["DG112"]
