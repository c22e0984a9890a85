"""Values that a cache may hold, for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from digest.caching import Known, KnownBody, KnownFile, KnownSketch
from digest.model import (
    Entry,
    Gist,
    Heading,
    Identifiers,
    LocalLink,
    PageFile,
    PartialDate,
    Place,
    Problem,
    Prose,
    Provenance,
    Roll,
    Span,
    Stamp,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
NUMBERS = st.integers(0, 2**62)
MARKS = st.binary(max_size=16)
DAYS = st.dates(date(1000, 1, 1))
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(seconds=-3208))])
MOMENTS = st.none() | st.datetimes(datetime(1000, 1, 2), datetime(9998, 1, 1), timezones=ZONES)  # type: ignore[arg-type]  # typed as none or zones, and not as both
PARTIAL = st.none() | st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12))
STAMPS = st.builds(Stamp, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
PLACES = st.builds(Place, st.from_regex(r"[a-z]{1,5}-[0-9a-f]{16}\.pack", fullmatch=True), NUMBERS, NUMBERS)
SPANS = st.none() | st.builds(Span, TEXT, NUMBERS, NUMBERS, NUMBERS)
PROBLEMS = st.lists(
    st.builds(Problem, st.sampled_from(["error", "warning", "note"]), TEXT, TEXT, SPANS, TEXT), max_size=2
).map(tuple)
LINKS = st.lists(st.builds(LocalLink, TEXT, NUMBERS, NUMBERS), max_size=2).map(tuple)
ENTRIES = st.builds(
    Entry,
    key=TEXT,
    path=TEXT,
    id=TEXT,
    title=TEXT,
    date=DAYS,
    slug=TEXT,
    body=st.just(""),
    body_line=NUMBERS,
    fingerprint=MARKS,
    title_from=st.sampled_from(["", "first-sentence", "text"]),
    time=MOMENTS,
    kind=st.sampled_from(["abstract", "summary", "note"]),
    announced=st.none() | DAYS,
    published=PARTIAL,
    updated=PARTIAL,
    authors=TEXTS,
    tags=TEXTS,
    identifiers=st.builds(Identifiers, TEXT, st.none() | NUMBERS, TEXT),
    links=PAIRS,
    details=PAIRS,
    aliases=TEXTS,
    source=st.builds(Provenance, TEXT, TEXT, TEXT, TEXT, st.none() | DAYS, PAIRS),
    draft=st.booleans(),
    title_at=st.tuples(NUMBERS, NUMBERS),
    summary_line=NUMBERS,
)
PAGES = st.builds(
    PageFile, TEXT, TEXT, TEXT, TEXT, st.just(""), NUMBERS, MARKS, TEXT, TEXT, title_at=st.tuples(NUMBERS, NUMBERS)
)
GISTS = st.builds(Gist, TEXT, NUMBERS, LINKS, MARKS, MARKS, TEXT, TEXT, MARKS)
BODIES = st.builds(KnownBody, STAMPS, MARKS, st.none() | ENTRIES | PAGES, GISTS, PROBLEMS, st.none() | PLACES)
FILES = st.builds(KnownFile, TEXT, MARKS, STAMPS, st.none() | PLACES)
SKETCHES = st.builds(KnownSketch, st.lists(MARKS, max_size=3).map(tuple), st.lists(FILES, max_size=3).map(tuple))
ROLLS = st.builds(Roll, MARKS, st.dictionaries(TEXT, st.sampled_from(["page", ""]), max_size=2), PROBLEMS)
KNOWN = st.builds(
    Known,
    st.dictionaries(TEXT, BODIES, max_size=6),
    st.dictionaries(TEXT, SKETCHES, max_size=6),
    MARKS,
    roll=ROLLS,
)
PROSE = st.builds(
    Prose,
    TEXT,
    TEXT,
    TEXT,
    st.lists(st.builds(Heading, st.integers(2, 6), TEXT, TEXT), max_size=2).map(tuple),
    LINKS,
    NUMBERS,
    TEXT,
    TEXT,
    PROBLEMS,
)


def make_body(number: int, place: Place | None = None) -> KnownBody:
    """A body of an entry, told from others by its number."""
    key = f"2024/{number}.md"
    entry = Entry(
        key, f"content/{key}", f"urn:{number}", f"Title {number}", date(2024, 1, 1), f"slug-{number}", "", 5, b"x" * 16
    )
    return KnownBody(Stamp(number, 2, 3, 4), number.to_bytes(16), entry, Gist(f"Title {number}", 9), (), place)


def make_sketch(number: int, place: Place | None = None) -> KnownSketch:
    """A sketch of one file, told from others by its number."""
    return KnownSketch(
        (number.to_bytes(16),), (KnownFile(f"{number}/index.html", b"f" * 16, Stamp(1, 2, 0, 3), place),)
    )
