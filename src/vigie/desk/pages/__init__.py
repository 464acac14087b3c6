"""The pages of the desk, a module each. `routers` names them all; nothing is registered by being imported."""

from __future__ import annotations

from fastapi import APIRouter

from vigie.desk.pages import health, home, preferences, signing_in, static, users


def routers() -> tuple[APIRouter, ...]:
    """The routes of all pages. A new page's module is added here."""
    return (
        home.router(),
        signing_in.router(),
        users.router(),
        preferences.router(),
        health.router(),
        static.router(),
    )
