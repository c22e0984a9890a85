"""Links of bodies: where they lead, and what is said of those that lead nowhere."""

from __future__ import annotations

import pytest
from planning_values import DAY, MadePlan, a_page, a_plan, a_prose, an_entry, the

from digest.model import DayPage, EntryPage, HomePage, LocalLink, Problem

HERE = an_entry("Here")
THERE = an_entry("There", DAY.replace(day=7))
URL = "/2019/12/06/here/"


def linked(target: str, base_url: str = "https://example.org/repo/", **changes: object) -> MadePlan:
    """A site whose first entry links to a target."""
    body = f'<p><a href="{target}">x</a></p>'
    return a_plan(
        [HERE, THERE, *changes.pop("more", [])],  # type: ignore[misc] # a list of entries
        pages=[a_page("about")],
        static=["/img/fig 1.png", "/2019/12/06/here/near.png"],
        bodies={HERE.key: body},
        base_url=base_url,
        **changes,
    )


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("../07/there.md", "/repo/2019/12/07/there/"),
        ("../07/there.md#part", "/repo/2019/12/07/there/#part"),
        ("2019/12/07/there.md", "/repo/2019/12/07/there/"),
        ("/2019/12/07/there.md", "/repo/2019/12/07/there/"),
        ("/2019/12/07/there/", "/repo/2019/12/07/there/"),
        ("/2019/12/07/there", "/repo/2019/12/07/there/"),
        ("/2019/12/07/there/index.html", "/repo/2019/12/07/there/"),
        ("/repo/2019/12/07/there/", "/repo/2019/12/07/there/"),
        ("../../07/there/", "/repo/2019/12/07/there/"),
        ("/about/", "/repo/about/"),
        ("/pages/about.md", "/repo/about/"),
        ("../../../pages/about.md", "/repo/about/"),
        ("/img/fig%201.png", "/repo/img/fig%201.png"),
        ("../../../static/img/fig 1.png", "/repo/img/fig%201.png"),
        ("static/img/fig 1.png?v=1", "/repo/img/fig%201.png?v=1"),
        ("near.png", "/repo/2019/12/06/here/near.png"),
        ("/feed.xml", "/repo/feed.xml"),
        ("/tags/", "/repo/tags/"),
        ("/", "/repo/"),
        ("/repo/", "/repo/"),
        ("https://example.com/?a=1&amp;b=2", "https://example.com/?a=1&amp;b=2"),
        ("//example.com/x", "//example.com/x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("#part", "#part"),
    ],
)
def test_a_link_leads_where_its_author_meant(target: str, href: str) -> None:
    plan = linked(target)
    assert plan.problems == ()
    assert f'href="{href}"' in the(plan, EntryPage, URL).entry.body


def test_the_same_link_in_a_day_a_list_and_a_feed() -> None:
    plan = a_plan([HERE], bodies={HERE.key: '<h2 id="s">S</h2><p><a href="#s">x</a></p>'}, base_url="https://e.org/r/")
    assert the(plan, EntryPage).entry.body == '<h2 id="s">S</h2><p><a href="#s">x</a></p>'
    on_day = the(plan, DayPage).group.entries[0]
    assert on_day.body == '<h3 id="entry-here.s">S</h3><p><a href="#entry-here.s">x</a></p>'
    assert 'href="/r/2019/12/06/here/#s"' in the(plan, HomePage).days[0].entries[0].excerpt
    assert 'href="https://e.org/r/2019/12/06/here/#s"' in plan.feeds[0].items[0].content


def only_problem(plan: MadePlan) -> Problem:
    assert len(plan.problems) == 1
    return plan.problems[0]


def test_a_link_that_leads_nowhere_is_told_with_its_place_and_the_nearest() -> None:
    prose = a_prose('<p><a href="../07/theer.md">x</a></p>', links=(LocalLink("../07/theer.md", 12, 7),))
    problem = only_problem(a_plan([HERE, THERE], bodies={HERE.key: prose}))
    assert (problem.severity, problem.code) == ("warning", "DG402")
    assert problem.span is not None
    assert (problem.span.path, problem.span.line, problem.span.column) == (HERE.path, 12, 7)
    assert problem.hint == "did you mean ../07/there.md"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("../08/there.md", "did you mean ../07/there.md"),
        ("/abuot/", "did you mean /about/"),
        ("/Img/Fig 1.png", "did you mean /img/fig 1.png"),
        ("/nothing-like-it/", "there is nothing of a similar name; content/static/ holds files"),
    ],
)
def test_hints(target: str, hint: str) -> None:
    problem = only_problem(linked(target))
    assert problem.hint == hint


@pytest.mark.parametrize("target", ["draft.md", "/2019/12/06/draft/", "/2019/12/06/draft"])
def test_a_link_to_a_draft_says_so(target: str) -> None:
    problem = only_problem(linked(target, more=[an_entry("Draft", draft=True)]))
    assert "a draft" in problem.message
    assert "--drafts" in problem.hint
    assert linked(target, more=[an_entry("Draft", draft=True)], drafts=True).problems == ()


def test_a_link_to_a_day_to_come_says_so() -> None:
    problem = only_problem(linked("/2030/01/01/later/", more=[an_entry("Later", DAY.replace(2030, 1, 1))]))
    assert "future" in problem.message


def test_navigation_and_links_of_the_front_matter_are_checked_too() -> None:
    plan = a_plan([an_entry(links=(("code", "/gone.zip"), ("bad", "javascript:x")))], navigation=(("Me", "/me/"),))
    assert [problem.code for problem in plan.problems] == ["DG402", "DG402"]
    assert [problem.span.path for problem in plan.problems if problem.span] == [
        "content/2019/12/06/on-things.md",
        "content/site.yml",
    ]
    assert the(plan, EntryPage).entry.links[1].href == ""


def test_many_wrong_links_are_told_in_time() -> None:
    entries = [an_entry(f"Attention {number}", slug=f"attention-{number}") for number in range(3000)]
    bodies = {entry.key: f'<p><a href="atention-{number}x.md">x</a></p>' for number, entry in enumerate(entries[:20])}
    assert len(a_plan(entries, bodies=bodies).problems) == 20


def test_whatever_the_site_writes_can_be_linked_to() -> None:
    entries = [
        an_entry("Here", tags=("graphs",), authors=("Ann Author",), venue="ICLR 2018"),
        an_entry("There", DAY.replace(day=7), authors=("Ann Author",), venue="ICLR 2019"),
    ]
    plain = a_plan(entries, social_cards=True)
    files = (*plain.pages, *plain.feeds, *plain.exports, *plain.texts, *plain.cards)
    targets = [*(file.url for file in files), "/sitemap.xml", "/robots.txt"]
    assert {"/citations.bib", "/llms.txt", "/2019/12/06/here/index.md", "/tags/graphs/citations.ris"} <= set(targets)
    body = "".join(f'<a href="{target}">x</a>' for target in targets)
    assert a_plan(entries, bodies={entries[0].key: body}, social_cards=True).problems == ()
