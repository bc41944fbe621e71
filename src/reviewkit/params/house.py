"""``house.yaml``: the provider, its look, its data, its mail."""

from __future__ import annotations

from reviewkit.params.alerts import Alerts
from reviewkit.params.base import Brand, Currency, Paper, Params, about
from reviewkit.params.checks import Checks
from reviewkit.params.exchange import Exchange
from reviewkit.params.sites import Site
from reviewkit.params.sources import Source


class MailText(Params):
    """What a mail says. It may hold `{name}`, `{report}`, `{period}` and `{client}`."""

    greeting: str = about("first line", "Dear {name},")
    body: str = about("the text", "Please find attached your {report} for {period}.")


class Mail(MailText):
    """Who a pack is sent from, and what the mail says.

    `greeting` and `body` may hold `{name}`, `{report}`, `{period}` and `{client}`.
    """

    sender: str = about("e-mail address")
    sender_name: str = about("as the recipient sees it, and under the mail", "")
    languages: dict[str, MailText] = about(
        "the same for clients whose pages are in another language, by its code, such as de", {}
    )


class Limits(Params):
    """What the run of one notebook may take; one that takes more fails alone."""

    cell_seconds: int = about("longest a cell may run", 600, ge=1)
    run_seconds: int = about("longest a whole notebook may run", 1800, ge=1)
    memory_mb: int = about("most memory of its own, MB", 4096, ge=512)
    output_mb: int = about("most that its cells may print and show, MB", 20, ge=1)


class House(Params):
    """``house.yaml``: the provider, its look, its data."""

    name: str = about("as it is printed")
    brand: Brand = about("the house's own look", Brand())
    deck: str = about(
        "a .pptx in params/ whose slide master decks are written into; else our own", ""
    )
    timezone: str = about("days begin here, unless the client has its own", "UTC")
    locale: str = about("how numbers and dates are written, unless the client has its own", "en-GB")
    paper: Paper = about("unless the client has its own", "a4")
    minimum_n: int = about("fewest cases for a rate's status", 30, ge=1)
    mail: Mail | None = about("without it nothing can be sent", None)
    limits: Limits = about("of a notebook's run", Limits())
    checks: Checks = about("how grave each rule of the check is, and where it begins", Checks())
    alerts: Alerts = about("what the house wants to be told of, and whose it is", Alerts())
    required_commentary: tuple[str, ...] = about(
        "headings of <period>.md that reports ask for; a build says which have no words", ()
    )
    names_carriers: bool = about(
        "no: clients' versions name no carrier, and split nothing by it", True
    )
    internal_markers: tuple[str, ...] = about("words that never stand in a client's pack", ())
    fx: tuple[Exchange, ...] = about("rates of exchange, beside those of the table fx", ())
    fx_base: Currency | None = about(
        "currency over which two others are exchanged that have no rate of their own", None
    )
    portfolio_currency: Currency | None = about(
        "of the report on all accounts; else fx_base, else that of most accounts", None
    )
    sites: dict[str, Site] = about("site, as the data call it: on which days it works", {})
    sources: dict[str, tuple[Source, ...]] = about(
        "account table: where its rows come from; a table left out is not supplied", {}
    )
