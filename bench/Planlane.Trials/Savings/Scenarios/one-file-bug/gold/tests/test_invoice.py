import unittest
from decimal import Decimal

from billing.invoice import tax_of, total_of


class InvoiceTests(unittest.TestCase):
    def test_tax_of_whole_cents_is_exact(self):
        self.assertEqual(tax_of(Decimal("100.00"), Decimal("0.19")), Decimal("19.00"))

    def test_total_adds_net_and_tax(self):
        net, tax, gross = total_of([(2, Decimal("9.99")), (1, Decimal("5.00"))], Decimal("0.19"))
        self.assertEqual((net, tax, gross), (Decimal("24.98"), Decimal("4.75"), Decimal("29.73")))

    def test_tax_of_half_a_cent_rounds_up(self):
        self.assertEqual(tax_of(Decimal("0.50"), Decimal("0.05")), Decimal("0.03"))
