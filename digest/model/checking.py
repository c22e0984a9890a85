"""What `digest check` looks at, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from digest.model.plan import Plan
from digest.model.problem import Problem, Span
from digest.model.site import Site
from digest.model.tuples import NamedTuple
from digest.model.values import dataclass


class SiteLink(NamedTuple):
    """A link within the site, as it is written at `span`; `url` is where it leads and `fragment` what is behind `#`."""

    span: Span
    target: str
    url: str
    fragment: str


@dataclass(frozen=True, slots=True)
class CheckedSite:
    """A site as it would be built on the day `today`, and ways to look closer.

    `links` are those of the content that lead somewhere; what leads nowhere is among the problems of the plan.
    `read_source` gives the text of a file of the site by its path, `open_page` the HTML of the page at an address; both
    are empty where there is none. `vocabulary` has the tags that there may be, where others may not.
    """

    site: Site
    plan: Plan
    today: date
    links: Callable[[], Iterable[SiteLink]]
    read_source: Callable[[str], str]
    open_page: Callable[[str], str]
    vocabulary: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that `digest check` looks for: an entry point of the group `digest.checks`.

    `codes` are those of its problems, with what each means. `find` is a pure function of the site: an error makes
    `digest check` fail, a warning does where all is to be `--strict`, a note never does.
    """

    name: str
    codes: Mapping[str, str]
    find: Callable[[CheckedSite], Iterable[Problem]]
