"""An approval holds for the very files it was given for, and for no others."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from reviewkit.errors import ReleaseError
from reviewkit.release import approve, approved, read_manifest, sha256, write_json

AT = dt.datetime(2026, 10, 14, 9, 30, tzinfo=dt.UTC)


def rebuild(folder, name: str, data: bytes) -> None:
    """Change a file the way a build does: with its hash in the manifest."""
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text())
    for entry in manifest["entries"]:
        for file in entry["files"]:
            if file["name"] == name:
                file["sha256"] = sha256(folder / name)
                file["bytes"] = len(data)
    write_json(folder / "manifest.json", manifest)


def test_an_approval_names_its_giver_and_every_client_facing_file(make_pack) -> None:
    folder = make_pack()
    given = approve(folder, "  Dana \n Example ", AT)
    assert given.by == "Dana Example"
    assert set(given.files) == {
        "executive-client.html",
        "executive-client.pdf",
        "qbr-client.html",
        "qbr-client.pdf",
    }
    assert approved(folder) == given


def test_without_an_approval_there_is_none(make_pack) -> None:
    with pytest.raises(ReleaseError, match="acme 2026Q3 is not approved"):
        approved(make_pack())


def test_rebuilding_an_internal_version_voids_nothing(make_pack) -> None:
    folder = make_pack()
    given = approve(folder, "Dana Example", AT)
    rebuild(folder, "executive-internal.pdf", b"another")
    assert approved(folder) == given


@pytest.mark.parametrize("name", ["executive-client.pdf", "qbr-client.html"])
def test_rebuilding_a_client_facing_file_voids_it(make_pack, name: str) -> None:
    folder = make_pack()
    approve(folder, "Dana Example", AT)
    rebuild(folder, name, (folder / name).read_bytes() + b"\n")
    with pytest.raises(ReleaseError, match="has changed since Dana Example approved it"):
        approved(folder)


def test_a_file_changed_behind_the_manifest_is_refused(make_pack) -> None:
    folder = make_pack()
    approve(folder, "Dana Example", AT)
    (folder / "qbr-client.pdf").write_bytes(b"forged")
    with pytest.raises(ReleaseError, match=r"qbr-client\.pdf: was changed after the build"):
        approved(folder)


def test_a_missing_file_is_refused(make_pack) -> None:
    folder = make_pack()
    (folder / "qbr-client.pdf").unlink()
    with pytest.raises(ReleaseError, match=r"qbr-client\.pdf: is missing"):
        approve(folder, "Dana Example", AT)


def test_a_broken_approval_is_none(make_pack) -> None:
    folder = make_pack()
    approve(folder, "Dana Example", AT)
    (folder / "approval.json").write_text('{"by": "x"')
    with pytest.raises(ReleaseError, match="cannot be read"):
        approved(folder)


def test_nothing_built_is_said_so(tmp_path) -> None:
    with pytest.raises(ReleaseError, match="nothing has been built here"):
        read_manifest(tmp_path)


def test_an_approval_needs_a_name(make_pack) -> None:
    with pytest.raises(ReleaseError, match="needs the name"):
        approve(make_pack(), " \t ", AT)
