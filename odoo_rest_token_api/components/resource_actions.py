from werkzeug.exceptions import BadRequest, NotFound

from odoo import _

from .. import restapi
from ..records.actions import ActionAnswer, ActionParam
from ..records.arguments import fill_arguments
from ..records.dialogs import go_through
from ..records.writing import refusals
from ..schemas import make_validator, validate


class ResourceService(restapi.Component):
    """The actions of a resource, as an administrator lists them."""

    _inherit = "rest.resource.service"

    @restapi.method(
        [("/<int:record_id>/<rest_part:part>", "POST")],
        input_param=ActionParam(),
        output_param=ActionAnswer("ETag"),
        headers=("Idempotency-Key",),
        errors=(409, 422),
        part="action",
    )
    def run_action(self, record_id, part, params):
        """Run an action"""
        tree = self._grow_answer()
        data, headers = self._run_action_once([record_id], part, params)
        if not data:
            return self._respond(None, 204, headers)
        if not headers:
            record = self._get_model().browse(record_id)
            headers = {"ETag": f'"{self._make_etag(record, data[0])}"'}
        self._put_linked(data, tree)
        return self._respond(data[0], headers=headers)

    @restapi.method(
        [("/<rest_part:part>", "POST")],
        input_param=ActionParam(many=True),
        output_param=ActionAnswer(many=True),
        headers=("Idempotency-Key",),
        errors=(409, 422),
        part="action_of_many",
    )
    def run_action_of_many(self, part, params):
        """Run an action, of all records or of none"""
        tree = self._grow_answer()
        data, headers = self._run_action_once(None, part, params)
        self._put_linked(data, tree)
        return self._respond({"count": len(data), "data": data}, headers=headers)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _get_parts(self, kind):
        parts = super()._get_parts(kind)
        if kind in ("action", "action_of_many"):
            actions = self.resource.action_ids
            parts.update((a.name, self._declare_action(a, kind)) for a in actions)
        return parts

    def _declare_action(self, action, kind):
        many = kind == "action_of_many"
        text = action.description or action.name.replace("-", " ").capitalize()
        name = action.name.replace("-", "_")
        return {
            "text": f"{text}, of all or of none" if many else text,
            "operation_id": f"{name}_many" if many else name,
            "scope": action._get_scope_name(),
            "deprecated": action._get_deprecation(),
            "input_param": ActionParam(action._get_arguments(), many, action.name),
            "output_param": ActionAnswer(*(() if many else ("ETag",)), many=many),
        }

    def _get_action(self, name):
        action = self.resource.action_ids.filtered(lambda each: each.name == name)
        if not action:
            raise NotFound()
        return action

    def _run_action_once(self, ids, name, params):
        """Run an action, unless the same request has done so before.

        :param list ids: of the records, or None where the client says which
        :param str name: of the action
        :param params: what the client sent
        :return: what JSON takes of the records, and headers
        :rtype: (list, dict)
        """
        return self._run_once(
            dict(params),
            lambda: self._run_action(ids, name, params),
            lambda record_ids: self._to_json(self._get_records(record_ids)),
        )

    def _run_action(self, ids, name, params):
        action = self._get_action(name)
        arguments = action._get_arguments()
        param = ActionParam(arguments, many=ids is None)
        values = validate(make_validator(param.get_cerberus_schema(self)), dict(params))
        records = self._get_many(values.pop("ids", ids))
        answers = values.pop("dialog", [])
        try:
            arguments = fill_arguments(arguments, values, self.env)
        except ValueError as error:
            raise BadRequest(str(error)) from error
        with refusals(records, self._get_fields()):
            for each in [records] if action._is_for_all() else records:
                go_through(action._run(each, arguments), each, answers)
        return self._to_json(records.exists())

    def _get_many(self, ids):
        """Return records that the current user can see, archived ones too.

        :param list ids: without repetitions
        :raise BadRequest: they are too many
        :raise NotFound: not all of them are there, or not for this user
        """
        if len(ids) > self._max_batch:
            raise BadRequest(_("At most %s records are acted on.", self._max_batch))
        # What is done with them has no context but the user's own.
        return self._get_model().browse(self._get_records(ids).ids)
