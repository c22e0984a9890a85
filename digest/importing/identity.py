"""Who an item is: the identity from which its permanent id comes, and the names by which it is found again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from digest.formats import identifiers
from digest.model import Identifiers, Item, Kind

# Of this project alone and for ever: every id ever given out depends on it.
_NAMESPACE: Final = uuid.UUID("01cae574-3bc2-424f-9d4b-d0281e498aae")
_WORD: Final = re.compile(r"[^\W_]+")
_LINE: Final = 300


@lru_cache(maxsize=2_048)
def entry_id(identity: str) -> str:
    """The permanent id of an identity, `urn:uuid:…` (RFC 9562 §5.5)."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, identity)}"


def weak_identity(item: Item) -> str:
    """What tells an item apart that has no name of its own.

    An abstract is known by title, first author and year where the source has a title: a suspicion, no certainty. A
    summary or note is a text of its own, since two people may write about one paper.
    """
    if item.guid:
        return f"guid:{item.guid}"
    if item.kind == "abstract" and normalise_words(item.title):
        author = normalise_words(item.authors[0]) if item.authors else ""
        published = item.published.year if item.published else item.day.year if item.day else ""
        return f"title:{normalise_words(item.title)}|{author}|{published}"
    return text_identity(item.body if normalise_words(item.body) else item.title)


def nameless_identities(item: Item) -> tuple[str, ...]:
    """What an item without a name may be known by, the best first: that no words were said makes no two items one."""
    own = (text_identity(item.body),) if normalise_words(item.body) else ()
    return tuple(dict.fromkeys((weak_identity(item), *own)))


def title_name(title: str) -> str:
    """The name under which papers of one title are looked up."""
    words = normalise_words(title)
    return f"title:{_hash(words, 8)}" if words else ""


def place_name(kind: Kind, origin_format: str, file: str, title: str, authors: Sequence[str]) -> str:
    """The name of a titled text in its document, which outlives an edit of the text; none where either is missing."""
    words = normalise_words(f"{title} {authors[0] if authors else ''}")
    return f"place:{kind}|{origin_format}|{file}|{_hash(words, 8)}" if words and file else ""


def named_papers(names: Identifiers) -> tuple[tuple[str, str], ...]:
    """(key of front matter, name) of all names of a paper, the strongest first.

    The DOI that arXiv gives a paper is its arXiv id again.
    """
    arxiv = identifiers.parse_arxiv(names.doi) if names.doi else None
    known = (
        ("arxiv", names.arxiv or (arxiv[0] if arxiv else "")),
        ("doi", "" if arxiv else names.doi.lower()),
        ("pmid", names.pmid),
        ("pmcid", names.pmcid),
        ("openreview", names.openreview),
    )
    return tuple((field, f"{field}:{name}") for field, name in known if name)


def paper_names(names: Identifiers) -> tuple[str, ...]:
    """All names of a paper, the strongest first."""
    return tuple(name for _, name in named_papers(names))


def text_identity(text: str) -> str:
    """The identity of a text: its words, so that it outlives another way to mark them up; else its marks."""
    return f"text:{_hash(normalise_words(text) or ' '.join(text.split()), 16)}"


def normalise_words(text: str) -> str:
    """The words of a text and nothing else: no case, no marks, no compatibility forms."""
    return _words_of_line(text) if len(text) <= _LINE else _words_of(text)


@lru_cache(maxsize=2_048)
def _words_of_line(text: str) -> str:
    """A title or name is looked at from many sides."""
    return _words_of(text)


def _words_of(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def trim_body(body: str) -> str:
    """A body as a file of content/ keeps it: without blank lines at its ends."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", body).rstrip()


def _hash(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
