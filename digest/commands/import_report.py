"""What an import did, or would do, for people and for programs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.importing import ImportPlan, NewEntry
from digest.model import Problem, SourceReading
from digest.reporting import count_of, describe_problems

STATES = {
    "unchanged": "unchanged",
    "edited": "edited by hand",
    "outdated": "kept, though the document now says something else",
}
SHOWN_NOISE = 100


def render_import(readings: Sequence[SourceReading], plan: ImportPlan, *, dry: bool, stopped: bool) -> str:
    """A line a document, in a dry run every entry and every piece of noise, and a summary."""
    lines = [f"{_clean(reading.document.name)}: {_what(reading)}" for reading in readings]
    if dry:
        for new in plan.new:
            lines += _entry_lines(new)
        for reading in readings:
            lines += _noise_lines(reading)
    if not stopped:
        states = Counter(kept.state for kept in plan.kept)
        lines += [f"{_clean(kept.path)}: {STATES[kept.state]}" for kept in plan.kept if kept.state != "unchanged"]
        lines.append(_summary(readings, plan, states["edited"], dry=dry))
    else:
        lines.append("Nothing was written: mend the errors and import again")
    return "".join(f"{line}\n" for line in lines)


def describe_import(
    readings: Sequence[SourceReading], plan: ImportPlan, problems: Sequence[Problem], *, dry: bool, stopped: bool
) -> dict[str, object]:
    """The same for programs; `entries` are those of the plan, `written` tells whether they were written."""
    return {
        "written": not dry and not stopped,
        "documents": [
            {
                "name": reading.document.name,
                "format": reading.format,
                "items": len(reading.found.items),
                "noise": [{"line": noise.span.line, "text": noise.text} for noise in reading.found.noise],
            }
            for reading in readings
        ],
        "entries": [
            {
                "path": f"content/{new.key}",
                "id": new.id,
                "date": new.date.isoformat(),
                "title": new.title,
                "title_from": new.title_from,
                "tags": list(new.tags),
            }
            for new in plan.new
        ],
        "kept": [{"path": kept.path, "state": kept.state} for kept in plan.kept],
        "repeated": len(plan.repeated),
        "problems": describe_problems(problems),
    }


def _what(reading: SourceReading) -> str:
    return f"{reading.format}, {count_of(len(reading.found.items), 'item')}" if reading.format else "not recognised"


def _entry_lines(new: NewEntry) -> Iterator[str]:
    yield f"content/{new.key}"
    yield f"  title  {_clean(new.title)}{f' ({new.title_from})' if new.title_from else ''}"
    yield f"  date   {new.date.isoformat()}"
    if new.tags:
        yield f"  tags   {', '.join(new.tags)}"


def _noise_lines(reading: SourceReading) -> Iterator[str]:
    """Every piece of noise once, with the lines that it stands on."""
    places: dict[str, list[int]] = {}
    for noise in reading.found.noise:
        if text := _clean(noise.text):
            places.setdefault(text, []).append(noise.span.line)
    for text, lines in places.items():
        shown = text if len(text) <= SHOWN_NOISE else text[:SHOWN_NOISE] + "…"
        times = f" ({len(lines)} times)" if len(lines) > 1 else ""
        yield f"{_clean(reading.document.name)}:{lines[0]}: dropped as page noise: {shown}{times}"


def _summary(readings: Sequence[SourceReading], plan: ImportPlan, edited: int, *, dry: bool) -> str:
    noise = sum(bool(noise.text.strip()) for reading in readings for noise in reading.found.noise)
    parts = [f"{count_of(len(plan.new), 'entry', 'entries')} {'would be written' if dry else 'written'}"]
    if plan.kept:
        parts.append(f"{len(plan.kept)} already there{f' ({edited} edited by hand)' if edited else ''}")
    if plan.repeated:
        parts.append(f"{len(plan.repeated)} repeated")
    if noise:
        parts.append(f"{count_of(noise, 'piece')} of page noise dropped")
    return " · ".join(parts)


def _clean(text: str) -> str:
    """One line without what could move or recolour a terminal."""
    return "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in {"Cc", "Cs", "Cf"})
