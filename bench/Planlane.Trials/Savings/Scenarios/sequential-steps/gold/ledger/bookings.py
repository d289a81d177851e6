"""Makes bookings of the lines of a ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ledger.read import read


class BookingError(ValueError):
    """A line that is no booking; says which and why."""


@dataclass(frozen=True)
class Booking:
    day: date
    account: str
    amount: Decimal


def bookings(text):
    """The bookings of a text, in its order."""
    return [_booking(line) for line in read(text)]


def _booking(line):
    if len(line.fields) != 3:
        raise BookingError(f"line {line.number}: three fields are needed, not {len(line.fields)}")
    day, account, amount = line.fields
    try:
        return Booking(date.fromisoformat(day), account, Decimal(amount))
    except (ValueError, InvalidOperation) as fault:
        raise BookingError(f"line {line.number}: {fault}") from fault
