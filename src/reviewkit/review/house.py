"""Parts of a review that its own house alone is shown."""

from __future__ import annotations

from reviewkit.display import alerts, finance, owed, pipeline, plan
from reviewkit.display.shown import Shown
from reviewkit.review.showing import Showing


class HouseParts(Showing):
    """Money, account plan, pipeline and alerts; each refuses to be shown to a client."""

    def margin(self, *, brief: bool = False) -> Shown:
        """Return gross margin: its trend and what carries its change; `brief` the trend alone."""
        self._require("gross_margin")
        return self._shown(finance.margin, brief=brief)

    def budget(self, *, brief: bool = False) -> Shown:
        """Return revenue against budget by month, with price and volume; `brief` only these."""
        self._require("revenue_against_budget")
        return self._shown(finance.budget, brief=brief)

    def receivables(self) -> Shown:
        """Return what is owed, by days past due; internal unless payments are shared."""
        if "payments" not in self.figures.data.shares:
            self._require_house("Receivables")
        return self._shown(owed.owed)

    def plan(self) -> Shown:
        """Return the account plan: renewal, changes, people, position, white space, roadmap."""
        self._require_house("The account plan")
        return self._shown(plan.plan)

    def pipeline(self) -> Shown:
        """Return open deals with their worth and chance, and those decided in the period."""
        self._require_house("The pipeline")
        return self._shown(pipeline.pipeline)

    def alerts(self) -> Shown:
        """Return the alerts in force, each with the action that answers it."""
        self._require_house("Alerts")
        return self._shown(alerts.alerts)
