"""Codes of other systems, and the contract's word for each, written as `names.flat` gives them."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "at_fault": {
        "provider": "provider, 3pl, lsp, own, us, we, internal, house, warehouse, dienstleister,"
        " wir, intern, eigen, eigenverschulden, lager, prestataire",
        "client": "client, cus, cust, customer, you, shipper, kunde, auftraggeber, klant, cliente",
        "carrier": "carrier, car, haulier, spediteur, frachtfuehrer, spedition, vervoerder,"
        " transporteur",
        "other": "other, ext, external, force majeure, weather, third party, sonstige, sonstiges,"
        " extern, hoehere gewalt, dritte, autre, overig",
    },
    "severity": {
        "critical": "critical, p1, 1, s1, blocker, kritisch, sehr hoch, kritiek, critique",
        "high": "high, p2, 2, s2, major, hoch, hoog, haute",
        "medium": "medium, p3, 3, s3, normal, moderate, mittel, gemiddeld, moyenne",
        "low": "low, p4, 4, s4, minor, niedrig, gering, laag, basse",
    },
    "instrument": {
        "nps": "nps, net promoter, net promoter score",
        "csat": "csat, satisfaction, zufriedenheit",
        "qbr": "qbr, review, quarterly business review",
    },
    "side": {
        "provider": "provider, 3pl, us, we, own, dienstleister, wir, intern",
        "client": "client, customer, you, kunde, klant",
    },
    "dispute_outcome": {
        "upheld": "upheld, accepted, granted, justified, anerkannt, berechtigt, stattgegeben,"
        " toegekend",
        "rejected": "rejected, refused, denied, unjustified, abgelehnt, unberechtigt, afgewezen",
        "open": "open, pending, in progress, offen, in pruefung",
    },
    "response": {
        "accepted": "accepted, accept, acc, yes, a, angenommen, geaccepteerd",
        "rejected": "rejected, reject, rej, declined, no, r, abgelehnt, afgewezen",
        "expired": "expired, timeout, timed out, no answer, abgelaufen, verlopen",
        "withdrawn": "withdrawn, cancelled, recalled, zurueckgezogen, ingetrokken",
    },
    "service": {
        "Freight": "ltl, ftl, freight, frt, fracht, stueckgut",
        "Package": "pcl, parcel, package, paket, kep",
        "Distribution": "dst, dist, distribution, distribute",
        "Forwarding": "fwd, forwarding, air sea, spedition",
    },
    "charge_code": {
        "Transport": "frt, freight, fracht",
        "Fuel surcharge": "fsc, fuel, fuel surcharge, diesel, dieselzuschlag",
        "Delivery appointment": "apt, appointment, avis",
    },
    "cancel_cause": {
        "client": "cust, cus, customer, client, kunde",
        "provider": "prov, provider, 3pl, dienstleister",
    },
}
"""Per column: our word, and the codes that mean it."""

TRUTH: Mapping[str, str] = {
    "true": "true, yes, y, t, 1, ja, j, wahr, oui, o, vrai, si, s, verdadero, x, waar",
    "false": "false, no, n, f, 0, nein, falsch, non, faux, falso, nee, onwaar",
}
"""Words for a flag in other languages."""

READ_AS_IS = frozenset(["true", "yes", "y", "t", "1", "false", "no", "n", "f", "0"])
"""Words for a flag that every source may hold without a word said."""
