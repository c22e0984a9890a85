"""A title for a text that has none: its first sentence, or the name that it opens with.

A derived title is always a run of words of the text, with nothing added but the ellipsis that marks a cut.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Final

from digest.importing.prose_blocks import plain_text, read_blocks
from digest.importing.sentences import FEWEST, count_words, first_sentence
from digest.importing.title_words import ABBREVIATIONS, SECTION_WORDS, SMALL_WORDS
from digest.model import TitleFrom

# A title is cut to the one length, but a whole sentence may be a little longer.
LIMIT: Final = 90
WHOLE: Final = 100

_LABEL: Final = re.compile(
    r"(?P<label>[^\W\d_][^.:;!?]{0,40}?)\s?[:;]\s+(?=\S)|(?P<dash>(?i:tl;?\s?dr))\s*[:;,.–—-]*\s+"
)
_MARKS: Final = re.compile(r"\A[*_ ]*(?:(?:#{1,6}|[>*+-])\s+)*[*_ ]*")
_NAMED: Final = re.compile(
    r"(?:This|These|Here) (?:is|are) (?:the )?(?P<name>(?:Pre-)?[Pp]roceedings of [^.;]{8,}?)(?=,|\.|;|$)"
)


@dataclass(frozen=True, slots=True)
class DerivedTitle:
    """A title and where in the text it comes from; both empty when the text has no words at all."""

    text: str = ""
    title_from: TitleFrom = ""


def derive_title(body: str) -> DerivedTitle:
    """The title that a Markdown text gives itself: its name if it tells it, else its first sentence."""
    spare = ""
    for number, (heading, block) in enumerate(read_blocks(body)):
        text = plain_text(block)
        if not count_words(text):
            continue
        if heading:
            if number == 0 and _is_name(text):
                return DerivedTitle(_cut(_strip_stop(text)), "text")
            spare = spare or text
            continue
        text = _drop_labels(text)
        if named := _NAMED.match(text):
            return DerivedTitle(_cut(named["name"]), "text")
        if count_words(text) < FEWEST:
            spare = spare or text
            continue
        return DerivedTitle(_cut(_strip_stop(first_sentence(text))), "first-sentence")
    title = _cut(_strip_stop(spare)) or _words_of(body)
    return DerivedTitle(title, "first-sentence" if title else "")


def _drop_labels(text: str) -> str:
    """The text without a lead marker: `TLDR;`, `Summary:`, `Key idea:`, and without the marks that follow it."""
    while (label := _LABEL.match(text)) and (label["dash"] or _is_section(label["label"])):
        text = _MARKS.sub("", text[label.end() :])
    return text


def _is_section(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold().replace("’", "'"))
    return bool(words) and all(word in SECTION_WORDS for word in words)


def _is_name(heading: str) -> bool:
    """Whether an opening heading reads like the name of a paper: three words or more, capitalised, no section."""
    words = re.findall(r"[^\W\d_][\w'’-]*", heading)
    if len(words) < FEWEST or _is_section(heading) or heading.endswith((":", "?")):
        return False
    telling = [word for word in words if word.casefold() not in SMALL_WORDS]
    own = [word for word in telling if word.casefold() not in SECTION_WORDS]
    return len(own) >= 2 and sum(word[0].isupper() for word in telling) > len(telling) / 2


def _strip_stop(text: str) -> str:
    """Without the full stop or colon that a title does not have; `?`, `!` and `et al.` stay."""
    text = text.strip()
    bare = text.rstrip(".。:;,")
    last = bare.split()[-1].casefold() if bare.split() else ""
    if text.endswith(".") and not text.endswith("..") and last in ABBREVIATIONS:
        return text
    return bare.rstrip(" -–—|") or text


def _cut(text: str) -> str:
    """At most `LIMIT` characters: cut at a word, never inside a formula, with an ellipsis."""
    text = _before_formula(text)
    if len(text) <= WHOLE:
        return text
    head = text[:LIMIT]
    if not text[LIMIT].isspace() and " " in head:
        head = head[: head.rindex(" ")]
    if head.count("$") % 2 and count_words(head[: head.rindex("$")]) >= FEWEST:
        head = head[: head.rindex("$")]
    opened = max(head.rfind("("), head.rfind("[")) if _is_open(head) else head.rfind('"') if head.count('"') % 2 else -1
    return f"{_end_well(head[:opened] if opened > LIMIT // 2 else head)}…"


def _is_open(head: str) -> bool:
    return head.count("(") > head.count(")") or head.count("[") > head.count("]")


def _before_formula(text: str) -> str:
    """The words before a formula in TeX, if they say enough: a title is read as plain text."""
    found = re.search(r"\$[^$]+\$", text)
    if not found or count_words(text[: found.start()]) < FEWEST + 1:
        return text
    head = _end_well(text[: found.start()])
    return f"{head}…" if len(head) <= LIMIT else text


def _end_well(head: str) -> str:
    """Words that do not hang in the air: without an opened bracket, a comma or a lone preposition at the end."""
    words = head.split()
    while len(words) > FEWEST + 1 and words[-1].casefold().strip("(,;:–—-\"“‘'[") in {"", *SMALL_WORDS}:
        words.pop()
    return " ".join(words).rstrip(' ,;:–—-([“‘"|')


def _words_of(body: str) -> str:
    """The first words of a text that is nothing but marks, images and code."""
    words = (found[0] for found in re.finditer(r"[\w./:'’-]+", body) if any(map(str.isalnum, found[0])))
    return _cut(" ".join(itertools.islice(words, 20)).lstrip("./:-'’"))
