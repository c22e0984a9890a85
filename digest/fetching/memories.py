"""SITE/.digest/fetch.json: how far each source was fetched. It may be deleted: then a fetch goes some days back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from digest.fetching.steps import Memory
from digest.model import Problem, SourceQuery, Span

FILE: Final = ".digest/fetch.json"
VERSION: Final = 1
# Kinds that remember each category on its own: another one beside it changes nothing.
_BY_CATEGORY: Final = frozenset({"arxiv-listing", "arxiv-rss"})


@dataclass(slots=True)
class Memories:
    """What is remembered of all sources; each change is written at once, whole or not at all."""

    path: Path
    problems: tuple[Problem, ...] = ()
    _known: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, site: Path) -> Memories:
        """The memories of a site; a damaged file is as good as none, and said to be (DG704)."""
        path = site / FILE
        try:
            told = json.loads(path.read_bytes())
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, RecursionError):
            return cls(path, (_damaged(),))
        if not _is_sound(told):
            return cls(path, (_damaged(),))
        return cls(path, (), told["sources"])

    def recall(self, source: SourceQuery) -> Memory:
        """What is remembered of a source, as long as it asks for the same as then."""
        known = self._known.get(source.name)
        return dict(known["memory"]) if known and known["query"] == _fingerprint(source) else {}

    def remember(self, source: SourceQuery, memory: Memory) -> None:
        """Remember, and write it down; one who cannot write will be told the same papers again, no more.

        Raises:
            OSError: the disk refuses.
        """
        self._known[source.name] = {"query": _fingerprint(source), "memory": dict(memory)}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        text = json.dumps({"version": VERSION, "sources": self._known}, ensure_ascii=False, indent=1, sort_keys=True)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(self.path)


def _fingerprint(source: SourceQuery) -> str:
    """What a source asks for, without what it leaves out of the answers."""
    categories = () if source.kind in _BY_CATEGORY else source.categories
    asked = (
        source.kind,
        source.url,
        source.search,
        categories,
        source.set,
        source.prefix,
        source.invitation,
        source.api,
    )
    return blake2b(repr(asked).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _is_sound(told: object) -> bool:
    """Whether the file is one of ours: every source with texts only."""
    if not isinstance(told, dict) or told.get("version") != VERSION or not isinstance(told.get("sources"), dict):
        return False
    return all(
        isinstance(known, dict)
        and isinstance(known.get("query"), str)
        and isinstance(memory := known.get("memory"), Mapping)
        and all(isinstance(value, str) for value in memory.values())
        for known in told["sources"].values()
    )


def _damaged() -> Problem:
    message = "what the last fetch remembered cannot be read, and is left out of account"
    return Problem("note", "DG704", message, Span(FILE), "nothing to do: papers that are here already stay as they are")
