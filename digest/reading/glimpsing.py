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
# A key with a text; or with a list or a mapping below it, a text a line, all behind the same blanks.
_BLOCK: Final = lazily(
    rf"({_NAME}):( {_TEXT}\n"
    rf"|\n(?:( *)- {_TEXT}\n(?:\3- {_TEXT}\n)*+|( +){_NAME}: {_TEXT}\n(?:\4{_NAME}: {_TEXT}\n)*+)?)"
)
_HEAD: Final = 4_096  # bytes in which nearly all front matter ends
_NAMES: Final = 65_536  # that are remembered
_NULLS: Final = frozenset({"null", "Null", "NULL"})
_FLAGS: Final = {"": False, "true": True, "false": False}


def glimpse_entry(file: ScannedFile, zone: tzinfo) -> Glimpse | None:
    """What of the entry that a file holds decides where it stands; `None` where it holds none, or an error."""
    front = _cut_front(read_head(file, _HEAD))
    return (read_glimpse(front, zone) if front else None) or _read_whole(file, zone)


def read_glimpse(front: str, zone: tzinfo) -> Glimpse | None:
    """The same of a front matter that is written as nearly everybody writes it; `None` where that is to be read.

    What is wrong with a key that is none of these, nobody sees here.
    """
    blocks = _BLOCK.findall(front)
    if sum([len(name) + len(rest) for name, rest, _, _ in blocks]) + len(blocks) != len(front):
        return None
    values = {name: (rest, lead) for name, rest, lead, _ in blocks}
    if len(values) != len(blocks) or not front.replace("\n", "").isprintable():
        return None
    title, day, draft, venue = (_read_text(values, name) for name in ("title", "date", "draft", "venue"))
    tags, authors = _read_list(values, "tags"), _read_list(values, "authors")
    moment = parse_moment(day, zone) if day else None
    if not title or moment is None or draft not in _FLAGS or venue is None or tags is None or authors is None:
        return None
    if not all(map(_is_tag, tags)):
        return None
    return moment[0], _FLAGS[draft], tuple(dict.fromkeys(tags)), authors, venue


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


def _read_text(values: dict[str, tuple[str, str]], name: str) -> str | None:
    """The text of a key, empty where nothing is written; `None` where it has something else."""
    written = values.get(name, ("\n", ""))[0]
    if written == "\n":
        return ""
    if written[0] == "\n":
        return None
    if written[1] in "\"'":
        text = written[2:-2].strip()
        return None if name == "draft" or (name == "venue" and "\\" in text) else text  # nobody needs a title whole
    text = written[1:-1]
    return "" if text in _NULLS else text


def _read_list(values: dict[str, tuple[str, str]], name: str) -> tuple[str, ...] | None:
    """The texts of a list; `None` where it has something else."""
    written, lead = values.get(name, ("\n", ""))
    if written == "\n":
        return ()
    begin = f"\n{lead}- "
    if not written.startswith(begin):
        return None
    texts = tuple(map(_read_item, written[len(begin) : -1].split(begin)))
    return None if "" in texts else texts


@lru_cache(maxsize=_NAMES)  # tags and authors come again
def _read_item(written: str) -> str:
    """An item of a list, if it is shown as it is."""
    text = written[1:-1] if written[0] in "\"'" else written
    return text if text == text.strip() and "\\" not in text else ""


@lru_cache(maxsize=_NAMES)
def _is_tag(text: str) -> bool:
    return slugs.slugify(text, limit=LONGEST_SLUG) == text


def _read_whole(file: ScannedFile, zone: tzinfo) -> Glimpse | None:
    source = read_source(file)
    if isinstance(source, Problem):
        return None
    entry, problems = parse_source(file, source, zone)
    if not isinstance(entry, Entry) or any(problem.severity == "error" for problem in problems):
        return None
    return entry.date, entry.draft, entry.tags, entry.authors, entry.venue
