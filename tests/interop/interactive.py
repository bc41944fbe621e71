"""Outputs that live in a browser, as plotly, widgets, Bokeh, Altair and others write them."""

from __future__ import annotations

import json
from typing import Any

import notebook_files as nb


def chart(version: int, **more: Any) -> dict[str, Any]:
    """A Vega-Lite specification of a major version."""
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{version}.json",
        "description": f"Late by lane, version {version}",
        "data": {"values": [{"lane": "Lyon", "late": 12}, {"lane": "Porto", "late": 7}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "late", "type": "quantitative"},
            "y": {"field": "lane", "type": "nominal"},
        },
        **more,
    }


VEGA = {
    "$schema": "https://vega.github.io/schema/vega/v5.json",
    "description": "A field drawn by Vega",
    "width": 120,
    "height": 40,
    "marks": [
        {
            "type": "rect",
            "encode": {
                "enter": {
                    "width": {"value": 120},
                    "height": {"value": 40},
                    "fill": {"value": "#1B4B8F"},
                }
            },
        }
    ],
}

ALTAIR = (
    "\n<style>\n  #altair-viz-1.vega-embed { width: 100%; }\n</style>\n"
    '<div id="altair-viz-1"></div>\n'
    '<script type="text/javascript">\n  (function(spec, embedOpt){\n'
    "    let outputDiv = document.currentScript.previousElementSibling;\n"
    "    vegaEmbed(outputDiv, spec, embedOpt);\n  })("
    + json.dumps(chart(6, description="Late by lane, from Altair's script"))
    + ', {"mode": "vega-lite"});\n</script>'
)

PLOTLY_HTML = (
    '<div style="height:525px; width:100%;"><script src="https://cdn.plot.ly/plotly-4.1.1.min.js">'
    '</script><div id="fdae8ad2" class="plotly-graph-div"></div><script>window.PLOTLYENV={};'
    'Plotly.newPlot("fdae8ad2", [{"x":["a"],"y":[1],"type":"bar"}])</script></div>'
)

PLOTLY = {
    "data": [{"x": ["a"], "y": [1], "type": "bar"}],
    "layout": {"title": {"text": "Dock to stock <b>by week</b>"}, "template": {"data": {}}},
}

WIDGET = "application/vnd.jupyter.widget-view+json"


def view(model: str) -> dict[str, Any]:
    return {
        WIDGET: {"version_major": 2, "version_minor": 0, "model_id": model},
        "text/plain": f"Widget({model})",
    }


def model(name: str, **state: Any) -> dict[str, Any]:
    return {"model_name": name, "model_module": "@jupyter-widgets/controls", "state": state}


STATES = {
    "box": model("HBoxModel", children=["IPY_MODEL_html", "IPY_MODEL_bar", "IPY_MODEL_self"]),
    "html": model("HTMLModel", value="<b>Loaded</b><script>alert('widget')</script>"),
    "bar": model("FloatProgressModel", description="rows", value=96.0, max=128.0),
    "self": model("VBoxModel", children=["IPY_MODEL_self", "IPY_MODEL_slider"]),
    "slider": model("IntSliderModel", description="Lag", value=3),
    "choice": model(
        "DropdownModel", description="Lane", index=1, _options_labels=["Lyon", "Ghent"]
    ),
    "caught": model("OutputModel", outputs=[nb.printed("caught by a widget\n")]),
}

INTERACTIVE = nb.notebook(
    nb.code(
        "fig.show()",
        nb.shown({"application/vnd.plotly.v1+json": PLOTLY, "text/html": PLOTLY_HTML}),
    ),
    nb.code(
        "fig.show('png')",
        nb.shown({"application/vnd.plotly.v1+json": PLOTLY, "image/png": nb.encoded(nb.png(44))}),
    ),
    nb.code("box", nb.shown(view("box"))),
    nb.code("choice, caught", nb.shown(view("choice")), nb.shown(view("caught"))),
    nb.code("lost", nb.shown(view("not-saved"))),
    nb.code(
        "bokeh",
        nb.shown(
            {
                "text/html": '<div id="b1" data-root-id="p1001" style="display: contents;"></div>',
                "application/javascript": "(function(root){embed_document(root)})(window);",
                "application/vnd.bokehjs_exec.v0+json": "",
            },
            {"application/vnd.bokehjs_exec.v0+json": {"id": "p1001"}},
        ),
    ),
    nb.code(
        "js",
        nb.shown({"application/javascript": "alert('js')", "text/plain": "<IPython Javascript>"}),
    ),
    nb.code(
        "frames",
        nb.shown(
            {
                "text/html": '<p>Before</p><iframe width="400" src="https://example.com/map" '
                'allowfullscreen></iframe><video controls src="data:video/mp4;base64,AAAA"></video>'
                f'<img src="data:image/png;base64,{nb.encoded(nb.png(45))}" alt="a small map">'
                '<img src="https://example.com/far.png"><p onclick="alert(1)">After</p>'
                "<svg width='30' height='10'><title>A spark</title>"
                "<rect width='30' height='10'/></svg>"
            }
        ),
    ),
    nb.code("unknown", nb.shown({"application/x-carrier": {"a": 1}})),
    metadata={
        "widgets": {
            "application/vnd.jupyter.widget-state+json": {
                "state": STATES,
                "version_major": 2,
                "version_minor": 0,
            }
        }
    },
)

CHARTS = nb.notebook(
    *(
        nb.code(f"v{n}", nb.shown({f"application/vnd.vegalite.v{n}+json": chart(n)}))
        for n in (4, 5, 6)
    ),
    nb.code("altair", nb.shown({"text/html": ALTAIR, "text/plain": "alt.Chart(...)"})),
    nb.code("vega", nb.shown({"application/vnd.vega.v5+json": VEGA})),
    nb.code(
        "far",
        nb.shown(
            {
                "application/vnd.vegalite.v6+json": chart(
                    6, data={"url": "https://example.com/late.csv"}, description="Far data"
                ),
                "text/plain": "Far data, as words",
            }
        ),
    ),
    nb.code(
        "broken",
        nb.shown(
            {
                "application/vnd.vegalite.v5+json": {"mark": 7, "description": "Nothing to draw"},
                "image/png": nb.encoded(nb.png(46)),
            }
        ),
    ),
    nb.code("alone", nb.shown({"application/vnd.vegalite.v6+json": {"mark": 7, "title": "Alone"}})),
)
