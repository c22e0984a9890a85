r"""References as BibTeX: one line a field, UTF-8.

Letters stay letters: every engine of today reads UTF-8 (biber, bibtexu, and bibtex with any LaTeX since 2018), and so
do the managers, while `{\"o}` is read wrongly by many. What LaTeX would take for a command is escaped, math is kept.
Words with a capital inside (`BERT`, `GPT-3`, `FlashAttention`) stand in braces, for styles write titles in small
letters; the others do not, so that styles may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import plain_text
from digest.formats.citations.kinds import POST, PREPRINT, kind_of
from digest.formats.citations.texts import first_last, list_editors, one_line
from digest.formats.patterns import lazily
from digest.model import Person, Reference

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL: Final = lazily(  # begins with a set, which is looked for fast; dashes and quotes count in pairs alone
    r"[\\{}$&%#_^~`'-](?:(?<![`'-])|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?='))"
)
_ESCAPES: Final = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "-": "-{}", "`": "`{}",
    "'": "'{}",
}  # fmt: skip
_BARE_PERCENT: Final = lazily(r"(?<!\\)((?:\\\\)*)%")
_BRACE: Final = lazily(r"[{}]")
_ADDRESS: Final = lazily(r"[\\{}\s]")
_CATEGORY: Final = lazily(r"[a-z][a-z-]+(?:\.[A-Za-z-]+)?")
_DETAILS: Final = (
    ("volume", "volume"), ("number", "issue"), ("publisher", "publisher"),
    ("address", "publisher-place"), ("series", "collection-title"), ("edition", "edition"),
    ("chapter", "chapter-number"), ("issn", "ISSN"), ("isbn", "ISBN"),
)  # fmt: skip


def write_bibtex(reference: Reference) -> tuple[str, str]:
    """The entry without its abstract and with it, a newline behind it."""
    kind = kind_of(reference.type)
    type_ = kind.bibtex
    if reference.container and reference.type == PREPRINT:
        type_ = "article"  # in a series of preprints, which is its journal
    elif type_ == "article" and not reference.container:
        type_ = "misc"  # styles ask for the journal of an article
    elif type_ == "phdthesis" and "master" in dict(reference.details).get("genre", "").lower():
        type_ = "mastersthesis"
    lines = ",\n".join(f"  {name} = {value}" for name, value in _fields(reference, type_, kind.container))
    brief = f"@{type_}{{{_key(reference.key)},\n{lines}"
    abstract = escape_tex(reference.abstract)
    return f"{brief}\n}}\n", f"{brief},\n  abstract = {{{abstract}}}\n}}\n" if abstract else f"{brief}\n}}\n"


def escape_tex(text: str) -> str:
    """A text as LaTeX writes it: math stays, all else is prose."""
    return _escape(one_line(text))


def _fields(reference: Reference, type_: str, container: str) -> Iterator[tuple[str, str]]:
    details = dict(reference.details)
    names = reference.identifiers
    yield "title", f"{{{_title(reference.title)}}}"
    if reference.authors:
        yield "author", f"{{{' and '.join(map(_name, reference.authors))}}}"
    if editors := list_editors(reference):
        yield "editor", f"{{{' and '.join(map(_name, editors))}}}"
    if reference.container:
        name = "journal" if type_ == "article" else container
        yield name or ("howpublished" if reference.type == POST else "organization"), _text(reference.container)
    if issued := reference.issued:
        yield "year", f"{{{issued.year}}}"
        if issued.month:
            yield "month", _MONTHS[issued.month - 1]
        if issued.day:
            yield "day", f"{{{issued.day}}}"
    for name, variable in _DETAILS:
        if (value := details.get(variable)) and not (name == "publisher" and container in {"school", "institution"}):
            yield name, _text(value)
    if pages := details.get("page"):
        yield "pages", f"{{{'--'.join(escape_tex(page) for page in first_last(pages) if page)}}}"
    if number := details.get("number"):
        yield ("number" if "issue" not in details and type_ != "article" else "eid"), _text(number)
    if names.doi:
        yield "doi", _address(names.doi)
    if names.arxiv:
        yield "eprint", _address(names.arxiv)
        yield "archivePrefix", "{arXiv}"
        if category := _CATEGORY.fullmatch(details.get("categories", "").partition(" ")[0]):
            yield "primaryClass", f"{{{category[0]}}}"
    for name, value in (("pmid", names.pmid), ("pmcid", names.pmcid)):
        if value:
            yield name, _address(value)
    if reference.url:
        yield "url", _address(reference.url)
    if names.openreview and "openreview.net" not in reference.url:
        yield "link", _address(f"https://openreview.net/forum?id={names.openreview}")
    if reference.pdf:
        yield "pdf", _address(reference.pdf)
    if reference.language:
        yield "language", _text(reference.language)
    if reference.keywords:
        yield "keywords", f"{{{', '.join(escape_tex(word.replace(',', ' ')) for word in reference.keywords)}}}"


def _text(text: str) -> str:
    if text.isalnum():
        return f"{{{text}}}"
    return f"{{{escape_tex(text)}}}"


def _title(title: str) -> str:
    """A title whose math and capitals no style changes."""
    title = one_line(title)
    if not _SPECIAL.search(title):
        return _keep_capitals(title)
    return "".join(
        f"{{{part}}}" if is_math else _keep_capitals(_SPECIAL.sub(_escaped, part))
        for is_math, part in _split_math(title)
    )


def _keep_capitals(text: str) -> str:
    """Braces around every word that has a capital which does not begin it, or is one capital, as in `Vitamin C`."""
    if text.istitle() or text.islower():
        return text
    return " ".join(f"{{{word}}}" if _must_stay(word) else word for word in text.split(" "))


def _must_stay(word: str) -> bool:
    return word[1:] != word[1:].lower() or (len(word) == 1 and word.isupper() and word != "A")


def _escape(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    return "".join(part if is_math else _SPECIAL.sub(_escaped, part) for is_math, part in _split_math(text))


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


def _split_math(text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a text, each with whether it is a formula that BibTeX can hold."""
    start = 0
    for begin, end in plain_text.find_math(text) if "$" in text or "\\" in text else ():
        formula = _BARE_PERCENT.sub(r"\1\\%", text[begin:end])
        if not _is_balanced(formula):
            formula = formula.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ")
        if begin >= start and _is_balanced(formula):
            yield False, text[start:begin]
            yield True, formula
            start = end
    yield False, text[start:]


def _is_balanced(text: str) -> bool:
    """Whether no brace is left open or closed before its time; BibTeX counts escaped ones as well."""
    depth = 0
    for found in _BRACE.finditer(text):
        depth += 1 if found[0] == "{" else -1
        if depth < 0:
            return False
    return not depth


def _name(person: Person) -> str:
    """`von Last, Jr, First`; a group in braces, so that nobody takes it apart."""
    if not person.family:
        return _text(person.name)
    parts = (f"{person.particle} {person.family}", person.suffix, person.given)
    return ", ".join(written for part in parts if (written := escape_tex(part.replace(",", " "))))


def _address(address: str) -> str:
    r"""An address as it is: LaTeX sets it by `\url`, which takes every sign but these."""
    address = one_line(address)
    if not _ADDRESS.search(address):
        return f"{{{address}}}"
    return f"{{{_ADDRESS.sub(lambda found: f'%{ord(found[0]):02X}', address)}}}"


def _key(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:_-]", "", key) or "entry"
