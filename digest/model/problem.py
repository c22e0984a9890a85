"""What went wrong, and where, as values: nothing in the house prints or exits but the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from typing import Final, Literal

from digest.model.values import dataclass

Severity = Literal["error", "warning", "note"]
MOST_OF_A_KIND: Final = 20  # of warnings and notes, that people are shown


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file; lines and columns count from 1, `width` is the length to underline."""

    path: str
    line: int = 1
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; `code` is a key of `CODES`, `hint` says what to do about it.

    One with a number of `more` tells only that there are so many more of its kind: see `cut_repeats`.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    more: int = 0


def cut_repeats(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every error, in order, and the first warnings and notes of each code; at last how many more there are of each.

    Of ten thousand alike only the first are told from each other: a sort of all takes as long as an edit of one entry.
    What was cut may be cut again together with others.
    """
    kinds: defaultdict[tuple[str, Severity], list[Problem]] = defaultdict(list)
    counts: defaultdict[tuple[str, Severity], int] = defaultdict(int)
    for problem in problems:
        if problem.more:
            counts[problem.code, problem.severity] += problem.more
        else:
            kinds[problem.code, problem.severity].append(problem)
    shown: list[Problem] = []
    for (code, severity), alike in sorted(kinds.items()):
        if severity != "error" and len(alike) > MOST_OF_A_KIND:
            counts[code, severity] += len(alike) - MOST_OF_A_KIND
            alike = nsmallest(MOST_OF_A_KIND, alike, key=order_problem)  # noqa: PLW2901 - those of them that are shown
        shown += alike
    rest = [Problem(severity, code, "", more=count) for (code, severity), count in sorted(counts.items())]
    return (*sorted(shown, key=order_problem), *rest)


def order_problem(problem: Problem) -> tuple[str, int, int, str, str]:
    """What problems are told in the order of: path, line and column."""
    span = problem.span
    if span is None:
        return "", 0, 0, problem.code, problem.message
    return span.path, span.line, span.column, problem.code, problem.message


class ProblemError(Exception):
    """Stops a command with every problem that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {problem.message}" for problem in self.problems))

    def __reduce__(self) -> tuple[type[ProblemError], tuple[tuple[Problem, ...]]]:
        """Between processes: as it was made."""
        return type(self), (self.problems,)


# Every code that the code base may report: 1xx front matter, 2xx settings, 3xx import, 4xx planning,
# 5xx output folder, 6xx theme, 7xx fetching, 8xx processes, machines, plugins and commands, 9xx addresses and checks.
# tests/house holds the code base to this table.
CODES: Final[dict[str, str]] = {
    "DG101": "the front matter is not valid YAML",
    "DG102": "a date is not a date",
    "DG103": "a required key is missing",
    "DG104": "a key has a value of the wrong type",
    "DG105": "a key is not known",
    "DG106": "the file is not UTF-8 text",
    "DG107": "the front matter is not closed",
    "DG108": "an identifier is malformed",
    "DG109": "a file that cannot be read: not a regular file, a link out of the site, or forbidden",
    "DG110": "a slug, tag, alias or language is malformed",
    "DG111": "a Markdown file of content/ has no front matter",
    "DG112": "the file holds an invisible control character",
    "DG113": "a formula cannot be shown",
    "DG201": "site.yml is not valid YAML",
    "DG202": "a setting is not known",
    "DG203": "a setting has a wrong value",
    "DG204": "a plugin that the settings name is not installed",
    "DG301": "the format of the input is not recognised",
    "DG302": "the input cannot be read",
    "DG303": "an item has neither title nor text",
    "DG304": "suspected duplicate",
    "DG305": "text of the input would be lost",
    "DG306": "a file is in the way of the new entry",
    "DG307": "a new entry cannot be written",
    "DG308": "a record is malformed",
    "DG309": "the index of entries was damaged",
    "DG310": "a day of the input is not sure",
    "DG401": "two pages have the same address",
    "DG402": "a link leads nowhere",
    "DG403": "two entries have the same id",
    "DG404": "a feed is not valid",
    "DG405": "a day has no entries",
    "DG406": "an entry without an id of its own was renamed",
    "DG501": "a file that digest did not write is in the way",
    "DG502": "the output folder cannot be used",
    "DG503": "the cache was damaged",
    "DG601": "the theme cannot be found",
    "DG602": "a template is wrong",
    "DG603": "a theme is not well made",
    "DG701": "a source could not be fetched",
    "DG702": "a batch is stale, or lags behind others",
    "DG703": "an answer is incomplete",
    "DG704": "what was fetched cannot be remembered",
    "DG801": "a process that worked on the build was lost",
    "DG802": "the machines that were to build cannot be used",
    "DG811": "a plugin cannot be used",
    "DG812": "a plugin failed",
    "DG821": "the site is not ready to be published",
    "DG822": "files of others are in the way where the site is published",
    "DG823": "the place to publish to cannot be used",
    "DG824": "the site is too large for its host",
    "DG831": "a file is in the way of a new site",
    "DG832": "a new site cannot be written",
    "DG833": "the editor cannot be used",
    "DG901": "a line of addresses.txt makes no sense",
    "DG902": "the addresses of the site cannot be remembered",
    "DG903": "an address has vanished",
    "DG904": "a link leads to a part of a page that is not there",
    "DG905": "a tag stands on one entry only",
    "DG906": "two tags differ in their spelling only",
    "DG907": "a tag is not in the vocabulary",
    "DG908": "an entry has no title of its own, or no text",
    "DG909": "a date cannot be right",
    "DG910": "an image has no text",
    "DG911": "a newer version of the paper has an entry of its own",
    "DG912": "two entries are about the same paper",
    "DG913": "a link out of the site is dead",
    "DG914": "a link out of the site could not be checked",
    "DG915": "a built file leads nowhere",
    "DG916": "an id stands twice in a built page",
}
