"""Lines of authors, as listings and title pages print them, to names in natural order."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats import person_names
from digest.formats.patterns import lazily
from digest.formats.tex_accents import letters_from_tex

_OPENERS: Final = {"(": ")", "[": "]", "{": "}"}
_AND: Final = lazily(r"(?:,\s*)?\b(?:and|AND|und)\s+|\s+&\s+|\s+et\s+(?!al\b)")
_ET_AL: Final = lazily(
    r"(?i)\s*,?\s*(?:\b(?:and\s+)?(?:et\.?\s*al\b\.?|others\b|[0-9]+\s+(?:more|other)\b.*)|\.\.\.|…)\s*$"
)
# What an affiliation in brackets leaves behind: names on both sides of it are two.
_GAP: Final = "\x1f"
# `Planck Collaboration: A. Author`, `A. Author for the Planck Collaboration`.
_GROUP: Final = r"(?:Collaborations?|Consortium|Team|Group|Community)"
_GROUP_HEAD: Final = lazily(rf"((?i:\b{_GROUP}))\s*:\s+(?=\S)")
_FOR_GROUP: Final = lazily(
    rf"(?<=[^\s,;&{_GAP}]) (?=(?:for|on behalf of) (?:the )?[^,;]{{2,60}}(?i:\b{_GROUP})(?:,|;|$))"
)
_FOOTNOTES: Final = lazily(r"(?<=[;.])\s*\(?\((?:1|a)\)\s*[^\W\d_]")
_BY: Final = lazily(r"(?i)by:?\s+(?=\S)")
_SUFFIX: Final = lazily(r"(?:Jr|Sr)\.?|I{1,3}|IV|Ph\.?\s?D\.?|M\.?D\.?")
_MARKS: Final = lazily(r"(?:[\s,]*+(?:[*†‡§¶∗⋆#]|\^?\{?[0-9]++\}?|[¹²³⁴⁵⁶⁷⁸⁹⁰]))++")
_OF_MARKS: Final = f",*†‡§¶∗⋆#^{{}}¹²³⁴⁵⁶⁷⁸⁹⁰{string.digits}{string.whitespace}"
_INITIAL: Final = lazily(r"(?:[^\W\d_]\.-?)+|[^\W\d_]")
_NAME_WORD: Final = lazily(r"(?:[dDlLO]['’])?[^\W\d_][^\W\d_'’ʼ`.-]*(?:[-'’ʼ`.‐‑–][^\W\d_][^\W\d_'’ʼ`.-]*)*\.?")
# Accents that a PDF left beside their letters.
_LOOSE_ACCENTS: Final = lazily("[´˜¨ˆ˙ˇ¸]")
_PARTICLE_WORDS: Final = (
    "van von der den de del della di da do dos das du des la le los el al bin ibn ben bint ter ten zu zur zum af av "
    "y e vom 't abu abd ul ur oude santa san st st."
)
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
_SMALL_WORD_LIST: Final = "a an and are as at by for from in is it of on or our the this to via we with"
_SMALL_WORDS: Final = frozenset(_SMALL_WORD_LIST.split())
_HAN: Final = lazily(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """The names of a line in natural order, and all else that it says: affiliations, marks, `and`, `et al.`."""

    names: tuple[str, ...]
    rest: tuple[str, ...]


def parse_authors(text: str) -> AuthorLine:
    """Split at commas, semicolons, `and` and their like, but not inside brackets; invents and repairs nothing."""
    text = " ".join(letters_from_tex(text).split()).lstrip(":;, ")
    rest: list[str] = []
    # Affiliations that no bracket holds stand behind the names, numbered as the marks of the names are.
    if (notes := _FOOTNOTES.search(text)) and "(" in text[: notes.start()]:
        rest.append(text[notes.start() :])
        text = text[: notes.start()].rstrip(" ;.")
    if by := _BY.match(text):
        rest.append(by[0].strip())
        text = text[by.end() :]
    text, brackets = _without_brackets(text)
    rest += brackets
    if tail := _ET_AL.search(text):
        rest.append(tail[0].strip(" ,"))
        text = text[: tail.start()]
    text = _FOR_GROUP.sub(_GAP, _GROUP_HEAD.sub(rf"\1{_GAP}", text))
    separator = _separator(text)
    names: list[str] = []
    for piece in _pieces(text, separator, rest):
        name, marks = _without_marks(piece)
        if marks:
            rest.append(marks)
        if tail := _ET_AL.search(name):
            rest.append(tail[0].strip(" ,"))
            name = name[: tail.start()]
        if not name:
            continue
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]} {name}"
        else:
            names.append(person_names.natural_name(name) if separator == ";" else name)
    return AuthorLine(tuple(names), tuple(rest))


def is_author_line(text: str) -> bool:
    """Whether a line could be names and nothing else. So could some titles: what stands around it must decide."""
    if len(text) > 20_000 or re.search(r"https?://|[?!]|[:;](?=\s).*\.\s", _without_brackets(text)[0]):
        return False
    line = parse_authors(text)
    known = sum(map(is_name, line.names))
    # Among names that are written as such a few may be all in lower case.
    if not known or known * 3 < len(line.names) * 2 or not all(is_name(name) or is_lower(name) for name in line.names):
        return False
    stopped = text.rstrip().endswith(".") and not re.search(
        r"(?i)(?:\b[A-Z]|\bjr|\bsr|\bal|ph\.?d|m\.d)\.$", text.rstrip()
    )
    if stopped and (len(line.names) < 3 or not all(" " in name for name in line.names)):
        return False
    single = sum(" " not in name and not _HAN.search(name) and "." not in name for name in line.names)
    return single * 2 <= len(line.names) if len(line.names) > 1 else not single or is_group(line.names[0])


def is_name(text: str) -> bool:
    """Whether a text is written as the name of a person or of a group is."""
    words = text.split()
    if not words or len(words) > 7 or len(text) > 70:
        return False
    if is_group(text):
        return True
    if _HAN.search(text):
        return len(text) <= 12 and all(_HAN.match(letter) or letter in " ··・" for letter in text)
    if words[-1] in _PARTICLES:
        return False
    return all(_is_name_word(word) for word in words) and any(word[0].isupper() for word in words)


def is_lower(text: str) -> bool:
    """Whether a text may be the name of a person all in lower case: two or three words, none of them a small one."""
    words = text.split()
    return 2 <= len(words) <= 3 and all(map(str.isalpha, words)) and not _SMALL_WORDS.intersection(words)


def is_group(text: str) -> bool:
    """Whether the author is a group that says so: `ATLAS Collaboration`."""
    return bool(re.search(rf"\b(?:{_GROUP}|collaboration|Contributors|OpenAI|DeepMind)$", text))


def _is_name_word(word: str) -> bool:
    word = _LOOSE_ACCENTS.sub("", word) or word
    if word in _PARTICLES or _INITIAL.fullmatch(word) or _SUFFIX.fullmatch(word):
        return True
    if re.match(r"[a-z]{2,3}[-'’][A-Z]", word):  # al-Khwarizmi
        return bool(_NAME_WORD.fullmatch(word))
    if re.fullmatch(r"[(\"“'‘].+[)\"”'’]", word):  # a nickname
        return _is_name_word(word[1:-1])
    match = _NAME_WORD.fullmatch(word)
    return bool(match) and (
        word[0].isupper() or word[0] in "'’" or not word[0].islower() or word[:2] in {"d'", "d’", "l'"}
    )


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """The text without what stands in brackets, and that; a nickname stays in its name: `Ada (Ann) Lovelace`."""
    if not any(opener in text for opener in _OPENERS):
        return text, []
    kept: list[str] = []
    brackets: list[str] = []
    stack: list[str] = []
    start = 0
    for place, sign in enumerate(text):
        if sign in _OPENERS:
            if not stack:
                start = place
            stack.append(_OPENERS[sign])
        elif stack and sign == stack[-1]:
            stack.pop()
            if not stack and _is_nickname(text, start, place):
                kept.append(text[start : place + 1])
            elif not stack:
                brackets.append(text[start : place + 1])
                kept.append(_GAP)
        elif not stack:
            kept.append(sign)
    if stack:  # never closed: not a bracket then
        kept.append(text[start:])
    gaps = re.sub(
        rf"\s*{_GAP}[\s{_GAP}]*(?P<end>[,;.]|$)?",
        lambda gap: f"{_GAP} " if gap["end"] is None else gap["end"],
        "".join(kept),
    )
    return re.sub(r"\s+(?=[,;]|$)", "", re.sub(r" {2,}", " ", gaps)), brackets


def _is_nickname(text: str, start: int, end: int) -> bool:
    """Whether a bracket is one word like a name, within a name."""
    inner = text[start + 1 : end]
    within = text[max(0, start - 2) : start].rstrip(" ")[-1:] not in {"", ",", ";"}
    return (
        within
        and inner.isalpha()
        and inner.istitle()
        and text[end + 1 : end + 2] == " "
        and text[end + 2 : end + 3].isupper()
    )


def _separator(text: str) -> str:
    for sign in (";", "；", "·", "•", "|", "、", "，"):
        if sign in text and (sign not in "·•|" or f" {sign} " in text):
            return sign
    return ","


def _pieces(text: str, separator: str, rest: list[str]) -> Iterator[str]:
    """The text between separators; the `and`s go to `rest`."""
    for piece in re.split(f"[{separator}{_GAP}]", text):
        place = 0
        for found in _AND.finditer(piece):
            rest.append(found[0].strip(" ,"))
            yield piece[place : found.start()].strip(" ,")
            place = found.end()
        yield piece[place:].strip(" ,")


def _without_marks(piece: str) -> tuple[str, str]:
    """A name, and the marks of footnotes behind it."""
    piece = piece.strip(" ,;*†‡")
    if re.fullmatch(r"[\d\s*†‡§¶∗#^{}]*", piece):
        return "", piece
    place = _marks_start(piece)
    name, marks = piece[:place], piece[place:].strip(" ,")
    if name.endswith(".") and not re.search(r"(?i)(?:\b[^\W\d_]|\bjr|\bsr|ph\.?d|m\.d)\.$", name):
        name = name[:-1]
    return name.strip(), marks


def _marks_start(piece: str) -> int:
    """Where the marks at the end of a piece start; its length if there are none."""
    place = len(piece.rstrip(_OF_MARKS))
    while place < len(piece):
        match = _MARKS.match(piece, place)
        if match and match.end() == len(piece):
            break
        # What is no mark there is none from a later start either.
        place = match.end() if match else place + 1
    return place
