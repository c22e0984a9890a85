"""What an import did, or would do, told as it goes: for people, for programs, for GitHub."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from digest.importing import Decision, KeptEntry, NewEntry, RenewedEntry, RepeatedItem
from digest.model import Noise, Problem
from digest.reporting import Style, count_of, describe_problems, print_problems, print_text

STATES: Final = {
    "edited": "edited by hand, kept",
    "older": "newer than this, kept",
    "other-text": "another text, kept",
    "ignored": "there already",
    "broken": "cannot be read, left alone",
}
SHOWN_NOISE: Final = 100
# So many pieces of noise or notes of one document are shown; the rest is counted.
SHOWN_PIECES: Final = 20


@dataclass(slots=True)
class ImportLog:
    """Everything that happens in an import. People are told at once, so that nothing is held for a large one."""

    style: Style
    dry: bool
    quiet: bool = False
    failed: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    _document: str = ""
    _noise: list[Noise] = field(default_factory=list)
    _documents: list[dict[str, object]] = field(default_factory=list)
    _entries: list[dict[str, object]] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    def begin(self, document: str, format_name: str) -> None:
        """A document begins."""
        self._end_document()
        self._document = document
        self.counts["documents"] += 1
        self._documents.append({"name": document, "format": format_name, "items": 0, "noise": []})
        self._say(f"{_clean(document)}: {format_name or 'not recognised'}")

    def add_fault(self, fault: Problem) -> None:
        """Something is wrong with what is there already."""
        self.add_problem(fault, "fault")

    def add_problem(self, problem: Problem, count: str = "") -> None:
        """Something is wrong, or worth a note."""
        self.failed = self.failed or problem.severity == "error"
        self.counts[count or problem.severity] += 1
        if self.style == "json":
            self._problems.append(problem)
        else:
            print_problems([problem], self.style, root=Path())

    def add_noise(self, noise: Noise) -> None:
        """A piece that is dropped."""
        if not noise.text.strip():
            return
        self.counts["noise"] += 1
        if self.dry or self.style == "json":
            self._noise.append(noise)

    def add_decision(self, decision: Decision) -> None:
        """What became of an item."""
        if self._documents:
            self._documents[-1]["items"] = int(str(self._documents[-1]["items"])) + 1
        if isinstance(decision, NewEntry):
            self.counts["new"] += 1
            self._tell_new(decision)
        elif isinstance(decision, RenewedEntry):
            self.counts["renewed"] += 1
            kept = f"; kept, as edited by hand: {', '.join(decision.kept)}" if decision.kept else ""
            self._say(f"  content/{decision.key}: renewed {', '.join(decision.fields)}{kept}")
            self._keep(_described(decision.key, "renewed", fields=list(decision.fields), kept=list(decision.kept)))
        elif isinstance(decision, RepeatedItem):
            self.counts["repeated"] += 1
            self._keep(_described(decision.key, "repeated"))
        else:
            self._tell_kept(decision)

    def summary(self) -> str:
        """One line for all."""
        counts = self.counts
        would = "would be " if self.dry else ""
        parts = [f"{count_of(counts['new'], 'new entry', 'new entries')} {would}written"]
        for name, words in (
            ("renewed", f"{would}renewed"),
            ("unchanged", "unchanged"),
            ("edited", "kept as edited by hand"),
            ("older", "newer already"),
            ("other-text", "with another text, kept"),
            ("ignored", "there already"),
            ("broken", "there already and broken"),
            ("repeated", "repeated"),
        ):
            if counts[name]:
                parts.append(f"{counts[name]} {words}")
        if counts["noise"]:
            parts.append(f"{count_of(counts['noise'], 'piece')} of noise dropped")
        if counts["fault"]:
            parts.append(f"{count_of(counts['fault'], 'error')} in the site")
        if counts["error"]:
            parts.append(f"{count_of(counts['error'], 'error')}: what they name was not imported")
        return " · ".join(parts)

    def describe(self) -> dict[str, object]:
        """All of it for programs."""
        self._end_document()
        return {
            "written": not self.dry,
            "documents": self._documents,
            "entries": self._entries,
            "counts": dict(self.counts),
            "problems": describe_problems(self._problems),
        }

    def _tell_new(self, new: NewEntry) -> None:
        told = _described(new.key, "new", id=new.id, date=new.key[:10].replace("/", "-"), title=new.title)
        self._keep({**told, "title_from": new.title_from, "tags": list(new.tags)})
        self._say(f"  content/{new.key}: new")
        if self.dry:
            self._say(f"    title  {_clean(new.title)}{f' ({new.title_from})' if new.title_from else ''}")
            self._say(f"    tags   {', '.join(new.tags)}" if new.tags else "")

    def _tell_kept(self, kept: KeptEntry) -> None:
        self.counts[kept.state] += 1
        self._keep(_described(kept.key, kept.state))
        if kept.state in STATES:
            self._say(f"  content/{kept.key}: {STATES[kept.state]}")

    def _keep(self, told: dict[str, object]) -> None:
        """For the report at the end; people have been told already."""
        if self.style == "json":
            self._entries.append(told)

    def _end_document(self) -> None:
        """Every piece of noise once, with the lines that it stands on."""
        if self.style == "json" and self._documents:
            self._documents[-1]["noise"] = [{"line": noise.span.line, "text": noise.text} for noise in self._noise]
        elif self.dry:
            places: dict[str, list[int]] = {}
            for noise in self._noise:
                if text := _clean(noise.text):
                    places.setdefault(text, []).append(noise.span.line)
            for text, lines in list(places.items())[:SHOWN_PIECES]:
                shown = text if len(text) <= SHOWN_NOISE else text[:SHOWN_NOISE] + "…"
                times = f" ({len(lines)} times)" if len(lines) > 1 else ""
                self._say(f"  {_clean(self._document)}:{lines[0]}: dropped as noise: {shown}{times}")
            if len(places) > SHOWN_PIECES:
                self._say(f"  and {len(places) - SHOWN_PIECES} more; --report json has them all")
        self._noise.clear()

    def _say(self, line: str) -> None:
        if not line or self.style == "json" or self.quiet:
            return
        try:
            print_text(f"{line}\n", sys.stdout)
        except BrokenPipeError:
            # Whoever reads our output has left, as `| head` does; the entries are filed all the same.
            self.quiet = True
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends


def tell_import(log: ImportLog) -> None:
    """The end of the report."""
    if log.style == "json":
        print_text(json.dumps(log.describe(), ensure_ascii=False, indent=2) + "\n", sys.stdout)
    else:
        log.describe()
        print_text(f"{log.summary()}\n", sys.stdout)
    sys.stdout.flush()


def _described(key: str, state: str, **more: object) -> dict[str, object]:
    return {"path": f"content/{key}", "state": state, **more}


def _clean(text: str) -> str:
    """One line without what could move or recolour a terminal."""
    return "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in {"Cc", "Cs", "Cf"})
