"""Links out of the site: which there are, and what is said of them."""

from __future__ import annotations

import pytest
from checked_values import a_checked_site
from planning_values import an_entry

from digest.checking import Outcome, judge_links, list_outward_links

LEEK = an_entry("Leek", key="leek.md", links=(("code", "https://example.org/code"), ("slides", "/slides.pdf")))
PEA = an_entry("Pea", key="pea.md")
SOURCES = {
    "content/leek.md": "---\ntitle: Leek\nlinks: {code: https://example.org/code}\n---\n[a](https://example.org/a#part)\n",
    "content/pea.md": "---\ntitle: Pea\n---\n\n[a](https://example.org/a)\n",
}
BODIES = {
    "leek.md": '<p><a href="https://example.org/a#part" rel="noopener">a</a> <a href="mailto:a@b">m</a> '
    '<img alt="" src="http://example.net/i.png?x=1&amp;y=2"> <a href="pea.md">p</a></p>',
    "pea.md": '<p><a href="https://example.org/a">a</a></p>',
}
CHECKED = a_checked_site([LEEK, PEA], bodies=BODIES, sources=SOURCES)
FINE = {"https://example.org/code": Outcome(200)}


def test_each_address_is_listed_once() -> None:
    links = list_outward_links(CHECKED)
    assert [(link.url, link.path, link.files) for link in links] == [
        ("https://example.org/a", "content/leek.md", 2),
        ("http://example.net/i.png?x=1&y=2", "content/leek.md", 1),
        ("https://example.org/code", "content/leek.md", 1),
    ]


@pytest.mark.parametrize(
    ("outcome", "code", "severity"),
    [
        (Outcome(200), "", ""),
        (Outcome(302), "", ""),
        (Outcome(404), "DG913", "error"),
        (Outcome(410), "DG913", "error"),
        (Outcome(0, "names a host that there is not", nowhere=True), "DG913", "error"),
        (Outcome(403), "DG914", "note"),
        (Outcome(429), "DG914", "note"),
        (Outcome(503), "DG914", "note"),
        (Outcome(0, "does not answer in time"), "DG914", "note"),
        (Outcome(0, "leads to a machine of this network", untold=True), "DG914", "note"),
    ],
)
def test_what_is_said_of_an_answer(outcome: Outcome, code: str, severity: str) -> None:
    problems = list(judge_links(CHECKED, list_outward_links(CHECKED), {**FINE, "https://example.org/a": outcome}))
    assert [(problem.code, problem.severity) for problem in problems] == ([(code, severity)] if code else [])
    if problems:
        assert problems[0].span is not None
        assert (problems[0].span.path, problems[0].span.line, problems[0].span.column) == ("content/leek.md", 5, 5)
        assert problems[0].hint


def test_where_no_host_is_found_it_is_not_the_links_fault() -> None:
    nowhere = Outcome(0, "names a host that there is not", nowhere=True)
    links = list_outward_links(CHECKED)
    problems = list(judge_links(CHECKED, links, {link.url: nowhere for link in links}))
    assert {(problem.code, problem.severity) for problem in problems} == {("DG914", "note")}


def test_one_of_the_front_matter_is_told_at_its_place() -> None:
    gone = {"https://example.org/code": Outcome(404)}
    problem = next(iter(judge_links(CHECKED, list_outward_links(CHECKED), gone)))
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (3, 15)
