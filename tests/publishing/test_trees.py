"""What a comparison decides, of any two trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from repositories import Repositories, isolate_git

from digest.publishing.trees import REGULAR, Leaf, compare, folders_above

PATHS = st.sampled_from(["a", "a/b", "a/b/c", "a/d", "b", "c/d", "index.html"])


def is_tree(paths: Mapping[str, object]) -> bool:
    return not any(folder in paths for path in paths for folder in folders_above(path))


def trees(texts: str) -> st.SearchStrategy[dict[str, str]]:
    """Files by path, none of them a folder of another."""
    return st.dictionaries(PATHS, st.sampled_from(texts), max_size=5).filter(is_tree)


@given(site=trees("xy"), there=trees("xyz"), ours=trees("xyz"), replace=st.booleans())
def test_what_is_decided_makes_the_site_beside_what_others_have(
    site: dict[str, str], there: dict[str, str], ours: dict[str, str], replace: bool
) -> None:
    found = {path: Leaf(REGULAR, text) for path, text in there.items()}
    foreign = {path for path in there if ours.get(path) != there[path]}
    changes = compare(site, found, foreign, replace=replace)
    made = {path: text for path, text in there.items() if path not in changes.removed}
    made |= {path: site[path] for path in (*changes.added, *changes.changed)}
    assert set(changes.added).isdisjoint(there)
    assert set(changes.changed) == {path for path in site if path in there and there[path] != site[path]}
    if replace:
        assert not changes.blocked
        assert made == site
    elif not changes.blocked:
        assert is_tree(made)
        assert {path: made[path] for path in site} == site
        assert set(changes.kept) == made.keys() - site.keys()
        assert all(made[path] == there[path] for path in foreign), "nothing of others is lost"
    else:
        both = {**there, **site}
        assert not is_tree({path: 0 for path in both if path in site or path in foreign}) or any(
            path in foreign and site[path] != there[path] for path in site if path in there
        ), "somebody is in the way"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), trees("xy")),
        st.tuples(st.just("hand"), st.dictionaries(PATHS, st.sampled_from(("w", "z", None)), min_size=1, max_size=2)),
    ),
    min_size=2,
    max_size=6,
)


@pytest.fixture(scope="module")
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        isolate_git(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.mark.usefixtures("_isolated")
@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(steps=STEPS)
def test_whatever_was_on_the_branch_is_there_or_in_its_history(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, dict[str, str | None]]]
) -> None:
    place = Repositories(tmp_path_factory.mktemp("place"))
    by_hand: dict[str, str] = {}
    for kind, files in steps:
        before = place.tip()
        tree = place.tree() if before else {}
        if kind == "hand":
            wanted = {path: text for path, text in files.items() if text is not None}
            if not is_tree({**tree, **wanted}):
                continue
            place.push_by_hand({path: files[path] for path in files if path in tree or path in wanted})
            by_hand = {path: text for path, text in by_hand.items() if path not in files}
            by_hand |= {path: text for path, text in wanted.items() if tree.get(path) != text}
            continue
        site = {path: text for path, text in files.items() if text is not None}
        problems = place.try_to_publish(site)
        if problems:
            assert {problem.code for problem in problems} == {"DG822"}
            assert place.tip() == before
            continue
        after = place.tree() if place.tip() else {}
        assert place.reaches(before)
        assert {path: after[path] for path in site} == site
        by_hand = {path: text for path, text in by_hand.items() if path not in site}
        assert {path: after[path] for path in by_hand} == by_hand
