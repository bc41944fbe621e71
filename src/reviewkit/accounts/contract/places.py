"""Where the work is done."""

from __future__ import annotations

from reviewkit.accounts.contract.model import ColumnSpec as C
from reviewkit.accounts.contract.model import TableSpec

SITES = TableSpec(
    name="sites",
    about="Sites of the provider, with their time zone and country.",
    grain="one site",
    key=("site",),
    columns=(
        C("site", "text", "the site, as the other tables call it", "Rotterdam", required=True),
        C("timezone", "text", "IANA name of its time zone", "Europe/Amsterdam", required=True),
        C("country", "text", "ISO 3166-1 code of its country, for public holidays", "NL"),
        C("region", "text", "ISO 3166-2 code of its part of the country, for public holidays",
          "NL-ZH"),
    ),
)  # fmt: skip
