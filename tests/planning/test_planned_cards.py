from __future__ import annotations

import pytest
from planning_values import a_plan, an_entry, the

from digest.model import EntryPage, SocialCard


def test_an_entry_has_a_card_that_its_page_names() -> None:
    entry = an_entry("On Things", authors=("Ada Lovelace", "Ann Author"))
    plan = a_plan([entry], social_cards=True, title="Mornings", base_url="https://example.org/repo/")
    assert plan.cards == (
        SocialCard(
            url="/2019/12/06/on-things/card.png",
            title="On Things",
            byline="Ada Lovelace, Ann Author",
            day="6 December 2019",
            site="Mornings",
        ),
    )
    assert the(plan, EntryPage).image == "https://example.org/repo/2019/12/06/on-things/card.png"


@pytest.mark.parametrize(
    ("authors", "byline"), [(0, ""), (1, "A0"), (4, "A0, A1, A2, A3"), (9, "A0, A1, A2 and 6 more")]
)
def test_many_authors_are_counted(authors: int, byline: str) -> None:
    entry = an_entry(authors=tuple(f"A{number}" for number in range(authors)))
    assert [card.byline for card in a_plan([entry], social_cards=True).cards] == [byline]


def test_there_are_none_unless_they_are_wanted() -> None:
    plan = a_plan([an_entry()])
    assert plan.cards == ()
    assert the(plan, EntryPage).image == ""
