"""The publisher `branch`: a commit on a branch of a remote, whose history stays, and what others put there as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from typing import Final

from digest import __version__
from digest.model import SETTINGS_FILE, Delivery, Outlook, Problem, ProblemError, PublishOrder, dataclass, replace
from digest.publishing.addresses import is_github, mask, own_domain, pages_url
from digest.publishing.commits import (
    Parcel,
    commit_tree,
    drop_known,
    hash_file,
    list_tree,
    make_tree,
    start_hash,
    write_message,
)
from digest.publishing.git import Answer, Git, reason_of, refuse
from digest.publishing.readiness import look_at_past, look_at_repository
from digest.publishing.sizes import check_sizes
from digest.publishing.trees import Changes, compare

_SOURCE: Final = re.compile(r"content/.*\.md")
ATTEMPTS: Final = 6  # where others push at the same time
NAMED: Final = 20  # files of others in a message
DOMAIN_FILE: Final = "CNAME"
# What a remote says to a push that came second.
LATE: Final = (
    "fetch first", "non-fast-forward", "stale info", "cannot lock ref", "incorrect old value",
    "reference already exists", "failed to update ref",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BranchPublisher:
    """Publishes on a branch of a git repository, as GitHub Pages serves one."""

    name: str = field(default="branch")

    def look(self, order: PublishOrder) -> Outlook:
        """See whether there is a repository, a remote, a name to commit by, and nothing uncommitted."""
        git = Git(order.site)
        try:
            problems = tuple(look_at_repository(git, order))
        except ProblemError as error:
            return Outlook(error.problems)
        return Outlook(problems, pages_url(remote_url(git, order)))

    def prepare(self, order: PublishOrder, paths: tuple[str, ...]) -> Delivery:
        """Compare the site with the branch."""
        git = Git(order.site)
        parcel = _pack(git, order, paths)
        return _survey(git, order, parcel, _fetch_tip(git, order))[1]


BRANCH: Final = BranchPublisher()


def remote_url(git: Git, order: PublishOrder) -> str:
    """The address of the remote as it is configured."""
    return git.ask("config", "--get", f"remote.{order.remote}.url").text or order.remote


def _pack(git: Git, order: PublishOrder, paths: tuple[str, ...]) -> Parcel:
    algorithm = git.ask("rev-parse", "--show-object-format").text
    algorithm = algorithm if algorithm == "sha256" else "sha1"
    sources: dict[str, str | bytes] = {path: f"{order.folder}/{path}" for path in paths}
    domain = own_domain(order.base_url)
    if domain:
        sources.setdefault(DOMAIN_FILE, f"{domain}\n".encode())
    blobs, sizes = {}, {}
    for path, source in sources.items():
        if isinstance(source, bytes):
            hasher = start_hash(algorithm, len(source))
            hasher.update(source)
            blobs[path], sizes[path] = hasher.hexdigest(), len(source)
            continue
        try:
            blobs[path], sizes[path] = hash_file(source, algorithm)
        except OSError as error:
            message = f"{source} cannot be read: {error.strerror}"
            raise ProblemError([refuse(message, "build again, and let nobody write there meanwhile")]) from error
    url = remote_url(git, order)
    problems = (*check_sizes(sizes, strict=is_github(url)), *look_at_past(git))
    return Parcel(sources, blobs, problems, algorithm, url)


def _survey(git: Git, order: PublishOrder, parcel: Parcel, tip: str) -> tuple[Changes, Delivery]:
    """What is to be done on top of a commit, or on an empty branch."""
    there = list_tree(git, tip) if tip else {}
    foreign = drop_known(git, tip, there) if tip else set[str]()
    changes = compare(parcel.blobs, there, foreign, replace=order.replace)
    problems = list(parcel.problems)
    if changes.blocked:
        problems.append(_in_the_way(changes.blocked, order))
    if any(path == SETTINGS_FILE or _SOURCE.fullmatch(path) for path in foreign):
        message = f"{order.branch} of {order.remote} holds the source of a site"
        problems.append(refuse(message, "name a branch for the built site alone: --branch gh-pages"))
    if not tip and pages_url(parcel.url):
        hint = f"in the settings of the repository, once: Pages -> Deploy from a branch -> {order.branch}, / (root)"
        message = f"the branch {order.branch} is new: GitHub serves it once you say so"
        if _is_empty(git, order):  # GitHub shows and clones the first branch that it gets
            message += ", and takes it for the main one, since it has no other: push your source before"
        problems.append(refuse(message, hint, "note"))
    delivery = Delivery(
        place=f"{order.branch} of {order.remote} ({mask(parcel.url)})",
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        kept=changes.kept,
        send=partial(_send, git, order, parcel),
        message=order.message or _tell_source(git),
        problems=tuple(problems),
    )
    return changes, delivery


def _is_empty(git: Git, order: PublishOrder) -> bool:
    """Whether the remote has no branch at all."""
    heads = git.ask("ls-remote", "--heads", "--", order.remote)
    return heads.code == 0 and not heads.out


def _tell_source(git: Git) -> str:
    """The message of a commit where none is given: what was published."""
    source = git.ask("rev-parse", "--verify", "--quiet", "--short", "HEAD").text
    return f"Publish the site as of {source}" if source else "Publish the site"


def _in_the_way(paths: Sequence[str], order: PublishOrder) -> Problem:
    named = ", ".join(paths[:NAMED]) + (f" and {len(paths) - NAMED} more" if len(paths) > NAMED else "")
    message = f"{order.branch} of {order.remote} holds files that digest did not write where the site has some: {named}"
    hint = (
        "move what you need of them to content/static/, then publish with --replace: the branch then holds the site "
        "alone, and all else stays in its history"
    )
    return Problem("error", "DG822", message, hint=hint)


def _fetch_tip(git: Git, order: PublishOrder) -> str:
    """The commit that the branch of the remote is at, brought here; empty if there is no such branch."""
    reference = f"refs/heads/{order.branch}"
    hint = "see whether you may use it: `git ls-remote` asks the same"
    fetch = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
    for _ in range(ATTEMPTS):  # it may be taken away or set back meanwhile
        listed = git.tell("ls-remote", "--", order.remote, reference, hint=hint).text
        tip = next((line.split("\t")[0] for line in listed.splitlines() if line.endswith(f"\t{reference}")), "")
        known = git.ask("rev-parse", "--verify", "--quiet", f"refs/remotes/{order.remote}/{order.branch}").text
        if tip in {"", known}:
            return tip
        fetched = git.ask(*fetch, "--", order.remote, reference)
        if git.ask("cat-file", "-e", f"{tip}^{{tree}}").code == 0:
            return tip
    reason = reason_of(fetched) if fetched.code else "it changes all the time"
    raise ProblemError([refuse(f"{order.branch} of {order.remote} cannot be fetched: {reason}", hint)])


def _send(git: Git, order: PublishOrder, parcel: Parcel) -> Delivery:
    """Commit and push; whenever somebody was quicker, once more on top of what they pushed."""
    for _ in range(ATTEMPTS):
        tip = _fetch_tip(git, order)
        changes, delivery = _survey(git, order, parcel, tip)
        if any(problem.severity == "error" for problem in delivery.problems):
            return delivery
        if delivery.is_empty and not changes.adopted and not (order.fresh and _has_history(git, tip)):
            return delivery  # a commit without changes only says what is ours from now on
        tree = make_tree(git, tip, changes, parcel)
        message = write_message(delivery.message, __version__, delivery.kept)
        commit = commit_tree(git, tree, "" if order.fresh else tip, message)
        pushed = _push(git, order, commit, tip)
        if pushed.code == 0:
            return replace(delivery, done=commit)
        reason = pushed.out.decode("utf-8", "replace") + pushed.err
        if not any(sign in reason for sign in LATE):
            raise ProblemError([_refused(pushed, order)])
    message = f"others push to {order.branch} of {order.remote} all the time"
    raise ProblemError([refuse(message, "publish again when they are done")])


def _has_history(git: Git, tip: str) -> bool:
    return git.ask("rev-parse", "--verify", "--quiet", f"{tip}^").code == 0


def _push(git: Git, order: PublishOrder, commit: str, tip: str) -> Answer:
    """Never by force: only a history that is to be forgotten takes the place of the one that was seen."""
    reference = f"refs/heads/{order.branch}"
    lease = [f"--force-with-lease={reference}:{tip}"] if order.fresh else []
    words = ["push", "--porcelain", "--no-verify", "--recurse-submodules=no", *lease]
    return git.ask(*words, "--", order.remote, f"{commit}:{reference}")


def _refused(pushed: Answer, order: PublishOrder) -> Problem:
    told = [line[1:].strip() for line in pushed.out.decode("utf-8", "replace").splitlines() if line.startswith("!")]
    reason = "; ".join(mask(line.partition("\t")[2].replace("\t", " ")) for line in told) or reason_of(pushed)
    detail = f"; {reason_of(pushed)}" if told and pushed.err else ""
    hint = "see whether you may push there, and whether the branch is protected"
    return refuse(f"{order.branch} of {order.remote} does not take the site: {reason}{detail}", hint)
