"""The appendix: the figures behind every table and chart, as a workbook."""

from reviewkit.render.xlsx.book import write_xlsx

__all__ = ["write_xlsx"]
