"""Our own checks, each an entry point; and how all are run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from digest.checking.addresses import check_addresses
from digest.checking.bodies import check_anchors, check_images
from digest.checking.entries import check_dates, check_texts
from digest.checking.papers import check_papers
from digest.checking.tags import check_tags, check_vocabulary
from digest.model import CODES, Check, CheckedSite, Problem


def _our(name: str, *codes: str) -> tuple[str, dict[str, str]]:
    return name, {code: CODES[code] for code in codes}


ADDRESSES: Final = Check(*_our("addresses", "DG903"), check_addresses)
ANCHORS: Final = Check(*_our("anchors", "DG904"), check_anchors)
TAGS: Final = Check(*_our("tags", "DG905", "DG906"), check_tags)
VOCABULARY: Final = Check(*_our("vocabulary", "DG907"), check_vocabulary)
TEXTS: Final = Check(*_our("texts", "DG908"), check_texts)
DATES: Final = Check(*_our("dates", "DG909"), check_dates)
IMAGES: Final = Check(*_our("images", "DG910"), check_images)
PAPERS: Final = Check(*_our("papers", "DG911", "DG912"), check_papers)

# What a build tells and goes on: a reader would come upon it.
_BREAKS: Final = frozenset({"DG402"})


def find_problems(checked: CheckedSite, checks: Iterable[Check], ignored: Collection[str]) -> Iterator[Problem]:
    """What the checks find, but problems of codes that are ignored; a check of which nothing is asked is not run."""
    for check in checks:
        if not check.codes or not check.codes.keys() <= set(ignored):
            yield from (problem for problem in check.find(checked) if problem.code not in ignored)


def judge_problem(problem: Problem) -> Problem:
    """A problem of the build as a check sees it: a link that leads nowhere is an error."""
    return replace(problem, severity="error") if problem.code in _BREAKS else problem
