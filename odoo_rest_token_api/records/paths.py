"""Paths of names, such as ``partner_id.country_id.code``, in filters and orders.

What is found by a path is what a client is shown at its end. Where nothing is shown
there, because a link is empty, or leads to what the client could not read, there is
nothing to compare with.
"""

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import shorten

from .fields import ToManyField
from .operators import NEGATIVES
from .places import MAX_STEPS


class PathFields(dict):
    """The fields of a place, and those that paths lead to from there.

    :param Place place: where the paths begin
    """

    def __init__(self, place):
        super().__init__(place.fields)
        self._place = place

    def __contains__(self, name):
        try:
            return self.get(name) is not None
        except ValueError:
            return False

    def get(self, name, default=None):
        """Return a field, or what stands for one that a path leads to.

        :rtype: RecordField, PathField, or the default where there is none
        :raise ValueError: the path leads nowhere; the message is for the client
        """
        field = super().get(name)
        if field is None and "." in name:
            field = self[name] = self._follow(name)
        return field or default

    def _follow(self, path):
        *names, name = path.split(".")
        if len(names) > MAX_STEPS:
            raise ValueError(f"has more than {MAX_STEPS} links in a row")
        place, steps = self._place, []
        for link in names:
            followed = place.follow(link)
            steps.append(Step(place.fields[link], followed))
            place = followed
        if name not in place.fields:
            raise ValueError(f"there is no {shorten(name)!r}")
        return PathField(path, self._place, steps, place.fields[name])


class Step:
    """A link, and where it leads.

    :param LinkField link: of the place before
    :param Place place: that has the records
    """

    def __init__(self, link, place):
        self.link = link
        self.place = place

    def get_domain(self, domain):
        """Return the domain of what links a record that a domain finds here.

        :param list domain: of the records at this place
        :rtype: list
        """
        domains = [self.place.domain, domain]
        field = self.link.field
        is_many = isinstance(self.link, ToManyField)
        if is_many:
            field = field.base_field if field.inherited else field
            domains.append(compat.get_link_domain(field, self.link.env))
        found = self.place.model._search(compat.join_and(domains), order="id")
        if self.link.field.store and not self.link.may_be_masked:
            return [(self.link.field.name, "in", found)]
        return self.link.get_domain("in", list(found))

    def find_linked(self, ids, model):
        """Find what each of some records links here.

        :param list ids: of records of the place before
        :param odoo.models.Model model: of that place
        :return: ids, by theirs
        :rtype: dict of int
        """
        name = self.link.field.name
        rows = model.browse(ids).read([name], load=None)
        linked = {row["id"]: row[name] for row in rows if row[name]}
        domain = [("id", "in", list(set(linked.values()))), *self.place.domain]
        seen = set(self.place.model.search(domain).ids)
        return {i: record_id for i, record_id in linked.items() if record_id in seen}


class PathField:
    """A field at the end of a path, as filters and orders know fields.

    :param str name: the path
    :param Place place: where it begins
    :param list steps: of :class:`Step`
    :param RecordField field: at its end
    """

    has_keyset = False
    may_be_masked = True  # it is sorted by what is shown, which no index has

    def __init__(self, name, place, steps, field):
        self.name = self.sort_name = name
        self._place = place
        self._steps = steps
        self._field = field
        self.json_type = field.json_type
        self.operators = field.operators
        self.parse_filter = field.parse_filter
        self.parse_pattern = field.parse_pattern
        self.get_shown = field.get_shown

    @property
    def searchable(self):
        links = all(step.link.searchable for step in self._steps)
        return links and self._field.searchable

    @property
    def sortable(self):
        """Whether there is one value at the most of a record."""
        is_one = not any(isinstance(step.link, ToManyField) for step in self._steps)
        return is_one and self._field.sortable

    def get_domain(self, operator, value):
        """Return the domain of the records that clients see such values of.

        It holds of any of several that are linked; what says that there is no such
        value holds where it does of none.
        """
        if operator in NEGATIVES:
            return self._find_others(self.get_domain(NEGATIVES[operator], value))
        if (
            operator == "empty"
            and value
            or operator == "eq"
            and self._is_nothing(value)
        ):
            return self._find_others(self._find("empty", False))
        if operator == "in" and any(map(self._is_nothing, value)):
            others = [item for item in value if not self._is_nothing(item)]
            domains = [self._find("in", others), self.get_domain("empty", True)]
            return compat.join_or(domains)
        return self._find(operator, value)

    def get_opposite_domain(self, operator, value):
        """Return the domain of all other records than :meth:`get_domain` does."""
        return self._find_others(self.get_domain(operator, value))

    def get_values(self, records):
        """Read what is at the end.

        :param records: of the place where the path begins
        :return: values as ``read()`` has them, by the ids of the records
        :rtype: dict
        """
        model, ends = self._place.model, {i: i for i in records.ids}
        for step in self._steps:
            linked = step.find_linked(list(set(ends.values())), model)
            ends = {i: linked[end] for i, end in ends.items() if end in linked}
            model = step.place.model
        name = self._field.field.name
        rows = model.browse(list(set(ends.values()))).read([name])
        values = {row["id"]: row[name] for row in rows}
        return {i: values[end] for i, end in ends.items() if end in values}

    def _is_nothing(self, value):
        return value is False and "empty" in self.operators

    def _find(self, operator, value):
        domain = self._field.get_domain(operator, value)
        for step in reversed(self._steps):
            domain = step.get_domain(domain)
        return domain

    def _find_others(self, domain):
        return [("id", "not in", self._place.model._search(domain, order="id"))]
