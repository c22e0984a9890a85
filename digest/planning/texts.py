"""The pages that hold one text: of an entry, of content/pages/, of an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from digest.formats import citations
from digest.model import (
    Entry,
    EntryPage,
    EntryView,
    Html,
    Link,
    NotFoundPage,
    PageFile,
    PlainPage,
    Sketch,
    StarredPage,
)
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import FRAME, Atlas
from digest.planning.exports import export_links
from digest.planning.months import neighbours
from digest.planning.references import link_data
from digest.planning.related import Related
from digest.planning.social_cards import card_permalink
from digest.planning.summaries import shorten, summary_text
from digest.planning.twins import markdown_of
from digest.planning.views import Views, link_body

_DESCRIPTION: Final = 200
_PAGE_NAMES: Final = (*FRAME, "its file", "its links")
_ENTRY_NAMES: Final = (*_PAGE_NAMES, "the entry before", "the entry after", "related entries")


def sketch_entries(atlas: Atlas, views: Views, related: Related, asked: Asked = ALL) -> Iterator[Sketch]:
    """Each entry on a page of its own, between the one before it in time and the one after."""
    entries = asked.neighbourhood(atlas.site)
    urls = [entry.url for entry in entries]
    around = zip(neighbours(entries), neighbours(_mark_links(atlas, entries, urls)), strict=True)
    frame, days, mark_facts = atlas.frame, atlas.days, atlas.mark_facts
    for entry, url, ((before, after), (older, newer)) in zip(entries, urls, around, strict=True):
        if asked is not ALL and not asked.is_for(url):
            continue
        near = related[entry.key] if atlas.marked else ()
        marks = (
            *frame,
            entry.fingerprint,
            mark_facts(entry),
            older or b"",
            newer or b"",
            atlas.mark_heads(near) if near else b"",
        )
        make = partial(_make_entry, atlas, views, entry, (before, url, after), related)
        yield Sketch(url, "entry", _ENTRY_NAMES, marks, make, "entry", entry.path, days[entry.date].iso)


def _mark_links(atlas: Atlas, entries: Iterable[Entry], urls: Iterable[str]) -> list[bytes]:
    """What a page that leads to an entry says of it: a mark of each."""
    titles = map(atlas.title_of, entries)
    return [f"{title}\n{url}".encode("utf-8", "surrogatepass") for title, url in zip(titles, urls, strict=True)]


def _link(head: EntryView) -> Link:
    return Link(head.title_text, head.href)


def _make_entry(
    atlas: Atlas,
    views: Views,
    entry: Entry,
    place: tuple[Entry | None, str, Entry | None],
    related: Related,
) -> EntryPage:
    """The page of an entry; its `place` is its address between the entries before and after."""
    (before, url, after), heads = place, views.heads
    prose, whole = atlas.prose_of(entry), views.wholes[entry.key]
    reference = views.references[entry.key] if atlas.settings.paper_metadata else None
    linked = link_data(atlas, entry, whole.title_text, reference) if reference else Html("")
    return EntryPage(
        masthead=atlas.masthead,
        url=url,
        title=whole.title_text,
        description=summary_text(entry, prose, _DESCRIPTION),
        canonical=whole.permalink,
        entry=whole,
        toc=prose.toc,
        exports=export_links(atlas, url),
        related=tuple([heads[near.key] for near in related[entry.key]]),
        metadata=citations.describe_paper(reference, atlas.days[entry.date].iso) if reference else (),
        linked_data=linked,
        linked_data_hash=citations.hash_script(linked) if linked else "",
        markdown=markdown_of(atlas, entry),
        image=card_permalink(atlas, entry),
        previous=_link(heads[before.key]) if before else None,
        next=_link(heads[after.key]) if after else None,
    )


def sketch_plain_pages(atlas: Atlas) -> Iterator[Sketch]:
    """Each page of content/pages/."""
    for page in atlas.pages:
        marks = (*atlas.frame, page.fingerprint, atlas.mark_links(page))
        make = partial(_make_plain_page, atlas, page)
        yield Sketch(page.url, "page", _PAGE_NAMES, marks, make, "page", page.path, modified="")


def _make_plain_page(atlas: Atlas, page: PageFile) -> PlainPage:
    prose = atlas.prose_of(page)
    return PlainPage(
        masthead=atlas.masthead,
        url=page.url,
        title=page.title,
        description=page.description or shorten(prose.text, _DESCRIPTION),
        canonical=atlas.permalink(page.url),
        body=link_body(atlas, page, prose.html),
        language=page.lang if page.lang != atlas.settings.language else "",
    )


def plan_starred(atlas: Atlas) -> Iterator[StarredPage]:
    """What a reader starred, where there is a script to tell."""
    if atlas.masthead.starred:
        yield StarredPage(
            masthead=atlas.masthead,
            url=at.STARRED,
            title=atlas.words.gettext("Starred"),
            description="",
            canonical=atlas.permalink(at.STARRED),
            script=atlas.href(atlas.theme.starred_script) if atlas.theme.starred_script else "",
        )


def plan_not_found(atlas: Atlas) -> NotFoundPage:
    """What a host serves where there is nothing, with ways back."""
    words = atlas.words
    ways = [
        (words.gettext("Home"), at.HOME),
        (words.gettext("Archive"), at.ARCHIVE),
        (words.gettext("Tags"), at.TAGS),
    ]
    return NotFoundPage(
        masthead=atlas.masthead,
        url=at.NOT_FOUND,
        title=words.gettext("Page not found"),
        description="",
        canonical="",
        ways=tuple(Link(text, atlas.href(url)) for text, url in ways),
    )
