"""What a sweep tried, and what it found."""

import threading
from collections import Counter


class Report:
    """Counts what is tried, by kinds, and keeps what is wrong."""

    def __init__(self):
        self.models = Counter()
        self.tried = Counter()
        self.faults = {}
        self._lock = threading.Lock()

    def count(self, kind, number=1):
        with self._lock:
            self.tried[kind] += number

    def fault(self, kind, text):
        """Keep that something is wrong.

        :param str kind: of what was tried
        :param str text: what was tried, what was expected, and what came
        """
        with self._lock:
            self.faults.setdefault(kind, []).append(text)

    def check(self, kind, holds, text):
        """Count something that was tried, and keep it where it does not hold."""
        self.count(kind)
        if not holds:
            self.fault(kind, text)
        return holds

    def get_table(self):
        """Return the lines of a table, a kind each.

        :rtype: list of str
        """
        lines = [f"{'':34}{'models':>8}{'tried':>10}{'wrong':>8}"]
        for kind in sorted(self.tried):
            wrong = len(self.faults.get(kind, ()))
            lines.append(
                f"{kind:34}{self.models[kind]:8}{self.tried[kind]:10}{wrong:8}"
            )
        return lines
