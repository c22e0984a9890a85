"""A format that is named for a document of another one: nothing is read, and that is no quiet day."""

from __future__ import annotations

import pytest

from digest.model import Document, Reading
from digest.sources.arxiv import arxiv_listing, arxiv_rss, oai_pmh
from digest.sources.bibliographies import pubmed_xml
from digest.sources.web import feed

QUIET = {
    "arxiv-listing": "<html><body><p>No listing today.</p></body></html>",
    "arxiv-rss": '<rss version="2.0"><channel><title>cs.LG</title></channel></rss>',
    "feed": '<rss version="2.0"><channel><title>Moss</title></channel></rss>',
    "oai-pmh": '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"></OAI-PMH>',
    "pubmed-xml": "<PubmedArticleSet></PubmedArticleSet>",
}
SOURCES = {each.SOURCE.name: each.SOURCE for each in (arxiv_listing, arxiv_rss, feed, oai_pmh, pubmed_xml)}


def read(name: str, text: str) -> Reading:
    found = SOURCES[name].read(Document("given.txt", text))
    return found if isinstance(found, Reading) else Reading.gather(found)


@pytest.mark.parametrize("name", SOURCES)
def test_a_note_is_for_a_quiet_day_of_the_format_itself(name: str) -> None:
    assert [problem.severity for problem in read(name, QUIET[name]).problems] == ["note"]
    other = read(name, "TY  - JOUR\nTI  - Moss\nER  - \n")
    assert (other.items, other.problems) == ((), ())
