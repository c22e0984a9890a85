"""Tags that help nobody."""

from __future__ import annotations

import pytest
from checked_values import a_checked_site
from planning_values import an_entry

from digest.checking.tags import check_tags
from digest.model import Problem

CODES = {"alone": "DG905", "spelling": "DG906"}


def told(*tags: tuple[str, int], others: int = 20) -> list[Problem]:
    """What is said of some tags, each on so many entries, among entries that have none."""
    names = [name for name, count in tags for _ in range(count)]
    entries = [an_entry(f"E{number}", tags=(name,)) for number, name in enumerate(names)]
    entries += [an_entry(f"Other {number}") for number in range(others)]
    return list(check_tags(a_checked_site(entries)))


def test_a_tag_of_one_entry_among_many() -> None:
    problems = told(("peas", 1), ("beans", 3))
    assert [(problem.code, problem.severity) for problem in problems] == [("DG905", "note")]
    assert "'peas'" in problems[0].message
    assert told(("peas", 1), others=2) == []


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("graph-network", "graph-networks"),
        ("graphnetworks", "graph-networks"),
        ("optimisation", "optimization"),
        ("behaviour", "behavior"),
        ("ontologies", "ontology"),
        ("reinforcment-learning", "reinforcement-learning"),
        ("reinforcemant-learning", "reinforcement-learning"),
        ("translatoin", "translation"),
    ],
)
def test_two_spellings_are_told_at_the_rarer(rare: str, usual: str) -> None:
    problems = told((rare, 2), (usual, 7))
    assert [problem.code for problem in problems] == ["DG906"]
    assert repr(rare) in problems[0].message
    assert usual in problems[0].hint


@pytest.mark.parametrize(
    ("one", "other"),
    [("gan", "gans-theory"), ("resnet-18", "resnet-34"), ("llama-2-models", "llama-3-models"), ("peas", "pears")],
)
def test_two_things_are_not_two_spellings(one: str, other: str) -> None:
    assert told((one, 2), (other, 7)) == []


def test_a_slip_of_the_pen_is_rare_where_the_word_is_usual() -> None:
    assert told(("convolution-nets", 3), ("convolutional-nets", 9)) == []
    assert told(("trenslatian", 2), ("translation", 9)) == []  # two letters: other words differ by as much
