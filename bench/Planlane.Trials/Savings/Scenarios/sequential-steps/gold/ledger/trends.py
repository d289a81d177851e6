"""What changed from month to month."""

from decimal import Decimal

from ledger.balances import balances, months_of


def trends(text):
    """For each account its sums over all months and the change against the month before, in order."""
    sums = balances(text)
    months = months_of(sums)
    found = {}
    for account in sorted({account for account, _, _ in sums}):
        row, before = [], Decimal(0)
        for year, month in months:
            value = sums.get((account, year, month), Decimal(0))
            row.append((value, value - before))
            before = value
        found[account] = row
    return months, found
