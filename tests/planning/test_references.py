from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from planning_values import THEME, a_plan, a_prose, a_site, an_entry, the

from digest.model import DayPage, Entry, EntryPage, Identifiers, PartialDate, Reference
from digest.planning.atlas import draw_atlas
from digest.planning.references import cite_papers, make_references

LATER = date(2020, 1, 10)


def refer(entry: Entry, **settings: Any) -> Reference:
    return make_references(draw_atlas(a_site([entry], **settings), THEME))[entry.key]


def keys(entries: list[Entry]) -> dict[str, str]:
    return dict(cite_papers(draw_atlas(a_site(entries), THEME)))


def a_paper(title: str = "On Things", day: date = LATER, **changes: Any) -> Entry:
    return an_entry(
        title, day, **({"kind": "abstract", "authors": ("Ada Lovelace",), "published": PartialDate(1843)} | changes)
    )


@pytest.mark.parametrize(
    ("changes", "type_"),
    [
        ({"identifiers": Identifiers(arxiv="1804.00222")}, "article"),
        ({"identifiers": Identifiers(doi="10.1000/1")}, "article-journal"),
        ({"identifiers": Identifiers(doi="10.1101/1")}, "article"),
        ({"identifiers": Identifiers(pmid="123")}, "article-journal"),
        ({"venue": "ICLR 2018"}, "paper-conference"),
        ({"venue": "Nature"}, "article-journal"),
        ({"venue": "arXiv preprint", "details": (("type", "article-journal"),)}, "article"),
        ({"venue": "LNCS 12", "details": (("type", "chapter"),)}, "chapter"),
        ({"details": (("type", "thesis"),)}, "thesis"),
        ({"details": (("type", "document"),), "venue": "ICLR 2018"}, "paper-conference"),
        ({"details": (("type", "text"),)}, "article"),
        ({}, "article"),
    ],
)
def test_types(changes: dict[str, Any], type_: str) -> None:
    assert refer(a_paper(**changes)).type == type_


@pytest.mark.parametrize(
    ("changes", "issued"),
    [
        ({"published": PartialDate(2018, 4)}, "2018-04"),
        ({"published": None, "venue": "ICLR 2018"}, "2018"),
        ({"published": None, "identifiers": Identifiers(arxiv="1804.00222")}, "2018-04"),
        ({"published": None}, "None"),
    ],
)
def test_a_paper_is_as_old_as_is_known(changes: dict[str, Any], issued: str) -> None:
    assert str(refer(a_paper(**changes)).issued) == issued


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"identifiers": Identifiers(arxiv="1804.00222")}, "https://arxiv.org/abs/1804.00222"),
        (
            {"identifiers": Identifiers(arxiv="1804.00222", doi="10.1000/1"), "venue": "Nature"},
            "https://doi.org/10.1000/1",
        ),
        ({"identifiers": Identifiers(pmid="123", openreview="AbCdEf123")}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"links": (("code", "https://a.org"), ("paper", "https://b.org/1"))}, "https://b.org/1"),
        ({"links": (("paper", "javascript:alert(1)"), ("pdf", "https://b.org/1.pdf"))}, "https://b.org/1.pdf"),
        ({"links": (("paper", "paper.pdf"),)}, ""),
        ({}, ""),
    ],
)
def test_where_the_paper_is(changes: dict[str, Any], url: str) -> None:
    entry = a_paper(**({"details": (("type", "article"),)} | changes))
    assert refer(entry).url == url


def test_only_authors_write_abstracts() -> None:
    prose = a_prose("<p>It computes.</p>")
    told = {}
    for kind in ("abstract", "summary", "note"):
        entry = a_paper(kind=kind, venue="Nature")
        site = a_site([entry], bodies={entry.key: prose})
        told[kind] = make_references(draw_atlas(site, THEME))[entry.key].abstract
    assert told == {"abstract": "It computes.", "summary": "", "note": ""}


def test_the_language_of_a_summary_is_not_that_of_the_paper() -> None:
    assert refer(a_paper(kind="summary", lang="de")).language == ""
    assert refer(a_paper(lang="de")).language == "de"
    assert refer(a_paper(), language="fr").language == "fr"


def test_a_volume_is_found_in_the_venue_and_never_overrides_what_is_told() -> None:
    reference = refer(a_paper(venue="Annals of Things 12(3) (2018)", details=(("volume", "13"),)))
    assert reference.container == "Annals of Things"
    assert dict(reference.details) == {"volume": "13", "issue": "3"}


def test_math_stays_in_titles() -> None:
    assert refer(a_paper(r"On $\mathbb{F}_q$")).title == r"On $\mathbb{F}_q$"


@pytest.mark.parametrize("changes", [{}, {"authors": ("Ann Author",)}, {"links": (("code", "https://a.org"),)}])
def test_a_note_about_no_paper_is_cited_itself(changes: dict[str, Any]) -> None:
    reference = refer(an_entry(kind="note", **changes), title="A Digest", author="Ada Lovelace")
    assert not reference.is_paper
    assert (reference.type, reference.container, str(reference.issued)) == ("post-weblog", "A Digest", "2019-12-06")
    assert [person.name for person in reference.authors] == list(changes.get("authors", ("Ada Lovelace",)))
    assert reference.url == "https://example.org/2019/12/06/on-things/"


@pytest.mark.parametrize(
    "changes",
    [{"kind": "summary", "authors": ("A B",)}, {"venue": "X"}, {"links": (("paper", "https://a.org"),)},
     {"identifiers": Identifiers(openreview="AbCdEf123")}],
)  # fmt: skip
def test_a_note_about_a_paper_cites_the_paper(changes: dict[str, Any]) -> None:
    assert refer(an_entry(**({"kind": "note"} | changes))).is_paper


def test_keys_do_not_depend_on_the_order_of_entries() -> None:
    entries = [a_paper(slug=f"p{number}", day=date(2020, 1, 1 + number)) for number in range(3)]
    assert len({str(sorted(keys(list(order)).items())) for order in itertools.permutations(entries)}) == 1


def test_a_key_stays_when_other_papers_come() -> None:
    entries = [a_paper(slug=f"p{number}", day=date(2020, 1, 1 + number)) for number in range(6)]
    before = keys(entries[:3])
    after = keys(entries)
    assert before.items() <= after.items()
    assert len(set(after.values())) == 6
    assert after[entries[0].key] == "lovelace1843things"
    assert all(key.startswith("lovelace1843things") for key in after.values())


def test_two_entries_about_one_paper_share_its_key_and_stand_in_a_list_once() -> None:
    names = Identifiers(arxiv="1804.00222")
    summary = a_paper("What I think", kind="summary", slug="a", identifiers=names)
    abstract = a_paper("On Things", slug="b", identifiers=names)
    found = keys([summary, abstract])
    assert found[summary.key] == found[abstract.key]
    plan = a_plan([summary, abstract], bodies={abstract.key: "<p>It computes.</p>"})
    of_day = next(export for export in plan.exports if export.url == "/2020/01/10/citations.bib")
    assert [reference.abstract for reference in of_day.references] == ["It computes."]


def test_bibliographies_of_entries_days_tags_and_the_site() -> None:
    entries = [a_paper("One", tags=("engines",)), a_paper("Two", day=date(2020, 1, 9), tags=("engines",))]
    plan = a_plan(entries, page_size=1)
    sizes = {export.url: len(export.references) for export in plan.exports}
    places = {
        "/2020/01/10/one/": 1,
        "/2020/01/09/two/": 1,
        "/2020/01/10/": 1,
        "/2020/01/09/": 1,
        "/tags/engines/": 2,
        "/": 2,
    }
    assert sizes == {
        f"{place}citations.{end}": size for place, size in places.items() for end in ("bib", "ris", "json")
    }
    urls = {f"/{url}" if not url.startswith("/") else url for url in sizes}
    shown = {link.href for page in plan.pages for link in page.exports}
    assert shown == urls


def test_a_site_may_offer_fewer() -> None:
    plan = a_plan([a_paper()], exports=("ris",))
    assert {export.format for export in plan.exports} == {"ris"}
    page = the(plan, EntryPage)
    assert [link.text for link in page.exports] == ["RIS"]
    assert page.entry.bibtex == ""
    assert not a_plan([a_paper()], exports=()).exports


def test_pages_tell_of_the_paper() -> None:
    plan = a_plan([a_paper(identifiers=Identifiers(doi="10.1000/1")), an_entry("A Note", LATER)])
    page = the(plan, EntryPage, "/2020/01/10/on-things/")
    assert ("citation_doi", "10.1000/1") in page.metadata
    assert '"sameAs"' not in page.linked_data
    assert '"url":"https://doi.org/10.1000/1"' in page.linked_data
    views = {view.title_text: view for view in the(plan, DayPage).group.entries}
    assert "rft_id=info:doi/10.1000/1" in views["On Things"].coins
    assert views["A Note"].coins == ""
