from werkzeug.exceptions import BadRequest, NotFound

from odoo import _

from .. import restapi
from ..limits import MAX_IDEMPOTENCY_KEY
from ..records.actions import ActionAnswer, ActionParam
from ..records.arguments import fill_arguments
from ..records.dialogs import go_through
from ..records.writing import refusals
from ..schemas import make_validator, validate


class ResourceService(restapi.Component):
    """The actions of a resource, as an administrator lists them."""

    # pylint: disable-next=consider-merging-classes-inherited
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
        data, headers = self._run_once([record_id], part, params)
        if not data:
            return self._respond(None, 204, headers)
        if not headers:
            record = self._get_model().browse(record_id)
            headers = {"ETag": f'"{self._make_etag(record, data[0])}"'}
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
        data, headers = self._run_once(None, part, params)
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
            "input_param": ActionParam(action._get_arguments(), many, action.name),
            "output_param": ActionAnswer(*(() if many else ("ETag",)), many=many),
        }

    def _get_action(self, name):
        action = self.resource.action_ids.filtered(lambda each: each.name == name)
        if not action:
            raise NotFound()
        return action

    def _run_once(self, ids, name, params):
        """Run an action, unless it was done for the same ``Idempotency-Key``.

        Where it was, its records are read as they are now, and as this user may now.

        :param list ids: of the records, or None where the client says which
        :param str name: of the action
        :param params: what the client sent
        :return: what JSON takes of the records, and headers
        :rtype: (list, dict)
        """
        key = self.request.httprequest.headers.get("Idempotency-Key")
        if not key:
            return self._run_action(ids, name, params), {}
        if len(key) > MAX_IDEMPOTENCY_KEY:
            raise restapi.InvalidParameter("Idempotency-Key", "is too long")
        data = []

        def run():
            data.extend(self._run_action(ids, name, params))
            return [record["id"] for record in data]

        request = [self.request.httprequest.path.rstrip("/"), dict(params)]
        record_ids, is_new = self.env["rest.idempotency.key"]._run_once(
            key, request, run
        )
        if is_new:
            return data, {}
        replayed = {"Idempotency-Replayed": "true"}
        return self._to_json(self._get_records(record_ids)), replayed

    def _run_action(self, ids, name, params):
        action = self._get_action(name)
        arguments = action._get_arguments()
        param = ActionParam(arguments, many=ids is None)
        values = validate(make_validator(param.get_cerberus_schema(self)), dict(params))
        records = self._get_records(values.pop("ids", ids))
        answers = values.pop("dialog", [])
        try:
            arguments = fill_arguments(arguments, values, self.env)
        except ValueError as error:
            raise BadRequest(str(error)) from error
        with refusals(records, self._get_fields()):
            for each in [records] if action._is_for_all() else records:
                go_through(action._run(each, arguments), each, answers)
        return self._to_json(records.exists())

    def _get_records(self, ids):
        """Return records that the current user can see, archived ones too.

        :param list ids: without repetitions
        :raise NotFound: not all of them are there, or not for this user
        """
        if len(ids) > self._max_batch:
            raise BadRequest(_("At most %s records are acted on.", self._max_batch))
        model = self._get_model()
        domain = [("id", "in", ids), *self._get_domain()]
        found = model.with_context(active_test=False).search(domain)
        if len(found) < len(ids):
            raise NotFound(_("There is no such record."))
        return model.browse(ids)
