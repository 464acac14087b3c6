"""Vigie reads news reports about armed violence and keeps a cross-checked record of them."""

__version__ = "0.1.0"
