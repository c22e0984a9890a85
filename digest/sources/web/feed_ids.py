"""The names of a paper in what feeds and pages write as ids and addresses."""

from __future__ import annotations

import re
from typing import Final

from digest.formats import identifiers
from digest.model import Identifiers

_DOI_IN_ADDRESS: Final = re.compile(
    r"/(?:doi|articles?|abs|content|book|chapter|pdf)/(?:abs/|full/|pdf/|epdf/|pdfdirect/|early/)?"
    r"(?P<doi>10\.[0-9]{4,9}/[^?#\s]+)"
)
_ENDING: Final = re.compile(r"(?:v[0-9]+)?(?:[./](?:full|abstract|short|pdf|html))*(?:\.pdf)?/?$")
_PUBMED_CENTRAL: Final = re.compile(r"(?:pmc/articles/|pmc\.ncbi\.nlm\.nih\.gov/articles/)(?P<id>PMC[0-9]+)")


def guid_of(*ids: str) -> str:
    """The first of these by which an entry is known everywhere: an address, a URN; a number is one of its feed only."""
    return next((told for told in ids if ":" in told and not any(sign.isspace() for sign in told)), "")


def names_in(*texts: str) -> Identifiers:
    """What ids and addresses name, the first of each kind; text around them names nothing."""
    names = Identifiers()
    for text in texts:
        names = identifiers.merge_identifiers(names, _name_in(text.strip()))
    return names


def _name_in(text: str) -> Identifiers:
    text = re.sub(r"(?i)^(?:info:doi/|urn:doi:|info:eu-repo/semantics/altIdentifier/doi/)", "doi:", text)
    text = re.sub(r"(?i)^(?:info:pmid/|pubmed:)", "pmid:", text)
    text = re.sub(r"(?i)^oai:arxiv\.org:", "arXiv:", text)
    found = identifiers.parse_marked(text)
    if (
        found
        and (not found.openreview or "openreview" in text)
        and (not found.pmid or re.search(r"(?i)pmid|pubmed", text))
    ):
        return found
    if match := _PUBMED_CENTRAL.search(text):
        return Identifiers(pmcid=match["id"])
    if (match := _DOI_IN_ADDRESS.search(text)) and (doi := identifiers.parse_doi(_ENDING.sub("", match["doi"]))):
        return Identifiers(doi=doi)
    return Identifiers()
