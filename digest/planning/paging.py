"""Long lists in parts of some entries each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from digest.model import Catalogue, Entry, Link, Pager
from digest.planning import addresses as at
from digest.planning.atlas import Atlas

_AROUND: Final = 2  # page numbers shown on either side of the own


def paginate(atlas: Atlas, url: str, entries: Sequence[Entry]) -> Iterator[tuple[Pager, str, Sequence[Entry]]]:
    """The parts of a list, each with its pager and address."""
    size = max(1, atlas.settings.page_size)
    total = max(1, -(-len(entries) // size))
    for number in range(1, total + 1):
        yield (
            make_pager(atlas, url, number, total),
            at.part_url(url, number),
            entries[(number - 1) * size : number * size],
        )


def make_pager(atlas: Atlas, url: str, number: int, total: int) -> Pager:
    """Where part `number` of `total` stands; of many parts the first, the last and those around are named."""

    def href(part: int) -> str:
        return atlas.href(at.part_url(url, part)) if 1 <= part <= total and part != number else ""

    shown = sorted({1, total, *range(max(1, number - _AROUND), min(total, number + _AROUND) + 1)})
    links: list[Link] = []
    for before, part in zip([0, *shown], shown, strict=False):
        if part - before == 2:
            links.append(Link(f"{part - 1}", href(part - 1)))  # a gap of one is no shorter than its number
        elif part - before > 2:
            links.append(Link("…"))
        links.append(Link(f"{part}", href(part)))
    return Pager(number, total, href(number - 1), href(number + 1), tuple(links))


def part_title(words: Catalogue, title: str, pager: Pager) -> str:
    """The title of a part."""
    if pager.number == 1:
        return title
    return words.gettext("%(title)s, page %(page)s", title=title, page=pager.number)
