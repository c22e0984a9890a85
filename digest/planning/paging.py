"""Long lists in parts of some entries each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from digest.model import Catalogue, Entry, Link, Pager, dataclass
from digest.planning import addresses as at
from digest.planning.atlas import Atlas

_AROUND: Final = 2  # page numbers shown on either side of the own


@dataclass(frozen=True, slots=True)
class Part:
    """One of the `total` parts of the list at `home`; the first is number 1."""

    home: str
    number: int
    total: int
    entries: Sequence[Entry]

    @property
    def url(self) -> str:
        """The address of its page."""
        return at.part_url(self.home, self.number)

    @property
    def mark(self) -> bytes:
        """The mark of where it stands among the others."""
        return b"%d/%d" % (self.number, self.total)


def paginate(atlas: Atlas, home: str, entries: Sequence[Entry]) -> Iterator[Part]:
    """The parts of a list."""
    size = max(1, atlas.settings.page_size)
    total = max(1, -(-len(entries) // size))
    for number in range(1, total + 1):
        yield Part(home, number, total, entries[(number - 1) * size : number * size])


def make_pager(atlas: Atlas, part: Part) -> Pager:
    """Where a part stands; of many parts the first, the last and those around are named."""
    own, total, home = part.number, part.total, atlas.href(part.home)
    if total == 1:  # as nearly always
        return Pager(1, 1, "", "", (Link("1", ""),))

    def href(number: int) -> str:
        return at.part_url(home, number) if 1 <= number <= total and number != own else ""

    shown = sorted({1, total, *range(max(1, own - _AROUND), min(total, own + _AROUND) + 1)})
    links: list[Link] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before == 2:
            links.append(Link(f"{number - 1}", href(number - 1)))  # a gap of one is no shorter than its number
        elif number - before > 2:
            links.append(Link("…"))
        links.append(Link(f"{number}", href(number)))
    return Pager(own, total, href(own - 1), href(own + 1), tuple(links))


def part_title(words: Catalogue, title: str, part: Part) -> str:
    """The title of a part."""
    if part.number == 1:
        return title
    return words.gettext("%(title)s, page %(page)s", title=title, page=part.number)
