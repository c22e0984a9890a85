"""One import from beginning to end: what is known, what is decided, what is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.importing.comparison import ToldItem, fill_entry
from digest.importing.entry_text import render_entry, renew_entry
from digest.importing.filing import ContentFolder
from digest.importing.known import Stamps, describe_entry, hold_import, open_known
from digest.importing.matching import find_match
from digest.importing.plan import Decision, NewEntry, RenewedEntry
from digest.importing.planner import ImportRules, Planner, Suggest
from digest.model import Entry, Item, Problem, ProblemError

# How often what is known is made to last: a killed import reads as many of its own files again.
COMMIT_EVERY = 2_000

ReadFile = Callable[[str], tuple[str, Entry | None, tuple[Problem, ...]]]
Salvage = Callable[[str], Entry | None]


def stop_at_errors(problems: Iterable[Problem]) -> None:
    """Go on unless one of the problems is an error.

    Raises:
        ProblemError: with all the errors.
    """
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemError(errors)


class Importer:
    """Items go in, one after the other; each is filed at once. A dry one decides the same and writes nothing.

    `stamps` gives the entry files of content/ with what changes when they do, `read` the text and the entry of one,
    `salvage` what can be told of one that is broken; `mark` names what else the reading depends on. The index of what
    is known stands at `index`. What is wrong with entries is in `faults`: what these are is never filed again, and
    they are left alone.
    """

    def __init__(
        self,
        content: Path,
        index: Path,
        *,
        stamps: Stamps,
        read: ReadFile,
        salvage: Salvage,
        mark: str,
        suggest: Suggest,
        rules: ImportRules,
        dry: bool = False,
    ) -> None:
        """Open the index and bring it up to date.

        Raises:
            ProblemError: a file of the site cannot be opened, so that nobody knows whether it is one of those to come;
                or another import is at work.
        """
        self._folder = ContentFolder(content)
        self._read = read
        self._salvage = salvage
        self._broken: set[str] = set()
        self.faults: list[Problem] = []
        self._dry = dry
        self._count = 0
        self._lock = ExitStack()
        if not dry:
            self._lock.enter_context(hold_import(index.with_name("import.lock")))
        try:
            self._known, notes = open_known(None if dry else index, stamps, self._look, mark)
        except BaseException:
            self._lock.close()
            raise
        self._planner = Planner(self._known, suggest, rules, self._folder.is_taken, self._broken)
        self.problems: list[Problem] = self._planner.problems
        self.problems += notes

    def __enter__(self) -> Self:
        """The importer itself; its index is kept for the next import when all is done."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the index. What was filed is filed."""
        self._known.close()
        self._lock.close()

    def take(self, told: ToldItem) -> Decision | None:
        """Decide about an item and file it; what is wrong is added to `problems`.

        Raises:
            ProblemError: the disk refuses (DG307), and so it would the next item. What is filed is filed.
        """
        decision = self._planner.decide(told)
        if isinstance(decision, RenewedEntry) and self._is_outdated(decision.key):
            # A person was at work on it meanwhile.
            decision = self._planner.decide(told)
        if self._dry or decision is None:
            return decision
        try:
            if isinstance(decision, NewEntry):
                self._known.stamp(decision.key, self._folder.create(decision.key, render_entry(decision)))
            elif isinstance(decision, RenewedEntry):
                self._renew(decision)
        except ProblemError as error:
            self._known.forget(decision.key)
            if any(problem.code == "DG307" for problem in error.problems):
                raise
            self.problems += error.problems
            return None
        self._count += 1
        if self._count % COMMIT_EVERY == 0:
            self._known.commit()
        return decision

    def find(self, told: ToldItem) -> str:
        """The key of the entry that an item is, empty where there is none."""
        match = find_match(told, self._known, ())
        return match.entry.key if match else ""

    def fill(self, key: str, item: Item) -> RenewedEntry | None:
        """Add what an entry lacks of title, authors, dates and identifiers, as the item tells them; none if nothing.

        Raises:
            ProblemError: the disk refuses (DG307).
        """
        _, entry = self._read_entry(key)
        renewed = fill_entry(describe_entry(entry), item)
        if renewed is not None and not self._dry:
            self._renew(renewed)
        return renewed

    def _is_outdated(self, key: str) -> bool:
        """Whether a file has changed since it was read; then what it holds now is known."""
        stamp = self._folder.stamp(key)
        if self._dry or self._known.is_current(key, stamp):
            return False
        # It comes back under a new number: as it is now, this import has not met it.
        self._known.forget(key)
        entry, _ = self._look(key) if stamp else (None, True)
        if entry is not None:
            self._known.renew(entry, stamp)
        return True

    def _look(self, key: str) -> tuple[Entry | None, bool]:
        """The entry of a file, and whether it is sound; of a broken one, what can be told."""
        _, entry, problems = self._read(key)
        faults = [problem for problem in problems if problem.severity == "error"]
        if faults:
            entry = entry or self._salvage(key)
            if entry is None and any(fault.code == "DG109" for fault in faults):
                raise ProblemError(faults)
            self._broken.add(key)
            self.faults += (fault for fault in faults if fault not in self.faults)
        return entry, not faults

    def _renew(self, renewed: RenewedEntry) -> None:
        text, entry = self._read_entry(renewed.key)
        stamp = self._folder.replace(renewed.key, renew_entry(text, entry, renewed))
        self._known.renew(self._read_entry(renewed.key)[1], stamp)

    def _read_entry(self, key: str) -> tuple[str, Entry]:
        text, entry, problems = self._read(key)
        if entry is None:
            raise ProblemError(problems)
        return text, entry
