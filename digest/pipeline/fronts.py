"""Files of content/ read one by one: front matter at once, bodies when they are compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from html import escape
from typing import NamedTuple

from digest.caching import KnownBody, encode_part
from digest.model import Dialect, Entry, Gist, PageFile, Problem, ProblemError, Prose, dataclass
from digest.pipeline.bodies import head_of
from digest.pipeline.finding import UNSEEN, settle
from digest.planning import make_gist
from digest.reading import ScannedFile, compile_prose, compile_titles, parse_source, read_source

NO_PROSE = Prose("")  # of what cannot be read or compiled


class ReadFile(NamedTuple):
    """A Markdown file, parsed."""

    raw: bytes
    fingerprint: bytes
    source: Entry | PageFile | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files as the settings say."""

    zone: tzinfo
    dialect: Dialect

    def read(self, file: ScannedFile) -> ReadFile | Problem:
        """A file with its body."""
        source = read_source(file)
        if isinstance(source, Problem):
            return source
        parsed, problems = parse_source(file, source, self.zone)
        return ReadFile(source.raw, source.fingerprint, parsed, problems)

    def read_front(self, file: ScannedFile, began: int, last: KnownBody | None) -> KnownBody:
        """A file without its body, unless it is what it was at last; of its gist there is what its title tells."""
        stamp, source = settle(file.stamp, began), read_source(file)
        if isinstance(source, Problem):
            return KnownBody(UNSEEN, b"", None, Gist(), (source,))
        if last and last.fingerprint == source.fingerprint:
            return last._replace(stamp=stamp)
        parsed, problems = parse_source(file, source, self.zone)
        if parsed is None:
            return KnownBody(stamp, source.fingerprint, None, Gist(), problems)
        title, text = compile_titles(parsed, self.dialect)
        gist = Gist(title_text=text, title=title if title != escape(parsed.title, quote=False) else "")
        return KnownBody(stamp, source.fingerprint, parsed._replace(body=""), gist, problems)

    def compile(self, source: Entry | PageFile) -> tuple[Prose, tuple[Problem, ...]]:
        """A body compiled; none where a plugin fails over it."""
        try:
            prose = compile_prose(source, self.dialect)
        except ProblemError as error:
            return NO_PROSE, error.problems
        return prose, prose.problems

    def sum_up(self, read: ReadFile, prose: Prose) -> Gist:
        """What planning asks of a body."""
        if read.source is None:
            return Gist()
        return make_gist(read.source, prose, head_of(read.raw, read.source.body), self.dialect)


def read_fronts(
    files: Sequence[ScannedFile],
    before: Mapping[str, KnownBody],
    reader: FileReader,
    began: int,
    numbers: Iterable[int],
) -> bytes:
    """The front matter of the files of these numbers, packed: in any process."""
    some = [files[number] for number in numbers]
    return encode_part({file.key: reader.read_front(file, began, before.get(file.key)) for file in some})
