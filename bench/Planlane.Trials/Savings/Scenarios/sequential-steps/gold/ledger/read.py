"""Reads a ledger: one booking a line, its fields divided by semicolons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line with its number, from 1."""

    number: int
    fields: tuple


def read(text):
    """The lines that hold something and are no remarks."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        stripped = raw.strip()
        if stripped and not stripped.startswith("#"):
            lines.append(Line(number, tuple(field.strip() for field in stripped.split(";"))))
    return lines
