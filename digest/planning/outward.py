"""Addresses for those who are not on the site: in feeds, mails and Markdown nothing is relative."""

from __future__ import annotations

from digest.formats import html as markup
from digest.formats import identifiers, urls
from digest.model import Entry, Link
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.linking import Place


def world_address(atlas: Atlas, entry: Entry, target: str) -> str:
    """A target of an entry as the world writes it; empty where it leads nowhere that is safe."""
    target = target.strip()
    if not urls.is_absolute(target):
        destination = atlas.linker.resolve(target, Place(entry.key, entry.url))
        return destination.permalink(atlas.addresses) if destination else ""
    if not at.is_web(target):
        return ""
    # There is no page whose scheme it could have.
    return urls.encode_url(f"https:{target}" if target.startswith("//") else target)


def world_body(atlas: Atlas, entry: Entry, body: str) -> str:
    """A body whose addresses are whole; an empty one, which readers would take for their own, is that of the entry."""
    permalink = atlas.permalink(entry.url)
    return markup.rewrite_urls(body, lambda target: world_address(atlas, entry, target) or permalink)


def world_links(atlas: Atlas, entry: Entry) -> tuple[Link, ...]:
    """Where the paper is: by its identifiers, then the links of the front matter that lead anywhere."""
    told = ((text, world_address(atlas, entry, target)) for text, target in entry.links)
    named = identifiers.identifier_links(entry.identifiers)
    return tuple(Link(text, address) for text, address in (*named, *told) if address)
