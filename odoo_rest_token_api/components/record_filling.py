from werkzeug.exceptions import BadRequest

from odoo import _

from odoo.addons.odoo_rest_token import compat

from .. import restapi
from ..records.filling import fill_in

ONCHANGE = "onchange"


class RecordService(restapi.AbstractComponent):
    """Records that are filled in as Odoo's forms do: where a client prefers it
    (``Prefer: onchange``), or always, where a service says so: ``_fills_in = True``.
    """

    _inherit = "rest.record.service"

    _fills_in = False
    _max_filled = 1000

    def _has_filling(self):
        """Tell whether what is created is filled in: ``_fills_in`` by default.

        :rtype: bool
        """
        return self._fills_in

    def _follow_preferences(self):
        self._prefers_filling()
        return super()._follow_preferences()

    def _prefers_filling(self):
        return self._preferences.follow(ONCHANGE) is not None

    def _fill_in(self, values_list):
        values_list = super()._fill_in(values_list)
        if not (self._prefers_filling() or self._has_filling()):
            return values_list
        if len(values_list) + sum(map(_count_lines, values_list)) > self._max_filled:
            reason = _("At most %s records and lines are filled in.", self._max_filled)
            raise BadRequest(reason)
        model = self._get_model()
        compat.check_access(model, "create")
        return [fill_in(model, values) for values in values_list]


def _count_lines(values):
    lists = [value for value in values.values() if isinstance(value, list)]
    lines = [command[2] for each in lists for command in each if command[0] == 0]
    return len(lines) + sum(map(_count_lines, lines))
