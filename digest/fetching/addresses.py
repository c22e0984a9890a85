"""A single address, for whoever wants no more of it than the document there."""

from __future__ import annotations

from dataclasses import replace

from digest.fetching.client import Client
from digest.fetching.steps import Request, document_of, refused
from digest.formats import urls
from digest.model import Document, Problem, Span


def read_address(client: Client, url: str) -> Document | Problem:
    """The document at an address; DG701 where there is none."""
    answer = client.get(Request(url))
    if not isinstance(answer, Problem) and answer.status >= 400:
        answer = refused(answer)
    if isinstance(answer, Problem):
        hint = "check the address, or download the document and import the file"
        return replace(answer, span=Span(urls.without_login(url)), hint=hint)
    return document_of(answer)
