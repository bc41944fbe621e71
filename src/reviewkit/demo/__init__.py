"""A fictional provider with eight clients, three years of data and a story in each."""

from reviewkit.demo.draws import SEED
from reviewkit.demo.write import DemoSummary, write_demo

__all__ = ["SEED", "DemoSummary", "write_demo"]
