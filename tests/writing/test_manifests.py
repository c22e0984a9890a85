"""The list of files that digest wrote is renewed as it would be written anew."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from digest.writing.manifest import count_files, manifest_bytes, parse_manifest, renew_manifest

PATHS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=6),
    st.sampled_from(["a", "a/b.html", '": "', '\n"a": "', "\\", "é/注"]),
)
MARKS = st.binary(min_size=16, max_size=16).map(bytes.hex)
FILES = st.dictionaries(PATHS, MARKS, max_size=8)


GONE = st.frozensets(PATHS, max_size=4)


@given(files=FILES, changed=FILES, gone=GONE, data=st.data())
@example(files={"a": "0" * 32, '": "': "1" * 32}, changed={}, gone=frozenset(), data=None)
def test_a_manifest_is_renewed_as_if_it_were_written_anew(
    files: dict[str, str], changed: dict[str, str], gone: frozenset[str], data: st.DataObject | None
) -> None:
    if data and files and data.draw(st.booleans()):  # nearly always all of them are listed
        changed = {path: data.draw(MARKS) for path in data.draw(st.sets(st.sampled_from(sorted(files))))}
        gone = data.draw(st.frozensets(st.sampled_from(sorted(files))))
    manifest, before = renew_manifest(manifest_bytes(files), changed, gone)
    after = {path: mark for path, mark in {**files, **changed}.items() if path not in gone}
    assert manifest == manifest_bytes(after)
    assert before == {path: files[path] for path in {*changed, *gone} if path in files}
    assert count_files(manifest) == len(after)


@given(files=FILES, changed=FILES, gone=GONE, indent=st.sampled_from([None, 1]))
def test_a_manifest_that_is_written_otherwise_is_written_anew(
    files: dict[str, str], changed: dict[str, str], gone: frozenset[str], indent: int | None
) -> None:
    other = json.dumps({"version": 1, "files": files}, indent=indent).encode()
    manifest, before = renew_manifest(other, changed, gone)
    assert parse_manifest(manifest) == {path: mark for path, mark in {**files, **changed}.items() if path not in gone}
    assert before == {path: files[path] for path in {*changed, *gone} if path in files}


@given(st.binary(max_size=40), FILES)
def test_what_is_no_manifest_lists_nothing(data: bytes, changed: dict[str, str]) -> None:
    manifest, before = renew_manifest(data, changed)
    assert (before, manifest) == ({}, manifest_bytes(changed)) or not changed
