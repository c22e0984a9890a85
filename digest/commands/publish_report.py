"""What publishing would do, or did, as people, programs and GitHub read it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from digest.model import Delivery, Problem
from digest.reporting import count_of, describe_problems


def render_delivery(delivery: Delivery, *, dry: bool) -> str:
    """One line; before something is done, each file and the message as well."""
    figures = ", ".join(
        f"{len(paths):,} {name}"
        for name, paths in (("added", delivery.added), ("changed", delivery.changed), ("removed", delivery.removed))
    )
    if delivery.kept:
        figures += f", {count_of(len(delivery.kept), 'file')} of others kept"
    if not dry:
        done = f" ({delivery.done[:12]})" if delivery.done and delivery.done != delivery.place else ""
        return f"Published to {delivery.place}: {figures}{done}\n" if delivery.done else _nothing(delivery)
    if delivery.is_empty:
        return _nothing(delivery)
    lines = [f"{sign} {path}" for sign, paths in _signed(delivery) for path in paths]
    lines += ["", *(f"    {line}" for line in delivery.message.splitlines())] if delivery.message else []
    return "\n".join([*map(_show, lines), f"Would publish to {delivery.place}: {figures}", ""])


def _nothing(delivery: Delivery) -> str:
    return f"Nothing to publish: {delivery.place} holds this site already\n"


def _signed(delivery: Delivery) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("+", delivery.added), ("~", delivery.changed), ("-", delivery.removed), ("=", delivery.kept)


def _show(line: str) -> str:
    """A path or a message without what could move a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def render_notice(delivery: Delivery, *, dry: bool) -> str:
    """The line for GitHub's page of a run."""
    told = render_delivery(delivery, dry=dry).strip().rpartition("\n")[2]
    return f"::notice title=digest::{told.replace('%', '%25')}\n"


def render_all(
    delivery: Delivery | None, problems: Iterable[Problem], *, dry: bool, stopped: bool, base_url: str
) -> str:
    """Everything, for programs."""
    told: dict[str, object] = {"base_url": base_url, "dry_run": dry, "stopped": stopped}
    if delivery:
        told |= {
            "place": delivery.place,
            "added": list(delivery.added),
            "changed": list(delivery.changed),
            "removed": list(delivery.removed),
            "kept": list(delivery.kept),
            "message": delivery.message,
            "done": delivery.done,
        }
    told["problems"] = describe_problems(problems)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
