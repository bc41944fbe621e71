"""Dimensions of the facts' measures. Imports nothing: a kernel reads figures without Ibis."""

DELIVERY = ("site", "service", "lane", "carrier", "late_cause", "at_fault")
"""Dimensions of the deliveries' measures. Cause and fault are those of late ones only."""

MEMBER = ("account", "region")
"""Dimensions of a global account: the member's printed name, and its region."""
