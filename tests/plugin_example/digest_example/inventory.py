"""A publisher: a list of what would be published, in a file; `digest publish --to inventory:/tmp/list.txt`."""

from __future__ import annotations

from pathlib import Path

from digest.model import Delivery, Outlook, PublishOrder


class Inventory:
    """Keeps a list of paths."""

    name = "inventory"

    def look(self, order: PublishOrder) -> Outlook:
        """Nothing is ever in the way."""
        return Outlook()

    def prepare(self, order: PublishOrder, paths: tuple[str, ...]) -> Delivery:
        """What the list has not yet."""
        target = Path(order.target)
        there = set(target.read_text(encoding="utf-8").split("\n")[:-1]) if target.exists() else set()
        added, removed = tuple(sorted(set(paths) - there)), tuple(sorted(there - set(paths)))

        def send() -> Delivery:
            target.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")
            return Delivery(str(target), added, (), removed, (), send, done="a list")

        return Delivery(str(target), added, (), removed, (), send)


PUBLISHER = Inventory()
