"""What a client may read of the records of a model, and where their links lead.

A path such as ``partner_id.country_id.code`` goes from place to place. At each, there
is what the client could read by itself: the fields and the records of a service, by the
rights of the user and the scopes of the token.
"""

from odoo.addons.odoo_rest_token.exceptions import shorten

from .columns import find_columns
from .fields import LinkField, choose_names, make_fields
from .reading import list_read_names, read_records
from .rights import get_readable

MAX_STEPS = 4  # from one record to another, in one path


class Place:
    """Base: a model, the fields of it that are there, and a service that opens others.

    :param service: component of ``rest.record.service``, whose links are followed
    :param str path: of links that lead here from the records of that service
    """

    domain = ()  #: in which the records are

    def __init__(self, service, path=""):
        self.service = service
        self.path = path
        self._followed = {}

    @property
    def fields(self):
        """Fields that are there: of :class:`RecordField`, by their name on the wire."""
        raise NotImplementedError

    @property
    def model(self):
        """The model: an empty recordset, that has archived records, too."""
        raise NotImplementedError

    def read_records(self, ids, names):
        """Read those of some records that are there, by the ORM.

        :param list ids: of records that are linked
        :param list names: of fields; None for those that are read by default
        :return: records as clients read them, by their ids
        :rtype: dict of dict
        """
        raise NotImplementedError

    def get_domain(self, ids):
        """Return the domain of those of some records that are there.

        :rtype: list
        """
        return [("id", "in", ids), *self.domain]

    def find_columns(self, names, branches):
        """Find the columns that have all that is read.

        :param list names: of fields; None for those that are read by default
        :param dict branches: of what is put in the place of links, by their names
        :rtype: Columns, or None where there are none of something
        """
        raise NotImplementedError

    def has_all_of(self, model):
        """Tell whether whatever is found of a model is there.

        :param odoo.models.Model model: that has the records, in some environment
        :rtype: bool
        """
        model = model.with_context(active_test=False)
        own = self.model
        is_same = (own.env.uid, own.env.su, own.env.context) == (
            model.env.uid,
            model.env.su,
            model.env.context,
        )
        return is_same and not self.domain

    def check_name(self, name):
        """Check that there is something of a name to read.

        :raise ValueError: there isn't; the message is for the client
        """
        if name not in self.fields:
            raise ValueError(f"there is no {shorten(name)!r}")

    def move(self, reopen):
        """Return the same place, in another environment.

        :param reopen: function that opens a service there
        :rtype: Place
        """
        raise NotImplementedError

    def follow(self, name):
        """Go where a link leads.

        :param str name: of a field that links records
        :rtype: Place
        :raise ValueError: nothing is there; the message is for the client
        :raise InsufficientScope: the token is not for what is there
        :raise odoo.exceptions.AccessError: the user is not
        """
        if name not in self._followed:
            self.check_name(name)
            field = self.fields.get(name)
            if not isinstance(field, LinkField):
                raise ValueError(f"{shorten(name)!r} links no records")
            path = f"{self.path}.{name}" if self.path else name
            self._followed[name] = self._open(field, path)
        return self._followed[name]

    def _open(self, field, path):
        if field.children and not self.service._get_link_target(path):
            return LinesPlace(self.service, path, field)
        return ServicePlace(self.service._open_linked(field, path))


class ServicePlace(Place):
    """The records of a service."""

    def move(self, reopen):
        return ServicePlace(reopen(self.service))

    @property
    def fields(self):
        return self.service._get_fields()

    @property
    def domain(self):
        return self.service._get_domain()

    @property
    def model(self):
        return self.service._get_model().with_context(active_test=False)

    def check_name(self, name):
        if name not in self.fields and name not in self.service._record_schema():
            raise ValueError(f"there is no {shorten(name)!r}")

    def find_columns(self, names, branches):
        return self.service._find_columns(names, branches)

    def read_records(self, ids, names):
        found = self.model.search(self.get_domain(ids))
        data = self.service._to_json(found, names)
        return {values["id"]: values for values in data}


class LinesPlace(Place):
    """Lines of other records, of which a declaration names the fields.

    :param ToManyField field: that links them
    """

    def __init__(self, service, path, field):
        super().__init__(service, path)
        self._field = field
        self._fields = get_readable(field.comodel, field.children)
        self._fields.update(make_fields(field.comodel, ()))  # the id

    def move(self, reopen):
        service = reopen(self.service)
        return LinesPlace(service, self.path, service._get_fields()[self._field.name])

    @property
    def fields(self):
        return self._fields

    @property
    def model(self):
        return self._field.comodel.with_context(active_test=False)

    def find_columns(self, names, branches):
        return find_columns(self.model, self.fields, names, branches)

    def read_records(self, ids, names):
        names = ["id", *choose_names(self.fields, names)]
        chosen = {name: self.fields[name] for name in names}
        read = list_read_names(chosen.values())
        rows = read_records(self.model.browse(ids), read)
        return {
            row["id"]: {n: f.to_json(row[f.field.name], row) for n, f in chosen.items()}
            for row in rows
        }
