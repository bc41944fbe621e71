"""Long-lived worker processes: each does one task at a time, and may be lost without harm.

Workers load V8 and the fonts once and stay. They are forked from the warm process where that
is safe and start afresh where it is not. One that dies is replaced, and its task is given to
another once more; a task that kills two workers is given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Protocol

from reviewkit.errors import UsageError
from reviewkit.execution import warm

_LIVES = 2
"""Workers that one task may cost."""

_STINT = 200
"""Tasks after which a worker is replaced, so that what a library leaks does not add up."""


class Task(Protocol):
    """Something a worker can do; it travels to the worker, and its result back."""

    def do(self) -> Any:
        """Do it in this process."""


@dataclass(frozen=True)
class Lost:
    """What came of a task that killed its workers, or that failed in a way nobody foresaw."""

    reason: str
    traceback: str = ""


@dataclass
class _Worker:
    process: BaseProcess
    line: Connection
    task: Task | None = None
    done: int = 0


@dataclass
class Crew:
    """A number of workers and the tasks that wait for them; use it in a `with` block.

    `ready` is called once in each new worker, before its first task.
    """

    size: int
    ready: Callable[[], None]
    _waiting: deque[Task] = field(default_factory=deque)
    _workers: list[_Worker] = field(default_factory=list)
    _losses: dict[int, int] = field(default_factory=dict)
    _starting: threading.Thread | None = None

    def __enter__(self) -> Crew:
        # Starting waits for the warm process; whoever plans the work need not.
        self._starting = threading.Thread(target=self._start_all, daemon=True)
        self._starting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._starting:
            self._starting.join()
        for worker in self._workers:
            self._dismiss(worker, at_once=worker.task is not None)

    def give(self, task: Task, *, first: bool = False) -> None:
        """Add a task to those that wait, before all others if `first`."""
        (self._waiting.appendleft if first else self._waiting.append)(task)

    def results(self) -> Iterator[tuple[Task, Any]]:
        """Yield each task with its result, or with `Lost`, until none is left.

        More may be given meanwhile.
        """
        if self._starting:
            self._starting.join()
        if not self._workers:
            raise UsageError("no worker process could be started. Is the machine out of memory?")
        while self._waiting or any(worker.task for worker in self._workers):
            self._hand_out()
            busy = [(worker, worker.task) for worker in self._workers if worker.task]
            heard = wait([worker.line for worker, _ in busy])
            for worker, task in busy:
                if worker.line not in heard:
                    continue
                worker.task = None
                try:
                    result = worker.line.recv()
                except (EOFError, OSError):
                    result = self._after_loss(worker, task)
                    if result is None:
                        continue
                worker.done += 1
                yield task, result

    def _hand_out(self) -> None:
        for place, worker in enumerate(self._workers):
            if not self._waiting:
                return
            if worker.task is not None:
                continue
            if worker.done >= _STINT:
                self._dismiss(worker)
                worker = self._workers[place] = self._new()
            task = self._waiting.popleft()
            try:
                worker.line.send(task)
            except OSError:
                # It died while it had nothing to do; that is not the task's fault.
                self._dismiss(worker, at_once=True)
                worker = self._workers[place] = self._new()
                worker.line.send(task)
            worker.task = task

    def _after_loss(self, worker: _Worker, task: Task) -> Lost | None:
        """Replace a dead worker; return `Lost` for a task that is given up."""
        worker.process.join(5.0)
        code = worker.process.exitcode
        self._dismiss(worker, at_once=True)
        self._workers[self._workers.index(worker)] = self._new()
        self._losses[id(task)] = self._losses.get(id(task), 0) + 1
        if self._losses[id(task)] < _LIVES:
            self._waiting.appendleft(task)
            return None
        return Lost(f"its worker died {_LIVES} times ({_ended(code)}): out of memory, or killed.")

    def _start_all(self) -> None:
        self._workers = [self._new() for _ in range(self.size)]

    def _new(self) -> _Worker:
        context: BaseContext = (
            multiprocessing.get_context("spawn") if warm.why_not() else warm.context()
        )
        line, far = context.Pipe()
        process = context.Process(target=_work, args=(far, self.ready))  # type: ignore[attr-defined]
        process.start()
        far.close()
        return _Worker(process, line)

    def _dismiss(self, worker: _Worker, *, at_once: bool = False) -> None:
        worker.line.close()
        if at_once:
            worker.process.kill()
        worker.process.join()


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _work(line: Connection, ready: Callable[[], None]) -> None:
    """Do what comes down the line until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm.settle_in()
    ready()
    while True:
        try:
            task = line.recv()
        except EOFError:
            # Nothing is open that must be closed; libraries need not take themselves apart.
            os._exit(0)
        try:
            result = task.do()
        except Exception as error:
            name = type(error).__name__
            result = Lost(f"{name}: {error}", traceback.format_exc())
        line.send(result)


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
