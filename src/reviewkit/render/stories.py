"""Stories: findings side by side, whose paragraphs stand at the same height."""

from __future__ import annotations

from reviewkit.blocks import Block, Columns, Heading, Prose


def are_stories(part: Columns) -> bool:
    """Tell whether every column is a finding with as many paragraphs as its neighbours."""
    shapes = set()
    for blocks in part.columns:
        if not blocks or not isinstance(blocks[0], Heading) or blocks[0].role != "finding":
            return False
        if not all(isinstance(block, Prose) for block in blocks[1:]):
            return False
        shapes.add(len(one_by_one(blocks)))
    return len(shapes) == 1


def one_by_one(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return `blocks` with a block for each paragraph."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Prose):
            out += [block.model_copy(update={"paragraphs": (text,)}) for text in block.paragraphs]
        else:
            out.append(block)
    return tuple(out)
