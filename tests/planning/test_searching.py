from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planning_values import DAY, THEME, MadePlan, a_plan, a_prose, a_site, an_entry, make_plan, the

from digest.model import Identifiers, SearchPage
from digest.planning import plan_site

SEARCHING = replace(THEME, search_script="/assets/search.0123abcd.js")


def a_searched_plan(*args: Any, **changes: Any) -> MadePlan:
    return make_plan(plan_site(a_site(*args, **changes), SEARCHING))


def test_a_record_holds_all_that_an_entry_is_looked_for_by() -> None:
    entry = an_entry(
        "On $x$",
        authors=("Ada Lovelace", "Ann Author"),
        tags=("theory",),
        venue="Memoirs",
        kind="summary",
        lang="de",
        identifiers=Identifiers(arxiv="1912.00001", doi="10.1000/xyz"),
    )
    body = a_prose("<p>Why &amp; how</p>", text="Why & how", title_text="On 𝑥")
    other = an_entry("Another", date(2018, 1, 2), authors=("Ada Lovelace",))
    plan = a_searched_plan([entry, other], bodies={entry.key: body}, base_url="https://example.org/repo/")
    record = plan.search[-1]
    assert record.href == "/repo/2019/12/06/on-x/"
    assert (record.title, record.text, record.language) == ("On 𝑥", "Why & how", "de")
    assert (record.day, record.day_text) == ("2019-12-06", "6 December 2019")
    assert record.authors == ("Ada Lovelace", "Ann Author")
    assert record.names == ("theory", "Memoirs", "1912.00001", "10.1000/xyz")
    # A filter by who has one entry would find what the name finds.
    assert plan.filters[-1] == (("tag", "theory"), ("author", "Ada Lovelace"), ("year", "2019"), ("kind", "summary"))


def test_the_page_leads_on_without_a_script() -> None:
    page = the(a_searched_plan([an_entry()], base_url="https://example.org/repo/"), SearchPage)
    assert [way.href for way in page.ways] == ["/repo/archive/", "/repo/tags/"]
    assert (page.script, page.index) == ("/repo/assets/search.0123abcd.js", "/repo/search/")
    assert page.masthead.search == "/repo/search/"


def test_browsers_are_told_of_the_search() -> None:
    (text,) = (text for text in a_searched_plan().texts if text.url == "/opensearch.xml")
    assert "https://example.org/search/?q={searchTerms}" in text.text


def test_a_site_may_go_without() -> None:
    for plan in (a_searched_plan([an_entry()], search=False), a_plan([an_entry()])):
        assert plan.search == ()
        assert not [page for page in plan.pages if isinstance(page, SearchPage)]
        assert not [text for text in plan.texts if text.url == "/opensearch.xml"]


def test_records_come_from_the_oldest_on() -> None:
    entries = [an_entry(title, day) for title, day in zip("BAC", (DAY, DAY, DAY.replace(year=2018)), strict=True)]
    assert [record.title for record in a_searched_plan(entries).search] == ["C", "A", "B"]
