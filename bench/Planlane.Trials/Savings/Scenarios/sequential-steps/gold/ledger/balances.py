"""Adds bookings up by account and month."""

from collections import defaultdict
from decimal import Decimal

from ledger.bookings import bookings


def balances(text):
    """The sum of each account in each month, by (account, year, month), in order."""
    sums = defaultdict(Decimal)
    for booking in bookings(text):
        sums[(booking.account, booking.day.year, booking.day.month)] += booking.amount
    return dict(sorted(sums.items()))


def months_of(sums):
    """All months that occur, in order."""
    return sorted({(year, month) for _, year, month in sums})
