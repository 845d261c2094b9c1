"""How a person wants pages shown: text size, contrast, pointer. In cookies: no sign-in, no script."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

__all__ = ["COOKIES", "YEAR", "Display", "keep_display", "read_display"]

SIZES = ("std", "large", "xl")
SWITCH = ("off", "on")
YEAR = 365 * 24 * 60 * 60
COOKIES = {"text_size": SIZES, "contrast": SWITCH, "cursor": SWITCH}


@dataclass(frozen=True, slots=True)
class Display:
    """text_size: std 100 %, large 125 %, xl 167 %; contrast and cursor: off or on."""

    text_size: str = "std"
    contrast: str = "off"
    cursor: str = "off"

    @property
    def css(self) -> str:
        """Classes of <html>."""
        names = []
        if self.text_size != "std":
            names.append(f"text-{self.text_size}")
        if self.contrast == "on":
            names.append("contrast-high")
        if self.cursor == "on":
            names.append("cursor-large")
        return " ".join(names)


def read_display(request: HttpRequest | None) -> Display:
    """The choice in the cookies; an unknown value counts as none."""
    if not request:
        return Display()
    chosen = {name: request.COOKIES.get(name) for name in COOKIES}
    return Display(**{name: value for name, value in chosen.items() if value in COOKIES[name]})


def keep_display(response: HttpResponse, name: str, value: str, *, secure: bool) -> bool:
    """Puts one choice into a cookie of a year; False when there is no such choice."""
    if value not in COOKIES.get(name, ()):
        return False
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    return True
