"""Hugging Face Daily Papers, and its papers one by one (https://huggingface.co/api/daily_papers)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import identifiers, json_records
from digest.model import Document, Found, Identifiers, Item, PartialDate, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields

_DAILY: Final = re.compile(r"\"paper\"\s*:\s*\{")
_PAPER: Final = re.compile(r"\"(?:submittedOnDailyAt|discussionId|upvotes|ai_summary|githubStars)\"\s*:")
# Votes, pictures, people of the site.
_DROPPED: Final = (
    "_id", "upvotes", "numComments", "thumbnail", "discussionId", "submittedBy", "submittedOnDailyBy", "user",
    "isAuthorParticipating", "mediaUrls", "githubStars", "githubRepoAddedBy", "numTotalModels", "numTotalDatasets",
    "numTotalSpaces", "withdrawnAt", "comments",
)  # fmt: skip


class HuggingFace:
    """The papers of a day, as people put them on the list."""

    name = "huggingface"

    def recognise(self, document: Document) -> float:
        """By names of fields that stand together nowhere else."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"} or '"publishedAt"' not in head or '"title"' not in head:
            return 0.0
        return 1.0 if _DAILY.search(head) or _PAPER.search(head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Paper by paper."""
        lists = {"papers", "items", "data", "results"}
        return json_fields.read_each(document, lists, _read_paper, "nobody listed a paper on that day")


SOURCE: Final = HuggingFace()


def _read_paper(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
    listed = json_fields.JsonFields(path, record.line, record.value)
    paper = listed.take_within("paper") if isinstance(record.value.get("paper"), dict) else listed
    title = arxiv_records.title_line(paper.take("title") or listed.take("title"))
    abstract = paper.take("summary", "abstract") or listed.take("summary")
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the record tells no title and no summary")
        return
    arxiv = identifiers.parse_arxiv(paper.take("id", "arxivId")) or ("", None)
    listed_on = _day(paper.take("submittedOnDailyAt") or listed.take("submittedOnDailyAt"))
    people = paper.take_objects("authors")
    links = (("project", paper.take("projectPage")), ("code", paper.take("githubRepo")), ("paper", paper.take("url")))
    organization = paper.take_within("organization").take("fullname", "name")
    details = (
        ("keyword", "; ".join(paper.take_list("ai_keywords"))),
        ("organization", organization or listed.take_within("organization").take("fullname", "name")),
    )
    yield Item(
        "abstract",
        arxiv_records.abstract_markdown(abstract),
        Span(path, record.line),
        title=title,
        day=listed_on.full if listed_on else None,
        published=_day(paper.take("publishedAt") or listed.take("publishedAt")),
        authors=tuple(name for person in people if (name := " ".join(person.take("name").split()))),
        identifiers=Identifiers(arxiv=arxiv[0], version=arxiv[1]),
        summary=" ".join(paper.take("ai_summary").split()),
        links=tuple((name, address) for name, address in links if address),
        details=bibliography.tell_details(*details),
    )
    told = {title, *abstract.split("\n")}
    for part in {id(paper): paper, id(listed): listed}.values():
        part.drop(
            *_DROPPED,
            "publishedAt",
            "organization",
            *(key for key in ("title", "summary") if _same(part, key, told, abstract)),
        )
        yield from part.noise()


def _same(part: json_fields.JsonFields, key: str, told: set[str], abstract: str) -> bool:
    """Whether the list says the very same as the paper."""
    text = json_fields.text_of(part.value.get(key))
    return arxiv_records.title_line(text) in told or text == abstract


def _day(text: str) -> PartialDate | None:
    return bibliography.read_date(text) if text else None
