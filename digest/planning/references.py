"""The papers of the site as bibliographies know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from digest.formats import calendars, citations, identifiers, name_parts, urls, venues
from digest.formats import html as markup
from digest.model import Entry, Html, Identifiers, PartialDate, Person, Prose, Reference
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.summaries import title_text

References: TypeAlias = Mapping[str, Reference]

# Types that programs write where they know no better.
_VAGUE: Final = frozenset(["document", "webpage", "manuscript", citations.PREPRINT])


@dataclass(frozen=True, slots=True)
class _Facts:
    """What keys are made of."""

    title: str
    authors: tuple[Person, ...]
    issued: PartialDate | None
    is_paper: bool


def make_references(atlas: Atlas) -> References:
    """The paper of every entry, by the key of the entry; an entry about none is a reference itself."""
    entries = atlas.site.entries
    people = {name: name_parts.part_name(name) for name in {name for entry in entries for name in entry.authors}}
    containers = {venue: citations.read_container(venue) for venue in {entry.venue for entry in entries}}
    facts = {entry.key: _gather_facts(atlas, entry, people) for entry in entries}
    keys = _name_references(entries, facts)
    return {
        entry.key: _refer(atlas, entry, keys[entry.key], facts[entry.key], containers[entry.venue]) for entry in entries
    }


def _gather_facts(atlas: Atlas, entry: Entry, people: Mapping[str, Person]) -> _Facts:
    title = _title(entry, atlas.prose_of(entry))
    authors = tuple(people[name] for name in entry.authors)
    if _is_about_paper(entry):
        return _Facts(title, authors, _issued(entry), is_paper=True)
    if not authors and atlas.settings.author:
        authors = (name_parts.part_name(atlas.settings.author),)
    return _Facts(title, authors, PartialDate(entry.date.year, entry.date.month, entry.date.day), is_paper=False)


def _refer(atlas: Atlas, entry: Entry, key: str, facts: _Facts, container: citations.Container) -> Reference:
    permalink = atlas.permalink(entry.url)
    language = entry.lang or atlas.settings.language
    if not facts.is_paper:
        return Reference(
            key=key,
            type=citations.POST,
            title=facts.title,
            authors=facts.authors,
            issued=facts.issued,
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
        key=key,
        type=type_,
        title=facts.title,
        authors=facts.authors,
        issued=facts.issued,
        container=container.title,
        identifiers=entry.identifiers,
        url=_paper_url(entry, type_),
        permalink=permalink,
        pdf=_on_web(dict(entry.links).get("pdf", "")) or (f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
        abstract=_abstract(atlas.prose_of(entry)) if entry.kind == "abstract" else "",
        keywords=entry.tags,
        # The language of a summary says nothing about that of the paper.
        language=language if entry.kind == "abstract" else details.get("language", ""),
        details=tuple((dict(container.details) | details).items()),
        titled=not entry.title_from,
    )


def _title(entry: Entry, prose: Prose) -> str:
    """The title as plain text, its math in TeX as bibliographies have it."""
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


def _name_references(entries: Iterable[Entry], facts: Mapping[str, _Facts]) -> dict[str, str]:
    """Citation keys by the keys of entries; entries about the same paper share one.

    Of papers with the same stem the one that came first has it bare, so that no key changes when others come; the
    others have a few letters of their identity behind it.
    """
    owners: dict[str, str] = {}
    by_paper: dict[str, str] = {}
    keys: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.id)):
        paper = _identify(entry.identifiers) or entry.id
        if paper not in by_paper:
            told = facts[entry.key]
            stem = citations.key_stem(told.title, told.authors, told.issued)
            suffix = citations.key_suffix(paper)
            key = stem if stem not in owners else f"{stem}-{suffix}"
            while key in owners:  # the same few letters once more
                suffix = citations.key_suffix(f"{paper} {suffix}")
                key = f"{stem}-{suffix}"
            owners[key] = by_paper[paper] = key
        keys[entry.key] = by_paper[paper]
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
