"""What the services that give out identifiers say of papers: arXiv, the DOI agencies, PubMed, OpenReview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import quote, urlencode

from digest.fetching.client import Client
from digest.fetching.feed_pages import error_of_feed
from digest.fetching.steps import Answer, Request, clip, document_of, host_of, refused, unreachable
from digest.model import Document, Identifiers, Item, Problem, SourceReading

# So many papers are asked for at once; the services allow more, and large answers are the ones that time out.
TOGETHER: Final = 100
CSL_JSON: Final = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, slots=True)
class Services:
    """Where each service answers."""

    arxiv: str = "https://export.arxiv.org/api/query"
    doi: str = "https://doi.org/"
    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
    openreview: str = "https://api2.openreview.net/notes"


def find_papers(
    names: Iterable[Identifiers], client: Client, read: Callable[[Document], SourceReading], services: Services
) -> Iterator[Item | Problem]:
    """What is said of each paper, by the service of its strongest name; DG701, and whatever the reading finds wrong.

    A service that does not answer costs nothing of what the others say.
    """
    for request, wanted in _requests(tuple(names), services):
        answer = client.get(request)
        if isinstance(answer, Problem):
            yield answer
        elif problem := _refusal(answer):
            yield problem
        else:
            missing = dict.fromkeys(wanted)
            for found in read(document_of(answer)).found:
                if isinstance(found, Item):
                    names_of = found.identifiers
                    for name in (names_of.arxiv, names_of.doi.lower(), names_of.pmid, names_of.openreview):
                        missing.pop(name, None)
                    yield found
                elif isinstance(found, Problem) and found.severity == "error":
                    yield found
            for name in missing:
                yield _unknown(f"{host_of(answer.url)} tells nothing of {clip(name)}")


def _requests(names: Sequence[Identifiers], services: Services) -> Iterator[tuple[Request, tuple[str, ...]]]:
    """What to ask for, and the identifiers of which an answer is expected."""
    arxiv = dict.fromkeys(name.arxiv for name in names if name.arxiv)
    for batch in _batches(arxiv):
        words = urlencode({"id_list": ",".join(batch), "max_results": len(batch)}, safe=",/")
        yield Request(f"{services.arxiv}?{words}"), batch
    pubmed = dict.fromkeys(name.pmid for name in names if name.pmid and not name.arxiv)
    for batch in _batches(pubmed):
        words = urlencode({"db": "pubmed", "id": ",".join(batch), "rettype": "medline", "retmode": "text"}, safe=",")
        yield Request(f"{services.pubmed}?{words}"), batch
    for doi in dict.fromkeys(name.doi.lower() for name in names if name.doi and not name.arxiv and not name.pmid):
        yield Request(services.doi + quote(doi, safe="/:;().,-_~!$&'*+=@"), accept=CSL_JSON), (doi,)
    for forum in dict.fromkeys(name.openreview for name in names if name.openreview and not name.arxiv):
        yield Request(f"{services.openreview}?{urlencode({'id': forum})}"), (forum,)


def _batches(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(names)
    while batch := tuple(islice(rest, TOGETHER)):
        yield batch


def _refusal(answer: Answer) -> Problem | None:
    """Why there is nothing to read in an answer."""
    if answer.status == 404:
        return _unknown(f"{host_of(answer.url)} does not know {clip(answer.url)}")
    if said := error_of_feed(answer.text):
        return unreachable(f"{host_of(answer.url)} refuses: {clip(said)}", "check the identifiers of the entries")
    return refused(answer) if answer.status >= 400 else None


def _unknown(message: str) -> Problem:
    return Problem("warning", "DG701", message, None, "check the identifier of the entry")
