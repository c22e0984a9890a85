"""Flattened notes: what was one line is laid out as its writer meant it, and no word is touched."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.unflattening import restore_markdown

# Each document is its own test: squeezed into one line it must come out as it stands here.
DOCUMENTS = {
    "footnotes and the addresses of links at the end": """\
The pump is loud[^1] but strong.

* See [the shop][1] for it.
* It rusts.

[^1]: Only at night.
[1]: https://shop.example/pump "The shop"
""",
    "a rule of parted signs": """\
The first week was dry.

* * *

The second week was wet.
""",
    "headings in German": """\
## Zusammenfassung

Das Beet bleibt nass.

* Erster Versuch.
* Zweiter Versuch.

## Fazit

Gut.
""",
    "headings without capitals": """\
## 摘要

花园里有水。

* 第一点。
* 第二点。

## 结果

很好。
""",
    "headings and bullets": """\
# Garden robots (short notes)

## Sowing

* Seeds are sown by *hand*, then pressed.
* Rows are straight:
  * A string marks each row.
  * A camera checks the string.

## Watering

1. Fill the can
2. **Pour** slowly
3. Empty the can
""",
    "a heading ends where its sentence begins": """\
### Ideas

Beans seem to climb everything that stands still. We never saw one stop.

### How wet should the soil be?

It depends on the month.

### Key takeaway

`water(bed, litres=2)` is enough.

### Thoughts

Lovely little paper with honest tables.

### Reference

[1] On the Growth of Beans, A. Lovelace et al.

## Related

TODO
""",
    "a heading of small words": """\
## Temporal sowing

It's not hard to see that order matters.

## Summary

Slow gardening (SG) waits for rain and then sows.
""",
    "dashes that are none": """\
A bed - the one by the wall - is dry. It's well kept - in fact, spotless.

### Key Points

- Mulch keeps water in the soil.
- A layer of straw - GRASS, mostly - works best of all.
- `dry - wet` is what the meter shows. Bark lasts longer.
- Prior work (bark - straw) is cited.
""",
    "items without full stops": """\
### Exp

- Train the bean
- Prune with shears
- Harvest late

### Questions

- Section 3.1 & 3.2 are hard to follow for me
""",
    "bullets in capitals beside stars": """\
## Terms

* Straw Layer - Dry stalks, cut short.
* Bark Layer - Old wood.
* Two kinds of worms - Red and White - live in it.
""",
    "plus signs and products": """\
* BEAN-10+: 7.1% loss
* BEAN-100+: 26.5% loss
* STRAW + BARK keeps most water
* The yield is 3 * rows, so `a * b + c` litres.
""",
    "prose after a numbered list": """\
The trial has three contributions:

1. They water with rain, which is free (see Figure 2 for a barrel).
2. They find that 12 layers of straw suffice, from bed i-1 to bed $i+1$.
3. They model the soil with a sponge of 256 holes.

The experiments end in June. They also weigh peas. Finally, they eat both.
""",
    "prose after items without full stops": """\
They work with two gardens.

1. Front: a garden with stones, herbs, and a bench, which face the street.
2. Back: beds on the level of the cellar, with peas on the level of the roof

The first thing the authors ask is: which one is drier? In general, it is the front.
""",
    "prose after bullets": """\
The procedure has two steps:

* a sieve
* a barrel

The sieve holds the stones and the barrel gives the water. Both are washed at night.
""",
    "a list that turns": """\
It goes as follows:

* Collect rain with a barrel (open at first).
* Use this rain to water the beans.
* Repeat with peas.

Finally, thanks to the gardeners for [their shears](https://garden.example/shears), which are sharp.
""",
    "prose between two lists": """\
They measure

1) depth of the roots (as far as they go)
2) length of the pole (as seen from the bed)

In addition to these there are two more:

- They weigh the beans.
- They count the beans.
""",
    "names that lead to lists": """\
Pros:

* cheap
* strong

Cons:

* long
""",
    "headings in capitals": """\
## Related Work

Much has been grown.

## Deep Gardens and Shallow Beds

They are deeper than we thought, and we thought a lot.

#### Datasets:

Front bed, back bed.

#### Data Sets

Both beds are wet.

## Termination

**Partial growth**: it stops in winter. It may go on.
""",
    "a glossary after a list": """\
## Takeaways

* Dry beds *don't* grow beans.
* Wet beds do, which is not new.

Dry bed : a bed without water (no rain for a week)

Wet bed : all other beds

Mulch : what lies on a bed

# More
""",
    "quotes": """\
## Funny

> nobody has asked the beans so far

> Watering took 30 litres. It was a dry week.

## See also

* [Peas - a history](https://peas.example/p?id=r-3)
""",
    "images": """\
### Model

![](https://i.imgur.com/bEaN.png)

### Results

* Beans grow fast.
* Peas do not.

![Beans](https://beans.example/b.png "Beans")

*Beans against peas, with straw.*

![Peas](https://beans.example/p.png "Peas")

*Peas (left) and weeds (right).*
""",
    "a bare image after the last item": """\
There are two kinds:

* Red beans.
* White beans, grown with the policy of the house.

![](https://i.imgur.com/WhItE.jpg)

**Countering frost:** A key issue is the night. It is long.

**Open questions:**

* Do beans feel cold?
* Do peas?
""",
    "display formulas": r"""
The loss is a sum of three:

$$\mathcal{L} = \lambda_{b}\mathcal{L}_{b} + \lambda_{p}\mathcal{L}_{p} - 3 * x$$

### Notes

- $a - b$ is small, $$c * d$$ is not.
- Where $p_c \in [0, 1]$ - the share of weeds - is low, all is well.
""".lstrip(),
    "a rule before a new part": """\
### Results

* Learns to climb.
* Fails in winter.

--------------------

# Rough notes by chapter

* (1) Introduction
  * Basic problem: Beans need poles and nobody has any to spare.
* (2) Method
  * They borrow poles from the neighbour, who is asleep.
""",
    "tables": """\
Yields in kilos.

| bed | beans - raw | `a|b` |
|---|:---:|---|
| front | 3 | $x|y$ |
| back | - | 4 * 5 |

The back bed wins.
""",
    "code": """\
It is one line.

```python
grow(beans) # not a heading
```

And `* this - one` too.
""",
    "underlined": """\
Summary
=======

Beans grow. The end.
""",
    "closed headings": """\
## Summary ##

The main idea is to wait for rain.

## Strengths ##

* No need for a can.
* It is calm.
""",
    "bold names": """\
**Contribution**

* A new pole.
* A proof that it stands.

**Method** The pole is cut from ash. It is long.

**My take** Nice work - would climb.
""",
    "a sentence that counts": """\
We see where 1) rain beats the can, 2) the can beats rain and 3) neither does. It works in section 2.2, \
for table 3. The rest (1) is (2) prose -> no list, see Figure 2. The bed 1. That is all.
""",
}


def squeeze(text: str) -> str:
    """What the export does to Markdown; it knew no `![](…)` around a bare address."""
    return re.sub(r"!\[\]\((https://i\.imgur\.com/\S+)\)", r"\1", " ".join(text.split()))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_squeezed_document_gets_its_lines_back(document: str) -> None:
    assert restore_markdown(squeeze(document)) == document


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("", ""),
        ("  \n ", ""),
        ("One sentence.", "One sentence.\n"),
        ("2. is where it starts", "2\\. is where it starts\n"),
        ("The # of beans is a # of note.", "The # of beans is a # of note.\n"),
        ("See https://i.imgur.com/a.png, which is small.", "See https://i.imgur.com/a.png, which is small.\n"),
        ("It costs $5 - or $6 - a bed.", "It costs $5 - or $6 - a bed.\n"),
        ('"He did it!" - I said. Peas are $p$ - green.', '"He did it!" - I said. Peas are $p$ - green.\n'),
        ("* Left open ( here. * Go on.", "* Left open ( here.\n* Go on.\n"),
        ("- Outer: * inner * other - Next one.", "- Outer:\n  * inner\n  * other\n- Next one.\n"),
        ("* Steps: 1. Dig. 2. Rest. * Eat.", "* Steps:\n  1. Dig.\n  2. Rest.\n* Eat.\n"),
        (
            "#### [Of Beans](https://x.example) TLDR; They grow. #### Why - Rain. - Sun.",
            "#### [Of Beans](https://x.example)\n\nTLDR; They grow.\n\n#### Why\n\n- Rain.\n- Sun.\n",
        ),
        ("10 beans. * Red * White", "10 beans.\n\n* Red\n* White\n"),
    ],
)
def test_small_cases(text: str, restored: str) -> None:
    assert restore_markdown(text) == restored


def test_an_item_goes_under_the_text_of_the_item_that_holds_it() -> None:
    assert restore_markdown("Do: 1. Peel them: * thin * thick 2. Eat.") == (
        "Do:\n\n1. Peel them:\n   * thin\n   * thick\n2. Eat.\n"
    )


PIECES = r"""
# ## ###### * - + > >> 1. 2. 3. 1) 2) 0. --- ------ === ** _ ` `` ``` ~~~ $ $$ ( ) [ ] < > | : \ \( \) \[ \]
`x` $x$ $$y$$ [a](b) ![a](c.png) <b> </b> |---|---| **Bold:** **Method** *cap* https://i.imgur.com/x.png http://a.example/b)
The the Word word. Word: and, Finally, TODO term e.g. 10 é ü! Summary Results We propose is …
"""
SOUP = st.lists(st.one_of(st.sampled_from(PIECES.split()), st.text(max_size=5)), max_size=60).map(" ".join)


def signs(text: str) -> list[str]:
    """All but blanks, backslashes and what is put around a bare image."""
    return [sign for sign in re.sub(r"!\[\]\(|[()\\]", "", text) if not sign.isspace()]


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_no_sign_is_lost_or_moved_whatever_the_text(text: str) -> None:
    restored = restore_markdown(text)
    assert re.findall(r"\w+", restored) == re.findall(r"\w+", text)
    assert signs(restored) == signs(text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["Beans grow.", "We water peas.", "Straw is dry.", "Nobody knows."]), min_size=1))
def test_prose_stays_one_paragraph(sentences: list[str]) -> None:
    assert restore_markdown(" ".join(sentences)) == " ".join(sentences) + "\n"


@settings(deadline=None, max_examples=60)
@given(st.sampled_from("*-"), st.lists(st.integers(2, 6), min_size=1, max_size=5))
def test_plain_lists_under_headings_come_back_whole(sign: str, counts: list[int]) -> None:
    lists = ("\n".join(f"{sign} Bed {number} is full of beans." for number in range(count)) for count in counts)
    document = "\n\n".join(f"## Results\n\n{items}" for items in lists)
    assert restore_markdown(squeeze(document)).strip() == document


LONG = {
    "stars": "* " * 20_000,
    "parentheses": "(" * 30_000,
    "brackets": "![a](" * 10_000,
    "dollars": "$a " * 15_000,
    "backticks": " ".join("`" * length for length in range(250)),
    "headings": "# a " * 10_000,
    "address": "https://a.example/" + ")" * 30_000,
    "bold": "**a " * 15_000,
    "numbers": "1. a 2. b " * 5_000,
    "captions": "![a](b) *cap " * 4_000,
    "rows": "| a | b | |---|---| " * 2_000,
    "tags": "<a " * 15_000,
    "lines": "=== " * 15_000,
    "turns": "* The thing. Finally, we see. " * 3_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_hostile_lengths_are_no_trouble(text: str) -> None:
    started = time.process_time()
    restore_markdown(text)
    assert time.process_time() - started < 5  # a quadratic pattern takes minutes


def test_round_bullets_become_those_of_markdown() -> None:
    flat = "Main points: • The first is wet. ◦ A small one. • The second is dry."
    assert restore_markdown(flat).count("\n* ") == 2
    assert "• one thing" in restore_markdown("There is • one thing here.")
    assert "`a • b • c`" in restore_markdown("Dots in `a • b • c` stay.")


def test_what_follows_a_definition_is_no_definition() -> None:
    assert "\n## Results\n" in restore_markdown("Text. [^1]: a note. ## Results It works.")
    assert restore_markdown("[1]: https://a.example and so on.") == "[1]: https://a.example and so on.\n"
