"""A fictional provider with three clients, three years of data and a story in each."""

from reviewkit.demo.write import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo"]
