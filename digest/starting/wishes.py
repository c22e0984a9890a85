"""What `digest new` is asked for: a paper by one of its names, a page of the web, or a title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from digest.formats import identifiers, urls
from digest.model import Identifiers, Item, Kind, Span

NamesIn = Callable[..., Identifiers]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: a `title`, or else something that has one, by its names or at its `url`."""

    title: str = ""
    names: Identifiers = Identifiers()
    url: str = ""

    @property
    def has_names(self) -> bool:
        """Whether it is a paper that is known by a name."""
        return self.names != Identifiers()

    @property
    def kind(self) -> Kind:
        """What becomes of it unless somebody says otherwise."""
        return "abstract" if self.has_names or self.url else "note"

    @property
    def address(self) -> str:
        """The `url` as anybody may read it."""
        return urls.without_login(self.url)

    @property
    def stand_in(self) -> str:
        """The title of what nobody has told the title of."""
        if self.title:
            return self.title
        if links := identifiers.identifier_links(self.names):
            return links[0][0]
        return unquote(self.address.partition("://")[2]).strip("/")


def read_wish(text: str, names_in: NamesIn) -> Wish:
    """What a text asks for; `names_in` finds what ids and addresses of publishers name."""
    text = " ".join(text.split())
    if arxiv := identifiers.parse_arxiv(text):
        return Wish(names=Identifiers(arxiv=arxiv[0], version=arxiv[1]))
    names = identifiers.parse_marked(text) if " " in text else names_in(text)
    if names and names != Identifiers():
        return Wish(names=names)
    if text.lower().startswith(("http://", "https://")) and " " not in text:
        return Wish(url=text)
    return Wish(text)


def make_item(wish: Wish, kind: Kind, *, draft: bool, found: Item | None = None) -> Item:
    """The item of a wish, with all that was found out of it; only an abstract has a text already."""
    item = found or Item(kind, "", Span(""), title=wish.stand_in)
    links = item.links
    if wish.url and all(wish.address != address for _, address in links):
        links = (("paper", wish.address), *links)
    return replace(
        item,
        kind=kind,
        title=item.title or wish.stand_in,
        body=item.body if kind == "abstract" else "",
        identifiers=identifiers.merge_identifiers(item.identifiers, wish.names),
        links=links,
        draft=draft,
    )
