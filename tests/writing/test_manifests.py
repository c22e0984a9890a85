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


@given(files=FILES, changed=FILES, data=st.data())
@example(files={"a": "0" * 32, '": "': "1" * 32}, changed={}, data=None)
def test_a_manifest_is_renewed_as_if_it_were_written_anew(
    files: dict[str, str], changed: dict[str, str], data: st.DataObject | None
) -> None:
    if data and files and data.draw(st.booleans()):  # nearly always all of them are listed
        changed = {path: data.draw(MARKS) for path in data.draw(st.sets(st.sampled_from(sorted(files))))}
    manifest, before = renew_manifest(manifest_bytes(files), changed)
    assert manifest == manifest_bytes({**files, **changed})
    assert before == {path: files[path] for path in changed if path in files}
    assert count_files(manifest) == len({**files, **changed})


@given(files=FILES, changed=FILES, indent=st.sampled_from([None, 1]))
def test_a_manifest_that_is_written_otherwise_is_written_anew(
    files: dict[str, str], changed: dict[str, str], indent: int | None
) -> None:
    other = json.dumps({"version": 1, "files": files}, indent=indent).encode()
    manifest, before = renew_manifest(other, changed)
    assert parse_manifest(manifest) == {**files, **changed}
    assert before == {path: files[path] for path in changed if path in files}


@given(st.binary(max_size=40), FILES)
def test_what_is_no_manifest_lists_nothing(data: bytes, changed: dict[str, str]) -> None:
    manifest, before = renew_manifest(data, changed)
    assert (before, manifest) == ({}, manifest_bytes(changed)) or not changed
