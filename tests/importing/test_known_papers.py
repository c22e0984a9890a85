"""What becomes of an item of a paper that the site holds already: from elsewhere, in a newer version, or nearly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented import LONG, ONIONS, PAPER, Desk, abstract, kinds

from digest.importing import RenewedEntry
from digest.model import Identifiers, Item, OnKnown, PartialDate, Settings, Span


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---------------------------------------------------------------- the same paper from elsewhere


def test_another_source_adds_and_replaces_nothing(desk: Desk) -> None:
    desk.bring(PAPER, format_name="arxiv-rss", name="https://example.org/rss")
    other = replace(
        PAPER,
        title="WATERING ONIONS",
        authors=("A. Author",),
        venue="Garden Letters",
        published=PartialDate(2018, 4, 13),
        identifiers=replace(PAPER.identifiers, doi="10.1000/182"),
    )
    (decision,) = desk.bring(other, format_name="bibtex", name="papers.bib")
    assert isinstance(decision, RenewedEntry)
    assert decision.fields == ("published", "doi", "venue")
    entry = desk.entry()
    assert (entry.title, entry.authors, entry.venue) == ("Watering Onions", ("Ann Author",), "Garden Letters")
    assert (str(entry.published), entry.identifiers.doi) == ("2018-04-13", "10.1000/182")
    before = desk.files()
    assert kinds(desk.bring(other, format_name="bibtex", name="papers.bib")) == ["unchanged"]
    by_doi = replace(other, identifiers=Identifiers(doi="10.1000/182"))
    assert kinds(desk.bring(by_doi, format_name="ris", name="papers.ris")) == ["unchanged"]
    assert desk.files() == before


def test_another_text_of_the_paper_is_told_and_not_written(desk: Desk) -> None:
    desk.bring(PAPER)
    before = desk.files()
    other = replace(PAPER, body="Another text altogether.")
    assert kinds(desk.bring(other, format_name="ris", name="b.ris")) == ["other-text"]
    assert desk.states() == ["note DG304"]
    assert desk.files() == before


def test_a_text_is_added_where_there_was_none(desk: Desk) -> None:
    desk.bring(replace(PAPER, body=""), format_name="bibtex", name="papers.bib")
    assert kinds(desk.bring(PAPER, format_name="arxiv-api", name="a.xml")) == ["renewed"]
    assert desk.entry().body == PAPER.body


def test_two_records_of_one_paper_in_one_document_settle(desk: Desk) -> None:
    other = replace(PAPER, body="Another text altogether.", venue="Garden Letters", span=Span("garden.txt", 9))
    assert kinds(desk.bring(PAPER, other, PAPER)) == ["new", "renewed", "repeated"]
    assert (desk.entry().body, desk.entry().venue) == (PAPER.body, "Garden Letters")
    before = desk.files()
    desk.bring(PAPER, other, PAPER)
    assert desk.files() == before


NEWER = replace(PAPER, body="The text of the second version.", identifiers=Identifiers(arxiv="1804.00222", version=2))


@pytest.mark.parametrize(
    ("policy", "kind", "bodies"),
    [
        ("ignore", "ignored", {PAPER.body}),
        ("update", "renewed", {NEWER.body}),
        ("revise", "renewed", {NEWER.body}),
        ("new", "new", {PAPER.body, NEWER.body}),
    ],
)
def test_a_new_version(desk: Desk, policy: OnKnown, kind: str, bodies: set[str]) -> None:
    first = replace(PAPER, day=date(2018, 4, 3))
    desk.bring(first, format_name="arxiv-api", name="a.xml")
    later = replace(NEWER, day=date(2018, 9, 1))
    assert kinds(desk.bring(later, format_name="arxiv-rss", name="b.xml", policy=policy)) == [kind]
    entries = desk.entries()
    assert {entry.body for entry in entries} == bodies
    assert len({entry.id for entry in entries}) == len(entries)
    if policy == "revise":
        assert (entries[0].date, entries[0].aliases) == (date(2018, 9, 1), ("/2018/04/03/watering-onions/",))
    elif policy != "new":
        assert (entries[0].date, entries[0].aliases) == (date(2018, 4, 3), ())
    before = desk.files()
    desk.bring(later, format_name="arxiv-rss", name="b.xml", policy=policy)
    assert kinds(desk.bring(first, format_name="arxiv-api", name="a.xml", policy=policy))[0] in {
        "ignored", "older", "unchanged",
    }  # fmt: skip
    assert desk.files() == before


def test_the_setting_is_the_policy(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Settings(on_known="new"))
    desk.bring(PAPER)
    assert kinds(desk.bring(NEWER)) == ["new"]


def test_an_entry_by_hand_with_the_same_arxiv_id_is_that_paper(desk: Desk) -> None:
    path = desk.site / "content/mine.md"
    path.parent.mkdir()
    path.write_text('---\ntitle: Mine\ndate: 2019-01-02\nkind: abstract\narxiv: "1804.00222"\n---\n\nMy words.\n')
    desk.bring(PAPER)
    entry = desk.entry()
    assert (entry.title, entry.body, entry.authors) == ("Mine", "My words.", ("Ann Author",))
    path.write_text(path.read_text().replace("kind: abstract", "kind: summary"))
    assert kinds(desk.bring(PAPER)) == ["new"]


# ---------------------------------------------------------------- suspects


def test_the_same_text_twice_is_imported_once_and_told(desk: Desk) -> None:
    assert kinds(desk.bring(ONIONS, replace(ONIONS, span=Span("other.txt", 9)))) == ["new", "repeated"]
    assert desk.states() == ["note DG304"]
    assert desk.problems[0].span == Span("other.txt", 9)
    assert "content/2026/11/21/watering-onions.md" in desk.problems[0].message


def test_a_title_alone_is_a_suspicion_and_never_merged(desk: Desk) -> None:
    desk.bring(ONIONS, name="a.bib", format_name="bibtex")
    other = replace(ONIONS, body="Another text of a paper of that name.")
    assert kinds(desk.bring(other, name="b.bib", format_name="bibtex")) == ["new"]
    assert desk.states() == ["warning DG304"]
    before = desk.files()
    assert kinds(desk.bring(other, name="b.bib", format_name="bibtex")) == ["unchanged"]
    assert kinds(desk.bring(ONIONS, name="a.bib", format_name="bibtex")) == ["unchanged"]
    assert desk.files() == before


def test_a_text_without_a_name_is_known_again_after_an_edit_of_its_document(desk: Desk) -> None:
    desk.bring(ONIONS, abstract("Other words.", title="Leeks"))
    assert kinds(desk.bring(replace(ONIONS, body=ONIONS.body + " One more."))) == ["renewed"]
    assert len(desk.entries()) == 2


def test_two_people_may_summarise_one_paper(desk: Desk) -> None:
    names = Identifiers(arxiv="1804.00222")
    one = Item("summary", LONG.format("onions", "ten"), Span("a.txt", 1), title="Onions", identifiers=names)
    two = replace(one, body="I water them with wine, and this changes everything that we know of onions.")
    assert kinds(desk.bring(one, two, PAPER)) == ["new", "new", "new"]


def test_a_nearly_equal_text_is_written_and_told(desk: Desk) -> None:
    other = abstract("Here is another opening. " + ONIONS.body[ONIONS.body.index(".") + 2 :], line=40)
    assert kinds(desk.bring(ONIONS, other)) == ["new", "new"]
    assert desk.states() == ["warning DG304"]
    assert desk.problems[0].span == other.span
    assert "content/2026/11/21/watering-onions.md" in desk.problems[0].message


@pytest.mark.parametrize(("authors", "told"), [((), True), (("A. Author", "Bo Writer"), True), (("Bo Writer",), False)])
def test_the_same_title_is_told_unless_other_people_wrote_it(desk: Desk, authors: tuple[str, ...], told: bool) -> None:
    other = replace(ONIONS, body="Another text.", authors=authors, span=Span("b.txt", 2), published=PartialDate(2001))
    assert len(desk.new(ONIONS, other)) == 2
    assert bool(desk.problems) == told


def test_a_dry_run_decides_the_same_and_writes_nothing(desk: Desk) -> None:
    assert kinds(desk.bring(PAPER, NEWER, ONIONS, dry=True)) == ["new", "renewed", "new"]
    assert list(desk.site.iterdir()) == []
    desk.bring(PAPER)
    before = desk.files()
    assert kinds(desk.bring(NEWER, dry=True)) == ["renewed"]
    assert desk.files() == before
    assert kinds(desk.bring(PAPER)) == ["unchanged"]


# ---------------------------------------------------------------- what must never be taken for the same


def two_dois(text: str) -> Item:
    item = abstract(f"Words of {text}.", title="Editorial", authors=("Ann Author",))
    return replace(item, identifiers=Identifiers(doi=f"10.1000/{text}"))


def test_ids_that_contradict_are_two_papers_whatever_their_place(desk: Desk) -> None:
    one, two = two_dois("one"), two_dois("two")
    desk.bring(one, name="refs.bib")
    assert kinds(desk.bring(two, name="refs.bib")) == ["new"]
    assert kinds(desk.bring(two, one, name="refs.bib")) == ["unchanged", "unchanged"]
    assert {entry.body for entry in desk.entries()} == {one.body, two.body}
    other = replace(PAPER, identifiers=Identifiers(arxiv="1804.00223", doi="10.1000/x"), body="Another paper's words.")
    desk.bring(replace(PAPER, identifiers=Identifiers(arxiv="1804.00222", doi="10.1000/x")), name="a.bib")
    assert kinds(desk.bring(other, name="a.bib")) == ["new"]


def test_one_title_in_one_document_may_be_another_text(desk: Desk) -> None:
    week = Item("note", LONG.format("onions", "ten"), Span("w.xml"), title="Weekly links")
    desk.bring(week, name="weekly.xml")
    later = replace(week, body="Three things about leeks that nobody knew, and a link to the tables of last year.")
    assert kinds(desk.bring(later, name="weekly.xml")) == ["new"]
    assert kinds(desk.bring(week, later, name="weekly.xml")) == ["unchanged", "unchanged"]


def test_a_changed_kind_or_id_does_not_bring_the_paper_twice(desk: Desk) -> None:
    desk.bring(PAPER)
    desk.edit("kind: abstract", "kind: summary")
    desk.edit(PAPER.body, "My own words.")
    assert kinds(desk.bring(PAPER)) == ["edited"]
    desk.edit('arxiv: "1804.00222"\n', "")
    assert kinds(desk.bring(PAPER)) == ["edited"]
    assert len(desk.entries()) == 1


def test_a_note_about_the_paper_is_told(desk: Desk) -> None:
    path = desk.site / "content/mine.md"
    path.parent.mkdir()
    path.write_text('---\ntitle: Mine\ndate: 2019-01-02\narxiv: "1804.00222"\n---\n\nMy words.\n')
    assert kinds(desk.bring(PAPER)) == ["new"]
    assert desk.states() == ["note DG304"]
    assert "content/mine.md is about the same paper" in desk.problems[0].message


def test_sources_that_disagree_settle(desk: Desk) -> None:
    first = replace(PAPER, updated=PartialDate(2024, 1, 5))
    second = replace(
        PAPER, updated=PartialDate(2024, 2, 5), body="Newer words.", identifiers=Identifiers(arxiv="1804.00222")
    )
    for _ in range(2):
        desk.bring(first, name="a.xml")
        desk.bring(second, name="b.xml")
    before = desk.files()
    assert kinds(desk.bring(first, name="a.xml")) == ["older"]
    assert kinds(desk.bring(second, name="b.xml")) == ["unchanged"]
    assert desk.files() == before
    assert desk.entry().body == "Newer words."


def test_standard_input_is_nobodys_own_source(desk: Desk) -> None:
    desk.bring(PAPER, name="")
    assert kinds(desk.bring(replace(PAPER, body="Other words."), name="")) == ["other-text"]


@pytest.mark.parametrize("forget", [False, True])
def test_two_entries_of_one_paper_are_told_and_stay_two(desk: Desk, forget: bool) -> None:
    by_doi = replace(ONIONS, identifiers=Identifiers(doi="10.1000/x"), title="Beta")
    by_arxiv = replace(PAPER, body="Other words.", title="Alpha")
    both = replace(PAPER, identifiers=Identifiers(arxiv="1804.00222", doi="10.1000/x"), body="", title="")
    desk.bring(by_doi, name="a.bib")
    desk.bring(by_arxiv, name="b.xml")
    if forget:
        (desk.site / ".digest/known.sqlite").unlink()
    desk.bring(replace(both, title="Alpha"), name="c.json")
    assert desk.states() == ["warning DG304"]
    assert "alpha.md and content/2026/11/21/beta.md" in desk.problems[0].message
    assert sorted(entry.identifiers.doi for entry in desk.entries()) == ["", "10.1000/x"]


def test_every_version_keeps_its_entry(desk: Desk) -> None:
    versions = [
        replace(PAPER, identifiers=Identifiers(arxiv="1804.00222", version=number), body=f"Words of version {number}.")
        for number in (1, 2, 3)
    ]
    for item in versions:
        assert kinds(desk.bring(item, policy="new")) == ["new"]
    for forget in (False, True):
        if forget:
            (desk.site / ".digest/known.sqlite").unlink()
        assert kinds(desk.bring(*versions)) == ["unchanged"] * 3
    assert {entry.body for entry in desk.entries()} == {item.body for item in versions}


def test_a_revision_stays_where_another_entry_has_its_address(desk: Desk) -> None:
    first = replace(PAPER, day=date(2024, 1, 1), title="Gardens")
    other = abstract("Other gardens.", title="Gardens", day=date(2024, 1, 2), authors=("Bo Writer",))
    desk.bring(first, other)
    assert kinds(desk.bring(replace(NEWER, day=date(2024, 1, 2), title="Gardens"), policy="revise")) == ["renewed"]
    assert len({entry.url for entry in desk.entries()}) == 2
    assert "warning DG304" in desk.states()


def test_a_day_that_a_person_chose_is_not_moved(desk: Desk) -> None:
    desk.bring(replace(PAPER, day=date(2024, 1, 1)))
    desk.edit("date: 2024-01-01", "date: 2024-03-03")
    desk.bring(replace(NEWER, day=date(2024, 5, 5)), policy="revise")
    assert (desk.entry().date, desk.entry().body) == (date(2024, 3, 3), NEWER.body)


def test_an_alias_belongs_to_one(desk: Desk) -> None:
    one = Item("note", "Words one.", Span("a"), title="One", aliases=("/p/1/",))
    two = Item("note", "Words two.", Span("a"), title="Two", aliases=("/p/1/", "/p/2/"))
    desk.bring(one, two)
    assert desk.states() == ["warning DG304"]
    assert {entry.title: entry.aliases for entry in desk.entries()} == {"One": ("/p/1/",), "Two": ("/p/2/",)}


def test_an_entry_that_was_moved_to_another_day_blocks_nobody(desk: Desk) -> None:
    desk.bring(replace(PAPER, day=date(2024, 1, 1), title="Gardens"))
    desk.edit("date: 2024-01-01", "date: 2024-03-03")
    other = abstract("Other gardens.", title="Gardens", day=date(2024, 1, 1), authors=("Bo Writer",))
    assert [new.key for new in desk.new(other)] == ["2024/01/01/gardens-2.md"]


def test_a_date_that_a_person_made_vaguer_stays(desk: Desk) -> None:
    item = replace(PAPER, published=PartialDate(2018, 4, 13))
    desk.bring(item)
    desk.edit("published: 2018-04-13", "published: 2018")
    assert kinds(desk.bring(item)) == ["edited"]


def test_records_of_one_title_without_text_stay_apart(desk: Desk) -> None:
    one = abstract("", title="Editorial", authors=("Ann Author",), details=(("page", "1-2"),))
    two = replace(one, details=(("page", "99-100"),), span=Span("notes/garden.txt", 9))
    assert kinds(desk.bring(one, two)) == ["new", "new"]
    assert desk.states() == ["warning DG304"]
    before = desk.files()
    for items in ((one, two), (two, one)):
        assert kinds(desk.bring(*items)) == ["unchanged", "unchanged"]
    assert desk.files() == before


def test_another_title_of_a_paper_is_told(desk: Desk) -> None:
    desk.bring(PAPER, name="a.bib")
    assert kinds(desk.bring(replace(PAPER, title="On Leeks"), name="b.bib")) == ["unchanged"]
    assert desk.states() == ["note DG304"]
    assert desk.entry().title == "Watering Onions"
