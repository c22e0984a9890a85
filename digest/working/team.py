"""Forks of this process that work off numbered chunks, each as soon as it is free."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NoReturn

from digest.model import Problem, ProblemError
from digest.working.garbage import collect_garbage

_NUMBER: Final = struct.Struct("<I")  # a chunk, by its place; a pipe gives each whole to one reader
_HEAD: Final = struct.Struct("<I?Q")  # the chunk of an answer, whether it went well, and the length of what follows
_AHEAD: Final = 1000  # numbers that wait in the pipe, which has a page of 4 KiB at least
_READ: Final = 1 << 20


class Team:
    """So many forks, at work until every chunk is done or somebody ends them.

    The parent fills a pipe with the numbers of chunks; every worker takes the next number when it is free, and sends
    what came of it through a pipe of its own. Should the parent die, each gets a signal through its lifeline.
    """

    def __init__(self, work: Callable[[Any], Any], chunks: Sequence[Any], processes: int) -> None:
        self._count = len(chunks)
        self._asked = 0
        self._read_numbers, self._numbers = os.pipe()
        self._answers: dict[int, int] = {}  # the end of a pipe to read, and the process at the other end
        self._lifelines: dict[int, int] = {}
        self._leaving: list[int] = []  # processes that were told to end
        self._ask(_AHEAD)
        try:
            for _ in range(processes):
                self._hire(work, chunks)
        except BaseException:
            self.end()
            raise

    def collect(self) -> Iterator[Any]:
        """What came of each chunk, in their order. After the last one nobody waits here until the workers are gone.

        Raises:
            ProblemError: DG801, a process ended before its work was done.
        """
        with contextlib.ExitStack() as stack:
            stack.callback(self.end)
            waiting: dict[int, tuple[bool, bytes]] = {}
            answers = self._receive()
            for due in range(self._count):
                while due not in waiting:
                    number, good, data = next(answers)
                    waiting[number] = good, data
                good, data = waiting.pop(due)
                made = pickle.loads(data)  # noqa: S301 - from a fork of this very process, through a pipe
                if not good:
                    raise made
                yield made
            stack.pop_all()
        self._let_go()  # they have nothing left to do, and it takes a while to free what they hold

    def end(self) -> None:
        """End whoever still works, at once: what is half done lies on a stage that nobody publishes."""
        self._let_go()
        while self._leaving:
            _wait_for(self._leaving.pop())

    def _let_go(self) -> None:
        for process in self._answers.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while self._answers:
            self._leaving.append(self._close(next(iter(self._answers))))
        for end in (self._read_numbers, self._numbers):
            if end >= 0:
                os.close(end)
        self._read_numbers = self._numbers = -1

    def _ask(self, count: int) -> None:
        """Put the next numbers into the pipe; when there are no more, its end tells the workers."""
        upto = min(self._asked + count, self._count)
        if self._asked < upto:
            os.write(self._numbers, b"".join(_NUMBER.pack(number) for number in range(self._asked, upto)))
            self._asked = upto
        if upto == self._count and self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1

    def _hire(self, work: Callable[[Any], Any], chunks: Sequence[Any]) -> None:
        answers, write_answers = os.pipe()
        read_lifeline, lifeline = os.pipe()
        parent = os.getpid()
        # A signal that came between the fork and the next lines would find the handlers of the parent in the child.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            process = os.fork()
            if process == 0:
                try:
                    for end in (self._numbers, answers, lifeline, *self._answers, *self._lifelines.values()):
                        if end >= 0:
                            os.close(end)
                    _prepare(read_lifeline, parent)
                    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
                    _work_off(work, chunks, self._read_numbers, write_answers)
                finally:
                    os._exit(70)  # never back into the code of the parent, whatever happens
            self._answers[answers] = process
            self._lifelines[answers] = lifeline
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        os.close(write_answers)
        os.close(read_lifeline)

    def _receive(self) -> Iterator[tuple[int, bool, bytes]]:
        """Answers as they come; nobody asks for one more than there are chunks."""
        buffers = {answers: bytearray() for answers in self._answers}
        poll = select.poll()
        for answers in buffers:
            poll.register(answers, select.POLLIN)
        while self._answers:
            for answers, _ in poll.poll():
                buffer, data = buffers[answers], os.read(answers, _READ)
                buffer += data
                if not data:
                    poll.unregister(answers)
                    self._check_end(answers)
                while len(buffer) >= _HEAD.size:
                    number, good, length = _HEAD.unpack_from(buffer)
                    if len(buffer) < _HEAD.size + length:
                        break
                    content = bytes(memoryview(buffer)[_HEAD.size : _HEAD.size + length])
                    del buffer[: _HEAD.size + length]
                    self._ask(1)
                    yield number, good, content

    def _check_end(self, answers: int) -> None:
        """A worker has ended, which it should not have unless all was done."""
        code = _wait_for(self._close(answers))
        if code != 0 or not self._answers:
            how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
            message = f"a process that worked on the build {how} before its work was done"
            hint = "this machine may have run out of memory: --jobs 1 takes least. Nothing was changed"
            raise ProblemError([Problem("error", "DG801", message, hint=hint)])

    def _close(self, answers: int) -> int:
        """Close what led to a worker, and tell which process that is."""
        os.close(answers)
        os.close(self._lifelines.pop(answers))
        return self._answers.pop(answers)


def _wait_for(process: int) -> int:
    """How a process ended, as `os.waitstatus_to_exitcode` has it."""
    try:
        _, status = os.waitpid(process, 0)
    except ChildProcessError:  # somebody else has waited for it
        status = 0
    return os.waitstatus_to_exitcode(status)


def _prepare(lifeline: int, parent: int) -> None:
    """In a worker: signals mean what they should, and garbage is looked for.

    Ctrl-C is the business of the parent. A lifeline whose other end has closed, for the parent was killed, sends SIGIO,
    which ends the process.
    """
    import fcntl  # noqa: PLC0415 - not on Windows, where nobody forks

    collect_garbage()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if os.getppid() != parent:
        os._exit(70)


def _work_off(work: Callable[[Any], Any], chunks: Sequence[Any], numbers: int, answers: int) -> NoReturn:
    """In a worker: take a number, work, answer, until there are no more."""
    while data := os.read(numbers, _NUMBER.size):
        (number,) = _NUMBER.unpack(data)
        try:
            good, content = True, pickle.dumps(work(chunks[number]), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            good, content = False, _pack_error(error)
        answer = memoryview(_HEAD.pack(number, good, len(content)) + content)
        while answer:
            answer = answer[os.write(answers, answer) :]
    os._exit(0)  # without what the parent has yet to print, and what it does when it ends


def _pack_error(error: BaseException) -> bytes:
    """The error, with its traceback as a note; one that cannot be sent is told of by another."""
    import traceback  # noqa: PLC0415 - heavy

    told = f"In a worker process:\n{''.join(traceback.format_exception(error))}"
    try:
        error.add_note(told)
        packed = pickle.dumps(error)
        pickle.loads(packed)  # noqa: S301 - our own; many errors can be packed and not unpacked
    except Exception:
        return pickle.dumps(RuntimeError(told))
    return packed
