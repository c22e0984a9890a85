"""The papers of the site as bibliographies know them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final, TypeAlias

from digest.formats import calendars, citations, identifiers, name_parts, urls, venues
from digest.formats import html as markup
from digest.model import Entry, Gist, Html, Identifiers, PartialDate, Person, Prose, Reference
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.lazily import Lazily
from digest.planning.summaries import title_text

References: TypeAlias = Mapping[str, Reference]

_NAMES_KEPT: Final = 10_000  # of people and of venues: they come again
# Types that programs write where they know no better.
_VAGUE: Final = frozenset(["document", "webpage", "manuscript", citations.PREPRINT])


def make_references(atlas: Atlas) -> References:
    """The paper of every entry, by the key of the entry; an entry about none is a reference itself.

    They are without keys: only bibliographies have those, see `cite_papers`.
    """
    return Lazily(atlas.by_key, partial(refer_paper, atlas))


def refer_paper(atlas: Atlas, entry: Entry, *, abstract: bool = True) -> Reference:
    """The paper of an entry, without its key; a list of many does without their abstracts, and so without bodies."""
    container = _read_container(entry.venue)
    permalink = atlas.permalink(entry.url)
    language = entry.lang or atlas.settings.language
    title = _title(atlas, entry)
    authors = tuple(map(_part_name, entry.authors))
    if not _is_about_paper(entry):
        author = atlas.settings.author
        return Reference(
            key="",
            type=citations.POST,
            title=title,
            authors=authors or ((_part_name(author),) if author else ()),
            issued=_day_of_post(entry),
            container=atlas.settings.title,
            identifiers=entry.identifiers,
            url=permalink,
            permalink=permalink,
            pdf="",
            abstract="",
            keywords=entry.tags,
            language=language,
        )
    type_ = _type_of(entry, container.type)
    details = dict(entry.details)
    arxiv = entry.identifiers.arxiv
    return Reference(
        key="",
        type=type_,
        title=title,
        authors=authors,
        issued=_issued(entry),
        container=container.title,
        identifiers=entry.identifiers,
        url=_paper_url(entry, type_),
        permalink=permalink,
        pdf=_on_web(dict(entry.links).get("pdf", "")) or (f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
        abstract=_abstract(atlas.prose_of(entry)) if abstract and entry.kind == "abstract" else "",
        keywords=entry.tags,
        # The language of a summary says nothing about that of the paper.
        language=language if entry.kind == "abstract" else details.get("language", ""),
        details=tuple((dict(container.details) | details).items()),
        titled=not entry.title_from,
    )


def locate_paper(entry: Entry) -> str:
    """Where the paper of an entry is; empty for an entry about none."""
    return _paper_url(entry, _type_of(entry, _read_container(entry.venue).type)) if _is_about_paper(entry) else ""


def has_abstract(entry: Entry, gist: Gist) -> bool:
    """Whether an entry has the abstract of its paper."""
    return entry.kind == "abstract" and gist.words > 0 and _is_about_paper(entry)


@lru_cache(maxsize=_NAMES_KEPT)
def _part_name(name: str) -> Person:
    return name_parts.part_name(name)


@lru_cache(maxsize=_NAMES_KEPT)
def _read_container(venue: str) -> citations.Container:
    return citations.read_container(venue)


def _title(atlas: Atlas, entry: Entry) -> str:
    """The title as plain text, its math in TeX as bibliographies have it."""
    if "$" not in entry.title and "\\" not in entry.title:  # there is no math, and no need for the body
        return atlas.title_of(entry)
    return _tell_title(entry, atlas.prose_of(entry))


def _tell_title(entry: Entry, prose: Prose) -> str:
    return markup.strip_to_tex(prose.title) if "<math" in prose.title else title_text(entry, prose)


def _abstract(prose: Prose) -> str:
    return markup.strip_to_tex(prose.html) if "<math" in prose.html else prose.text


def _is_about_paper(entry: Entry) -> bool:
    """Whether an entry tells of a paper. The authors of a note alone are those who wrote the note."""
    names = entry.identifiers
    named = names.arxiv or names.doi or names.pmid or names.pmcid or names.openreview
    told = entry.venue or (entry.authors and entry.kind != "note")
    return bool(named or told or any(name in {"paper", "pdf"} for name, _ in entry.links))


def _type_of(entry: Entry, venue: str) -> str:
    """The type of CSL: what the source says, unless its venue knows better or it is vague."""
    told = dict(entry.details).get("type", "")
    if venue == citations.PREPRINT:
        return venue
    if told in citations.KINDS and told not in _VAGUE:
        return told
    if venue:
        return venue
    names = entry.identifiers
    published = names.pmid or (names.doi and not names.doi.startswith(("10.1101/", "10.48550/")))
    return "article-journal" if published else told if told in citations.KINDS else citations.PREPRINT


def _day_of_post(entry: Entry) -> PartialDate:
    return PartialDate(entry.date.year, entry.date.month, entry.date.day)


def _issued(entry: Entry) -> PartialDate | None:
    """When the paper came out: as its source says, else the year of its venue, else the month of its arXiv id."""
    if entry.published:
        return entry.published
    if entry.venue and (dated := venues.find_date(entry.venue)):
        return dated[0]
    return identifiers.arxiv_month(entry.identifiers.arxiv) if entry.identifiers.arxiv else None


def _paper_url(entry: Entry, type_: str) -> str:
    """Where the paper is: the DOI of what is published, arXiv of a preprint, then whatever else names it."""
    places = {text.partition(":")[0]: address for text, address in identifiers.identifier_links(entry.identifiers)}
    first = ("arXiv", "doi") if type_ == citations.PREPRINT else ("doi", "arXiv")
    for name in (*first, "PMID", "PMCID", "OpenReview"):
        if name in places:
            return places[name]
    links = dict(entry.links)
    return _on_web(links.get("paper", "")) or _on_web(links.get("pdf", ""))


def _on_web(address: str) -> str:
    return urls.encode_url(address) if address.lower().startswith(("https://", "http://")) else ""


def make_stem(entry: Entry, prose: Prose) -> str:
    """What the citation key of an entry begins with; of one without authors that is no paper, what follows the name."""
    issued = _issued(entry) if _is_about_paper(entry) else _day_of_post(entry)
    return citations.key_stem(_tell_title(entry, prose), tuple(map(_part_name, entry.authors[:1])), issued)


def cite_papers(atlas: Atlas, stems: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Citation keys by the keys of entries; entries about the same paper share one. Some may have had other `stems`.

    Of papers with the same stem the one that came first has it bare, so that no key changes when others come; the
    others have a few letters of their identity behind it.
    """
    author = atlas.settings.author
    ours = citations.name_stem(_part_name(author)) if author else ""
    owners: set[str] = set()
    by_paper: dict[str, str] = {}
    keys: dict[str, str] = {}
    for entry in sorted(atlas.site.entries, key=lambda entry: (entry.date, entry.id)):
        paper = _identify(entry.identifiers) or entry.id
        key = by_paper.get(paper)
        if key is None:
            key = stem = stems[entry.key] if stems and entry.key in stems else atlas.gist_of(entry).stem
            if ours and not entry.authors and not _is_about_paper(entry):
                key = stem = ours + stem
            suffix = paper
            while key in owners:  # as long as it is the same few letters once more
                suffix = citations.key_suffix(suffix)
                key, suffix = f"{stem}-{suffix}", f"{paper} {suffix}"
            owners.add(key)
            by_paper[paper] = key
        keys[entry.key] = key
    return keys


def _identify(names: Identifiers) -> str:
    """The first name that the world has for a paper, empty where it has none."""
    if names.arxiv:
        return f"arXiv:{names.arxiv}"
    return names.doi.lower() or names.pmid or names.pmcid or names.openreview


def link_data(atlas: Atlas, entry: Entry, title: str, reference: Reference) -> Html:
    """The page of an entry and its paper as JSON-LD, safe within a `script` element."""
    settings = atlas.settings
    post = citations.Post(
        title=title,
        permalink=reference.permalink,
        day=calendars.iso_day(entry.date),
        author=settings.author,
        language=entry.lang or settings.language,
        license=entry.license or settings.license,
        keywords=entry.tags,
        blog=settings.title,
        home=atlas.permalink(at.HOME),
    )
    return citations.link_data(post, reference)
