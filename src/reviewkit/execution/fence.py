"""Starts a program that can read no more of the workspace than it is given.

Run as ``python -m reviewkit.execution.fence READ WRITE MEMORY -- PROGRAM ARGUMENTS``, where
READ and WRITE are lists of paths joined as in PATH, and MEMORY is the most bytes that the
program may hold of its own, 0 for no limit. On Linux the kernel's Landlock holds the fence: what
is not on the lists cannot be opened, by the program or by anything it starts. Where Landlock is
missing the program starts without the fence; `available` tells.

Root is fenced too: it gives up its capabilities, without which it could still read the
environment of the program that started it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
"""System calls of Landlock; the numbers are the same on every architecture."""

_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION = 0x20080522
_KEPT_CAPABILITIES = 1 << 1 | 1 << 2
"""Root goes on reading files of other owners, as in a container with a mounted workspace."""

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE
# Rights known to each version of the interface; asking an old kernel for more is refused.
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_TRUNCATE = 1 << 14


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySets(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


def version() -> int:
    """Return the version of Landlock that this machine offers, 0 for none."""
    if not sys.platform.startswith("linux"):
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE, None, 0, _VERSION_FLAG)))


def available() -> bool:
    """Tell whether a fence will hold on this machine."""
    return version() > 0


def enclose(read: Iterable[str], write: Iterable[str]) -> None:
    """Give up, for good, access to every path that is not beneath `read` or `write`.

    Paths that do not exist are passed over. Raises `OSError` where Landlock refuses.
    """
    handled = _RIGHTS[min(version(), max(_RIGHTS))]
    libc = ctypes.CDLL(None, use_errno=True)
    rules = _Ruleset(handled)
    ruleset = _checked(libc.syscall(_CREATE, ctypes.byref(rules), ctypes.sizeof(rules), 0))
    for paths, rights in ((read, _READ), (write, handled)):
        for path in paths:
            _allow(libc, ruleset, path, rights & handled)
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if os.geteuid() == 0:
        _drop_capabilities(libc)
    _checked(libc.syscall(_RESTRICT, ruleset, 0))
    os.close(ruleset)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    header = _CapabilityHeader(_CAPABILITY_VERSION, 0)
    sets = (_CapabilitySets * 2)()
    _checked(libc.capget(ctypes.byref(header), sets))
    kept = sets[0].permitted & _KEPT_CAPABILITIES
    sets[0] = _CapabilitySets(kept, kept, 0)
    sets[1] = _CapabilitySets(0, 0, 0)
    _checked(libc.capset(ctypes.byref(header), sets))


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - this module imports as little as it can
            rights &= _ON_FILES | _TRUNCATE
        rule = _PathBeneath(rights, handle)
        _checked(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(handle)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"the fence: {os.strerror(number)}")
    return int(result)


def limit(memory: int) -> None:
    """Let this process hold at most `memory` bytes of its own, and be the first to be killed.

    Not every system counts them; there it is as much as there is.
    """
    try:
        with open("/proc/self/oom_score_adj", "w") as wish:  # noqa: PTH123 - as little as it can
            wish.write("800")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def main(arguments: list[str]) -> None:
    """Raise the fence, then become the program."""
    read, write, memory, _, *program = arguments
    limit(int(memory))
    if available():
        enclose(read.split(os.pathsep), write.split(os.pathsep))
    os.execv(program[0], program)  # noqa: S606 - the program is this Python's kernel


if __name__ == "__main__":
    main(sys.argv[1:])
