"""Papers as JSON, as OpenAlex, Semantic Scholar, DataCite and DBLP tell them, and as tools write lists of papers.

https://docs.openalex.org/api-entities/works, https://api.semanticscholar.org/api-docs/graph,
https://support.datacite.org/docs/api, https://dblp.org/faq/How+to+use+the+dblp+search+API.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from digest.formats import json_records, person_names
from digest.model import Document, Found, Identifiers, Item, PartialDate, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields
from digest.sources.services.json_fields import JsonFields, text_of

_LISTS: Final = frozenset(
    ["results", "data", "papers", "items", "result", "hits", "hit", "works", "articles", "entries", "records",
     "recommendedPapers"]
)  # fmt: skip
# Names of fields that stand together nowhere else: all of a row, each in quotes.
_SERVICES: Final = (
    ("authorships", "display_name"), ("authorships", "publication_year"), ("authorships", "abstract_inverted_index"),
    ("paperId", "title"), ("creators", "titles"), ("hits", "info", "title"),
)  # fmt: skip
_TEXTS: Final = ("abstract", "summary", "abstract_text")
# What stands around a paper in its record.
_SHELLS: Final = ("data", "attributes", "info", "citingPaper", "citedPaper")
_DAY: Final = re.compile(r"\s*\{[^\[\]{}]*?\"(?:date|day)\"\s*:\s*\"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_LINES: Final = re.compile(r"[\s\ufeff]*\{\s*\"[^\n]*\}[ \t]*\r?\n\s*\{\s*\"")
_LABEL: Final = re.compile(r"(?i)^abstract\b(?:\s*[:.—–-]\s*|\s+(?=[A-Z]))")
_NAMESAKE: Final = re.compile(r"\s[0-9]{4}$")  # as DBLP tells persons of one name apart
# Counts, pictures, what a machine thinks it is about, and what it is called at the service.
_DROPPED: Final = (
    "id", "paperId", "corpusId", "relationships", "citationCount", "influentialCitationCount", "referenceCount",
    "citationStyles", "citations", "references", "embedding", "isOpenAccess", "s2FieldsOfStudy", "fieldsOfStudy",
    "matchScore", "cited_by_count", "cited_by_api_url", "counts_by_year", "cited_by_percentile_year",
    "citation_normalized_percentile", "referenced_works", "referenced_works_count", "related_works", "concepts",
    "topics", "primary_topic", "mesh", "sustainable_development_goals", "grants", "apc_list", "apc_paid", "fwci",
    "has_fulltext", "fulltext_origin", "open_access", "indexed_in", "countries_distinct_count",
    "institutions_distinct_count", "locations_count", "corresponding_author_ids", "corresponding_institution_ids",
    "institution_assertions", "authors_count", "created_date", "updated_date", "relevance_score", "versions",
    "is_retracted", "is_paratext", "is_xpac", "type_crossref", "ngrams_url", "datasets", "xml", "isActive", "state",
    "reason", "metadataVersion", "viewCount", "viewsOverTime", "downloadCount", "downloadsOverTime",
    "citationsOverTime", "partCount", "partOfCount", "versionCount", "versionOfCount", "schemaVersion",
    "created", "registered", "updated", "contentUrl", "access", "key", "@score", "@id", "score",
)  # fmt: skip


class PaperRecords:
    """One paper, or a list of papers, by the names of their fields."""

    name = "paper-json"

    def recognise(self, document: Document) -> float:
        """Sure by names of fields that only one service has; less by those of a paper."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"} or '"itemType"' in head:
            return 0.0
        if any(all(f'"{name}"' in head for name in names) for names in _SERVICES):
            return 0.96
        told = any(f'"{name}"' in head for name in _TEXTS)
        if not told or '"title"' not in head or not ('"authors"' in head or '"author"' in head):
            return 0.0
        return 0.96 if _LINES.match(head) else 0.6  # a post may begin with one object, not with a line of each

    def read(self, document: Document) -> Iterator[Found]:
        """Paper by paper."""
        found = _DAY.match(document.head)
        day = bibliography.read_date(found["day"]) if found else None

        def read(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
            return read_paper(path, record, day)

        return json_fields.read_each(document, _LISTS, read)


SOURCE: Final = PaperRecords()


def read_paper(path: str, record: json_records.JsonRecord, day: PartialDate | None) -> Iterator[Found]:
    """What the fields of one paper tell."""
    fields = _unwrap(JsonFields(path, record.line, record.value))
    title = _line(fields.take("title", "display_name")) or _title(fields.take_objects("titles"))
    if "info" in record.value:
        title = title.removesuffix(".")
    abstract = _abstract(fields)
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the record tells no title and no abstract")
        return
    places = [fields.take_within("primary_location"), fields.take_within("best_oa_location")]
    places += fields.take_objects("locations")
    links = _links(fields, places)
    journal, biblio = fields.take_within("journal"), fields.take_within("biblio")
    pages = biblio.take("first_page"), biblio.take("last_page")
    language = fields.take("language")
    comment, volume = fields.take("comment", "comments"), fields.take("volume")
    names = _identifiers(fields, volume, links)
    yield Item(
        "abstract",
        _body(_LABEL.sub("", abstract), names),
        Span(path, record.line),
        title=title,
        day=day.full if day else None,
        published=_published(fields),
        updated=_date(fields.take("updated", "updated_at", "last_updated")),
        authors=_authors(fields),
        identifiers=names,
        summary=" ".join((fields.take("tldr", "TL;DR") or fields.take_within("tldr").take("text")).split()),
        venue=_venue(fields, journal, places),
        links=tuple((name, address) for name, address in links if name),
        tags=tuple(dict.fromkeys(_words(fields, "keywords", "subjects"))),
        lang=bibliography.language_tag(language),
        license=fields.take("license")
        or _first(fields.take_objects("rightsList"), "rightsUri", "rightsIdentifier", "rights")
        or _first(places, "license"),
        details=bibliography.tell_details(
            ("categories", " ".join(_words(fields, "categories") or fields.take_list("primary_category"))),
            ("comment", _line(comment)),
            ("type", fields.take("type") or fields.take_within("types").take("resourceTypeGeneral")),
            (
                "volume",
                ""
                if volume.startswith("abs/")
                else volume.removeprefix("0") or biblio.take("volume") or journal.take("volume"),
            ),
            ("issue", fields.take("number", "issue").removeprefix("0") or biblio.take("issue")),
            ("page", bibliography.page_range(*pages) or _dashed(fields.take("pages") or journal.take("pages"))),
            ("publisher", fields.take("publisher") or fields.take_within("publisher").take("name")),
        ),
    )
    fields.drop(*_DROPPED, "year", "display_name" if _line(fields.take("display_name")) == title else "")
    yield from fields.noise()


def _title(titles: Iterable[JsonFields]) -> str:
    """The title and its subtitle, not what it is called in another tongue (DataCite)."""
    told: dict[str, str] = {}
    for part in titles:
        told.setdefault(part.take("titleType"), _line(part.take("title")))
    return ": ".join(
        filter(None, (told.get("") or next(iter(told.values()), ""), told.get("Subtitle", "") if told.get("") else ""))
    )


def _published_in(fields: JsonFields) -> list[JsonFields]:
    """What a work of DataCite is a part of."""
    related = fields.take_objects("relatedItems")
    return [part for part in related if part.value.get("relationType") == "IsPublishedIn"]


def _unwrap(fields: JsonFields) -> JsonFields:
    """The fields of the paper itself."""
    for _ in _SHELLS:
        inner = next((name for name in _SHELLS if isinstance(fields.value.get(name), dict)), "")
        if not inner or "title" in fields.value or "titles" in fields.value:
            break
        fields = fields.take_within(inner)
    return fields


def _abstract(fields: JsonFields) -> str:
    """A text, or the places of its words (OpenAlex), or the description that is one (DataCite)."""
    told = fields.take(*_TEXTS)
    index = fields.value.get("abstract_inverted_index")
    if isinstance(index, dict):
        fields.drop("abstract_inverted_index")
        words = [
            (place, word)
            for word, places in index.items()
            if isinstance(places, list)
            for place in places
            if isinstance(place, int)
        ]
        told = told or text_of(" ".join(word for _, word in sorted(words)))
    descriptions = fields.take_objects("descriptions")
    kinds = [(part.take("descriptionType") or "Abstract", part.take("description")) for part in descriptions]
    return told or next((text for kind, text in kinds if kind == "Abstract"), "")


def _body(text: str, names: Identifiers) -> str:
    """An abstract as Markdown; arXiv has those of its papers in TeX."""
    tex = bool(names.arxiv) and not bibliography.has_markup(text)
    return arxiv_records.abstract_markdown(text) if tex else bibliography.body_of(text)


def _authors(fields: JsonFields) -> tuple[str, ...]:
    """Names in natural order, whatever holds them."""
    people: list[str] = []
    for name in ("authorships", "authors", "creators", "author"):
        value = fields.value.get(name)
        inner = value.get("author") if isinstance(value, dict) else value
        told = inner if isinstance(inner, list) else [inner]
        if isinstance(inner, str) and (found := arxiv_records.read_names(inner))[0]:
            people = list(found[0])
        else:
            people = [person for part in told if (person := _person(part))]
        if people:
            fields.drop(name)
            break
    return tuple(_NAMESAKE.sub("", person) for person in people)


def _person(value: json_records.Json) -> str:
    if isinstance(value, str):
        return _line(person_names.natural_name(value))
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("author"), dict):
        return _person(value["author"]) or _line(text_of(value.get("raw_author_name")))
    given, family = (text_of(value.get(name)) for name in ("givenName", "familyName"))
    if given and family:
        return _line(f"{given} {family}")
    told = next(
        (told for name in ("display_name", "name", "text", "full_name") if (told := text_of(value.get(name)))), ""
    )
    organisation = value.get("nameType") == "Organizational"
    return _line(told if organisation else person_names.natural_name(told))


def _published(fields: JsonFields) -> PartialDate | None:
    """The day of the paper; the first of a year is what services write that know the year only."""
    year = _date(fields.take("publication_year", "publicationYear", "year"))
    told = _date(
        fields.take("publicationDate", "publication_date", "published", "published_date", "publishedAt", "date")
    )
    dates = {part.take("dateType"): part.take("date") for part in fields.take_objects("dates")}
    told = told or next(
        (day for name in ("Issued", "Available", "Submitted") if (day := _date(dates.get(name, "")))), None
    )
    if told and year and (told.month, told.day) == (1, 1):
        return PartialDate(told.year)
    return bibliography.refine(year, told) if told is None or year is None or told.year == year.year else told


def _identifiers(fields: JsonFields, volume: str, links: Iterable[tuple[str, str]]) -> Identifiers:
    known = fields.take_within("externalIds")
    ids = fields.take_within("ids")
    fields.drop("identifiers", "alternateIdentifiers", "relatedIdentifiers", "prefix", "suffix")
    own = text_of(fields.value.get("id"))
    return bibliography.name_paper(
        doi=fields.take("doi", "DOI") or known.take("DOI") or ids.take("doi"),
        arxiv=fields.take("arxiv_id", "arxivId", "arxiv")
        or known.take("ArXiv")
        or (volume if volume[:4] == "abs/" else ""),
        pmid=fields.take("pmid") or known.take("PubMed") or ids.take("pmid"),
        pmcid=fields.take("pmcid") or known.take("PubMedCentral") or ids.take("pmcid"),
        others=(own if "://" in own else f"arXiv:{own}", *(address for _, address in links)),
    )


def _links(fields: JsonFields, places: Iterable[JsonFields]) -> list[tuple[str, str]]:
    """The addresses that a record tells, the first of each name; those of no name only tell identifiers."""
    told = [
        ("paper", fields.take("url_abs", "abs_url", "abs", "link", "paper_url", "article_url", "site")),
        *(("paper", address) for address in fields.take_list("ee")),
        ("paper", fields.take("url")),
        ("pdf", fields.take("pdf_url", "url_pdf", "pdf", "pdf_link", "fulltext_url")),
        ("pdf", fields.take_within("openAccessPdf").take("url")),
        ("code", fields.take("code_url", "code", "github", "github_url", "repo_url")),
        ("project", fields.take("project_page", "project_url", "project")),
        ("", fields.take("openreview")),
        ("", fields.take("id") if "://" in text_of(fields.value.get("id")) else ""),
    ]
    for place in places:
        told += [("paper", place.take("landing_page_url")), ("pdf", place.take("pdf_url"))]
    links: dict[str, str] = {}
    more: list[tuple[str, str]] = []
    for name, address in told:
        if not re.match(r"https?://\S+$", address):
            continue
        if name in links or not name or "semanticscholar.org/" in address or "dblp.org/" in address:
            more.append(("", address))
        else:
            links[name] = address
    return [*links.items(), *more]


def _venue(fields: JsonFields, journal: JsonFields, places: Iterable[JsonFields]) -> str:
    told = (
        "; ".join(fields.take_list("venue")),
        fields.take("journal_ref", "journal"),
        fields.take_within("publicationVenue").take("name"),
        journal.take("name"),
        fields.take_within("container").take("title"),
        *(_title(part.take_objects("titles")) for part in _published_in(fields)),
        *(place.take_within("source").take("display_name") for place in places),
        fields.take("source") if "cites_url" in fields.value else "",  # Publish or Perish
    )
    return _line(next(filter(None, told), ""))


def _words(fields: JsonFields, *names: str) -> list[str]:
    """The words of lists of texts, or of objects that have a name; what a machine thinks has a score."""
    words: list[str] = []
    for name in names:
        words += (word for text in fields.take_list(name) for word in bibliography.split_keywords(text))
        told = (part for part in fields.take_objects(name) if "score" not in part.value)
        words += (part.take("keyword", "subject", "name") for part in told)
    return [word for word in words if word]


def _first(parts: Iterable[JsonFields], *names: str) -> str:
    return next((told for part in parts if (told := part.take(*names))), "")


def _dashed(pages: str) -> str:
    return bibliography.page_range(re.sub(r"\s*([-–])\s*", r"\1", pages))


def _date(text: str) -> PartialDate | None:
    return bibliography.read_date(text) if text else None


def _line(text: str) -> str:
    return arxiv_records.title_line(bibliography.plain_line(text))
