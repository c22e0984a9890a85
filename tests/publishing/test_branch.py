"""Publishing to a branch, against real repositories: what is on it, what stays, and what nobody may notice."""

from __future__ import annotations

import stat
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from repositories import Repositories, git, isolate_git, message_of

from digest.model import ProblemError, PublishOrder
from digest.publishing import branch
from digest.publishing.git import Answer, Git

SITE = {
    "index.html": "<h1>Notes</h1>\n",
    "2020/01/02/leek/index.html": "A leek\r\nin a row\n",
    "assets/a b'\"ü.css": "p{}",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repositories:
    isolate_git(monkeypatch, tmp_path / "home")
    return Repositories(tmp_path)


def test_the_branch_holds_the_site_and_the_next_time_what_has_changed(place: Repositories) -> None:
    first = place.publish(SITE)
    assert place.tree() == SITE
    assert (set(first.added), first.changed, first.removed, first.kept) == (set(SITE), (), (), ())
    assert first.done == place.tip()
    again = place.publish(SITE)
    assert again.is_empty
    assert not again.done
    assert place.tip() == first.done, "no empty commit"
    second = place.publish({"index.html": "New", "2021/index.html": "Year"})
    assert (second.added, second.changed) == (("2021/index.html",), ("index.html",))
    assert set(second.removed) == SITE.keys() - {"index.html"}
    assert place.tree() == {"index.html": "New", "2021/index.html": "Year"}
    assert git(place.remote, "rev-parse", "gh-pages^") == first.done


def test_the_first_branch_at_github_is_better_the_source(place: Repositories) -> None:
    url = "https://github.com/ada/leeks.git"
    git(place.site, "remote", "set-url", "origin", url)
    git(place.site, "config", f"url.{place.remote}.insteadOf", url)

    def told() -> str:
        (problem,) = place.prepare(SITE).problems
        assert problem.severity == "note"
        return problem.message

    assert "push your source before" in told()
    git(place.site, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    assert "is new" in told()
    assert "push your source before" not in told()


def test_a_commit_says_who_and_what(place: Repositories) -> None:
    place.publish(SITE)
    source = git(place.site, "rev-parse", "--short", "HEAD")
    told = git(place.remote, "log", "-1", "--format=%an %ae %cn: %s", "gh-pages")
    assert told == f"Ada ada@example.org Ada: Publish the site as of {source}"
    place.publish({}, message="Nothing left\n\nof it")
    assert git(place.remote, "log", "-1", "--format=%B", "gh-pages").startswith(
        "Nothing left\n\nof it\n\nDigest-Version"
    )


def test_a_file_becomes_a_folder_and_a_folder_a_file(place: Repositories) -> None:
    place.publish({"a": "file", "b/c": "in a folder"})
    place.publish({"a/index.html": "folder", "b": "file"})
    assert place.tree() == {"a/index.html": "folder", "b": "file"}


def test_what_others_put_there_stays(place: Repositories) -> None:
    place.publish(SITE)
    place.push_by_hand({"google123.html": "verified", "deep/er/note.txt": "mine"})
    done = place.publish({**SITE, "index.html": "New"})
    assert done.kept == ("deep/er/note.txt", "google123.html")
    place.publish({"index.html": "New"})
    done = place.publish({"index.html": "Newer"})
    assert done.kept == ("deep/er/note.txt", "google123.html"), "however often"
    assert place.tree() == {"index.html": "Newer", "google123.html": "verified", "deep/er/note.txt": "mine"}


def test_what_others_edited_is_refused_with_a_list_and_stays_where_it_is_no_longer_wanted(place: Repositories) -> None:
    place.publish(SITE)
    place.push_by_hand({"index.html": "mended by hand"})
    before = place.tip()
    with pytest.raises(ProblemError) as error:
        place.publish({**SITE, "index.html": "New"})
    assert "DG822" in message_of(error)
    assert "index.html" in message_of(error)
    assert place.tip() == before
    done = place.publish({"other.html": "x"})
    assert done.kept == ("index.html",)
    assert place.tree()["index.html"] == "mended by hand"
    place.publish({"index.html": "New"}, replace=True)
    assert place.tree() == {"index.html": "New"}
    assert place.reaches(before), "what was replaced is in the history"


@pytest.mark.parametrize(("theirs", "ours"), [("tags", "tags/index.html"), ("tags/x/y", "tags/x"), ("a/b/c", "a")])
def test_a_folder_of_others_where_a_file_has_to_be_and_the_other_way_round(
    place: Repositories, theirs: str, ours: str
) -> None:
    place.push_by_hand({theirs: "mine"})
    with pytest.raises(ProblemError) as error:
        place.publish({ours: "x"})
    assert theirs in message_of(error)
    assert place.tree() == {theirs: "mine"}


def test_what_others_wrote_in_our_words_is_ours(place: Repositories) -> None:
    place.push_by_hand(SITE)
    place.publish(SITE)
    assert set(place.publish({}).removed) == SITE.keys()


def test_a_commit_of_ours_that_was_taken_back_is_still_ours(place: Repositories) -> None:
    place.publish(SITE)
    place.publish({"index.html": "wrong", "b.html": "wrong"})
    place.push_by_hand({"index.html": SITE["index.html"], "b.html": None, **SITE})
    done = place.publish({"index.html": "right"})
    assert not done.kept
    assert place.tree() == {"index.html": "right"}


def test_a_branch_that_was_set_back_is_gone_on_with(place: Repositories) -> None:
    first = place.publish(SITE).done
    place.publish({"index.html": "wrong"})
    git(place.remote, "update-ref", "refs/heads/gh-pages", first)
    place.publish({"index.html": "right"})
    assert git(place.remote, "rev-parse", "gh-pages^") == first
    assert place.tree() == {"index.html": "right"}


def before_each_push(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let somebody else be quicker."""
    push = branch._push

    def push_late(runner: Git, order: PublishOrder, commit: str, tip: str) -> Answer:
        act()
        return push(runner, order, commit, tip)

    patch.setattr(branch, "_push", push_late)


def test_who_is_second_goes_on_from_the_first(place: Repositories, monkeypatch: pytest.MonkeyPatch) -> None:
    place.publish({"index.html": "Old"})
    late = [1, 2, 3]
    before_each_push(monkeypatch, lambda: place.push_by_hand({f"by-hand-{late.pop()}.txt": "mine"}) if late else None)
    done = place.publish(SITE)
    assert done.kept == ("by-hand-1.txt", "by-hand-2.txt", "by-hand-3.txt")
    assert place.tree() == {**SITE, **dict.fromkeys(done.kept, "mine")}
    late += [1, 2]
    before = place.tip()
    monkeypatch.setattr(branch, "ATTEMPTS", 2)
    with pytest.raises(ProblemError, match="all the time"):
        place.publish({"index.html": "New"})
    assert place.reaches(before)


def test_a_conflict_that_comes_meanwhile_is_refused(place: Repositories, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each_push(monkeypatch, lambda: place.push_by_hand({"index.html": "mine"}))
    with pytest.raises(ProblemError, match="DG822"):
        place.publish(SITE)
    assert place.tree() == {"index.html": "mine"}


def test_fresh_is_one_commit_with_what_others_have_there(place: Repositories, monkeypatch: pytest.MonkeyPatch) -> None:
    place.publish({"index.html": "Old"})
    place.push_by_hand({"mine.txt": "mine"})
    late = [1]
    before_each_push(monkeypatch, lambda: place.push_by_hand({f"late-{late.pop()}.txt": "mine"}) if late else None)
    place.publish(SITE, fresh=True)
    assert place.tree() == {**SITE, "mine.txt": "mine", "late-1.txt": "mine"}
    assert git(place.remote, "rev-list", "--count", "gh-pages") == "1"
    assert place.publish(SITE, fresh=True).done == ""
    place.publish({})
    assert place.tree() == {"mine.txt": "mine", "late-1.txt": "mine"}


def test_nothing_of_the_repository_is_touched(place: Repositories) -> None:
    place.write("notes.txt", "staged")
    git(place.site, "add", "notes.txt")
    place.write("notes.txt", "edited since")
    place.write("draft.txt", "untracked")

    def look() -> list[str]:
        words = (
            ["status", "--porcelain"],
            ["diff"],
            ["diff", "--cached"],
            ["for-each-ref", "refs/heads"],
            ["stash", "list"],
        )
        index = (place.site / ".git" / "index").read_bytes().hex()
        return [git(place.site, *each) for each in words] + [index, (place.site / ".git" / "HEAD").read_text()]

    git(place.site, "status")  # which brings the index up to date
    before = look()
    place.publish(SITE)
    place.publish({"index.html": "New"})
    assert look() == before
    assert git(place.site, "for-each-ref", "--format=%(refname)").splitlines() == [
        "refs/heads/main", "refs/remotes/origin/gh-pages",
    ]  # fmt: skip
    assert git(place.site, "fsck", "--no-dangling") == ""


def test_a_remote_may_be_an_address(place: Repositories) -> None:
    place.publish(SITE, remote="../remote.git", branch="pages/live")
    place.push_by_hand({"mine.txt": "mine"}, branch="pages/live")
    assert place.publish({}, remote=f"file://{place.remote}", branch="pages/live").kept == ("mine.txt",)
    assert place.tree("pages/live") == {"mine.txt": "mine"}
    assert place.tip() == ""


def test_a_dry_run_sends_nothing(place: Repositories) -> None:
    place.push_by_hand({"mine.txt": "mine"})
    before = place.tip()
    delivery = place.prepare(SITE)
    assert (len(delivery.added), delivery.kept) == (3, ("mine.txt",))
    assert place.tip() == before


def test_the_domain_of_a_site_is_told_unless_the_site_tells_it(place: Repositories) -> None:
    place.publish(SITE, base_url="https://notes.example.org/")
    assert place.tree()["CNAME"] == "notes.example.org\n"
    place.publish({**SITE, "CNAME": "www.example.org"}, base_url="https://notes.example.org/")
    assert place.tree()["CNAME"] == "www.example.org"
    place.publish(SITE)
    assert "CNAME" not in place.tree()
    place.push_by_hand({"CNAME": "by-hand.example.org"})
    assert place.publish({"index.html": "New"}).kept == ("CNAME",)
    with pytest.raises(ProblemError, match="CNAME"):
        place.publish(SITE, base_url="https://notes.example.org/")


HOOKS = (
    "pre-commit",
    "commit-msg",
    "pre-push",
    "post-commit",
    "reference-transaction",
    "post-checkout",
    "post-index-change",
)


def test_hooks_do_not_run(place: Repositories) -> None:
    for folder in (place.site / ".git" / "hooks", place.folder / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            write_program(folder / name, f"touch {place.folder}/ran-{name}; exit 1")
    place.publish(SITE)
    git(place.site, "config", "core.hooksPath", str(place.folder / "hooks"))
    place.publish({"index.html": "New"})
    assert not list(place.folder.glob("ran-*"))


def write_program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_bytes_are_pushed_as_they_are(place: Repositories) -> None:
    """Whatever git is told to do with what people check in."""
    for key, value in {
        "core.autocrlf": "true", "core.safecrlf": "true", "filter.lfs.clean": "false", "filter.lfs.required": "true",
        "core.ignoreCase": "true", "core.bigFileThreshold": "4", "core.fileMode": "false",
        "core.sparseCheckout": "true", "fetch.prune": "true",
        "submodule.recurse": "true", "push.followTags": "true", "push.recurseSubmodules": "check",
        "log.showSignature": "true", "color.ui": "always", "i18n.commitEncoding": "latin-1", "core.quotePath": "true",
        "status.relativePaths": "false", "status.short": "true", "status.showUntrackedFiles": "no",
        "push.default": "nothing", "grep.patternType": "fixed", "fetch.fsckObjects": "true",
    }.items():  # fmt: skip
        git(place.site, "config", key, value)
    (place.site / ".git" / "info").mkdir(exist_ok=True)
    (place.site / ".git" / "info" / "sparse-checkout").write_text("/content/\n")
    (place.site / ".git" / "info" / "attributes").write_text("*.html filter=lfs ident text\n")
    (place.site / ".git" / "info" / "exclude").write_text("*.html\n")
    git(place.site, "tag", "kept-at-home")
    place.publish({**SITE, ".gitattributes": "* filter=lfs\n", "id.html": "$Id$\r\n"})
    assert place.tree() == {**SITE, ".gitattributes": "* filter=lfs\n", "id.html": "$Id$\r\n"}
    place.publish({"index.html": "é"}, message="Grüße")
    assert git(place.remote, "log", "-1", "--format=%s", "gh-pages") == "Grüße"
    assert git(place.remote, "tag") == ""


def test_commits_are_signed_where_all_are(place: Repositories) -> None:
    signer = place.folder / "signer"
    write_program(signer, 'cat > /dev/null; echo "[GNUPG:] SIG_CREATED " >&2; echo "-----BEGIN PGP SIGNATURE-----"')
    git(place.site, "config", "gpg.program", str(signer))
    git(place.site, "config", "commit.gpgSign", "true")
    place.publish(SITE)
    assert "gpgsig -----BEGIN PGP" in git(place.remote, "cat-file", "commit", "gh-pages")
    write_program(signer, "echo 'gpg: no secret key' >&2; exit 2")
    with pytest.raises(ProblemError, match="cannot be made") as error:
        place.publish({"index.html": "New"})
    assert "sign" in error.value.problems[0].hint


def test_another_repository_in_the_environment_is_not_meant(
    place: Repositories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", str(other))
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    place.publish(SITE)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert place.tree() == SITE
    assert git(other, "for-each-ref") == ""


def test_machines_that_build_for_others(place: Repositories) -> None:
    """A clone of one commit of one branch, with nothing checked out but that commit."""
    git(place.site, "push", "--quiet", "origin", "main")
    place.publish({"index.html": "Old"})
    place.push_by_hand({"mine.txt": "mine"})
    place.site = place.folder / "clone"
    git(place.folder, "clone", "--quiet", "--depth=1", "--branch=main", f"file://{place.remote}", str(place.site))
    git(place.site, "checkout", "--quiet", "--detach")
    before = place.tip()
    place.publish(SITE)
    assert place.tree() == {**SITE, "mine.txt": "mine"}
    assert place.reaches(before)
    assert git(place.site, "rev-parse", "--is-shallow-repository") == "true"


def test_a_site_within_a_repository(place: Repositories) -> None:
    outer = place.site
    place.site = outer / "notes"
    place.write("content/pea.md", "---\ntitle: A pea\ndate: 2020-01-02\n---\n")
    assert [problem.span.path for problem in place.look() if problem.span] == ["content/pea.md"]
    git(outer, "add", "notes/content")
    git(outer, "commit", "--quiet", "-m", "A pea")
    (outer / "elsewhere.txt").write_text("not committed, and not of the site")
    place.publish(SITE)
    assert place.tree() == SITE


def test_repositories_of_sha256(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate_git(monkeypatch, tmp_path / "home")
    place = Repositories(tmp_path, "--object-format=sha256")
    place.publish(SITE)
    assert place.publish(SITE).is_empty
    assert place.tree() == SITE


def test_a_branch_that_does_not_take_it(place: Repositories) -> None:
    write_program(place.remote / "hooks" / "pre-receive", "echo 'this branch is protected' >&2; exit 1")
    with pytest.raises(ProblemError) as error:
        place.publish(SITE)
    assert "DG823" in message_of(error)
    assert "protected" in message_of(error)
    assert "hook declined" in message_of(error)


def test_passwords_are_never_told(place: Repositories) -> None:
    git(place.site, "remote", "set-url", "origin", "http://ada:s3cret@127.0.0.1:1/notes.git?access_token=s3cret")
    with pytest.raises(ProblemError) as error:
        place.publish(SITE)
    assert "DG823" in message_of(error)
    assert "127.0.0.1" in message_of(error)
    assert "s3cret" not in message_of(error) + "".join(problem.hint for problem in error.value.problems)


def test_nobody_is_asked_for_a_password_where_nobody_sits(place: Repositories) -> None:
    class Locked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="notes"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Locked) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        git(place.site, "remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/notes.git")
        with pytest.raises(ProblemError, match="could not read Username"):
            place.publish(SITE)
        server.shutdown()


def test_a_branch_that_holds_a_source_is_no_place_for_a_site(place: Repositories) -> None:
    git(place.site, "push", "--quiet", "origin", "main:gh-pages")
    with pytest.raises(ProblemError, match="source"):
        place.publish(SITE)


def test_what_changes_meanwhile_is_not_pushed(place: Repositories) -> None:
    delivery = place.prepare(SITE)
    place.write("output/index.html", "another build")
    with pytest.raises(ProblemError, match="changed while"):
        delivery.send()
    assert not place.tip()
    assert git(place.site, "for-each-ref", "refs/digest") == ""


def test_many_files_are_one_pack(place: Repositories) -> None:
    place.publish({f"{number:03}/index.html": f"Page {number}\n" for number in range(150)})
    counted = dict(line.split(": ") for line in git(place.site, "count-objects", "-v").splitlines())
    assert int(counted["in-pack"]) > 150
    assert int(counted["count"]) < 20
    assert len(place.tree()) == 150


def test_no_git(place: Repositories, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert [(problem.code, "install" in problem.hint) for problem in place.look()] == [("DG823", True)]
