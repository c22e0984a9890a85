"""Whether a repository is ready for its site to be published from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.model import PAST_FILE, Problem, PublishOrder, Span
from digest.publishing.git import Git, reason_of, refuse

SHOWN: Final = 20  # files that are not committed
_HINT: Final = "git add and commit them first, or publish them as they are: --allow-dirty"


def look_at_repository(git: Git, order: PublishOrder) -> Iterator[Problem]:
    """Everything that stands in the way; nothing else is told of where there is no repository.

    A detached HEAD and a shallow clone, as machines have them that build for others, do no harm: what is pushed stands
    on the branch of the remote alone.

    Raises:
        ProblemError: DG823, there is no git, or it refuses.
    """
    inside = git.ask("rev-parse", "--is-inside-work-tree")
    if inside.text != "true":
        no_repository = inside.code == 0 or "not a git repository" in inside.err
        reason = "the site is in no git repository" if no_repository else reason_of(inside)
        hint = "begin one with `git init` and add a remote, or publish into a folder: --to folder:PATH"
        yield refuse(reason, hint)
        return
    if order.target:
        yield refuse(f"a branch is not named by --to branch:{order.target}", f"write --branch {order.target}")
    yield from _look_at_remote(git, order)
    yield from _look_at_branch(git, order)
    identity = git.ask("var", "GIT_COMMITTER_IDENT")
    if identity.code:
        hint = 'git config --global user.name "Your Name"; git config --global user.email you@example.org'
        yield refuse("git does not know who you are", hint)
    if not order.allow_dirty:
        yield from _look_at_work_tree(git)


def _look_at_remote(git: Git, order: PublishOrder) -> Iterator[Problem]:
    if any(sign in order.remote for sign in ":/\\"):  # an address
        return
    names = git.ask("remote").text.split()
    if order.remote in names:
        return
    message = f"the repository has no remote called {order.remote}"
    hint = f"name one with --remote: {', '.join(names)}" if names else f"git remote add {order.remote} URL"
    yield refuse(message, hint)


def _look_at_branch(git: Git, order: PublishOrder) -> Iterator[Problem]:
    if git.ask("check-ref-format", f"refs/heads/{order.branch}").code:
        yield refuse(f"no branch can be called {order.branch!r}", "name one such as gh-pages with --branch")
    elif git.ask("symbolic-ref", "--quiet", "HEAD").text == f"refs/heads/{order.branch}":
        message = f"the branch {order.branch} is checked out here: it holds the source, not the built site"
        yield refuse(message, "name another branch with --branch, or switch to that of the source")


def _look_at_work_tree(git: Git) -> Iterator[Problem]:
    """What of the source is not committed: it would be published, and nobody could tell from what."""
    changed = [path for path in list_changed(git, "content", "themes") if path != PAST_FILE]
    for path in changed[:SHOWN]:
        yield Problem("error", "DG821", "this file has changes that are not committed", Span(path), _HINT)
    if len(changed) > SHOWN:
        yield Problem("error", "DG821", f"{len(changed) - SHOWN} more files are not committed", hint=_HINT)


def look_at_past(git: Git) -> Iterator[Problem]:
    """A note where a build has written down addresses that the repository does not know yet: no reason to stop."""
    if list_changed(git, PAST_FILE):
        message = f"{PAST_FILE} keeps the addresses that are published, so that they never break"
        hint = f"commit it: git add {PAST_FILE}; git commit -m Addresses"
        yield Problem("note", "DG821", message, Span(PAST_FILE), hint)


def list_changed(git: Git, *paths: str) -> list[str]:
    """What below these paths of the site is not as it was committed; what git is told to ignore is not meant.

    Raises:
        ProblemError: DG823, git refuses.
    """
    words = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *paths)
    lines = git.tell(*words).out.decode("utf-8", "surrogateescape").split("\0")
    prefix = git.ask("rev-parse", "--show-prefix").text  # paths are those of the whole repository
    return [line[3:].removeprefix(prefix) for line in lines if line]
