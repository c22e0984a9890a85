"""Why a file was written: which of what it is made of is no longer what it was."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Final

from digest.caching import Known, KnownBody, KnownSketch, PackReader, decode_prose
from digest.model import Entry, PageFile, Prose, Reason, Sketch

FILE: Final = "its file"  # how planning names the Markdown file of an entry or page
# Of an entry and a page: what no front matter says.
_NO_FIELDS: Final = frozenset({"key", "path", "fingerprint", "body", "body_line", "title_at", "summary_line"})


def explain_written(
    written: Collection[str],
    made: Iterable[Sketch],
    before: Known,
    after: Known,
    lost: Container[str],
    *,
    reader: PackReader,
) -> Iterator[Reason]:
    """Each path written, why. `made` are the sketches that were not left alone, `lost` the paths that were."""
    if not written:
        return
    changes = dict(_tell_changes(before.bodies, after.bodies, reader))
    for sketch in made:
        last = before.sketches.get(sketch.url)
        for file in after.sketches[sketch.url].files:
            if file.path in written:
                yield Reason(file.path, sketch.url, tuple(_explain(sketch, last, file.path, lost, changes)))


def _explain(
    sketch: Sketch, last: KnownSketch | None, path: str, lost: Container[str], changes: Mapping[str, str]
) -> Iterator[str]:
    if last is None:
        yield "new"
        return
    if last.marks == sketch.marks:
        if path in lost:
            yield "the output was missing, edited, or to be written anew"
        else:
            yield "another file of the same document was missing"
        return
    if len(last.marks) != len(sketch.marks):
        yield "another kind of document was there"
        return
    changed = [name for name, mark, was in zip(sketch.names, sketch.marks, last.marks, strict=True) if mark != was]
    yield from (
        f"{name} ({changes[sketch.path]})" if name == FILE and sketch.path in changes else name for name in changed
    )


def _tell_changes(
    before: Mapping[str, KnownBody], after: Mapping[str, KnownBody], reader: PackReader
) -> Iterator[tuple[str, str]]:
    """The path of each entry or page that was changed, and what in it."""
    for key, body in after.items():
        last = before.get(key)
        if body.source is None or last is None or last.source is None or body.fingerprint == last.fingerprint:
            continue
        found = tuple(_changed_fields(last.source, body.source))
        if body.place and last.place and _body(reader, last) != _body(reader, body):
            found += ("the body",)
        yield body.source.path, ", ".join(found) or "nothing that is shown"


def _body(reader: PackReader, body: KnownBody) -> tuple[str, str]:
    prose = decode_prose(reader.read(body.place)) if body.place else Prose("")
    return prose.html, prose.markdown


def _changed_fields(before: Entry | PageFile, after: Entry | PageFile) -> Iterator[str]:
    if type(before) is type(after):
        for name, was, now in zip(after._fields, before, after, strict=True):
            if name not in _NO_FIELDS and was != now:
                yield name
