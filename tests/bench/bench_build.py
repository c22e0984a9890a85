"""What each feature adds to a build: `make bench`, or `python tests/bench/bench_build.py --entries 1000 --rounds 5`.

The same site is built cold as shipped, without one feature after the other, without any of them, and with what is off
as shipped, in turn; medians are compared. Times are CPU seconds of all processes, so that what else runs has less say
in them; they depend on the machine and are printed, never asserted. A feature that others use shares its cost with
them: the parts add up to less than the whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from contest import Runner
from corpus import write_entries

FEEDS = "feeds, all of them"  # the other lines of feeds are within this one
# What a setting takes away; mathematics has none, there the formulas are taken out of the entries.
FEATURES = {
    "feeds, RSS": "feeds: [atom, json]",
    "feeds, Atom": "feeds: [rss, json]",
    "feeds, JSON": "feeds: [rss, atom]",
    "feeds, archives": "feed_archives: none",
    "feeds, of days": "day_feeds: false",
    "feeds, of topics": "topic_feeds: false",
    FEEDS: "feeds: []",
    "exports": "exports: []",
    "paper metadata": "paper_metadata: false",
    "related entries": "related_entries: 0",
    "statistics": "statistics: false",
    "search": "search: false",
    "script": "script: false",
    "Markdown twins": "markdown_twins: false",
    "llms.txt": "llms_txt: false",
    "pages of authors": "author_page_entries: 0",
    "pages of venues": "venue_page_entries: 0",
}
# What a setting adds to the site as shipped; cards are drawn where Pillow and the font are installed.
CARDS = "social cards"
EXTRAS = {"feeds, archives of topics": "feed_archives: all", CARDS: "social_cards: true"}
MATH = "mathematics"
ALL = "all of these"


def make_site(folder: Path, entries: int, settings: Iterable[str] = (), *, math: bool = True) -> Path:
    """A site of so many entries."""
    write_entries(folder / "content", entries, math=math)
    (folder / "content" / "site.yml").write_text("\n".join((*settings, "")), encoding="utf-8")
    return folder


def time_build(runner: Runner, site: Path) -> float:
    """CPU seconds of a cold build."""
    runner.move_away(site / "output", site / ".digest-cache")
    begin = getrusage(RUSAGE_CHILDREN)
    runner.time([sys.executable, "-m", "digest", "build"], site)
    end = getrusage(RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def make_sites(home: Path, entries: int) -> dict[str, Path]:
    """The site as shipped, under no name, and beside it one for each line of the table."""
    drawn = find_spec("PIL") is not None and find_spec("font_source_serif_pro") is not None
    extras = {name: setting for name, setting in EXTRAS.items() if drawn or name != CARDS}
    sites = {"": make_site(home / "shipped", entries)}
    for number, (name, setting) in enumerate((FEATURES | extras).items()):
        sites[name] = make_site(home / f"{number}", entries, [setting])
    sites[MATH] = make_site(home / "math", entries, math=False)
    without = [setting for name, setting in FEATURES.items() if name == FEEDS or not name.startswith("feeds")]
    sites[ALL] = make_site(home / "none", entries, without, math=False)
    return sites


def compare_features(entries: int, rounds: int) -> Iterator[str]:
    """A table of what each feature adds to a cold build, the dearest first."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        runner, sites = Runner(home), make_sites(home, entries)
        time_build(runner, sites[""])  # the first of all compiles our modules: it does not count
        times: dict[str, list[float]] = {name: [] for name in sites}
        for _ in range(rounds):
            for name, site in sites.items():
                times[name].append(time_build(runner, site))
    each = {name: 1e6 * median(taken) / entries for name, taken in times.items()}
    whole = each.pop("")
    added = {name: taken - whole if name in EXTRAS else whole - taken for name, taken in each.items()}
    yield f"| {entries} entries | ms of CPU for each 1,000 | of a build as shipped |"
    yield "|---|---|---|"
    yield f"| as shipped | {whole:,.0f} | |"
    for name, more in sorted(added.items(), key=lambda item: -item[1]):
        told = f"{name}, off as shipped" if name in EXTRAS else name
        yield f"| {told} | {more:+,.0f} | {more / whole:+.0%} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for line in compare_features(arguments.entries, arguments.rounds):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
