"""How each kind of source is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from digest.fetching.arxiv_listing import ask_listing
from digest.fetching.arxiv_rss import ask_rss
from digest.fetching.arxiv_search import ask_search
from digest.fetching.biorxiv import ask_biorxiv
from digest.fetching.feeds import ask_feed, ask_page
from digest.fetching.huggingface import ask_huggingface
from digest.fetching.oai import ask_oai
from digest.fetching.openreview import ask_openreview
from digest.fetching.steps import AskSource
from digest.model import QueryKind

QUERIES: Final[Mapping[QueryKind, AskSource]] = {
    "arxiv-listing": ask_listing,
    "arxiv-rss": ask_rss,
    "arxiv-search": ask_search,
    "biorxiv": ask_biorxiv,
    "feed": ask_feed,
    "huggingface": ask_huggingface,
    "medrxiv": ask_biorxiv,
    "oai": ask_oai,
    "openreview": ask_openreview,
    "page": ask_page,
}
