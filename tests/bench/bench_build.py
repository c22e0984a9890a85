"""What builds cost: `make bench`, or `python tests/bench/bench_build.py --entries 1000 --rounds 5`.

Prints what a build takes after the first, as a ratio to that, and what each feature of the reading site adds to it:
the same site is built with everything on, without one feature after the other, and without any of them, in turn, and
the medians are compared. Times are CPU seconds, so that what else runs has little say in them; they depend on the
machine and are printed, never asserted. A feature that others use shares its cost with them: the parts add up to less
than the whole.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import process_time

from digest.cache import Memory, Remember, forget
from digest.pipeline import BuildOptions, build

NOW = datetime(2030, 1, 1, tzinfo=UTC)
FIRST = date(2016, 1, 1)
PER_DAY = 20
VOCABULARY = 5000  # words, the most frequent of which make most of a text, as in any language
TOPICS = ("bean", "pea", "rain", "soil", "root", "leaf", "seed", "row", "frost", "hedge", "model", "garden", "water")
FORMULAS = ("$x_{%d} < y^2$", r"$\alpha_{%d} \le \frac{1}{n}\sum_i w_i$", r"$$\int_0^{%d} f(t)\,dt = \sqrt{2\pi}$$")

# What a setting takes away; mathematics has none, there the formulas are taken out of the entries.
FEATURES = {
    "feeds, RSS": "feeds: [atom, json]",
    "feeds, Atom": "feeds: [rss, json]",
    "feeds, JSON": "feeds: [rss, atom]",
    "feeds, archives": "feed_archives: none",
    "feeds, all of them": "feeds: []",
    "exports": "exports: []",
    "related entries": "related_entries: 0",
    "statistics": "statistics: false",
    "search": "search: false",
    "script": "script: false",
    "Markdown twins": "markdown_twins: false",
    "llms.txt": "llms_txt: false",
    "pages of authors": "author_page_entries: 1000",
    "pages of venues": "venue_page_entries: 1000",
}
APART = {"feeds, RSS", "feeds, Atom", "feeds, JSON", "feeds, archives"}  # within another line
MATH = "mathematics"
ALL = "all of these"


def write_entries(content: Path, entries: int, *, math: bool = True) -> None:
    """The same entries for the same number, on any machine: what abstracts have, with lists and code here and there."""
    draw = random.Random(entries)
    words = [
        "".join(draw.choices(("ba", "ren", "ti", "lo", "sun", "ke", "mar", "o", "vi", "da"), k=3))
        for _ in range(VOCABULARY)
    ]
    ranks = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    for number in range(entries):
        day = FIRST + timedelta(days=number // PER_DAY)
        sentences = [" ".join(draw.choices(words, cum_weights=ranks, k=20)).capitalize() + "." for _ in range(8)]
        formula = draw.choice(FORMULAS) % number
        if number % 2 and math:
            sentences[4] += f" So {formula} holds."
        if number % 10 == 0:
            sentences.append(
                "\n\n## Why\n\n- one\n  - two\n- three\n\n```python\nfor row in rows:\n    water(row)\n```\n"
            )
        authors = [f"Author {draw.randrange(2 + entries // 3)}" for _ in range(draw.randrange(1, 6))]
        topic = draw.choice(TOPICS)
        head = [
            "---",
            f"title: {' '.join(draw.choices(words, cum_weights=ranks, k=8)).capitalize()}",
            f"date: {day}",
            f"authors: [{', '.join(dict.fromkeys(authors))}]",
            f"tags: [{', '.join(draw.sample(TOPICS, 3))}]",
            f'arxiv: "{day:%y%m}.{number % 20000 + 1:05}"',
            f"doi: 10.1000/{topic}.{number}" if number % 3 == 0 else "",
            f"venue: Journal of {topic.capitalize()} Studies {number % 7 + 1} ({day.year})" if number % 2 else "",
            f"summary: {sentences[0]}" if number % 4 == 0 else "",
            "---",
        ]
        text = "\n".join((*filter(None, head), "", " ".join(sentences), ""))
        (content / f"entry-{number}.md").write_text(text, encoding="utf-8")


def make_site(folder: Path, entries: int, settings: Iterable[str] = (), *, math: bool = True) -> Path:
    """A site of so many entries."""
    (folder / "content").mkdir(parents=True)
    write_entries(folder / "content", entries, math=math)
    (folder / "content" / "site.yml").write_text("\n".join((*settings, "")), encoding="utf-8")
    return folder


def time_build(site: Path, output: Path, remember: Remember = forget) -> float:
    """CPU seconds of a build."""
    begin = process_time()
    report = build(site, output, BuildOptions(), now=NOW, remember=remember)
    if report.stopped:
        raise SystemExit("\n".join(problem.message for problem in report.problems))
    return process_time() - begin


def compare_builds(entries: int, rounds: int) -> Iterator[str]:
    """A cold build, one of the same again, and one after an edit."""
    times: dict[str, list[float]] = {"cold": [], "nothing changed": [], "one entry edited": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            site, memory = make_site(Path(folder) / "site", entries), Memory()
            for name, taken in times.items():
                if name == "one entry edited":
                    with (site / "content" / "entry-0.md").open("a", encoding="utf-8") as entry:
                        entry.write("\nOne more line.\n")
                memory.turn()
                taken.append(time_build(site, site / "output", memory.remember))
    cold = median(times["cold"])
    for name, taken in times.items():
        yield f"{name:18} {median(taken) / cold:6.3f} of cold   {median(taken):7.2f} s   {entries} entries"
    yield f"{'memory':18} {getrusage(RUSAGE_SELF).ru_maxrss // 1024:6} MB at most"


def compare_features(entries: int, rounds: int) -> Iterator[str]:
    """What each feature adds to a cold build."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sites = {"": make_site(home / "on", entries)}
        for number, (name, setting) in enumerate(FEATURES.items()):
            sites[name] = make_site(home / str(number), entries, [setting])
        sites[MATH] = make_site(home / "math", entries, math=False)
        without = [setting for name, setting in FEATURES.items() if name not in APART]
        sites[ALL] = make_site(home / "off", entries, without, math=False)
        times: dict[str, list[float]] = {name: [] for name in sites}
        time_build(sites[""], home / "first")  # loads what is loaded once
        for number in range(rounds):
            for name, site in sites.items():
                # Into a new folder each, and none is removed: a file system is slow just after that.
                times[name].append(time_build(site, home / f"{site.name}-output-{number}", forget))
                for kept in (site / ".digest" / "kept").rglob("*.*"):
                    kept.unlink()
    whole = median(times.pop(""))
    yield f"{'everything on':22} {1000 * whole / entries * 1000:7.0f} ms per 1000 entries"
    for name, taken in sorted(times.items(), key=lambda item: median(item[1])):
        added = whole - median(taken)
        inner = "  of which" if name in APART else ""
        yield f"{name:22} {1000 * added / entries * 1000:+7.0f} ms per 1000 entries  {added / whole:6.1%}{inner}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("builds", "features"))
    arguments = parser.parse_args()
    for name, compare in (("builds", compare_builds), ("features", compare_features)):
        if arguments.only in (None, name):
            for line in compare(arguments.entries, arguments.rounds):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
