from werkzeug.exceptions import BadRequest

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError

from .. import restapi
from ..errors import InvalidParameter
from ..records.many_params import (
    EXPECTED_COUNT,
    ListBodyParam,
    ListedAnswer,
    ListParam,
    ManyAnswer,
    ManyBodyParam,
    ManyParam,
)
from ..records.pages import Order, find_page
from ..records.params import EmptyAnswer
from ..records.preferring import APPLIED, MINIMAL, REPRESENTATION, RETURN
from ..wire import to_integer


class RecordService(restapi.AbstractComponent):
    """Changes and deletions of many records at once, all of them or none."""

    _inherit = "rest.record.service"

    _max_matched = 10_000

    @restapi.method(
        [("/", "PATCH")],
        input_param=ManyBodyParam(),
        output_param=ManyAnswer(APPLIED),
        headers=("If-Match", "Prefer"),
        errors=(404, 409, 412, 422),
        body="apart",
    )
    def update_many(self, params):
        """Change all that match or none

        All get what the object says. A list of objects, each with its `id`, will do in
        the place of a search, too.
        """
        tree = self._grow_answer()
        records = self._find_many(params)
        is_list = params["ids"] is not None
        items = params["body"] if is_list else [params["body"]] * len(records)
        can_show = [REPRESENTATION] if len(records) <= self._max_batch else []
        preferred = self._preferences.follow(RETURN, MINIMAL, *can_show)
        # Of those that match, no number says which: all are told the same.
        self._change(records, items, None if is_list else [""] * len(items))
        records = self._get_records(records.ids)
        if preferred == MINIMAL:
            return self._respond(None, 204)
        answer = {"count": len(records)}
        if is_list or preferred:
            answer["data"] = self._to_json(records)
            self._put_linked(answer["data"], tree)
        return self._respond(answer)

    @restapi.method(
        [("/batch", "PATCH")],
        input_param=ListBodyParam(),
        output_param=ListedAnswer(APPLIED),
        headers=("If-Match", "Prefer"),
        errors=(404, 409, 412, 422),
        body="apart",
    )
    def update_batch(self, params):
        """Change all of a list or none

        Each says its `id`.
        """
        return self.update_many(params)

    @restapi.method(
        [("/", "DELETE")],
        input_param=ManyParam(),
        output_param=EmptyAnswer(),
        headers=("If-Match",),
        errors=(404, 409, 412, 422),
        body="apart",
    )
    def delete_many(self, params):
        """Delete all that match or none

        A list of ids will do in the place of a search, too.
        """
        self._delete(self._find_many(params))
        return self._respond(None, 204)

    @restapi.method(
        [("/batch", "DELETE")],
        input_param=ListParam(),
        output_param=EmptyAnswer(),
        headers=("If-Match",),
        errors=(404, 409, 412, 422),
        body="apart",
    )
    def delete_batch(self, params):
        """Delete all of a list of ids or none"""
        return self.delete_many(params)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _find_many(self, params):
        """Find the records that a client means.

        :param params: of :class:`ManyParam`
        :raise BadRequest: they are too many
        :raise JsonError: 412, as they are more or fewer than the client expects
        :raise NotFound: not all of a list are there, or not for this user
        """
        ids = params["ids"]
        if ids is None:
            return self._find_matching(params)
        if len(ids) > self._max_batch:
            raise BadRequest(_("At most %s records are listed.", self._max_batch))
        return self._get_records(ids)

    def _find_matching(self, params):
        if not self._is_served("search"):
            raise BadRequest(_("Nothing is searched here: send a list."))
        count = self._parse(to_integer, params, EXPECTED_COUNT)
        if not 0 <= count <= self._max_matched:
            raise InvalidParameter(EXPECTED_COUNT, f"is from 0 to {self._max_matched}")
        order = Order("id", self._get_fields())
        domain = self._parse_domain(params)
        records, _cursor = find_page(self._get_model(), domain, order, count + 1)
        if len(records) != count:
            there_are = _("more") if len(records) > count else len(records)
            raise JsonError(f"{EXPECTED_COUNT}: there are {there_are}", code=412)
        return self._get_records(records.ids)
