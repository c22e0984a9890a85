"""The names that the world has for papers: arXiv, DOI, PMID, OpenReview (https://info.arxiv.org/help/arxiv_identifier.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha1
from typing import Final
from urllib.parse import quote, unquote

from digest.formats.patterns import lazily
from digest.model import Identifiers, PartialDate, dataclass

# Of this project alone and for ever: the ids of entries that are written by hand depend on it.
_NAMED: Final = sha1(bytes.fromhex("6c6f2f0e6f0b5d399a4e0d7c1f5f2a63"), usedforsecurity=False)
# The archives that gave out ids of the old form, until March 2007; no other word before a slash is one.
_OLD_ARCHIVES: Final = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# The month settles the length: four digits until December 2014, five since. So text glued to an id is told from it.
_GIVEN_OUT: Final = (
    r"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.(?!0000)[0-9]{4}"
    r"|(?:1[5-9]|[2-8][0-9]|90)(?:0[1-9]|1[0-2])\.(?!00000)[0-9]{5}"
    rf"|(?:{_OLD_ARCHIVES})(?:\.[A-Z]{{2}})?/(?:(?:9[1-9]|0[0-6])(?:0[1-9]|1[0-2])|070[1-3])[0-9]{{3}}"
)
_ARXIV_ID: Final = (
    # What cannot have been given out, as in examples and slips of the pen, is an id by its shape.
    rf"(?P<id>{_GIVEN_OUT}|[0-9]{{4}}\.[0-9]{{4,5}})"
    # Text that starts with a number may be glued to a version; then the version is the first digit. No word is `2In`.
    r"(?:v(?P<version>[1-9][0-9]?(?![0-9A-Za-z])|[1-9][0-9](?=[A-Z][a-z])|[1-9]))?"
)
_GIVEN_OUT_EXACT: Final = lazily(_GIVEN_OUT)
GIVEN_OUT_HINT: Final = "its first four digits tell year and month, and so how many follow: see the paper's page"
_ARXIV_HOST: Final = (
    r"(?:https?://)?(?:[a-z0-9-]+\.)*(?:(?:arxiv\.org|ar5iv\.org|alphaxiv\.org)"
    r"/(?:abs|pdf|html|format|ps|src|e-print|overview)|huggingface\.co/papers|scirate\.com/arxiv)/"
)
_DOI_PREFIX: Final = r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)"
_ARXIV_MARK: Final = rf"(?:{_ARXIV_HOST}|(?:{_DOI_PREFIX})?10\.48550/arxiv\.|arxiv:\s?)"
_ARXIV_EXACT: Final = lazily(
    rf"(?:(?i:{_ARXIV_MARK}))?{_ARXIV_ID}(?:\.pdf)?/?(?:[?#]\S*)?",
)
# A full stop may stand right before `arXiv:`, not before an address: `text.arXiv:1804.00222`.
_ARXIV_MARKED: Final = lazily(
    rf"(?:(?<![\w/.-])(?i:{_ARXIV_HOST}|(?:{_DOI_PREFIX})?10\.48550/arxiv\.)|(?<![\w/-])(?i:arxiv:\s?))"
    rf"{_ARXIV_ID}(?:\.pdf\b)?"
)
_DOI_EXACT: Final = lazily(rf"(?P<mark>(?i:{_DOI_PREFIX}))?(?P<id>10\.[0-9]{{4,9}}(?:\.[0-9]+)*/\S+)")
_PMID_EXACT: Final = lazily(
    r"(?i:PMID:?\s*|(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/)?"
    r"(?P<id>[1-9][0-9]{0,7})/?(?:[?#]\S*)?"
)
_PMCID_EXACT: Final = lazily(
    r"(?:(?i:PMCID:?\s*|(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov/articles|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles)/))?"
    r"(?P<id>PMC[1-9][0-9]{0,8})/?(?:[?#]\S*)?"
)
_OPENREVIEW_EXACT: Final = lazily(
    r"(?i:openreview:\s*|(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf|attachment|revisions)\?(?:[^\s#]*&)?id=)?"
    r"(?P<id>[A-Za-z0-9_-]{6,24})(?:[&#]\S*)?"
)
# Letters that a DOI may hold and a URL may not, apart from the slash.
_DOI_SAFE: Final = "/:;().,-_~!$&'*+=@"


@dataclass(frozen=True, slots=True)
class ArxivMention:
    """An arXiv id in a text, at `text[start:end]`, its mark (`arXiv:`, an address) included."""

    id: str
    version: int | None
    start: int
    end: int


def parse_arxiv(text: str) -> tuple[str, int | None] | None:
    """The id and version that `text` is, in any written form: bare, `arXiv:`, an address, the DOI of arXiv."""
    text = text.strip()
    if _is_bare(text):
        return text, None
    match = _ARXIV_EXACT.fullmatch(text)
    return (match["id"], _version(match)) if match else None


def find_arxiv(text: str) -> Iterator[ArxivMention]:
    """Every marked arXiv id of `text`, in order; a bare number is not one. Letters may be glued to its end."""
    for match in _ARXIV_MARKED.finditer(text):
        yield ArxivMention(match["id"], _version(match), match.start(), match.end())


def arxiv_month(arxiv: str) -> PartialDate | None:
    """The month in which an id was given out, which the id itself tells; none for one that cannot have been."""
    if not is_given_out(arxiv):
        parsed = parse_arxiv(arxiv)
        if parsed is None or parsed[0] == arxiv or not is_given_out(parsed[0]):
            return None
        arxiv = parsed[0]
    number = arxiv.rpartition("/")[2]
    year, month = int(number[:2]), int(number[2:4])
    return PartialDate(1900 + year if year > 90 else 2000 + year, month)


def is_given_out(arxiv: str) -> bool:
    """Whether an id, without its version, can have been given out: some have the shape of one and cannot."""
    if not _is_bare(arxiv):
        return _GIVEN_OUT_EXACT.fullmatch(arxiv) is not None
    month, number = arxiv[:4], arxiv[5:]
    first, last = ("0704", "1412") if len(number) == 4 else ("1501", "9012")
    return first <= month <= last and "01" <= month[2:] <= "12" and number.strip("0") != ""


def _is_bare(text: str) -> bool:
    """Whether it has the shape of an id of today and nothing else, as in nearly all front matter."""
    return 9 <= len(text) <= 10 and text[4] == "." and text.isascii() and (text[:4] + text[5:]).isdecimal()


def parse_doi(text: str) -> str | None:
    """The DOI that `text` is, bare, after `doi:` or as an address; letters stay as they are written."""
    match = _DOI_EXACT.fullmatch(text.strip())
    return _trim_doi(match) if match else None


def parse_pmid(text: str) -> str | None:
    """The PubMed id that `text` is, bare, after `PMID:` or as an address."""
    match = _PMID_EXACT.fullmatch(text.strip())
    return match["id"] if match else None


def parse_pmcid(text: str) -> str | None:
    """The PubMed Central id that `text` is, `PMC…`, bare, after `PMCID:` or as an address."""
    match = _PMCID_EXACT.fullmatch(text.strip())
    return match["id"] if match else None


def parse_openreview(text: str) -> str | None:
    """The OpenReview forum id that `text` is, bare or as the address of a forum or its PDF."""
    match = _OPENREVIEW_EXACT.fullmatch(text.strip())
    return match["id"] if match else None


def parse_marked(text: str) -> Identifiers | None:
    """What `text` names when it is nothing but one marked id or its address, else nothing."""
    text = text.strip()
    if not re.match(
        r"(?i)arxiv:|doi:|10\.|pmc?id|pmc[0-9]|openreview:|https?://|(?:www\.|dx\.)?\w+\.(?:org|net|gov)/", text
    ):
        return None
    if arxiv := parse_arxiv(text):
        return Identifiers(arxiv=arxiv[0], version=arxiv[1])
    if doi := parse_doi(text):
        return Identifiers(doi=doi)
    if pmid := parse_pmid(text):
        return Identifiers(pmid=pmid)
    if pmcid := parse_pmcid(text):
        return Identifiers(pmcid=pmcid)
    if openreview := parse_openreview(text):
        return Identifiers(openreview=openreview)
    return None


def merge_identifiers(first: Identifiers, second: Identifiers) -> Identifiers:
    """All that either knows; where both know a name, `first` is right."""
    arxiv = first if first.arxiv else second
    return Identifiers(
        arxiv=arxiv.arxiv,
        version=arxiv.version,
        doi=first.doi or second.doi,
        pmid=first.pmid or second.pmid,
        pmcid=first.pmcid or second.pmcid,
        openreview=first.openreview or second.openreview,
    )


def identifier_links(identifiers: Identifiers) -> tuple[tuple[str, str], ...]:
    """(text, address) of every name that is known; the DOI that arXiv gives every paper is not said twice."""
    links: list[tuple[str, str]] = []
    if identifiers.arxiv:
        links.append((f"arXiv:{identifiers.arxiv}", f"https://arxiv.org/abs/{identifiers.arxiv}"))
    arxiv_doi = parse_arxiv(identifiers.doi) if identifiers.doi else None
    if identifiers.doi and not (arxiv_doi and arxiv_doi[0] == identifiers.arxiv):
        links.append(
            (f"doi:{identifiers.doi}", f"https://doi.org/{quote(identifiers.doi, safe=_DOI_SAFE, errors='ignore')}")
        )
    if identifiers.pmid:
        links.append((f"PMID:{identifiers.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{identifiers.pmid}/"))
    if identifiers.pmcid:
        links.append((f"PMCID:{identifiers.pmcid}", f"https://pmc.ncbi.nlm.nih.gov/articles/{identifiers.pmcid}/"))
    if identifiers.openreview:
        links.append(
            (f"OpenReview:{identifiers.openreview}", f"https://openreview.net/forum?id={identifiers.openreview}")
        )
    return tuple(links)


def path_id(key: str) -> str:
    """The id of an entry that has none of its own, made of its path under content/.

    As `uuid.uuid5` makes it (RFC 9562 §5.5), without what else there is of that module.
    """
    named = _NAMED.copy()  # in half the time of a new one
    named.update(key.encode())
    text = named.hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"urn:uuid:{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def _version(match: re.Match[str]) -> int | None:
    return int(match["version"]) if match["version"] else None


def _trim_doi(match: re.Match[str]) -> str:
    """A DOI without the punctuation that a sentence puts behind it; only brackets that it opened close."""
    doi = match["id"]
    if match["mark"] and "doi.org" in match["mark"].lower():
        doi = unquote(doi.partition("?")[0].partition("#")[0])
    end, surplus = len(doi), doi.count(")") - doi.count("(")
    while end and (doi[end - 1] in ".,;:!?'’”" or (doi[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= doi[end] == ")"
    return doi[:end]
