"""The head of a reading note in plain Markdown: its title, and the lines below that tell of the paper.

A title is the first heading, often a link to the paper; `Authors: …`, `* **Link**: …`, a table of such, and a line of
names follow. What no line here is known for belongs to the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from digest.formats.dates import parse_date_line
from digest.formats.name_lists import are_surely_authors
from digest.formats.note_labels import LABELS, STRUCTURAL
from digest.formats.note_names import NoteNames, read_note_names
from digest.formats.patterns import lazily
from digest.formats.post_head import PostField

# People leave the blank behind the signs out.
_ATX: Final = lazily(r" {0,3}#{1,6}(?:[ \t]+|(?=[^\W\d_a-z]|\[))(?P<text>.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT: Final = lazily(r" {0,3}(?:={2,}|-{2,})[ \t]*")
_BOLD: Final = lazily(r"(?P<mark>\*\*|__)(?P<text>[^*_\n](?:(?!(?P=mark)).)*[^\s:：*_])(?P=mark)[ \t]*\\?")
_RULE: Final = lazily(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|</?br ?/?>)")
_LABELLED: Final = lazily(
    r"\s*(?:(?:[*+-]|\d{1,2}[.)]|>)\s+){0,3}(?:\*\*|__|[*_])?\s*(?P<label>[^\W\d_][^:：*\n|`\[\]]{0,40}?)\s*"
    r"(?:(?:\*\*|__|[*_])\s*[:：]|(?:::(?=\s)|[:：])\s*(?:\*\*|__|[*_](?=\s|$))?)\s*(?P<value>.*?)\s*(?:\\|<br ?/?>)?"
)
_LINK: Final = lazily(
    r"\[(?P<text>(?:\\.|[^\[\]\\]|\[[^\[\]]*\]){1,500})\]"
    r"\(\s*(?P<url><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\s*\)"
)
# `[On Beans][1]`, and at the end of the note `[1]: https://…`.
_REFERRED: Final = lazily(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){1,500})\]\[(?P<name>[^\[\]]*)\]")
_DEFINED: Final = lazily(r" {0,3}\[(?P<name>[^\[\]]+)\]:[ \t]*<?(?P<url>https?://[^\s<>]+)>?.*")
_ADDRESS_LINE: Final = lazily(r"\s*[(\[]?<?(?P<url>https?://[^\s<>()\[\],]+)>?(?:,\s*(?:19|20)\d\d)?[)\]]?[.\s\\]*")
_LONGEST_PART: Final = 200
_QUOTED_ADDRESS: Final = lazily(r"\s*>\s*<?(?P<url>https?://[^\s<>]+)>?\s*")
_YEAR: Final = lazily(r"\s*[(（\[](?P<year>(?:19|20)\d{2})[)）\]]\s*\Z")
_VENUE: Final = lazily(
    r"\s*[(（\[【](?P<venue>(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z&/ ]{1,24}['’ ]?\s?\d{2,4})[)）\]】]\s*\Z"
)
_PREFACE: Final = lazily(r"\s*(?:<!--.*-->|!?\[[^\[\]]*\]\([^()]*\)|<img [^<>]*>|</?\w+[^<>]*>)\s*")
# Links behind a title that are named for what they lead to; a longer text is part of the title.
_LONGEST_NAME: Final = 24
_LOOKED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class NoteHeader:
    """What the head of a note says; every line of it is in a field, in `dropped` or still in the body."""

    title: str = ""
    address: str = ""
    line: int = 1
    links: tuple[tuple[str, str], ...] = ()
    names: str = ""
    fields: tuple[PostField, ...] = ()
    body: str = ""
    body_line: int = 1
    dropped: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Reading:
    """What is read so far."""

    title: str = ""
    address: str = ""
    line: int = 1
    links: list[tuple[str, str]] = field(default_factory=list)
    names: str = ""
    fields: list[PostField] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)


def read_note_header(text: str, first_line: int = 1) -> NoteHeader:
    """The title and the labelled lines at the top of a note, and the body without them."""
    lines = text.split("\n")
    note = _Reading(line=first_line)
    if "]:" in text:
        defined = (_DEFINED.fullmatch(line) for line in lines if "]:" in line)
        note.references = {found["name"].casefold(): found["url"] for found in defined if found}
    place = 0
    while place < min(len(lines), _LOOKED_AT):
        if not lines[place].strip():
            place += 1
            continue
        used = _read_block(note, lines, place, first_line)
        if not used:
            break
        place += used
    while place < len(lines) and not lines[place].strip():
        place += 1
    if note.title and place < len(lines) and _RULE.fullmatch(lines[place]):
        note.dropped.append((first_line + place, lines[place]))
        place += 1
    kept = [*note.kept, *([""] if note.kept else []), *lines[place:]]
    body = re.sub(r"\A(?:[ \t]*\n)+", "", "\n".join(kept)).rstrip()
    while place < len(lines) and not lines[place].strip():
        place += 1
    return NoteHeader(
        note.title,
        note.address,
        note.line,
        tuple(note.links),
        note.names,
        tuple(note.fields),
        body,
        first_line + place,
        tuple(note.dropped),
    )


def split_title(text: str) -> tuple[str, str, tuple[tuple[str, str], ...], tuple[PostField, ...]]:
    """(title, its address, links named behind it, year and venue in brackets behind it) of a heading."""
    text = " ".join(text.split()).lstrip("-•* ") if text[:2] in {"- ", "* ", "• "} else " ".join(text.split())
    links: list[tuple[str, str]] = []
    fields: list[PostField] = []
    while True:
        if found := _last_link(text):
            start, link = found
            name = re.sub(r"[\[\]():]", "", link["text"]).strip().casefold()
            links.insert(0, (name, link["url"].strip("<>")))
            text = text[:start].rstrip(" -–—|/,·([")
        elif year := _YEAR.search(text):
            fields.append(PostField("year", year["year"]))
            text = text[: year.start()].rstrip()
        elif venue := _VENUE.search(text):
            fields.append(PostField("venue", venue["venue"].strip()))
            text = text[: venue.start()].rstrip()
        else:
            break
    address = ""
    if whole := _LINK.match(text):
        rest = text[whole.end() :].strip(" .*_])")
        own = len(whole["text"].split()) > 2 or not re.search(r"\w", rest)
        address = whole["url"].strip("<>")
        text, _, _, more = split_title(whole["text"]) if own else (whole["text"] + text[whole.end() :], "", (), ())
        fields = [*more, *fields]
        if own and re.search(r"\w", rest):
            fields.append(PostField("subtitle", rest.strip("([")))
    links += [(link["text"].casefold(), link["url"].strip("<>")) for link in _LINK.finditer(text)]
    return _unmarked(text), address, tuple(links), tuple(fields)


def _last_link(text: str) -> tuple[int, re.Match[str]] | None:
    """A short link at the end of a title, behind some words of it, and where it starts."""
    end = text.rstrip(" )]")
    for found in _LINK.finditer(text):
        before = text[: found.start()].rstrip(" -–—|/,·([")
        short = len(found["text"]) <= _LONGEST_NAME and before
        if short and found.end() >= len(end) and (before.count("(") <= text[: found.start()].count("(")):
            return found.start(), found
    return None


def _unmarked(text: str) -> str:
    """A title without the emphasis around the whole of it, links in it as their texts."""
    text = _LINK.sub(lambda found: found["text"], text).strip()
    while (found := re.fullmatch(r"(\*{1,3}|_{1,3}|`)(?P<inner>[^*_`]+)\1", text)) is not None:
        text = found["inner"].strip()
    return text.removeprefix("**").removesuffix("**") if text.count("**") == 1 else text


def _read_block(note: _Reading, lines: Sequence[str], place: int, first: int) -> int:
    """How many lines from here belong to the head; they are taken in."""
    line = lines[place]
    heading, used = _heading_at(lines, place)
    if heading and _is_structural(heading) and _starts_labels(lines, place + used):
        note.dropped.append((first + place, heading))
        return used
    if not note.title and heading:
        if _is_structural(heading):
            return 0
        _take_title(note, heading, first + place)
        return used
    if count := _labels_at(note, lines, place, first) or _table_at(note, lines, place, first):
        return count
    if heading:
        return used if _told_by_heading(note, heading, first + place) else 0
    if not note.title and not note.kept and (count := _linked_title(note, lines, place, first)):
        return count
    if not note.title and (count := _comment_at(lines, place)) > 1:
        note.dropped.append((first + place, "\n".join(lines[place : place + count])))
        return count
    if not note.title and (bold := _BOLD.fullmatch(line.strip())) and len(bold["text"].split()) > 1:
        _take_title(note, bold["text"], first + place)
        return 1
    if note.title and not note.names and (told := _names_of(lines, place)):
        note.names = told.names
        said = (("venue", told.venue), ("year", told.year))
        note.fields += [PostField(name, value, first + place) for name, value in said if value]
        return 1
    if note.names and (found := _ADDRESS_LINE.fullmatch(line)) and not note.address:
        # The line stays: not all of it is the address.
        note.fields.append(PostField("said", found["url"], first + place))
        return 0
    if note.title and (found := _QUOTED_ADDRESS.fullmatch(_last_quoted(lines, place))):
        # The line stays: it is part of a quotation.
        note.fields.append(PostField("said", found["url"], first + place))
        return 0
    if note.title and line.lstrip().startswith(">") and (count := _remark_at(lines, place)):
        _keep(note, lines[place : place + count])
        return count
    if note.title and _RULE.fullmatch(line):
        note.dropped.append((first + place, line))
        return 1
    if not note.title and len(note.kept) < 4 and _PREFACE.fullmatch(line) and _title_follows(lines, place + 1):
        note.kept.append(line)
        return 1
    return 0


def _heading_at(lines: Sequence[str], place: int) -> tuple[str, int]:
    """The text of a heading, and its lines; nothing where there is none."""
    if found := _ATX.fullmatch(lines[place]):
        return found["text"].strip(), 1
    below = lines[place + 1] if place + 1 < len(lines) else ""
    if _SETEXT.fullmatch(below) and lines[place].strip() and not re.match(r"\s*(?:[>*+|-]|\d+[.)])\s", lines[place]):
        return lines[place].strip(), 2
    return "", 0


def _told_by_heading(note: _Reading, heading: str, line: int) -> bool:
    """Whether a heading below the title is its authors, or a day."""
    if not note.names and are_surely_authors(_unmarked(heading)):
        note.names = _unmarked(heading)
        return True
    if len(heading) < 40 and isinstance(parse_date_line(heading), date):
        note.fields.append(PostField("date", heading, line))
        return True
    return False


def _linked_title(note: _Reading, lines: Sequence[str], place: int, first: int) -> int:
    """A title that is a link and no heading, over three lines at most: it leads out, and is more than a word or two."""
    for count in (1, 2, 3):
        text = " ".join(line.strip() for line in lines[place : place + count])
        if (link := _LINK.fullmatch(text)) and link["url"].startswith("http") and len(link["text"].split()) > 2:
            _take_title(note, text, first + place)
            return count
    return 0


def _comment_at(lines: Sequence[str], place: int) -> int:
    """The length of a comment that starts here and ends with its line."""
    if not lines[place].lstrip().startswith("<!--"):
        return 0
    end = next((number for number in range(place, len(lines)) if "-->" in lines[number]), None)
    return end - place + 1 if end is not None and lines[end].rstrip().endswith("-->") else 0


def _is_structural(heading: str) -> bool:
    """Whether a heading names a part of a note, `Abstract` or `1. Introduction`, and not the paper."""
    if len(heading) > _LONGEST_PART:
        return False
    text = re.sub(r"^[\W\d_]+|[\W_]+$", "", _unmarked(heading)).casefold()
    return not text or text in STRUCTURAL


def _title_follows(lines: Sequence[str], place: int) -> bool:
    following = next((number for number in range(place, min(place + 8, len(lines))) if lines[number].strip()), None)
    if following is None:
        return False
    heading, _ = _heading_at(lines, following)
    return bool(heading) or bool(_PREFACE.fullmatch(lines[following])) or _starts_labels(lines, following)


def _take_title(note: _Reading, text: str, line: int) -> None:
    # A blank within a link is a slip.
    text = re.sub(r"\]\s+\((?=https?://)", "](", text)
    if note.references:
        text = _REFERRED.sub(lambda found: _resolved(found, note.references), text)
    title, address, links, fields = split_title(text)
    note.title, note.address, note.line = title, address, line
    note.links += links
    note.fields += [PostField(found.name, found.value, line) for found in fields]


def _resolved(link: re.Match[str], references: dict[str, str]) -> str:
    """A link with the address that its reference stands for."""
    url = references.get((link["name"] or link["text"]).casefold())
    return f"[{link['text']}]({url})" if url else link[0]


def _starts_labels(lines: Sequence[str], place: int) -> bool:
    """Whether the next line that says something has a known label."""
    following = next((line for line in lines[place : place + 4] if line.strip()), "")
    found = _LABELLED.fullmatch(following)
    return (found is not None and _label(found["label"]) != "") or bool(re.match(r"\s*\|", following))


def _label(text: str) -> str:
    """What a label is for: `Paper link` is `paper`; nothing for one that is not known."""
    words = re.sub(r"[^\w\s/'’()&-]", "", text).strip().casefold()
    return LABELS.get(words, "")


def _labels_at(note: _Reading, lines: Sequence[str], place: int, first: int) -> int:
    """A block of labelled lines, half of them known at least; those not known stay in the body."""
    block: list[tuple[str, str, str]] = []
    for line in lines[place:]:
        found = _LABELLED.fullmatch(line) if len(line) < 20_000 else None
        if not found:
            break
        block.append((_label(found["label"]), found["value"], line))
    known = [label for label, value, _ in block if label and value]
    if not known or len(known) * 2 < len(block) or not block[0][0]:
        return 0
    for number, (label, value, line) in enumerate(block, start=place):
        if label == "title" and value and not note.title:
            _take_title(note, value, first + number)
        elif label and value:
            note.fields.append(PostField(label, value.strip(), first + number))
        elif line.strip():
            note.kept.append(line)
    return len(block)


def _table_at(note: _Reading, lines: Sequence[str], place: int, first: int) -> int:
    """A table of labels and values, one a row or one a column."""
    if not lines[place].lstrip().startswith("|"):
        return 0
    count = next(
        (number for number, line in enumerate(lines[place:]) if not line.lstrip().startswith("|")), len(lines) - place
    )
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[place : place + count]]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{1,}:?", cell) for cell in row)]
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 1 and sum(_is_known(cell) for cell in rows[0]) >= 2:
        rows = [list(pair) for pair in zip(*rows, strict=True)]
    known = [row for row in rows if len(row) == 2 and _is_known(row[0])]
    if len(known) < 2 or len(known) * 2 < len(rows):
        return 0
    others = [row for row in rows if not (len(row) == 2 and _is_known(row[0]))]
    for row in known:
        label = _label(_unmarked(row[0]))
        if label == "title" and not note.title:
            _take_title(note, row[1], first + place)
        else:
            note.fields.append(PostField(label, row[1], first + place))
    if others[1:]:
        _keep(note, lines[place : place + count])  # with more than a head that nobody knows it stays a table
    else:
        note.dropped += [(first + place, " | ".join(row)) for row in others]
    return count


def _keep(note: _Reading, block: Sequence[str]) -> None:
    """A block that stays in the body, though what stands below it does not."""
    note.kept += ["", *block] if note.kept else block


def _remark_at(lines: Sequence[str], place: int) -> int:
    """The length of a quotation with labels or a table of them right below."""
    end = next(
        (number for number in range(place, len(lines)) if not lines[number].lstrip().startswith(">")), len(lines)
    )
    return end - place if end - place <= 6 and _starts_labels(lines, end) else 0


def _is_known(cell: str) -> bool:
    return _label(_unmarked(cell)) != ""


def _names_of(lines: Sequence[str], place: int) -> NoteNames | None:
    """A line of names below a title, without emphasis and year, and the venue behind them; none if it may be a text."""
    below = lines[place + 1] if place + 1 < len(lines) else ""
    text = lines[place].strip().rstrip("\\").strip()
    if "](" in text:
        return None
    if below.strip() and not _RULE.fullmatch(below) and not _ADDRESS_LINE.fullmatch(below):
        return None
    if re.match(r"[>#|]|[*+-]\s|\d+[.)]\s", text) or len(text) > 5000:
        return None
    return read_note_names(_unmarked(text))


def _last_quoted(lines: Sequence[str], place: int) -> str:
    """The last line of the quotation that starts here."""
    last = ""
    for line in lines[place : place + 6]:
        if not line.lstrip().startswith(">"):
            break
        last = line if line.strip(" >") else last
    return last
