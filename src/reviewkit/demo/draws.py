"""Chance for the demo, repeatable to the byte.

Only `Generator.random` is used, since numpy promises nothing about how its other
distributions turn bits into numbers from one version to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

SEED = 20261006


class Draws:
    """A stream of chance of its own for each `name`, so that adding one shifts no other.

    Another `seed` gives other streams to all names.
    """

    def __init__(self, *name: str, seed: int = SEED) -> None:
        letters = [ord(letter) for letter in "/".join(name)]
        self._rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *letters])))

    def unit(self, n: int) -> Floats:
        """Return `n` numbers in [0, 1)."""
        return self._rng.random(n)

    def between(self, n: int, low: float, high: float) -> Floats:
        """Return `n` numbers in [low, high)."""
        return low + (high - low) * self._rng.random(n)

    def whole(self, n: int, low: int, high: int) -> Ints:
        """Return `n` integers from `low` to `high`, both included."""
        return (low + np.floor(self._rng.random(n) * (high - low + 1))).astype(np.int64)

    def flags(self, n: int, share: float) -> Flags:
        """Return `n` flags of which about `share` are set."""
        return np.asarray(self._rng.random(n) < share)

    def pick(self, n: int, weights: Sequence[float]) -> Ints:
        """Return `n` indices into `weights`, each as often as its weight says."""
        steps = np.cumsum(np.asarray(weights, dtype=np.float64))
        index = np.searchsorted(steps, self._rng.random(n) * steps[-1], side="right")
        return np.asarray(index, dtype=np.int64)


def quota(group: Ints, share: Floats, key: Floats, eligible: Flags) -> Flags:
    """Flag rows so that each group has exactly its share of flagged ones.

    `group` orders the groups; `share` is the same for all rows of a group. Within a group
    the eligible rows with the smallest `key` are flagged. Fractions are carried from group
    to group, so the total is within one row of what the shares ask for: the demo's stories
    stand in the figures, and nothing else moves them.
    """
    chosen: Flags = np.zeros(len(group), dtype=np.bool_)
    rows = np.flatnonzero(eligible)
    if not len(rows):
        return chosen
    order = rows[np.lexsort((key[rows], group[rows]))]
    _, first, size = np.unique(group[order], return_index=True, return_counts=True)
    wanted = np.cumsum(size * share[order][first])
    count = np.diff(np.floor(wanted + 0.5), prepend=0.0)
    rank = np.arange(len(order)) - np.repeat(first, size)
    chosen[order[rank < np.repeat(count, size)]] = True
    return chosen


def take(values: Sequence[Any], index: Ints) -> npt.NDArray[Any]:
    """Return `values[index]` as an array of objects."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return np.asarray(out[index])
