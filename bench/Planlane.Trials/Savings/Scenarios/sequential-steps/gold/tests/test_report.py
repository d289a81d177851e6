import unittest

from ledger.bookings import BookingError
from ledger.report import report

TEXT = """# spring
2026-01-03; rent; -900
2026-01-15; wages; 2500
2026-02-03; rent; -950
"""


class ReportTests(unittest.TestCase):
    def test_report_has_a_line_for_each_account(self):
        lines = report(TEXT).splitlines()
        self.assertEqual([line.split()[0] for line in lines[1:]], ["rent", "wages"])

    def test_report_shows_the_change(self):
        self.assertIn("-950.00 (-50.00)", report(TEXT))

    def test_a_line_of_two_fields_is_refused_with_its_number(self):
        with self.assertRaisesRegex(BookingError, "line 2"):
            report("# none\n2026-01-03; rent\n")
