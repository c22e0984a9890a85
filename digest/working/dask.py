"""Other machines that share the work of a build, through a scheduler of dask.

Dask gives the tasks of a worker that dies to another one, and work is pure but for the files that it stages, so that
doing it twice does no harm. What travels between the machines are pickles: they trust each other, and nobody else may
reach the scheduler.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from digest.model import Problem, ProblemError

if TYPE_CHECKING:
    from distributed import Client

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Freight = TypeVar("Freight")

SCHEME: Final = "dask://"
_PATIENCE: Final = 10.0  # seconds until a scheduler answers, and until it has a worker
_HINT: Final = (
    "start `dask scheduler`, and `dask worker HOST:PORT --nthreads 1` for each core, and name it dask://HOST:PORT"
)


def check_scheduler(address: str) -> None:
    """Refuse an address that is none, or at which nobody listens.

    Raises:
        ProblemError: DG802.
    """
    import socket  # noqa: PLC0415 - heavy, and few builds go that far

    host, _, port = address.removeprefix(SCHEME).rpartition(":")
    if not address.startswith(SCHEME) or not host or not port.isdigit():
        raise _refuse(f"{address} is not the address of a scheduler", _HINT)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _refuse(f"no scheduler answers at {address}: {error}", _HINT) from error


class FarCrew:
    """The workers of a scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def processes(self) -> int:
        """How many work now; chunks are smaller than on one machine, since one that dies loses its own."""
        return 4 * max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def run(
        self, work: Callable[[Freight, Chunk], Result], freight: Freight, chunks: Iterable[Chunk]
    ) -> Iterator[Result]:
        """What `work` gives for each chunk, in their order. Both are functions and values that can be packed.

        `freight` is large, and sent to each worker once.

        Raises:
            ProblemError: DG801 where too many workers died, and what `work` raises.
        """
        from distributed import KilledWorker  # noqa: PLC0415 - heavy

        # The library is typed in parts only.
        sent = self._client.scatter(freight, broadcast=True, hash=False)  # type: ignore[no-untyped-call]
        futures = deque(self._client.submit(work, sent, chunk, pure=False) for chunk in chunks)
        try:
            while futures:
                yield futures[0].result()
                futures.popleft()  # what came of it need not lie there any longer
        except KilledWorker as error:
            raise _lose(str(error)) from error
        except ProblemError:
            raise
        except Exception as error:
            # All who held the freight are gone, or the scheduler is.
            if type(error).__module__.partition(".")[0] in {"distributed", "concurrent", "asyncio"}:
                raise _lose(str(error) or type(error).__name__) from error
            raise
        finally:
            with contextlib.suppress(Exception):  # whatever it is about, the work is over
                self._client.cancel(list(futures), force=True)  # type: ignore[no-untyped-call]  # likewise


@contextmanager
def open_far_crew(address: str, tell_environment: Callable[[], bytes]) -> Iterator[FarCrew]:
    """The workers of the scheduler at `dask://host:port`; each must have the environment of this process.

    It begins threads, after which no fork is sound.

    Raises:
        ProblemError: DG802.
    """
    import logging  # noqa: PLC0415 - heavy, likewise

    check_scheduler(address)
    try:
        from distributed import Client  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise _refuse("dask is not installed here", "install the extra: pip install 'research-digest[dask]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told as a problem
    try:
        client = Client(  # type: ignore[no-untyped-call]  # the library is typed in parts
            f"tcp://{address.removeprefix(SCHEME)}", timeout=_PATIENCE, set_as_default=False, direct_to_workers=False
        )
    except Exception as error:
        raise _refuse(f"what listens at {address} is not a scheduler of dask: {error}", _HINT) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise _refuse(f"the scheduler at {address} has no workers", _HINT) from error
        ours = tell_environment()
        told = client.run(tell_environment, on_error="return")
        others = sorted(worker for worker, theirs in told.items() if theirs != ours)
        if others:
            raise refuse_environment(others)
        yield FarCrew(client)


def refuse_environment(workers: Iterable[str]) -> ProblemError:
    """DG802 for workers that would make other pages."""
    hint = "install the same digest, libraries and Python there, for instance from one lock file or one image"
    return _refuse(f"other versions of digest, Python or libraries on {', '.join(workers)}", hint)


def _refuse(message: str, hint: str) -> ProblemError:
    return ProblemError([Problem("error", "DG802", message, hint=hint)])


def _lose(message: str) -> ProblemError:
    hint = "see the logs of the workers, which may have run out of memory, and build again. Nothing was changed"
    return ProblemError([Problem("error", "DG801", f"the workers were lost: {message}", hint=hint)])
