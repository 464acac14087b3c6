"""The pages of the desk, a module each. `routers` names them all; nothing is registered by being imported."""

from __future__ import annotations

from fastapi import APIRouter

from vigie.desk.api import routes as api
from vigie.desk.pages import (
    code_text,
    decisions,
    gold,
    health,
    home,
    incident,
    incident_values,
    incidents,
    merging,
    preferences,
    reports,
    review,
    signing_in,
    sources,
    static,
    tallies,
    users,
    values,
)


def routers() -> tuple[APIRouter, ...]:
    """The routes of all pages. A new page's module is added here."""
    return (
        home.router(),
        incidents.router(),
        incident.router(),
        incident_values.router(),
        merging.router(),
        reports.router(),
        values.router(),
        review.router(),
        sources.router(),
        tallies.router(),
        code_text.router(),
        gold.router(),
        decisions.router(),
        signing_in.router(),
        users.router(),
        preferences.router(),
        health.router(),
        static.router(),
        api.router(),
    )
