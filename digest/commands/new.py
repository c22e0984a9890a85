"""Begin an entry: for a paper by its arXiv id, DOI, PMID, OpenReview id or address, or for a title of your own.

What is known of the paper, its title, authors, date and abstract, is asked from the service that knows it; without a
net the entry is made all the same, and `digest enrich` fills it in later. It is filed as an import would file it, under
the day of today, and opened in your editor ($VISUAL, $EDITOR). A paper that is there already is opened instead.

    digest new 1706.03762
    digest new --kind summary https://openreview.net/forum?id=BJJsrmfCZ
    digest new "What we learned this week" --tag meetings --draft
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

from digest.commands.arguments import calendar_day, check_site, readable
from digest.commands.editors import can_edit, edit_file
from digest.commands.site_import import contact_of, open_importer
from digest.fetching import Client, Limits, Services, find_papers, read_address
from digest.formats import identifiers
from digest.importing import DerivedTitle, Importer, NewEntry, Origin, ToldItem, stop_at_errors, tell_item
from digest.model import Identifiers, Item, Kind, Problem, ProblemError, Settings
from digest.reading import find_entry_file, read_entry, read_settings, site_zone
from digest.reporting import describe_problems, print_problems, print_text
from digest.sources import names_in, read_document
from digest.starting import Wish, make_item, read_wish

# Somebody is waiting.
LIMITS: Final = Limits(tries=2, longest_wait=5.0, patience=10.0, connect=8.0, read=20.0, whole=40.0)
_LATER: Final = "the entry is made without; `digest enrich FILE` fills it in later"
_BY_HAND: Final = "the entry is made without: fill it in by hand"


@dataclass(frozen=True, slots=True)
class Made:
    """The entry that is there now, and whether it was there before."""

    key: str
    known: bool
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest new`."""
    parser.add_argument(
        "what",
        nargs="+",
        type=readable,
        metavar="WHAT",
        help="an arXiv id, a DOI, the address of a paper, or the words of a title",
    )
    parser.add_argument(
        "--date", type=calendar_day, metavar="YYYY-MM-DD", help="its day in the digest (default: today)"
    )
    parser.add_argument("--tag", action="append", type=readable, default=[], help="a tag; may be given again")
    parser.add_argument(
        "--kind",
        choices=get_args(Kind),
        help="what it is; only an abstract comes with a text (default: abstract for a paper, note for a title)",
    )
    parser.add_argument("--draft", action="store_true", help="keep it out of the site for now")
    fill = "ask for the title, authors, date and abstract of a paper (default: where it is named by more than a title)"
    parser.add_argument("--fill", action=argparse.BooleanOptionalAction, default=True, help=fill)
    parser.add_argument(
        "--no-edit", action="store_true", help="open no editor; nowhere but at a terminal is one opened"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the entry, print its path, open it; 1 if it cannot be made, or if the editor left it broken."""
    site: Path = arguments.site
    try:
        check_site(site)
        settings, problems = read_settings(site)
        stop_at_errors(problems)
        made = make_entry(site, settings, arguments)
    except ProblemError as error:
        return _tell_failed(error.problems, arguments)
    path = site / "content" / made.key
    if arguments.report == "json":
        state = {"path": f"content/{made.key}", "state": "there" if made.known else "new"}
        told = {**state, "problems": describe_problems(made.problems)}
        print_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", sys.stdout)
        return 0
    print_problems(made.problems, arguments.report, root=site)
    if made.known:
        print_text("It is there already; nothing was written.\n", sys.stderr)
    print_text(f"{path}\n", sys.stdout)
    if arguments.no_edit or not can_edit():
        return 0
    fault = edit_file(path)
    left = (*([fault] if fault else []), *_problems_of(site, made.key, settings))
    print_problems(left, arguments.report, root=site)
    return int(any(problem.severity == "error" for problem in left))


def make_entry(site: Path, settings: Settings, arguments: argparse.Namespace) -> Made:
    """The entry that is wished for: the one that is there, else a new one.

    Raises:
        ProblemError: there can be no such paper, or the entry cannot be written.
    """
    wish = read_wish(" ".join(arguments.what), names_in)
    stop_at_errors(doubt_names(wish.names))
    kind: Kind = arguments.kind or wish.kind
    day = arguments.date or datetime.now(site_zone(settings)).date()
    tags, now = tuple(arguments.tag), datetime.now(UTC)
    with open_importer(site, settings, now=now, policy="ignore", day=day, tags=tags) as importer:
        told = _tell(make_item(wish, kind, draft=arguments.draft), derived=not wish.title)
        if key := importer.find(told):
            return Made(key, known=True, problems=())
        problems = importer.faults
        if arguments.fill and not wish.title:
            with Client(contact_of(settings), limits=LIMITS) as client:
                for thing in look_up(wish, client):
                    if isinstance(thing, Item):
                        told = _tell(make_item(wish, kind, draft=arguments.draft, found=thing), derived=not thing.title)
                    else:
                        problems.append(thing)
        return _file(told, importer, problems)


def doubt_names(names: Identifiers) -> Iterator[Problem]:
    """DG108 where nothing can have the name: a slip of the pen, which an entry would keep for good."""
    if names.arxiv and not identifiers.is_given_out(names.arxiv):
        message = f"arXiv cannot have given out {names.arxiv}"
        yield Problem("error", "DG108", message, hint=identifiers.GIVEN_OUT_HINT)


def look_up(wish: Wish, client: Client) -> Iterator[Item | Problem]:
    """What is known of a paper, once at most, and why there is nothing; none of it is more than a warning."""
    items: list[Item] = []
    hint = _LATER if _has_service(wish.names) else _BY_HAND
    for thing in _ask(wish, client):
        if isinstance(thing, Item):
            items.append(thing)
        else:
            yield replace(thing, severity="warning", hint=hint)
    if len(items) > 1:
        message = f"the page tells of {len(items)} papers, and none of them is taken"
        yield Problem("warning", "DG308", message, None, "`digest import` files all that an address holds")
    else:
        yield from items


def _ask(wish: Wish, client: Client) -> Iterator[Item | Problem]:
    if wish.has_names:
        if not _has_service(wish.names):
            yield Problem("warning", "DG701", f"nobody can be asked of {wish.stand_in}")
        yield from find_papers([wish.names], client, read_document, Services())
        return
    document = read_address(client, wish.url)
    if isinstance(document, Problem):
        yield document
        return
    for thing in read_document(document).found:
        if isinstance(thing, Item) or (isinstance(thing, Problem) and thing.severity == "error"):
            yield thing


def _has_service(names: Identifiers) -> bool:
    """Whether somebody can be asked of a paper of these names."""
    return bool(names.arxiv or names.doi or names.pmid or names.openreview)


def _tell(item: Item, *, derived: bool) -> ToldItem:
    """What is told of an item; a derived title gives way to the true one as soon as somebody tells it."""
    told = tell_item(item, Origin("new"))
    return replace(told, title=DerivedTitle(told.title.text, "text")) if derived and told.title.text else told


def _file(told: ToldItem, importer: Importer, problems: list[Problem]) -> Made:
    decision = importer.take(told)
    # What is asked for stands in no file.
    problems += (each if each.span and each.span.path else replace(each, span=None) for each in importer.problems)
    if decision is None:
        raise ProblemError(problems)
    return Made(decision.key, known=not isinstance(decision, NewEntry), problems=tuple(problems))


def _problems_of(site: Path, key: str, settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the entry as the editor left it; one that was deleted there is none."""
    if not (site / "content" / key).exists():
        return ()
    return read_entry(find_entry_file(site, key), site_zone(settings))[2]


def _tell_failed(problems: tuple[Problem, ...], arguments: argparse.Namespace) -> int:
    if arguments.report == "json":
        print_text(json.dumps({"path": None, "problems": describe_problems(problems)}) + "\n", sys.stdout)
    else:
        print_problems(problems, arguments.report, root=arguments.site)
    return 1
