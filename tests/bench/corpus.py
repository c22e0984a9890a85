"""Entries for measurements: the same for the same number, on any machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

FIRST = date(2001, 1, 1)
PER_DAY = 40
VOCABULARY = 5000  # words, the most frequent of which make most of a text, as in any language
TOPICS = ("bean", "pea", "rain", "soil", "root", "leaf", "seed", "row", "frost", "hedge", "model", "garden", "water")
FORMULAS = (
    "$x_{%d} < y^2$",
    r"$\alpha_{%d} \le \frac{1}{n}\sum_i w_i$",
    "\n\n$$\n\\int_0^{%d} f(t)\\,dt = \\sqrt{2\\pi}\n$$\n\n",
)
CODE = """

```python
def water(rows: list[str]) -> None:
    for number, row in enumerate(rows):
        print(f'{number}: {row}')
```
"""
LIST = """

## Why

- It is *dry*.
- Of [two rows](https://example.com/rows):
    - one
    - the **other**
- `water` them.
"""


class Text(NamedTuple):
    """An entry: its place below content/, and its file."""

    path: str
    text: str


def make_entries(entries: int, *, math: bool = True) -> Iterator[Text]:
    """So many: abstracts of one paragraph, a quarter with lists, some with code, a third with formulas."""
    draw = random.Random(entries)
    syllables = ("ba", "ren", "ti", "lo", "sun", "ke", "mar", "o", "vi", "da")
    words = ["".join(draw.choices(syllables, k=3)) for _ in range(VOCABULARY)]
    ranks = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    for number in range(entries):
        day = FIRST + timedelta(days=number // PER_DAY)
        sentences = [" ".join(draw.choices(words, cum_weights=ranks, k=20)).capitalize() + "." for _ in range(8)]
        formula = draw.choice(FORMULAS) % number
        if number % 3 == 0 and math:
            sentences[4] += f" So {formula} holds."
        body = " ".join(sentences) + (LIST if number % 4 == 0 else "") + (CODE if number % 20 == 0 else "")
        authors = dict.fromkeys(f"Author {draw.randrange(2 + entries // 3)}" for _ in range(draw.randrange(1, 6)))
        topic = draw.choice(TOPICS)
        head = [
            f'title: "{" ".join(draw.choices(words, cum_weights=ranks, k=8)).capitalize()}"',
            f"date: {day}T{number % 24:02}:00:00Z",
            f"authors: [{', '.join(authors)}]",
            f"tags: [{', '.join(draw.sample(TOPICS, 3))}]",
            f'arxiv: "{day:%y%m}.{number % 20000 + 1:0{4 if day.year < 2015 else 5}}"' if day.year >= 2008 else "",
            f"doi: 10.1000/{topic}.{number}" if number % 3 == 0 else "",
            f"venue: Journal of {topic.capitalize()} Studies {number % 7 + 1} ({day.year})" if number % 2 else "",
            f"summary: {sentences[0]}" if number % 4 == 0 else "",
        ]
        lines = "\n".join(filter(None, head))
        yield Text(f"{day}/entry-{number}.md", f"---\n{lines}\n---\n\n{body}\n")


def write_entries(content: Path, entries: int, *, math: bool = True) -> None:
    """The files of a site."""
    for path, text in make_entries(entries, math=math):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
