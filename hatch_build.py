"""Puts Vega into the package when it is built: what draws charts, in a worker and in a page.

Vega, Vega-Lite and their embedding come as one script out of vl-convert, which carries them for
its own use. It is needed here and nowhere else, so that who installs reviewkit does without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair
import vl_convert
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SCRIPT = "src/reviewkit/render/vega/vega.js"

# Only the embedding can be had under a name: the names `vega` and `vegaLite` are bound to a
# default export that neither has.
_MODULES = """\
import * as drawing from "https://cdn.jsdelivr.net/npm/vega@{vega}/+esm";
import * as language from "https://cdn.jsdelivr.net/npm/vega-lite@{lite}/+esm";
window.reviewkitVega = {{vega: drawing, lite: language, embed: vegaEmbed}};
"""


class VegaBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the script into the sources, where an editable install finds it as a wheel does."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write it before anything is packed."""
        wanted = _MODULES.format(
            vega=vl_convert.get_vega_version(), lite=altair.SCHEMA_VERSION.removeprefix("v")
        )
        made = str(vl_convert.javascript_bundle(wanted))
        # Its names stay its own: some are single letters.
        Path(self.root, SCRIPT).write_text(f"(function(){{{made}\n}})();\n", encoding="utf-8")
        build_data["artifacts"].append(f"/{SCRIPT}")
