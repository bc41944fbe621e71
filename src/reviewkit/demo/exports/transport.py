"""The files of the transport systems: deliveries, and loads offered to carriers."""

from __future__ import annotations

from pathlib import Path

from reviewkit.demo import dirt
from reviewkit.demo.books import Books
from reviewkit.demo.files import write_frame, write_shipments

_TENDER_HEAD = (
    *("customer_id", "tender", "sequence", "depot", "product", "shipment_no", "carrier"),
    *("offered_utc", "answer", "answered_utc"),
)


def write_central(path: Path, book: Books) -> int:
    """Write the deliveries of the central system, dirt and all."""
    frame = dirt.in_shipments(book.shipments)
    write_shipments(path, frame)
    return len(frame)


def write_local(path: Path, book: Books) -> int:
    """Write the deliveries of the site that has a system of its own, which counts order lines."""
    write_shipments(path, book.local, more=("line_count",))
    return len(book.local)


def write_tenders(path: Path, book: Books) -> int:
    """Write the offers to carriers."""
    frame = book.tenders[list(_TENDER_HEAD)]
    for name in ("offered_utc", "answered_utc"):
        frame = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%dT%H:%MZ")})
    write_frame(path, frame)
    return len(frame)
