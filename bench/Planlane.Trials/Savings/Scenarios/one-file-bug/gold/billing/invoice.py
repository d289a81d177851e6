"""Invoices in whole cents."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def tax_of(net, rate):
    """The tax on a net amount, in whole cents."""
    return (net * rate).quantize(CENT, rounding=ROUND_HALF_UP)


def total_of(lines, rate):
    """Net, tax and gross of the lines of an invoice; tax is reckoned once, on the sum."""
    net = sum((quantity * price for quantity, price in lines), Decimal(0)).quantize(CENT)
    tax = tax_of(net, rate)
    return net, tax, net + tax
