"""Whose path it is: nothing else knows."""

from odoo.modules.registry import Registry

DOCS = "/api-docs/"


class Roots:
    """The paths below which requests are answered by services of ours."""

    def __init__(self):
        self._paths = set()  # whatever the database

    def declare(self, path):
        """Say that there are services below a path, where their addon is installed.

        :param str path: with a slash at both ends, such as ``/api/``
        """
        self._paths.add(path)

    def find(self, path):
        """Find the root that a path is below.

        :param str path: of a request, in its normal form
        :return: such as ``/api/``, or None
        """
        below = (root for root in self._paths if f"{path}/".startswith(root))
        return max(below, key=len, default=None)

    def is_ours(self, path, db):
        """Tell whether services of a database are below the root of a path.

        :param str path: of a request, in its normal form
        :param str db: name of the database, or None
        :return: yes, too, where it is not known yet what the database has
        :rtype: bool
        """
        root = self.find(path)
        if root and db and db in Registry.registries:
            table = getattr(Registry.registries[db], "rest_operations", None)
            return table is not None and root in table.roots
        return bool(root)

    def is_guarded(self, path):
        """Tell whether a path is one of ours, as far as it tells, or none at all.

        :rtype: bool
        """
        is_path = path.startswith("/")
        return not is_path or f"{path}/".startswith(DOCS) or bool(self.find(path))


def normalize(path):
    """Return the one form of a path: Werkzeug's router ignores slashes before it.

    :param str path: of a request, decoded
    :rtype: str
    """
    return f"/{path.lstrip('/')}" if path.startswith("//") else path


roots = Roots()
