"""A report of the trends as a table of text."""

from ledger.trends import trends


def report(text):
    """The table: a line for each account, a column for each month, changes in brackets."""
    months, rows = trends(text)
    width = max((len(account) for account in rows), default=0)
    head = " " * width + "".join(f"  {year}-{month:02d}".rjust(20) for year, month in months)
    lines = [head.rstrip()]
    for account, row in rows.items():
        cells = "".join(f"{value:.2f} ({change:+.2f})".rjust(20) for value, change in row)
        lines.append((account.ljust(width) + cells).rstrip())
    return "\n".join(lines) + "\n"
