"""Bibliographies beside pages: of an entry, a day, a tag and the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from digest.model import Alternate, Entry, Export, ExportFormat, Piece, Reference, Sketch, dataclass
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.claims import entries_by_address
from digest.planning.lazily import Lazily
from digest.planning.marks import mark, mark_all, mark_contents
from digest.planning.references import References, cite_papers, has_abstract, refer_paper

_KEPT: Final = 500  # references that are kept: those of a file are written in every format, one after another
_LIGHT: Final = 20  # references that take as long as an entry on a page
_ENTRY_NAMES: Final = ("the settings", "its file", "its citation key")
_LIST_NAMES: Final = ("the settings", "its entries", "their citation keys")


def export_links(atlas: Atlas, url: str) -> tuple[Alternate, ...]:
    """The bibliographies beside a page, in the formats that the site offers."""
    href = atlas.href(url) if atlas.settings.exports else ""
    exports = [(at.EXPORTS[form], at.export_url(href, form)) for form in atlas.settings.exports]
    return tuple([Alternate(text, address, media) for (text, _, media), address in exports])


def bibtex_href(atlas: Atlas, href: str) -> str:
    """The BibTeX beside the page of an entry, empty where the site offers none."""
    return at.export_url(href, "bibtex") if "bibtex" in atlas.settings.exports else ""


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of the site and their keys; those for lists of many papers are without their abstracts.

    `frame` is the mark of what all depend on.
    """

    atlas: Atlas
    frame: bytes
    keys: Mapping[str, str]
    wholes: References
    briefs: References


def sketch_exports(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """The bibliographies of each entry, day, tag and of the site, each paper once.

    Those of tags and of the site are without abstracts: with them the files would be several times as large as all
    pages together.
    """
    if not atlas.settings.exports or not asked.names("citations."):
        return
    site = atlas.site
    keys = cite_papers(atlas)
    cite = partial(_cite, atlas, keys)
    settings = mark_contents(atlas.settings)
    papers = _Papers(
        atlas,
        settings,
        keys,
        Lazily(atlas.by_key, partial(cite, abstract=True), most=_KEPT),
        Lazily(atlas.by_key, partial(cite, abstract=False), most=_KEPT),
    )
    for entry in entries_by_address(asked.entries(site)):
        marks = (settings, entry.fingerprint, keys[entry.key].encode())
        yield from _sketch(papers, entry.url, (entry,), _ENTRY_NAMES, marks)
    for day in asked.days(site):
        entries = site.by_day[day]
        marks = (settings, mark_all(entry.fingerprint for entry in entries), _mark_keys(keys, entries))
        yield from _sketch(papers, at.day_url(day), entries, _LIST_NAMES, marks)
    tags = asked.topics(at.TAGS, atlas.written_tags, site.by_tag)
    lists: list[tuple[str, Sequence[Entry]]] = [(atlas.tag_urls[atlas.slugs[tag]], site.by_tag[tag]) for tag in tags]
    lists += [(at.HOME, site.entries)] if asked.url.count("/") < 2 else []
    for url, listed in lists:
        marks = (settings, mark_all(atlas.gist_of(entry).card for entry in listed), _mark_keys(keys, listed))
        yield from _sketch(papers, url, listed, _LIST_NAMES, marks, abstracts=False)


def _sketch(
    papers: _Papers,
    url: str,
    entries: Sequence[Entry],
    names: tuple[str, ...],
    marks: tuple[bytes, ...],
    *,
    abstracts: bool = True,
) -> Iterator[Sketch]:
    weight = 1 + len(entries) // _LIGHT
    for form in papers.atlas.settings.exports:
        address = at.export_url(url, form)
        make = partial(_make_export, papers, address, form, entries, abstracts=abstracts)
        yield Sketch(address, "bibliography", names, marks, make, "a bibliography", "", None, weight)


def _mark_keys(keys: Mapping[str, str], entries: Iterable[Entry]) -> bytes:
    return mark(" ".join(keys[entry.key] for entry in entries))


def _make_export(papers: _Papers, url: str, form: ExportFormat, entries: Iterable[Entry], *, abstracts: bool) -> Export:
    """A bibliography; of two entries about the same paper, the one that has its abstract."""
    chosen: dict[str, Entry] = {}
    for entry in entries:
        known = chosen.setdefault(papers.keys[entry.key], entry)
        if known is not entry and _has_abstract(papers.atlas, entry) and not _has_abstract(papers.atlas, known):
            chosen[papers.keys[entry.key]] = entry
    references = papers.wholes if abstracts else papers.briefs
    pieces = [
        Piece(b"".join((papers.frame, entry.fingerprint, key.encode())), partial(references.__getitem__, entry.key))
        for key, entry in chosen.items()
    ]
    return Export(url, form, tuple(pieces), abstracts)


def _has_abstract(atlas: Atlas, entry: Entry) -> bool:
    return has_abstract(entry, atlas.gist_of(entry))


def _cite(atlas: Atlas, keys: Mapping[str, str], entry: Entry, *, abstract: bool) -> Reference:
    return replace(refer_paper(atlas, entry, abstract=abstract), key=keys[entry.key])
