"""Invented papers with everything that makes a layout hard to read, and what is true of them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace

from digest.model import Document, Item, Reading, Source
from digest.sources.accounting import account_for


@dataclass(frozen=True)
class Paper:
    """A paper as an author wrote it; paragraphs of the abstract are parted by blank lines."""

    title: str
    authors: tuple[str, ...]
    abstract: str
    arxiv: str = ""
    comment: str = ""


PAPERS = (
    Paper(
        "Do Gardens Dream of Rain?",
        ("Ada Lovelace", "Ann Author"),
        "We ask whether a garden keeps the water of the night until noon. Over ten weeks we weighed the soil of forty "
        "beds every hour, with straw and without, and it does. The tables are at https://example.org/a_b_c/rain.",
        "1903.01234",
        "Accepted at the Garden Workshop 2019",
    ),
    Paper(
        "Straw, Bark, and Gravel: A Comparison of Mulches",
        ("Bob van der Berg", "José Núñez", "Jean-Luc O'Hara Jr.", "L. M. Writer"),
        "Mulch saves water. How much it saves depends on what it is made of, and nobody has compared the three kinds "
        "that people use side by side (but see arXiv:1706.03762 for two of them). We extend that trial to gravel, "
        "find a gain of $37\\%$, and tell why $f_1(x) < f_2(x)$ where it rains often -- or at least why it should.",
        "1904.00001",
        "12 pages, 3 figures",
    ),
    Paper(
        "Deep Roots",
        ("Li Na",),
        "Trees with deep roots outlive the others.",
        "math.GT/0309136",
    ),
    Paper(
        "3D Printing of Flower Pots",
        tuple(f"{given} {family}" for family in ("Potter", "Clay", "Kiln", "Glaze") for given in
              ("Ada", "Ben", "Cléo", "Dora", "Emil", "Finn", "Gül", "Hana", "Ivo", "Jan")),
        "2019 was the year of the printed pot: 14 firms sold more than a million of them. May 2019 alone saw 200,000. "
        "We print one hundred and break them all.\n\nOn December 7, 2017 the first of them had been shown in public, "
        "and it broke as well. We conclude that clay is better than plastic for most plants and most people.",
        "1901.99999",
        "To appear in Proceedings of the International Conference on Pots, 2019",
    ),
    Paper(
        "Apple Trees, Pear Trees, and Plum Trees",
        ("Ångel d'Arc", "Łukasz Żak", "张伟"),
        "Abstract models of orchards leave out the insects. Ours has them: bees, wasps and moths meet the trees in a "
        "game of $n$ players, and we solve it. The solution has three parts:\n- bees first,\n- wasps second,\n- moths "
        "last.\nNone of them is a surprise to a farmer, but all of them are new to the theory of such games.",
        "1812.00007",
    ),
    Paper(
        "iGrow: a Tool that Waters (Almost) Everything!",
        ("D. J. C. Digger", "Ann-Marie von der Au"),
        "iGrow waters plants by itself. It solves\n$$\n\\min_x \\sum_i (w_i - x_i)^2\n$$\nonce a minute and opens the "
        "valves. In a trial of 12 weeks it lost 3 of 1,200 plants, where a gardener lost 40.",
        "2001.00042",
        "Published as a conference paper at GROW 2020",
    ),
    Paper(
        "What a Hedge Adds to a Field in the First Ten Years After Planting, with Notes on Its Upkeep and a Map of the "
        "Hedges that We Measured",
        ("Ferdinand de Sand", "Andy Land", "Grace Strand"),
        "A hedge feeds birds, breaks the wind and holds the soil. How much of each it does in its first years is not "
        "known, though the state pays for it. We measured 80 hedges for a decade. \"Young\" hedges do more than old "
        "ones for the wind, and less for the birds. Who pays by length pays too much for the young",
        "1911.04711",
    ),
    Paper(
        "Weeds Are All You Need",
        ("Maria do Carmo Silva", "Tim Berners Smith III"),
        "Is a weed a plant in the wrong place? We show that it is not. Our weeds grow where they are needed; they feed "
        "bees, shade the soil and cost nothing. We propose a garden of weeds only, and measure it with\n\n$$ y = a + "
        "bx $$\n\nThe garden wins on every count.",
        "1910.10101",
    ),
)  # fmt: skip


def wrap(text: str, width: int) -> str:
    """The text broken to a width, line by line as it is where that is 0; its own breaks stay."""
    if not width:
        return text
    lines = [textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")]
    return "\n".join("\n".join(each) for each in lines)


def squeeze(text: str) -> str:
    """A body without its blanks, list marks and escapes."""
    return re.sub(r"\s|(?<=\n)- |^- |\\(?=[^a-z])|-", "", text)


def assert_is(item: Item, paper: Paper, *, title: bool = True, ids: bool = True, comment: bool = True) -> None:
    """The item tells of the paper what the layout does, and nothing else."""
    assert item.title == (paper.title if title else "")
    assert item.authors == (paper.authors if title else ())
    assert item.identifiers.arxiv == (paper.arxiv if ids else "")
    assert item.venue == (paper.comment if comment else "")
    assert squeeze(item.body) == squeeze(paper.abstract)
    assert item.kind == "abstract"


def read_all(source: Source, text: str) -> tuple[Item, ...]:
    """The items of a text that its source surely recognises, no word of it lost."""
    document = Document("page.txt", text)
    assert source.recognise(document) > 0.5
    reading = Reading.gather(source.read(document))
    assert not reading.problems
    assert account_for(document, reading) is None
    lines = text.replace("\r\n", "\n").split("\n")
    for item in reading.items:
        assert lines[item.span.line - 1].strip()
    return reading.items


def without(paper: Paper, **fields: str) -> Paper:
    return replace(paper, **fields)  # type: ignore[arg-type] # only texts are taken away
