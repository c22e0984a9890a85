"""How builds compare: `make bench`, or `python tests/bench/bench_build.py --entries 1000`.

Prints the median of each build as a ratio to the cold one; seconds depend on the machine and are told only for scale.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from digest.cache import Memory
from digest.pipeline import BuildOptions, build

WORDS = [
    "bean",
    "pea",
    "rain",
    "soil",
    "root",
    "leaf",
    "seed",
    "row",
    "frost",
    "hedge",
    "model",
    "garden",
    "water",
    "light",
]
NOW = datetime(2030, 1, 1, tzinfo=UTC)
PER_DAY = 20


def write_entries(content: Path, entries: int) -> None:
    """The same entries for the same number, on any machine: prose, with math, lists and code here and there."""
    draw = random.Random(entries)
    for number in range(entries):
        text = " ".join(draw.choices(WORDS, k=120)).capitalize() + "."
        if number % 3 == 0:
            text += f" So $x_{number} < y^2$ holds."
        if number % 10 == 0:
            text += "\n\n## Why\n\n- one\n  - two\n- three\n\n```python\nfor row in rows:\n    water(row)\n```\n"
        tags = ", ".join(draw.sample(WORDS, 3))
        day = date(2001, 1, 1) + timedelta(days=number // PER_DAY)
        head = f"---\ntitle: Entry {number}\ndate: {day}\nauthors: [Author {number % 97}]\ntags: [{tags}]\n---\n\n"
        (content / f"entry-{number}.md").write_text(head + text + "\n", encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    times: dict[str, list[float]] = {"cold": [], "nothing changed": [], "one entry edited": []}
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            site, memory = Path(folder), Memory()
            (site / "content").mkdir()
            write_entries(site / "content", arguments.entries)
            for name, taken in times.items():
                if name == "one entry edited":
                    with (site / "content" / "entry-0.md").open("a", encoding="utf-8") as entry:
                        entry.write("\nOne more line.\n")
                memory.turn()
                begin = perf_counter()
                build(site, site / "output", BuildOptions(), now=NOW, remember=memory.remember)
                taken.append(perf_counter() - begin)
    cold = median(times["cold"])
    for name, taken in times.items():
        line = f"{name:18} {median(taken) / cold:6.3f} of cold   {median(taken):7.2f} s   {arguments.entries} entries\n"
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
