"""MARC 21 as repositories of physics write it in XML: CERN, INSPIRE and those with their software (MARCXML 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import markup, person_names
from digest.model import Found, Item, Noise, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import bibliography

# Who a field of persons names besides its authors.
_HELPER: Final = re.compile(r"(?i)\b(?:dir|ed|eds|edit|editors?|advisor|supervisor|thesis|transl|publ?)\b")
# What catalogues put between the parts of a title: `Moss : a story / by Ann`.
_PUNCTUATION: Final = " /:;,="
# Numbers and places of the library, its sets and its machines.
_CHORES: Final = frozenset({"003", "005", "035", "040", "084", "340", "595", "690", "693", "852", "859"})


def is_marc(told: markup.Element) -> bool:
    """Whether an element holds fields of MARC."""
    return told.child("datafield") is not None


def read_marc(path: str, line: int, told: markup.Element, name: str) -> Iterator[Found]:
    """A paper as a record of MARC tells it; `name` is what the repository calls the record."""
    fields = _Fields(told)
    title = ": ".join(part.strip(_PUNCTUATION) for part in fields.first("245", "ab") or fields.first("111", "ab"))
    abstracts = [text for (text, *_) in fields.all("520", "a") if text]
    people = [
        (person_names.natural_name(person.strip(_PUNCTUATION)), bool(_HELPER.search(role)))
        for person, role in fields.all(("100", "700"), "ae")
        if person
    ]
    authors = tuple(person for person, helps in people if not helps)
    groups = dict.fromkeys(group or body for group, body in fields.all(("110", "710"), "ga") if group or body)
    told_ids = fields.all(("024", "037"), "2a9")
    dois = [number for scheme, number, _ in told_ids if scheme.lower() == "doi"]
    preprints = [number for scheme, number, by in told_ids if "arxiv" in {scheme.lower(), by.lower()}]
    pages = list(dict.fromkeys(page for (page,) in fields.all("856", "u") if page))
    (venue, volume, issue, span, _), *reprints = fields.all("773", "pvncy") or [("",) * 5]
    language = next((code for (code,) in fields.all("041", "a")), "")
    dates = [bibliography.read_date(text) for (text,) in fields.all(("269", "260", "264"), "c")]
    details = (
        ("volume", volume),
        ("issue", issue),
        ("page", span),
        ("publisher", next((text.strip(_PUNCTUATION) for (text,) in fields.all(("260", "264"), "b") if text), "")),
        ("report", ", ".join(dict.fromkeys(number for (number,) in fields.all("088", "a") if number))),
        ("note", " ".join(text for (text,) in fields.all("500", "a"))),
        ("subjects", "; ".join(dict.fromkeys(text for (text,) in fields.all("650", "a")))),
        ("number-of-pages", next((text for (text,) in fields.all("300", "a")), "")),
        ("language", "" if bibliography.language_tag(language) else language),
        ("contributor", "; ".join(person for person, helps in people if helps)),
        ("collaboration", "; ".join(groups) if authors else ""),
    )
    yield Item(
        "abstract",
        arxiv_records.abstract_markdown(abstracts[0]) if abstracts else "",
        Span(path, line),
        title=arxiv_records.title_line(title),
        published=next(filter(None, dates), None),
        authors=authors or tuple(groups),
        identifiers=bibliography.name_paper(
            doi=next(iter(dois), ""), arxiv=next(iter(preprints), ""), others=[name, *pages]
        ),
        venue=arxiv_records.title_line(venue),
        links=bibliography.name_links(pages, []),
        tags=tuple(dict.fromkeys(word for (word,) in fields.all("653", "a") if word)),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(*details),
        license=next((address or text for address, text in fields.all("540", "ua")), ""),
    )
    others = (*abstracts[1:], *(" ".join(filter(None, told)) for told in reprints), *fields.rest())
    yield from (Noise(Span(path, line), text) for text in dict.fromkeys(others))


class _Fields:
    """The fields of a record by their numbers."""

    def __init__(self, told: markup.Element) -> None:
        self._by_tag: dict[str, list[dict[str, str]]] = {}
        for part in told.children("datafield"):
            texts: dict[str, str] = {}
            for below in part.children("subfield"):
                code, text = below.get("code"), " ".join(below.text().split())
                texts[code] = f"{texts[code]}; {text}" if code in texts else text
            self._by_tag.setdefault(part.get("tag"), []).append(texts)

    def all(self, tags: str | tuple[str, ...], codes: str) -> list[tuple[str, ...]]:
        """The texts of some codes, taken from each field of the numbers; a code that is not there is empty."""
        tags = (tags,) if isinstance(tags, str) else tags
        return [tuple(texts.pop(code, "") for code in codes) for tag in tags for texts in self._by_tag.get(tag, ())]

    def first(self, tag: str, codes: str) -> list[str]:
        """The texts of the first field of a number."""
        return [text for text in next(iter(self.all(tag, codes)), ()) if text]

    def rest(self) -> Iterator[str]:
        """What nobody took, but for the chores of the library."""
        for tag, told in self._by_tag.items():
            if tag not in _CHORES and tag < "900":
                yield from (f"{tag}: {text}" for texts in told if (text := " ".join(texts.values()).strip()))
