"""What each feature adds to a build: `make bench`, or `python tests/bench/bench_build.py --entries 1000 --rounds 5`.

The same site is built cold with everything on, without one feature after the other, and without any of them, in turn,
and the medians are compared. Times are CPU seconds of all processes, so that what else runs has little say in them;
they depend on the machine and are printed, never asserted. A feature that others use shares its cost with them: the
parts add up to less than the whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from contest import Runner
from corpus import write_entries

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
    "pages of authors": "author_page_entries: 0",
    "pages of venues": "venue_page_entries: 0",
}
APART = {"feeds, RSS", "feeds, Atom", "feeds, JSON", "feeds, archives"}  # within another line
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


def compare_features(entries: int, rounds: int) -> Iterator[str]:
    """What each feature adds to a cold build."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        runner = Runner(home)
        sites = {"": make_site(home / "on", entries)}
        for number, (name, setting) in enumerate(FEATURES.items()):
            sites[name] = make_site(home / str(number), entries, [setting])
        sites[MATH] = make_site(home / "math", entries, math=False)
        without = [setting for name, setting in FEATURES.items() if name not in APART]
        sites[ALL] = make_site(home / "off", entries, without, math=False)
        times: dict[str, list[float]] = {name: [] for name in sites}
        for _ in range(rounds):
            for name, site in sites.items():
                times[name].append(time_build(runner, site))
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
    arguments = parser.parse_args()
    for line in compare_features(arguments.entries, arguments.rounds):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
