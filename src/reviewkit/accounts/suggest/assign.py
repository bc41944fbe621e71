"""Pairs columns one to one so that the scores of all pairs together are the best."""

from __future__ import annotations

from collections.abc import Sequence

_ENDLESS = float("inf")


def best_pairs(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return row → column for every pair of the best assignment with a score above 0.

    Pairs of equal worth are chosen by their place, so that the answer is always the same.
    """
    if not scores or not scores[0]:
        return {}
    size = max(len(scores), len(scores[0]))
    cost = [
        [-scores[row][column] if row < len(scores) and column < len(scores[0]) else 0.0
         for column in range(size)]
        for row in range(size)
    ]  # fmt: skip
    chosen = _hungarian(cost)
    return {
        row: column
        for column, row in sorted(chosen.items(), key=lambda pair: pair[1])
        if row < len(scores) and column < len(scores[0]) and scores[row][column] > 0
    }


def _hungarian(cost: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return column → row of least total cost: shortest augmenting paths with potentials."""
    size = len(cost)
    of_row, of_column = [0.0] * (size + 1), [0.0] * (size + 1)
    held = [0] * (size + 1)
    for row in range(1, size + 1):
        held[0], column = row, 0
        least, before, done = [_ENDLESS] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while True:
            done[column] = True
            step, following = _ENDLESS, 0
            for other in range(1, size + 1):
                if done[other]:
                    continue
                here = held[column]
                reduced = cost[here - 1][other - 1] - of_row[here] - of_column[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(size + 1):
                if done[other]:
                    of_row[held[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
            if held[column] == 0:
                break
        while column:
            held[column] = held[before[column]]
            column = before[column]
    return {column - 1: held[column] - 1 for column in range(1, size + 1)}
