"""Words that a report asks for: which are missing, for whom, and from which period."""

from __future__ import annotations

from pathlib import Path

from houses import write_notebook
from worlds import workspace

from reviewkit.build.notebooks import headings
from reviewkit.build.wanting import Wanting, wanting
from reviewkit.params.models import Comment, Workspace

PERIOD = "2026Q3"


def house(*required: str, own: tuple[str, ...] | None = None, **written: Comment) -> Workspace:
    """Return a workspace that requires words; `written` are those of a period, by its id."""
    made = workspace(required_commentary=own)
    acme = made.clients["acme"].model_copy(
        update={"commentary": {period: (comment,) for period, comment in written.items()}}
    )
    return made.model_copy(
        update={
            "house": made.house.model_copy(update={"required_commentary": required}),
            "clients": {"acme": acme},
        }
    )


def notebooks(folder: Path) -> dict[str, Path]:
    asks = 'review.commentary("Delivery")\nreview.commentary("Billing").show()'
    write_notebook(folder / "qbr.ipynb", asks, internal='review.commentary("Margin")')
    write_notebook(folder / "monthly.ipynb", "review.volume()")
    return {kind: folder / f"{kind}.ipynb" for kind in ("qbr", "monthly")}


def test_a_notebook_says_which_words_it_asks_for(tmp_path: Path) -> None:
    own = notebooks(tmp_path)["qbr"]
    assert dict(headings(own)) == {"Delivery": False, "Billing": False, "Margin": True}
    own.write_text("not a notebook")
    assert dict(headings(own)) == {}


def test_only_required_words_that_a_report_asks_for_are_missed(tmp_path: Path) -> None:
    own = house("Delivery", "Peak plan", "Margin")
    (lack,) = wanting(own, "acme", PERIOD, notebooks(tmp_path))
    assert lack == Wanting("acme", "2026Q3", "qbr", ("Delivery", "Margin"))
    assert str(lack) == (
        "acme 2026Q3 qbr: words are missing under ## Delivery, ## Margin. "
        "Write them in params/acme/2026Q3.md"
    )


def test_words_under_their_heading_fill_the_place(tmp_path: Path) -> None:
    said = Comment(heading=" delivery ", text="Friday departures are back.")
    assert wanting(house("Delivery", **{"2026Q3": said}), "acme", PERIOD, notebooks(tmp_path)) == ()


def test_last_periods_words_never_fill_it(tmp_path: Path) -> None:
    said = Comment(heading="Delivery", text="All is well.")
    own = house("Delivery", **{"2026Q2": said})
    (lack,) = wanting(own, "acme", PERIOD, notebooks(tmp_path))
    assert lack.headings == ("Delivery",)


def test_internal_words_fill_an_internal_place_alone(tmp_path: Path) -> None:
    secret = Comment(heading="Delivery", text="They may tender.", audience="internal")
    own = house("Delivery", **{"2026Q3": secret})
    assert wanting(own, "acme", PERIOD, notebooks(tmp_path))[0].headings == ("Delivery",)
    margin = secret.model_copy(update={"heading": "Margin"})
    assert wanting(house("Margin", **{"2026Q3": margin}), "acme", PERIOD, notebooks(tmp_path)) == ()


def test_a_client_may_require_other_words_or_none(tmp_path: Path) -> None:
    assert wanting(house("Delivery", own=()), "acme", PERIOD, notebooks(tmp_path)) == ()
    (lack,) = wanting(house("Delivery", own=("Billing",)), "acme", PERIOD, notebooks(tmp_path))
    assert lack.headings == ("Billing",)
