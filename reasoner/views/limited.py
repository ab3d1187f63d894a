"""Work done in a child process that can harm nobody: no new files, no network, bounded time, memory and output.

The child is a fork, so it sees the knowledge base without loading it.  A limit of zero open files stops every file and
every connection (queries that ask other hosts included), also those that a library would open by itself.  What the
child gives back is one block of bytes; whatever else happens to it becomes a :class:`LimitError`.  POSIX only.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import resource
import select
import signal
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from reasoner.errors import BudgetError, DislodgeError, LimitError, QuestionError

_CHUNK = 1 << 16
#: Seconds of work after which niced work lets others go first, and by how much.
QUICK, _NICE = 0.05, 10
#: Seconds between two looks at a child that was ended.
_SOON = 0.005
#: How long a child may live beyond its limit before it ends itself, should its parent be gone.
_GRACE = 1.1
_MEMORY_HINT = "ask for less: name what you look for, or add LIMIT"


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall seconds, bytes of memory beyond what is loaded, bytes of output, whether others go first.

    ``niced`` work gives way to others once it has taken :data:`QUICK` seconds: a short question is answered at once,
    also on a busy machine, a long one disturbs nobody.  ``sealed`` forbids to open anything; only work of this program
    itself, which may still import, does without.
    """

    seconds: float = 10.0
    memory: int = 1 << 30
    output: int = 16 << 20
    niced: bool = False
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What a child gives back: a few words about it, and bytes."""

    about: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""


Work = Callable[[], Reply]


def run_limited(work: Work, limits: Limits) -> Reply:
    """Run ``work`` in a child and wait for it.

    Raises what ``work`` raises if that is a :class:`DislodgeError`, and :class:`LimitError`: E503 time, E504 memory,
    E505 output, E506 a question that is nested too deeply, E509 any other end of the child.
    """
    pid, pipe = _fork(work, limits)
    end = time.monotonic() + limits.seconds
    data = bytearray()
    try:
        if limits.niced and not select.select([pipe], [], [], min(QUICK, limits.seconds))[0]:
            _give_way(pid)
        while (left := end - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
            part = os.read(pipe, _CHUNK)
            if not part:
                return _reply(bytes(data), _reap(pid), limits)
            data += part
        raise _too_slow(limits)
    finally:
        os.close(pipe)
        _stop(pid)


class Child:
    """Work that goes on in a limited child while the event loop serves others; :meth:`stop` must be awaited."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self.limits = limits
        self._pid, self._pipe = _fork(work, limits)
        self._data = bytearray()
        self._loop = asyncio.get_running_loop()
        self._begun = self._loop.time()
        self._whole: asyncio.Future[bytes] = self._loop.create_future()
        self._loop.add_reader(self._pipe, self._read)
        self._later = self._loop.call_later(QUICK, self._consider) if limits.niced else None

    async def reply(self) -> Reply:
        """What the child gives back; raises as :func:`run_limited` does."""
        if not await self.ends_within(self._begun + self.limits.seconds - self._loop.time()):
            raise _too_slow(self.limits)
        return _reply(self._whole.result(), _reap(self._pid), self.limits)

    async def ends_within(self, seconds: float) -> bool:
        """Wait so long at most; whether all that the child gives back is there."""
        await asyncio.wait({self._whole}, timeout=seconds)
        return self._whole.done()

    def lasted(self) -> float:
        """Seconds since it began."""
        return self._loop.time() - self._begun

    def spent(self) -> float:
        """Seconds of processor time that it has taken: on a busy machine far less than it has lasted."""
        try:
            with open(f"/proc/{self._pid}/stat", "rb") as stream:
                fields = stream.read().rpartition(b")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:  # not Linux
            return self.lasted()

    async def stop(self) -> None:
        """End it if it still runs, while others are served: to free a gigabyte takes longer than a short question."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._pipe)
        os.close(self._pipe)
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            if os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                os.kill(self._pid, signal.SIGKILL)
                while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                    await asyncio.sleep(_SOON)

    def _read(self) -> None:
        part = os.read(self._pipe, _CHUNK)
        self._data += part
        if not part and not self._whole.done():
            self._whole.set_result(bytes(self._data))

    def _consider(self) -> None:
        """Let others go first as soon as it has had its share."""
        left = QUICK - self.spent()
        if left > 0:
            self._later = self._loop.call_later(left, self._consider)
        else:
            _give_way(self._pid)


@contextlib.asynccontextmanager
async def child(work: Work, limits: Limits) -> AsyncIterator[Child]:
    """Work in a limited child, which has ended behind the block."""
    begun = Child(work, limits)
    try:
        yield begun
    finally:
        await begun.stop()


async def run_limited_async(work: Work, limits: Limits) -> Reply:
    """As :func:`run_limited`, while the event loop goes on serving others; cancelled, it ends the child."""
    async with child(work, limits) as begun:
        return await begun.reply()


# --- the parent's side ------------------------------------------------------------------------------------------------


def _fork(work: Work, limits: Limits) -> tuple[int, int]:
    """The child's process id, and the pipe on which it answers."""
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(work, limits, sending)
    os.close(sending)
    return pid, receiving


def _give_way(pid: int) -> None:
    """Let others go before a child."""
    with contextlib.suppress(OSError):  # it has just ended
        os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid) + _NICE)


def _reap(pid: int) -> int:
    """The exit status of a child that has ended or is about to; it is forgotten by the system then."""
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        return 0


def _stop(pid: int) -> None:
    """End the child if it still runs, and let the system forget it."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == 0:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _reply(data: bytes, status: int, limits: Limits) -> Reply:
    """The answer of an ended child; raises what it reports or what its end means."""
    head, found, body = data.partition(b"\n")
    if found and os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        about = json.loads(head)
        if "error" in about:
            raise _ERRORS[about["family"]](about["error"], code=about["code"], hint=about["hint"], **about["more"])
        return Reply(about, body)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGXCPU, signal.SIGALRM):
            raise _too_slow(limits)
        if number == signal.SIGSEGV:
            raise LimitError("the question is nested too deeply", code="E506", hint="write it with fewer brackets")
        if number in (signal.SIGABRT, signal.SIGKILL):
            raise _too_large(limits)
    raise LimitError("the question ended without an answer", code="E509", hint=_MEMORY_HINT)


def _too_slow(limits: Limits) -> LimitError:
    return LimitError(f"no answer within {limits.seconds:g} s", code="E503", hint=_MEMORY_HINT)


def _too_large(limits: Limits) -> LimitError:
    size = limits.memory >> 20
    return LimitError(f"the answer needs more than {size} MB of memory", code="E504", hint=_MEMORY_HINT)


_ERRORS: dict[str, type[DislodgeError]] = {"question": QuestionError, "limit": LimitError, "budget": BudgetError}


# --- the child's side -------------------------------------------------------------------------------------------------


def _child(work: Work, limits: Limits, pipe: int) -> NoReturn:
    """Confine this process, work, answer, end.  Nothing of the parent's is run on the way out."""
    status = 1
    try:
        _confine(limits, pipe)
        _send(pipe, _answer(work, limits))
        status = 0
    except BaseException:  # whatever it is: the parent says that no answer came
        status = 1
    finally:
        os._exit(status)


def _answer(work: Work, limits: Limits) -> Reply:
    try:
        reply = work()
    except BudgetError as error:
        return _failure("budget", error, rule=error.rule, bindings=error.bindings)
    except LimitError as error:
        return _failure("limit", error)
    except DislodgeError as error:
        return _failure("question", error)
    except MemoryError:
        return _failure("limit", _too_large(limits))
    except RecursionError:
        deep = LimitError("the question is nested too deeply", code="E506", hint="write it with fewer brackets")
        return _failure("limit", deep)
    if len(reply.body) > limits.output:
        return _failure("limit", too_long(limits))
    return reply


def too_long(limits: Limits) -> LimitError:
    """The error of an answer with too many bytes."""
    return LimitError(f"the answer is longer than {limits.output >> 20} MB", code="E505", hint=_MEMORY_HINT)


def _failure(family: str, error: DislodgeError, **more: Any) -> Reply:
    return Reply({"error": error.message, "code": error.code, "hint": error.hint, "family": family, "more": more})


def _send(pipe: int, reply: Reply) -> None:
    for block in (json.dumps(reply.about).encode() + b"\n", reply.body):
        view = memoryview(block)
        while view:
            view = view[os.write(pipe, view) :]


def _confine(limits: Limits, pipe: int) -> None:
    """Give up signals, files, descriptors, memory and time; the pipe stays."""
    gc.disable()
    with contextlib.suppress(ValueError):
        signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
    os.closerange(3, pipe)
    os.closerange(pipe + 1, max(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 4096) if pipe < 4096 else pipe + 2)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds * _GRACE)
    processor = int(limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    room = _loaded() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    if limits.sealed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _loaded() -> int:
    """Bytes of address space that this process has already."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:  # not Linux: what was used at most so far
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
