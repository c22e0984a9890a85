"""What of an entry decides where it stands, at a fifth of the cost of reading it: for who reads the rest later."""

from __future__ import annotations

from datetime import date, tzinfo
from functools import lru_cache
from typing import Final, TypeAlias

from digest.formats import slugs
from digest.formats.patterns import lazily
from digest.model import Entry, Problem
from digest.reading.content import parse_source
from digest.reading.days import parse_moment
from digest.reading.entries import LONGEST_SLUG
from digest.reading.files import read_head, read_source
from digest.reading.scanning import ScannedFile

# The day of an entry, whether it is a draft, its tags, its authors and its venue; many go from process to process.
Glimpse: TypeAlias = tuple[date, bool, tuple[str, ...], tuple[str, ...], str]

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_-]*+"
# No comment behind it, nothing that YAML takes for more than a text.
_QUOTED: Final = r"""\"[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*+\"|'[^'\n]*+'"""
_BARE: Final = r"[A-Za-z0-9][^\n:#]*+(?:(?::(?![ \n])|(?<! )#)[^\n:#]*+)*+(?<! )"
_TEXT: Final = rf"(?:{_QUOTED}|{_BARE})"


def _list_texts(lead: int) -> str:
    """A list of texts, one a line, all behind the same blanks, which are the group `lead`, the next."""
    return rf"( *)- {_TEXT}\n(?:\{lead}- {_TEXT}\n)*+"


def _once(name: str, group: int, value: str) -> str:
    """A key with its value, which is the group, the next; not if it was there before."""
    return rf"{name}:(?({group})(?!)|({value}))"


_TEXTS: Final = "|".join(
    _once(name, group, rf"(?: {_TEXT})?\n") for group, name in enumerate(("title", "date", "draft", "venue"), 1)
)
_TAGS: Final = _once("tags", 5, rf"\n(?:{_list_texts(6)})?")
_AUTHORS: Final = _once("authors", 7, rf"\n(?:{_list_texts(8)})?")
_PAIRS: Final = rf"( +){_NAME}: {_TEXT}\n(?:\10{_NAME}: {_TEXT}\n)*+"
_OTHER: Final = rf"(?!(?:title|date|draft|venue|tags|authors):){_NAME}:(?: {_TEXT}\n|\n(?:{_list_texts(9)}|{_PAIRS})?)"
# Keys, each with a text; or with a list or a mapping below it, a text a line.
_FRONT: Final = lazily(rf"(?:{_TEXTS}|{_TAGS}|{_AUTHORS}|{_OTHER})*+")
_PRINTED: Final = bytes({0x0A, *range(0x20, 0x7F)})
_HEAD: Final = 4_096  # bytes in which nearly all front matter ends
_NAMES: Final = 65_536  # that are remembered
_NULLS: Final = frozenset({"null", "Null", "NULL"})
_FLAGS: Final = {None: False, "\n": False, " true\n": True, " false\n": False}


def glimpse_entry(file: ScannedFile, zone: tzinfo) -> Glimpse | None:
    """What of the entry that a file holds decides where it stands; `None` where it holds none, or an error."""
    front = _cut_front(read_head(file, _HEAD))
    return (read_glimpse(front, zone) if front else None) or _read_whole(file, zone)


def read_glimpse(front: str, zone: tzinfo) -> Glimpse | None:
    """The same of a front matter that is written as nearly everybody writes it; `None` where that is to be read.

    What is wrong with a key that is none of these, nobody sees here.
    """
    match = _FRONT.fullmatch(front)
    if match is None or not _is_printed(front):
        return None
    title, day, draft, venue, tags_below, tag_lead, authors_below, author_lead, *_ = match.groups()
    tags = tuple(dict.fromkeys(map(_read_tag, _cut_list(tags_below, tag_lead))))
    authors = tuple(map(_read_item, _cut_list(authors_below, author_lead)))
    moment = parse_moment(_read_text(day), zone) if day else None
    place = _read_text(venue) if venue else ""
    if moment is None or draft not in _FLAGS or "" in tags or "" in authors or "\\" in place:
        return None
    return (moment[0], _FLAGS[draft], tags, authors, place) if title and _read_text(title) else None


def _is_printed(front: str) -> bool:
    if front.isascii():  # nearly all, in a fifth of the time
        return not front.encode().translate(None, _PRINTED)
    return front.replace("\n", "").isprintable()


def _cut_front(raw: bytes) -> str | None:
    """The front matter of a file, as `split_document` cuts nearly all."""
    end = raw.find(b"\n---", 3)
    if not raw.startswith(b"---\n") or end < 0 or raw[end + 4 : end + 5] != b"\n":
        return None
    if raw.find(b"\n...", 3, end) >= 0:
        return None
    try:
        return raw[4 : end + 1].decode()
    except UnicodeDecodeError:
        return None


def _read_text(written: str) -> str:
    """The text of a key, empty where nothing is written."""
    if written == "\n":
        return ""
    if written[1] in "\"'":
        return written[2:-2].strip()
    text = written[1:-1]
    return "" if text in _NULLS else text


def _cut_list(written: str | None, lead: str | None) -> list[str]:
    """The items of a list."""
    if written is None or lead is None:
        return []
    begin = f"\n{lead}- "
    return written[len(begin) : -1].split(begin)


@lru_cache(maxsize=_NAMES)  # tags and authors come again
def _read_item(written: str) -> str:
    """An item of a list, if it is shown as it is."""
    text = written[1:-1] if written[0] in "\"'" else written
    return text if text == text.strip() and "\\" not in text else ""


@lru_cache(maxsize=_NAMES)
def _read_tag(written: str) -> str:
    """A tag, if it is one as it is."""
    text = _read_item(written)
    return text if slugs.slugify(text, limit=LONGEST_SLUG) == text else ""


def _read_whole(file: ScannedFile, zone: tzinfo) -> Glimpse | None:
    source = read_source(file)
    if isinstance(source, Problem):
        return None
    entry, problems = parse_source(file, source, zone)
    if not isinstance(entry, Entry) or any(problem.severity == "error" for problem in problems):
        return None
    return entry.date, entry.draft, entry.tags, entry.authors, entry.venue
