"""Dublin Core as repositories write it: arXiv, Zenodo, HAL, DSpace, EPrints (DCMES 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from digest.formats import identifiers, markup, person_names
from digest.model import Found, Identifiers, Item, Noise, PartialDate, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.arxiv.arxiv_records import Parts
from digest.sources.bibliographies import bibliography

# Words: a description that is shorter tells of the copy, not of the paper.
_ABSTRACT: Final = 20
_COMMENT: Final = re.compile(r"(?s)Comments?:\s*(?P<text>.*)")
# What repositories put in the place of an abstract.
_FULL_STOP: Final = re.compile(r"(?<=[a-z]{3})\.$")  # behind a word, as libraries write it, not `U.S.`
_STOCK: Final = re.compile(
    r"(?i)(?:inter)?national audience|absent|none|n/?a|(?:no|without) (?:abstract|description|summary).{0,20}|[-.]+"
    r"|(?:non[- ])?peer[- ]?reviewed|published version|(?:not |non )?refereed|text(?:/[a-z]+)?|application/[a-z]+"
)
_ALTERNATE: Final = re.compile(r"info:eu-repo/semantics/altIdentifier/(?P<scheme>\w+)/(?P<id>\S+)", re.IGNORECASE)
_VOCABULARY: Final = re.compile(
    r"(?i)info:eu-repo/(?:semantics|grantAgreement)|https?://|urn:|oai:|\[|.*\bddc\b|[0-9. ]+$"
)
_ROLE: Final = re.compile(r"(?i)\s*\((?:author|aut|editor|ed|eds|creator|thesis advisor|advisor)\.?\)\s*$")
# `PMID:123`, `ISSN: 1234-5678`, `urn:isbn:…`: a name of a list, and the name of the paper in it.
_SCHEME: Final = re.compile(r"(?i)(?:urn:)?(?P<scheme>[a-z][a-z_]{1,15})\s?:\s*(?P<id>\S+(?: \S+)?)")
_SERIALS: Final = {"issn": "ISSN", "eissn": "ISSN", "isbn": "ISBN", "eisbn": "ISBN"}
_PUBMED: Final = frozenset({"pmid", "pubmed", "medline"})
# A contributor that is longer is a laboratory with all that it belongs to.
_LONGEST_NAME: Final = 60
_ADDRESS: Final = re.compile(r"(?i)(?:https?|ftp)://\S+")
_TIME: Final = re.compile(r"T[0-9]{2}:")


def read_dublin_core(path: str, line: int, told: markup.Element, name: str) -> Iterator[Found]:
    """A paper as a record of Dublin Core tells it; `name` is what the repository calls the record."""
    parts = Parts(path, told)
    arxiv = name.lower().startswith("oai:arxiv.org:")
    languages = [tag for text in parts.take_all("language") if (tag := bibliography.language_tag(text))]
    lang = languages[0] if languages else ""
    title, titles = _read_titles(parts, lang)
    body, notes = _read_descriptions(parts, lang, arxiv=arxiv)
    alternates, related = _alternates(parts)
    told_ids = [bibliography.plain_line(text) for text in parts.take_all("identifier")]
    named = _read_identifiers([*told_ids, *alternates], name)
    published, updated, other = _read_dates(parts, arxiv=arxiv)
    tags, subjects = _read_subjects(parts, arxiv=arxiv)
    authors, unnamed = _read_people(parts)
    sources = [bibliography.plain_line(text) for text in parts.take_all("source", "isPartOf", "bibliographicCitation")]
    cited = [
        *named.cited,
        *(
            arxiv_records.title_line(text)
            for text in sources
            if not _SCHEME.fullmatch(text) and not _ADDRESS.match(text)
        ),
    ]
    venue, *more = cited or [""]
    helpers = parts.take_all("contributor")
    people = [text for text in helpers if len(text) <= _LONGEST_NAME and ";" not in text]
    types = [text.rpartition("/")[2] for text in parts.take_all("type")]
    details = [
        *notes,
        ("subjects", "; ".join(subjects)),
        ("type", "; ".join(dict.fromkeys(types))),
        ("publisher", "; ".join(parts.take_all("publisher"))),
        ("contributor", "; ".join(map(person_names.natural_name, people))),
        ("original-title", "; ".join(titles)),
        ("source", "; ".join(more)),
        *_read_serials([*told_ids, *alternates, *sources]),
    ]
    yield Item(
        "abstract",
        body,
        Span(path, line),
        title=title,
        published=published,
        updated=updated,
        authors=authors,
        identifiers=named.names,
        venue=venue,
        links=named.links,
        details=bibliography.tell_details(*((label, " ".join(text.split())) for label, text in details)),
        tags=tags,
        lang=lang,
        license=_read_license(parts),
    )
    parts.drop("format")
    rest = [f"contributor: {text}" for text in helpers if text not in people]
    for text in (*other, *unnamed, *related, *named.rest, *rest):
        yield Noise(Span(path, line), text)
    yield from parts.noise()


def _read_titles(parts: Parts, lang: str) -> tuple[str, list[str]]:
    """The title in the language of the paper, else the first; the others."""
    told = [
        (part.get("xml:lang"), arxiv_records.title_line(bibliography.plain_line(part.text())))
        for part in parts.elements("title")
    ]
    told = [(tag, text) for tag, text in told if text]
    chosen = next(
        (text for tag, text in told if tag and bibliography.language_tag(tag) == lang), told[0][1] if told else ""
    )
    others = [text for _, text in told if text != chosen]
    return chosen, [*others, *map(bibliography.plain_line, parts.take_all("alternative"))]


def _read_descriptions(parts: Parts, lang: str, *, arxiv: bool) -> tuple[str, list[tuple[str, str]]]:
    """The abstract, in the language of the paper first, and the notes that stand among the descriptions."""
    told = [(part.get("xml:lang"), part.text().strip()) for part in parts.elements("abstract", "description")]
    told = [(tag, text) for tag, text in told if text]
    comments = [found["text"] for _, text in told if (found := _COMMENT.fullmatch(text))]
    told = [(tag, text) for tag, text in told if not _COMMENT.fullmatch(text)]
    said = [(tag, text) for tag, text in told if not _STOCK.fullmatch(text)]
    texts = [(tag, text) for tag, text in said if len(text.split()) >= _ABSTRACT] or said[:1]
    texts.sort(key=lambda pair: bool(lang and pair[0]) and bibliography.language_tag(pair[0]) != lang)
    notes = [text for tag, text in told if (tag, text) not in texts]
    render = arxiv_records.abstract_markdown if arxiv else _render
    body = "\n\n".join(dict.fromkeys(render(text) for _, text in texts))
    return body, [("comment", arxiv_records.title_line("; ".join(comments))), ("note", "; ".join(notes))]


def _render(text: str) -> str:
    """An abstract that may be HTML, or wrapped by whoever laid out the XML."""
    return bibliography.body_of(text) if bibliography.has_markup(text) else arxiv_records.abstract_markdown(text)


@dataclass(frozen=True, slots=True)
class _Named:
    """What names the paper, its addresses, citations, which name it in words, and names that say nothing here."""

    names: Identifiers
    links: tuple[tuple[str, str], ...]
    cited: list[str]
    rest: list[str]


def _read_identifiers(told: Sequence[str], name: str) -> _Named:
    dois = [doi for text in told if (doi := identifiers.parse_doi(text))]
    arxiv = [text for text in told if "arxiv" in text.lower()]
    own, _ = arxiv_records.name_arxiv(name, *arxiv, doi=dois[0] if dois else "")
    pmid = pmcid = ""
    addresses: list[str] = []
    cited: list[str] = []
    rest: list[str] = []
    for text in told:
        scheme = _SCHEME.fullmatch(text)
        kind = scheme["scheme"].lower() if scheme else ""
        if _ADDRESS.fullmatch(text):
            addresses.append(text)
        elif scheme and kind in _PUBMED:
            pmid = pmid or identifiers.parse_pmid(scheme["id"]) or ""
        elif identifiers.parse_doi(text) or identifiers.parse_arxiv(text) or kind in _SERIALS:
            continue
        elif not scheme and _is_citation(text):
            cited.append(arxiv_records.title_line(text))
        elif not re.search(r"(?i)\bPMC[0-9]+", text):
            rest.append(f"identifier: {text}")
        if found := re.search(r"(?i)\bPMC[0-9]+", text):
            pmcid = pmcid or found[0].upper()
    pages = [address for address in addresses if not re.match(r"(?i)https?://(?:dx\.)?doi\.org/", address)]
    names = Identifiers(own.arxiv, own.version, own.doi, pmid, pmcid)
    return _Named(names, bibliography.name_links(dict.fromkeys(pages)), cited, rest)


def _read_serials(told: Sequence[str]) -> Iterator[tuple[str, str]]:
    """ISSN and ISBN, the first of each."""
    for text in told:
        scheme = _SCHEME.fullmatch(text)
        if scheme and (label := _SERIALS.get(scheme["scheme"].lower())):
            yield label, scheme["id"]


def _alternates(parts: Parts) -> tuple[list[str], list[str]]:
    """Names of the same paper elsewhere, which stand among its relations; relations to others."""
    names: list[str] = []
    others: list[str] = []
    for text in parts.take_all("relation"):
        if found := _ALTERNATE.fullmatch(text):
            scheme = found["scheme"].lower()
            names.append(found["id"] if scheme in {"hal", "url", "hdl"} else f"{scheme}:{found['id']}")
        else:
            others.append(f"relation: {text}")
    return names, others


def _is_citation(text: str) -> bool:
    """Whether an identifier is the reference of the printed paper: words and numbers."""
    return " " in text.strip() and bool(re.search(r"[0-9]", text)) and bool(re.search(r"[^\W\d_]{2}", text))


def _read_dates(parts: Parts, *, arxiv: bool) -> tuple[PartialDate | None, PartialDate | None, list[str]]:
    """When it was published and changed; days with a time tell when a repository took it in, where others stand."""
    issued = parts.take_all("issued", "created")
    told = [*issued, *parts.take_all("date"), *parts.take_all("available", "dateSubmitted", "modified")]
    plain = [text for text in told if not _TIME.search(text)] or told
    dates = [found for text in plain if (found := bibliography.read_date(text))]
    published = dates[0] if dates else None
    updated = dates[-1] if arxiv and dates[-1] != published else None
    used = {str(published), str(updated)}
    return published, updated, [f"date: {text}" for text in told if text[:10] not in used]


def _read_subjects(parts: Parts, *, arxiv: bool) -> tuple[tuple[str, ...], list[str]]:
    """Keywords as tags, and classes of a classification."""
    told = [text for part in parts.take_all("subject") for text in ([part] if arxiv else re.split(r"\s*;\s+", part))]
    told = list(dict.fromkeys(_FULL_STOP.sub("", " ".join(text.split())) for text in told if text.strip()))
    tags = [text for text in told if not arxiv and not _VOCABULARY.match(text) and "::" not in text]
    return tuple(tags), [text for text in told if text not in tags]


def _read_people(parts: Parts) -> tuple[tuple[str, ...], list[str]]:
    """Authors in natural order, and what stands among them that names nobody."""
    told: Sequence[str] = [" ".join(text.split()) for text in parts.take_all("creator")]
    people = [text for text in told if not _ADDRESS.match(text)]
    names = [arxiv_records.title_line(person_names.natural_name(_ROLE.sub("", text))) for text in people]
    return tuple(names), [f"creator: {text}" for text in told if text not in people]


def _read_license(parts: Parts) -> str:
    """An address if there is one, else the words, but for those that only say who may read it."""
    told = [part.get("rdf:resource") or part.text().strip() for part in parts.elements("license", "rights")]
    told = [text for text in told if text]
    addresses = [text for text in told if _ADDRESS.match(text)]
    words = [text for text in told if not text.lower().startswith("info:eu-repo/")]
    return (addresses or words or [""])[0]
