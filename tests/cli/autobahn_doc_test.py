#!/usr/bin/env python3
"""docs/autobahn.md tells which case stands for which number, and where verdicts differ: its tables are those of the data."""
import os
import re
import subprocess
import sys
import unittest

from kit import SOURCE, WSPROOF

MARKER = "<!-- What follows is written by tools/autobahn-map --write. -->\n"


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tables = subprocess.run([sys.executable, os.path.join(SOURCE, "tools", "autobahn-map"), WSPROOF], check=True,
                                    stdout=subprocess.PIPE, text=True).stdout

    def test_its_tables_are_up_to_date(self):
        with open(os.path.join(SOURCE, "docs", "autobahn.md"), encoding="utf-8") as file:
            page = file.read()
        self.assertEqual(page[page.index(MARKER) + len(MARKER):], self.tables, "write it anew: tools/autobahn-map --write")

    def test_every_number_has_a_case(self):
        rows = self.tables[self.tables.index("## Which case stands for which number"):]
        numbers = re.findall(r"^\| (\d+(?:\.\d+)+) \|", rows, re.MULTILINE)
        self.assertEqual(len(numbers), 517)
        self.assertEqual(len(set(numbers)), 517)


if __name__ == "__main__":
    unittest.main()
