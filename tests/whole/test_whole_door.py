"""From the built pack to the outbox, as an account manager does it."""

from __future__ import annotations

import shutil
from email import message_from_bytes, policy
from pathlib import Path

import pytest


@pytest.fixture
def house(demo: Path, tmp_path: Path) -> Path:
    """The built demo workspace, to be changed at will."""
    return Path(shutil.copytree(demo, tmp_path / "house"))


def send(reviewkit, house: Path, client: str = "acme", period: str = "2026Q3"):
    return reviewkit("send", client, "--period", period, "--workspace", house, ok=False)


def approve(reviewkit, house: Path, client: str = "acme", period: str = "2026Q3"):
    words = ("approve", client, "--period", period, "--by", "Dana Example")
    return reviewkit(*words, "--workspace", house, ok=False)


def test_an_approved_pack_becomes_one_mail_that_names_no_internal_version(house, reviewkit) -> None:
    assert send(reviewkit, house).returncode == 1
    assert approve(reviewkit, house).returncode == 0
    assert send(reviewkit, house).returncode == 0
    (path,) = (house / "outbox").iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == (
        "Acme Motors: Executive review and Quarterly business review, July to September 2026"
    )
    assert "internal" not in message.get_body(("plain",)).get_content()
    pack = house / "reports" / "acme" / "2026Q3"
    attached = [part.get_content() for part in message.iter_attachments()]
    assert attached == [(pack / f"{kind}-client.pdf").read_bytes() for kind in ("executive", "qbr")]


@pytest.mark.parametrize("client", ["borealis", "cobalt"])
def test_every_demo_pack_passes_the_guard(house, reviewkit, client: str) -> None:
    (period,) = (path.name for path in (house / "reports" / client).iterdir())
    assert approve(reviewkit, house, client, period).returncode == 0


def test_a_pack_that_names_another_client_is_refused(house, reviewkit) -> None:
    notes = house / "params" / "acme" / "2026Q3.md"
    said = "## Delivery\n\nAs with Borealis Foods, it will pass.\n"
    notes.write_text(notes.read_text().replace("## Delivery\n", said))
    reviewkit("build", "acme", "--report", "qbr", "--workspace", house)
    done = approve(reviewkit, house)
    assert done.returncode == 1
    assert '"Borealis Foods" (another client)' in done.stderr
    assert not (house / "outbox").exists()


def test_a_forged_file_is_refused_even_when_approved(house, reviewkit) -> None:
    approve(reviewkit, house)
    path = house / "reports/acme/2026Q3/qbr-client.pdf"
    path.write_bytes((house / "reports/acme/2026Q3/qbr-internal.pdf").read_bytes())
    done = send(reviewkit, house)
    assert done.returncode == 1
    assert "was changed after the build" in done.stderr
    assert not (house / "outbox").exists()
