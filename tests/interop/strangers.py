"""Foreign notebooks, one for each kind of content, as their programs really write it."""

from __future__ import annotations

from typing import Any

import notebook_files as nb

PLAN = nb.encoded(nb.png(37))

WORDS = nb.notebook(
    nb.markdown(
        "# Late deliveries\n\nText with **bold**, *emphasis*, ~~gone~~, `code` and "
        "[a link](https://example.com/wiki), [a trap](javascript:alert(1)).\n\n"
        "| lane | due | late |\n|:-----|----:|:----:|\n| **Lyon** | 2308 | $x^2$ |\n"
        "| [Porto](https://example.com) | 640 | `a | b` |\n\n- one\n- two\n  1. nested\n\n"
        "> quoted\n\n- [x] done\n\nA note.[^1]\n\n[^1]: Said below.\n"
    ),
    nb.markdown(
        "![the plan](attachment:plan.png) and ![far](https://example.com/far.png)\n\n"
        '<img src="attachment:two words.png" alt="second plan" width="300">\n',
        attachments={
            "plan.png": {"image/png": PLAN},
            "two words.png": {"image/png": nb.encoded(nb.png(38))},
        },
    ),
    nb.markdown(
        '<div align="center"><h3>Centred</h3><table><tr><td rowspan="2">North</td>'
        '<td colspan="2">both</td></tr><tr><td>a</td><td>b</td></tr></table></div>\n\n'
        "<script>alert('markdown')</script>\n\n<details><summary>More</summary>folded</details>"
    ),
)

MATRIX = r"$\displaystyle \left[\begin{matrix}1 & x\\y & 2\end{matrix}\right]$"

MATHS = nb.notebook(
    nb.markdown(
        "Inline $\\frac{late}{due}$ and $ \\alpha_1 + 2 $, \\\\(\\beta\\\\); it cost $5 and $6.\n\n"
        "$$\n\\int_0^1 x\\,dx\n= \\frac{1}{2}\n$$\n\n"
        "\\begin{align}\na &= b \\\\\n- c &= d \\label{eq:one}\n\\end{align}\n\n"
        "\\begin{equation}\nE = mc^2 \\tag{7}\n\\end{equation}\n\n"
        "\\\\[ \\sum_{i=1}^n i \\\\]\n\n```python\ncost = '$x$ and $$y$$'\n```\n\n`$z$`\n"
    ),
    nb.code("solve()", nb.shown({"text/latex": "$\\displaystyle \\sqrt{2}$", "text/plain": "1.4"})),
    nb.code(
        "matrix",
        nb.shown({"text/latex": MATRIX}),
    ),
    nb.code(
        "frame.to_latex()",
        nb.shown(
            {"text/latex": "\\begin{tabular}{lr}\nlane & late \\\\\nLyon & 12 \\\\\n\\end{tabular}"}
        ),
    ),
    nb.markdown("Unknown: $\\nosuchmacro{x}$ and $$\\begin{nosuch} y \\end{nosuch}$$"),
)

PICTURES = nb.notebook(
    nb.code("a", nb.shown({"image/svg+xml": nb.SVG, "text/plain": "<IPython.core.display.SVG>"})),
    nb.code("b", nb.shown({"image/png": nb.encoded(nb.png(41)), "text/plain": "a blue field"})),
    nb.code("c", nb.shown({"image/jpeg": nb.encoded(nb.JPEG), "text/plain": "a grey dot"})),
    nb.code("d", nb.shown({"image/gif": nb.encoded(nb.gif()), "text/plain": "a red dot"})),
    nb.code("e", nb.shown({"image/png": "%%% not base64 %%%", "text/plain": "unreadable field"})),
    nb.code("f", nb.shown({"image/png": nb.encoded(nb.png(9)[:50]), "text/plain": "cut field"})),
    nb.code(
        '#| fig-alt: "Late by lane"\nplot()',
        nb.shown(
            {"image/png": nb.encoded(nb.png(800)), "text/plain": "<Figure size 800x20>"},
            {"image/png": {"width": 400, "height": 10}},
        ),
    ),
    nb.code("h", nb.shown({"image/tiff": "AAAA", "text/plain": "a scan"})),
)

PDF_PICTURE = nb.notebook(
    nb.markdown("# Vector"),
    nb.code("a", nb.shown({"application/pdf": nb.encoded(nb.pdf_picture()), "text/plain": "red"})),
)

WIDE = (
    '<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th>'
    + "".join(f"<th>measure_{n}</th>" for n in range(1, 41))
    + "</tr></thead><tbody>"
    + "".join(
        f"<tr><th>lane {row}</th>"
        + "".join(f"<td>{row * 1000 + n}.25</td>" for n in range(1, 41))
        + "</tr>"
        for row in range(1, 4)
    )
    + "</tbody></table>"
)

LEVELS = """<table border="1" class="dataframe"><thead>
<tr><th></th><th colspan="2" halign="left">due</th><th>late</th></tr>
<tr><th></th><th>Q2</th><th>Q3</th><th>Q3</th></tr>
<tr><th>lane</th><th></th><th></th><th></th></tr></thead><tbody>
<tr><th>Lyon</th><td>2308</td><td>2411</td><td>12</td></tr></tbody></table>"""

STYLER = """<style type="text/css">
#T_4a5ba_row0_col1 { background-color: #ffcc00; color: #000000; }
#T_4a5ba_row1_col1 { background-color: yellow; font-weight: bold; }
</style>
<table id="T_4a5ba"><caption>Late by lane</caption><thead><tr>
<th class="blank level0" >&nbsp;</th>
<th id="T_4a5ba_level0_col0" class="col_heading level0 col0" >lane</th>
<th id="T_4a5ba_level0_col1" class="col_heading level0 col1" >late</th></tr></thead><tbody><tr>
<th id="T_4a5ba_level0_row0" class="row_heading level0 row0" >0</th>
<td id="T_4a5ba_row0_col0" class="data row0 col0" >Lyon</td>
<td id="T_4a5ba_row0_col1" class="data row0 col1" >12.5 %</td></tr><tr>
<th id="T_4a5ba_level0_row1" class="row_heading level0 row1" >1</th>
<td id="T_4a5ba_row1_col0" class="data row1 col0" >Łódź</td>
<td id="T_4a5ba_row1_col1" class="data row1 col1" >3.0 %</td></tr></tbody></table>"""

GREAT = """<div id="ssaibuzbpd" style="overflow-x:auto;"><style>
#ssaibuzbpd table { font-family: sans-serif; }</style>
<table class="gt_table" aria-labelledby="title"><thead>
<tr class="gt_heading"><td colspan="2" class="gt_heading gt_title">Lanes of the quarter</td></tr>
<tr class="gt_heading"><td colspan="2" class="gt_heading gt_subtitle">Q3 2026</td></tr>
<tr class="gt_col_headings gt_spanner_row">
<th class="gt_col_heading" rowspan="2" colspan="1" scope="col"></th>
<th class="gt_center" rowspan="1" colspan="1" scope="col" id="Measures">
<span class="gt_column_spanner">Measures</span></th></tr>
<tr class="gt_col_headings"><th class="gt_col_heading" scope="col" id="late">late</th></tr>
</thead><tbody class="gt_table_body">
<tr class="gt_group_heading_row"><th class="gt_group_heading" colspan="2">North of the river</th>
</tr>
<tr><th scope="row" class="gt_stub">Lyon</th><td class="gt_row">&#8364;12.50</td></tr>
<tr class="gt_group_heading_row"><th class="gt_group_heading" colspan="2">East</th></tr>
<tr><th scope="row" class="gt_stub">Łódź</th><td class="gt_row">&#8364;3.00</td></tr>
</tbody><tfoot><tr class="gt_sourcenotes"><td class="gt_sourcenote" colspan="2">
<span class="gt_from_md">Source: the carrier</span></td></tr></tfoot></table></div>"""

INLINE = """<table><tr><th>lane</th><th>late</th></tr>
<tr><td style="color: #FFFFFF; background-color: #46327e;">Ghent dark</td><td>4</td></tr></table>"""

SPANS = """<table><tr><th>lane</th><th>week</th><th>late</th></tr>
<tr><td rowspan="2">Porto</td><td>31</td><td>4</td></tr><tr><td>32</td><td>6</td></tr>
<tr><td colspan="2">Both weeks together, which is a long remark</td><td>10</td></tr>
<tr><td>Ghent</td><td colspan="9">no data</td></tr></table>"""

LONG_ROW = (
    "<table><tr><th>id</th><th>text</th></tr><tr><td>1</td><td>"
    + " ".join(f"word{n}" for n in range(3000))
    + "</td></tr></table>"
)

TABLES = nb.notebook(
    nb.code("wide", nb.shown({"text/html": WIDE, "text/plain": "wide"})),
    nb.code("levels", nb.shown({"text/html": LEVELS, "text/plain": "levels"})),
    nb.code("styled", nb.shown({"text/html": STYLER, "text/plain": "<Styler>"})),
    nb.code("great", nb.shown({"text/html": GREAT, "text/plain": "GT(...)"})),
    nb.code("inline", nb.shown({"text/html": INLINE})),
    nb.code("spans", nb.shown({"text/html": SPANS})),
    nb.code("long", nb.shown({"text/html": LONG_ROW})),
)

PIPELINE = """<style>#sk-container-id-1 {color: black}</style>
<div id="sk-container-id-1" class="sk-top-container"><div class="sk-text-repr-fallback">
<pre>Pipeline(...)</pre><b>In a Jupyter environment, please rerun this cell</b></div>
<div class="sk-container" hidden><p>pages of documentation</p></div></div>"""

PROGRAMS = nb.notebook(
    nb.code("pipeline", nb.shown({"text/html": PIPELINE, "text/plain": "Pipeline(steps)"})),
    nb.code(
        "frame['lane']",
        nb.failed(
            "\x1b[0;31m" + "-" * 75 + "\x1b[0m",
            "\x1b[0;31mKeyError\x1b[0m" + " " * 34 + "Traceback (most recent call last)",
            "Cell \x1b[0;32mIn[3], line 1\x1b[0m",
            "\x1b[0;32m----> 1\x1b[0m frame[\x1b[38;5;28m'lane'\x1b[39m]",
            "\x1b[0;31mKeyError\x1b[0m: 'lane'\x1b]8;;https://example.com\x1b\\here\x1b]8;;\x1b\\",
        ),
    ),
    nb.code(
        "for n in bar(range(3)): print(n)",
        nb.printed("  0%|   | 0/3\r 33%|#  | 1/3\r100%|###| 3/3\n", "stderr"),
        nb.printed("\x1b[32m12 of 96\x1b[0m\n"),
        nb.printed("ab\bc\n"),
    ),
    nb.code("wide text", nb.printed("lane " + " ".join(f"{n:04d}" for n in range(30)) + " last\n")),
    nb.code("long = '" + "x" * 400 + "end'", nb.printed("y" * 500 + "stop\n")),
    nb.code("configuration", nb.shown({"application/json": {"lanes": ["Lyon", "Łódź"]}})),
)

HUGE = nb.notebook(
    nb.code("run()", nb.printed("".join(f"step {n:06d} of the run\n" for n in range(420_000)))),
)

RAW = nb.notebook(
    nb.raw("---\ntitle: A title from Quarto\nauthor: nobody\n---"),
    nb.raw("plain raw words"),
    nb.raw("<p>raw <b>html</b></p><script>alert('raw')</script>", "text/html"),
    nb.raw("raw *markdown* words", "text/markdown"),
    nb.raw("\\section{Raw latex} and $x^2$", "text/latex"),
    nb.raw(".. note:: raw rst", "text/restructuredtext"),
)

SIGNS = nb.notebook(
    nb.markdown("# Signs 🚚\n\n阿姆斯特丹, مرحبا بالعالم, Ωmega Привет, ✅ done, 𓀀"),
    nb.code(
        "print('阿姆斯特丹')", nb.printed("阿姆斯特丹 ✓ 🚚\n"), nb.printed("𓀀 again\n", "stderr")
    ),
)

EMPTY = nb.notebook()

NEVER_RUN = nb.notebook(nb.code("import pandas as pd"), nb.code("pd.read_csv('late.csv')"))

MARKDOWN_ONLY = nb.notebook(nb.markdown("# Only words\n\nNothing else."))


def old_version(minor: int) -> Any:
    return nb.notebook(
        nb.markdown(f"# Minor {minor}"), nb.code("1 + 1", nb.printed("two\n")), minor=minor
    )


OLD_3 = nb.version_3(
    {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["An old heading"]},
    {"cell_type": "markdown", "metadata": {}, "source": ["Old *words*."]},
    {
        "cell_type": "code",
        "collapsed": False,
        "input": ["plot()"],
        "language": "python",
        "metadata": {},
        "prompt_number": 1,
        "outputs": [
            {"output_type": "display_data", "png": nb.encoded(nb.png(43)), "metadata": {}},
            {"output_type": "stream", "stream": "stdout", "text": ["old stream\n"]},
            {
                "output_type": "pyout",
                "prompt_number": 1,
                "html": ["<b>old html</b>"],
                "text": ["old text"],
                "metadata": {},
            },
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["old error"]},
        ],
    },
)

TAGGED = nb.notebook(
    nb.markdown("# Tagged"),
    nb.code("code_shown", nb.printed("output shown")),
    nb.code("code_a", nb.printed("output_a"), tags=("hide-input",)),
    nb.code("code_b", nb.printed("output_b"), tags=("remove-input",)),
    nb.code("code_c", nb.printed("output_c"), tags=("hide_output",)),
    nb.code("code_d", nb.printed("output_d"), tags=("remove-output",)),
    nb.code("code_e", nb.printed("output_e"), tags=("remove-cell",)),
    nb.code("#| echo: false\n#| label: f\ncode_f", nb.printed("output_f")),
    nb.code("#| output: false\ncode_g", nb.printed("output_g")),
    nb.code("#| include: false\ncode_h", nb.printed("output_h")),
    nb.code("#| echo: true\ncode_i", nb.printed("warned_i", "stderr"), nb.printed("output_i")),
    nb.code("#| warning: false\ncode_j", nb.printed("warned_j", "stderr"), nb.printed("output_j")),
    {**nb.code("code_k", nb.printed("output_k")), "metadata": {"jupyter": {"source_hidden": True}}},
    {
        **nb.code("code_l", nb.printed("output_l")),
        "metadata": {"jupyter": {"outputs_hidden": True}},
    },
    {**nb.markdown("words hidden"), "metadata": {"tags": ["remove-cell"]}},
)
