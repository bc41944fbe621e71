"""Looks at unfamiliar files and proposes how they become account tables."""

from reviewkit.accounts.suggest.draft import draft
from reviewkit.accounts.suggest.proposal import Proposal
from reviewkit.accounts.suggest.propose import suggest
from reviewkit.accounts.suggest.shown import proposal_json, render_proposal
from reviewkit.accounts.suggest.whose import Given

__all__ = ["Given", "Proposal", "draft", "proposal_json", "render_proposal", "suggest"]
