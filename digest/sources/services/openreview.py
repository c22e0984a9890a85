"""Notes of OpenReview: submissions are papers, their replies are not (API v1: bare values; v2: `{"value": …}`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from digest.formats import identifiers, json_records
from digest.model import Document, Found, Identifiers, Item, Noise, Span
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields
from digest.sources.services.json_fields import JsonFields

_HOST: Final = "https://openreview.net/"
_NOTE: Final = re.compile(r"\"content\"\s*:\s*\{")
_OWN: Final = re.compile(r"\"(?:forum|tcdate|signatures|invitations?|replyto|readers)\"\s*:")
_NOBODY: Final = re.compile(r"(?i)anonymous(?: authors?)?|(?:paper|submission) ?\d+ authors?|anon\.?")
_ADMINISTRATION: Final = (
    "id", "forum", "number", "cdate", "tcdate", "mdate", "tmdate", "odate", "ddate", "pdate", "original", "replyto",
    "invitation", "invitations", "domain", "signatures", "readers", "writers", "nonreaders", "parentInvitations",
    "externalId", "externalIds", "license", "version", "revisions",
)  # fmt: skip
_DROPPED: Final = (
    "authorids", "_bibtex", "paperhash", "venueid", "pdf", "html", "code_of_ethics", "submission_guidelines",
    "reviewer_nomination", "anonymous_url", "no_acknowledgement_section", "student_paper", "resubmission",
    "previous_URL", "community_implementations",
)  # fmt: skip


class OpenReview:
    """The submissions of a conference, or whatever notes were asked for."""

    name = "openreview"

    def recognise(self, document: Document) -> float:
        """By names of fields that no other service has."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"} or not _NOTE.search(head) or '"title"' not in head:
            return 0.0
        return 1.0 if len(set(_OWN.findall(head))) > 1 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Note by note."""
        return json_fields.read_each(document, {"notes"}, _read_note, "the answer holds no notes")


SOURCE: Final = OpenReview()


def _read_note(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
    note = JsonFields(path, record.line, record.value)
    told = note.take_within("content").value
    content = JsonFields(path, record.line, {key: _bare(value) for key, value in told.items()})
    name, forum = note.take("id"), note.take("forum")
    title = bibliography.plain_line(content.take("title"))
    abstract = content.take("abstract")
    if (forum and name and name != forum) or note.take("replyto"):
        text = "; ".join(noise.text for noise in (*content.noise(),))
        yield Noise(Span(path, record.line), f"reply: {title} {text}".strip())
        return
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the note tells no title and no abstract")
        return
    pdf, page = content.take("pdf"), content.take("html", "ee", "url")
    code = content.take("code", "code_link", "github")
    links = [("paper", page), ("pdf", pdf), ("code", code), ("supplement", content.take("supplementary_material"))]
    withdrawn = _is_withdrawn(note, content)
    details = (
        ("status", "withdrawn" if withdrawn else ""),
        ("subjects", "; ".join(content.take_list("primary_area", "subject_areas", "subject_area", "track"))),
        ("venue-id", content.take("venueid")),
    )
    elsewhere = [address for address in (page, pdf) if address.startswith("http")]
    other = bibliography.name_paper(doi=content.take("doi", "DOI"), others=elsewhere)
    authors = [" ".join(author.split()) for author in content.take_list("authors")]
    yield Item(
        "abstract",
        "\n".join(line.rstrip() for line in abstract.splitlines()),
        Span(path, record.line),
        title=title,
        published=json_fields.day_of(note.take("pdate", "odate", "cdate", "tcdate")),
        authors=tuple(author for author in authors if not _NOBODY.fullmatch(author)),
        identifiers=Identifiers(
            other.arxiv, other.version, other.doi, openreview=identifiers.parse_openreview(forum or name) or ""
        ),
        venue=" ".join(content.take("venue").split()),
        summary=" ".join(
            content.take("TL;DR", "TLDR", "tldr", "TL;DR:", "one-sentence_summary", "one_sentence_summary").split()
        ),
        links=tuple((label, urljoin(_HOST, address)) for label, address in links if _is_address(address)),
        details=bibliography.tell_details(*details),
        tags=bibliography.list_keywords(content.take_list("keywords")),
        license=note.take("license") or content.take("license"),
    )
    content.drop(*_DROPPED)
    note.drop(*_ADMINISTRATION)
    yield from content.noise()
    yield from note.noise()


def _bare(value: json_records.Json) -> json_records.Json:
    """The value of a field, in the second version of the API within an object."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _is_withdrawn(note: JsonFields, content: JsonFields) -> bool:
    marks = [
        note.value.get("invitation"),
        note.value.get("invitations"),
        content.value.get("venueid"),
        content.value.get("venue"),
    ]
    told = " ".join(
        text for mark in marks for text in (mark if isinstance(mark, list) else [mark]) if isinstance(text, str)
    )
    return bool(re.search(r"(?i)withdrawn|withdrawal", told)) or bool(content.take("withdrawal"))


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "/")) and len(text.split()) == 1
