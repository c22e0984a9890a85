"""Europe PMC as JSON (https://europepmc.org/RestfulWebService, `search`, result types `lite` and `core`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import json_records
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields
from digest.sources.services.json_fields import JsonFields

_LIST: Final = re.compile(r"\"resultList\"\s*:\s*\{")
_OWN: Final = re.compile(r"\"(?:authorString|journalInfo|inEPMC|citedByCount|hasTextMinedTerms|pubTypeList)\"\s*:")
# `Lovelace AA`: the family name and the initials.
_SHORT: Final = re.compile(r"(?P<family>.+?)\s(?P<initials>[A-Z]{1,4}(?:-[A-Z])?)")
# Where copies are, who cites it, what was mined from it.
_DROPPED: Final = (
    "id", "source", "authorIdList", "dataLinksTagsList", "isOpenAccess", "inEPMC", "inPMC", "hasPDF", "hasBook",
    "hasSuppl", "citedByCount", "hasReferences", "hasTextMinedTerms", "hasDbCrossReferences", "hasLabsLinks",
    "hasTMAccessionNumbers", "tmAccessionTypeList", "firstIndexDate", "fullTextReceivedDate", "dateOfCreation",
    "dateOfRevision", "dateOfCompletion", "pubModel", "hasEvaluations", "authMan", "epmcAuthMan", "nihAuthMan",
    "fullTextIdList", "embargoDate", "grantsList", "chemicalList", "subsetList", "versionList", "versionNumber",
    "commentCorrectionList", "publicationStatus", "manuscriptId", "dbCrossReferenceList", "investigatorList",
    "authorString", "authorList", "electronicPublicationDate", "firstPublicationDate", "pubYear", "fullTextUrlList",
)  # fmt: skip


class EuropePmc:
    """Articles and preprints that a search found."""

    name = "europe-pmc"

    def recognise(self, document: Document) -> float:
        """By the list of results."""
        head = document.head
        return 1.0 if head.lstrip("\ufeff \n\t")[:1] in {"[", "{"} and (_LIST.search(head) or _is_own(head)) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Article by article."""
        return json_fields.read_each(document, {"resultList", "result"}, _read_article, "the search found no articles")


SOURCE: Final = EuropePmc()


def _is_own(head: str) -> bool:
    return len(set(_OWN.findall(head))) > 1


def _read_article(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
    fields = JsonFields(path, record.line, record.value)
    title, abstract = bibliography.plain_line(fields.take("title")), fields.take("abstractText")
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the record tells no title and no abstract")
        return
    printed = fields.take_within("journalInfo")
    journal = printed.take_within("journal")
    meshed = fields.take_within("meshHeadingList").take_objects("meshHeading")
    language = fields.take("language")
    serial = journal.take("issn", "essn") or fields.take("journalIssn").partition(";")[0].strip()
    types = fields.take_within("pubTypeList").take_list("pubType") or fields.take_list("pubType")
    details = (
        ("volume", printed.take("volume") or fields.take("journalVolume")),
        ("issue", printed.take("issue") or fields.take("issue")),
        ("page", bibliography.page_range(fields.take("pageInfo"))),
        ("ISSN", serial),
        ("publisher", fields.take_within("bookOrReportDetails").take("publisher")),
        ("genre", "; ".join(types)),
        ("mesh", "; ".join(name for heading in meshed if (name := heading.take("descriptorName")))),
        ("affiliation", fields.take("affiliation")),
    )
    yield Item(
        "abstract",
        bibliography.body_of(abstract),
        Span(path, record.line),
        title=title,
        published=_published(record.value, printed),
        authors=_authors(fields),
        identifiers=bibliography.name_paper(
            doi=fields.take("doi"), pmid=fields.take("pmid"), pmcid=fields.take("pmcid")
        ),
        venue=journal.take("title", "medlineAbbreviation") or fields.take("journalTitle"),
        links=_links(fields),
        details=bibliography.tell_details(*details),
        tags=tuple(dict.fromkeys(fields.take_within("keywordList").take_list("keyword"))),
        lang=bibliography.language_tag(language),
        license=fields.take("license"),
    )
    fields.drop(*_DROPPED)
    yield from fields.noise()


def _authors(fields: JsonFields) -> tuple[str, ...]:
    """The names in their parts, else those of the line."""
    people = fields.take_within("authorList").take_objects("author")
    names = [
        person.take("collectiveName")
        or (f"{person.take('firstName')} {person.take('lastName')}" if person.value.get("firstName") else "")
        or _natural(person.take("fullName", "lastName"))
        for person in people
    ]
    told = re.split(r"\s*[,;]\s*", fields.take("authorString").rstrip(". "))
    return tuple(name.strip() for name in names or map(_natural, told) if name.strip())


def _natural(name: str) -> str:
    found = _SHORT.fullmatch(name.strip())
    return f"{found['initials']} {found['family']}" if found else name.strip()


def _published(value: json_records.JsonObject, printed: JsonFields) -> PartialDate | None:
    """The date of the issue, or the first one where that tells more of it."""
    issue = bibliography.read_date(
        printed.take("dateOfPublication", "printPublicationDate") or json_fields.text_of(value.get("pubYear"))
    )
    return bibliography.refine(issue, bibliography.read_date(json_fields.text_of(value.get("firstPublicationDate"))))


def _links(fields: JsonFields) -> tuple[tuple[str, str], ...]:
    """The first page and the first PDF."""
    links: dict[str, str] = {}
    for told in fields.take_within("fullTextUrlList").take_objects("fullTextUrl"):
        address = told.take("url")
        if address.startswith("http") and "doi.org/" not in address:
            links.setdefault("pdf" if told.take("documentStyle") == "pdf" else "paper", address)
    return tuple(links.items())
