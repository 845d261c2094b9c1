"""Addresses that every page links to, by the name of their view."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

__all__ = ["url_or"]


def url_or(fallback: str, name: str) -> str:
    """Address of a named view, or `fallback` in a program that leaves this view out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback
