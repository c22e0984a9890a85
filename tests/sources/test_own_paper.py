"""Which paper a summary says it is of, and which it only cites."""

from __future__ import annotations

import pytest

from digest.model import Identifiers, PartialDate
from digest.sources.layouts.own_paper import find_own_paper

ABS = "https://arxiv.org/abs/1801.00123"


@pytest.mark.parametrize(
    "body",
    [
        f"The paper ([arxiv]({ABS})) is about beans.",
        f"Beans grow.\n\n* Peas do not.\n* [Link to the paper]({ABS})\n",
        f"* [Paper]({ABS})\n* Beans.",
        f"Beans ... [[paper]]({ABS}) [[code]](https://code.example)",
        f"This [paper]({ABS}) grows beans.",
        f"Paper: {ABS}\n\nBeans grow.",
        f"* **Link**: {ABS}\n* Beans grow.",
        f"Paper: [On Beans]({ABS})\n\nBeans grow.",
        f"ArXiv link: {ABS}.\n\nBeans grow.",
        "arXiv:1801.00123\n\nBeans grow.",
        f"{ABS} Beans grow.",
        "Beans grow. [arXiv link](https://arxiv.org/pdf/1801.00123v1.pdf)\n\nSee [peas](https://arxiv.org/abs/1701.00001).",
    ],
)
def test_a_paper_that_is_named_as_the_papers_own(body: str) -> None:
    own, _, month = find_own_paper(body)
    assert own.arxiv == "1801.00123"
    assert month == PartialDate(2018, 1)


@pytest.mark.parametrize(
    "body",
    [
        "Beans grow.",
        f"A deep approach (cf. {ABS}) to beans.",
        f"They follow ([Ann et al., 2018]({ABS})).",
        f"See [paper]({ABS}) for peas.",
        f"It builds on a [paper]({ABS}) about peas.",
        f"Adam ([paper]({ABS})) trains it.",
        f"* [On Peas (GARDEN 2015)]({ABS})",
        f"Peas: {ABS}",
        f"Beans grow.\n\n{ABS} is about peas.",
        "Beans grow as in arXiv:1801.00123 they do.",
        f"* [Paper]({ABS})\n* [Paper](https://arxiv.org/abs/1701.00001)",
        "The paper 1801.00123 has no mark.",
    ],
)
def test_a_paper_that_is_only_cited_or_not_sure(body: str) -> None:
    assert find_own_paper(body) == (Identifiers(), "", None)


def test_the_address_is_kept_where_there_is_one() -> None:
    assert find_own_paper(f"* [Paper]({ABS}v2)")[1] == f"{ABS}v2"
    assert find_own_paper("arXiv:1801.00123v2 Beans.") == (
        Identifiers(arxiv="1801.00123", version=2),
        "",
        PartialDate(2018, 1),
    )
    assert find_own_paper("* [Link to the paper](https://garden.example/beans.pdf)") == (
        Identifiers(),
        "https://garden.example/beans.pdf",
        None,
    )
    assert find_own_paper("* [Paper](https://openreview.net/forum?id=rJBean_-1)")[0] == Identifiers(
        openreview="rJBean_-1"
    )
