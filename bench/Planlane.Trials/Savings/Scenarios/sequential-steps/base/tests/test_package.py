import unittest

import ledger


class PackageTests(unittest.TestCase):
    def test_package_is_there(self):
        self.assertEqual(ledger.__name__, "ledger")
