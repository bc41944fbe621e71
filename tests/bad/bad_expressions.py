"""SQL, codes and signs in house.yaml that cannot be used on the rows."""

from __future__ import annotations

from bad_case import LAST, Bad, added, column, house, together

YAML = "params/house.yaml"

EXPRESSIONS = [
    Bad(
        "an expression with a slip",
        column('{expression: "upper(what"}'),
        where="cases in data/cases.csv",
        what='category: the expression "upper(what" cannot be computed: it ends too soon',
        remedy="Check brackets, commas and quotes.",
    ),
    Bad(
        "an expression over a column that is not there",
        column('{expression: "upper(wat)"}'),
        where="cases in data/cases.csv",
        what='the expression "upper(wat)" cannot be computed: there is no column "wat"',
        remedy='Did you mean "what"?',
    ),
    Bad(
        "an expression with a function that does not exist",
        column('{expression: "uper(what)"}'),
        where="cases in data/cases.csv",
        what='category: the expression "uper(what)" cannot be computed',
        remedy='Did you mean "upper"?',
    ),
    Bad(
        "an expression that fails in the second row",
        column('{expression: "CAST(substr(opened, 12, 2) AS INTEGER)"}'),
        where="cases in data/cases.csv",
        what="Could not convert string '' to INT32",
        remedy="what does not fit is empty",
    ),
    Bad(
        "an expression that casts what is no number",
        together(column('{expression: "CAST(what AS INTEGER)"}')),
        where="cases in data/cases.csv",
        what="Could not convert string 'late' to INT32",
        remedy="TRY_CAST",
    ),
    Bad(
        "an expression that ends the statement",
        column('{expression: "what); DROP TABLE cases; --"}'),
        where="cases in data/cases.csv",
        what="cannot be computed",
        remedy="Check brackets, commas and quotes.",
    ),
    Bad(
        "a sum where one value per row is wanted",
        column('{expression: "count(*)"}'),
        where="cases in data/cases.csv",
        what="cannot be computed",
        remedy="Give one value for each row, no sum or count.",
    ),
    Bad(
        "a condition that is no condition",
        added("where: what"),
        where="cases in data/cases.csv",
        what='where: "what" cannot be computed',
        remedy="what does not fit is empty",
    ),
    Bad(
        "a condition over a column that is not there",
        added("where: status = 'open'"),
        where="cases in data/cases.csv",
        what='cannot be computed: there is no column "status"',
        remedy="Valid: id, opened, what, who.",
    ),
    Bad(
        "codes that map to a word the contract does not have",
        house(LAST, "severity: {column: what, values: {late: bad, damage: high}}"),
        where="cases.severity in data/cases.csv",
        what="1 row not one of the words allowed such as bad",
        remedy="low, medium, high, critical",
    ),
    Bad(
        "codes that are not mapped",
        house(LAST, "severity: {column: what, values: {late: low}}"),
        where="cases.severity in data/cases.csv",
        what="1 row not one of the words allowed such as damage",
        remedy="Map the source's words with values",
    ),
    Bad(
        "codes as a list",
        column("{column: what, values: [late, damage]}"),
        where=f"{YAML}:11: sources.cases.0.columns.category.values",
        what="is not a mapping",
        remedy="Write it as key: value pairs",
        code=2,
    ),
    Bad(
        "a decimal sign that is a word",
        added("csv: {decimal: comma}"),
        where=f"{YAML}:7: sources.cases.0.csv.decimal",
        what="\"comma\" is not one of '.' or ','",
        remedy="one of",
        code=2,
    ),
    Bad(
        "a delimiter of two signs",
        added('csv: {delimiter: ";;"}'),
        where=f"{YAML}:7: sources.cases.0.csv.delimiter",
        what='";;" is not a single sign',
        remedy="single sign",
        code=2,
    ),
    Bad(
        "a delimiter that is the quote",
        added("csv: {delimiter: '\"'}"),
        where="params/house.yaml:7: sources.cases.0.csv.quote",
        what="is the delimiter as well",
        remedy="Give each a sign of its own.",
        code=2,
    ),
    Bad(
        "a delimiter that ends lines",
        added('csv: {delimiter: "\\n"}'),
        where="params/house.yaml:7: sources.cases.0.csv.delimiter",
        what="ends a line",
        remedy='a tab is "\\t"',
        code=2,
    ),
]
