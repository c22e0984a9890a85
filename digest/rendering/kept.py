"""What is costly to make and seldom changes: the index of the search, the pictures of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Protocol

from digest.model import Output, Plan, SearchPage
from digest.rendering.search_index import search_fingerprint, write_search_index
from digest.rendering.social_cards import card_fingerprint, draw_card, load_card_fonts


class Keep(Protocol):
    """What keeps files that were made, at a place of their own, under the fingerprint of what they are made from."""

    def __call__(self, place: str, key: bytes, make: Callable[[], Mapping[str, bytes]], /) -> Mapping[str, bytes]:
        """What `make` gives, now or in an earlier build; `make` is pure."""


def render_kept(plan: Plan, keep: Keep) -> Iterator[Output]:
    """The index, and the picture of each entry, made where what they are made from has changed.

    Raises:
        ProblemError: DG203 where what draws pictures is not installed.
    """
    yield from _render_search(plan, keep)
    if not plan.cards:
        return
    fonts = load_card_fonts(plan.static)
    for card in plan.cards:
        files = keep("cards", card_fingerprint(card, fonts), partial(draw_card, card, fonts))
        yield from (Output(card.url[1:], data) for data in files.values())


def _render_search(plan: Plan, keep: Keep) -> Iterator[Output]:
    """The index beside the page that searches, if there is one."""
    for page in plan.pages:
        if isinstance(page, SearchPage):
            files = keep("search", search_fingerprint(plan.search), partial(write_search_index, plan.search))
            yield from (Output(f"{page.url[1:]}{name}", data) for name, data in files.items())
