"""What OCA's ``rest_log`` writes into its table of calls, where it is installed."""

import re
from traceback import format_exc

from odoo.http import request

from odoo.addons.odoo_rest_token.log import redact

from ..dispatch.operations import OUTERMOST
from ..restapi import AbstractComponent

REDACTED = "<redacted>"
SECRET_NAME_RE = re.compile(
    "passw|pwd|secret|token|assertion|authorization|cookie|api.?key|code_verifier",
    re.IGNORECASE,
)


class BaseRestService(AbstractComponent):
    """Its log is complete and without secrets, and changes no answer.

    ``rest_log`` answers each error by 500, and puts the address of its entry into each
    answer: here the call goes on as without it, and is logged by its hooks.
    """

    _inherit = "base.rest.service"
    _module = OUTERMOST

    def dispatch(self, method_name, *args, params=None):
        def log(env, **outcome):
            self._log_call_in_db(
                env, request, method_name, *args, params=params, **outcome
            )

        if not self._is_logged(method_name):
            return super().dispatch(method_name, *args, params=params)
        try:
            result = super().dispatch(method_name, *args, params=params)
        except Exception as error:
            with self.env.registry.cursor() as cr:
                env = self.env(cr=cr)
                log(env, traceback=format_exc(), orig_exception=error)
            raise
        log(self.env, result=result)
        return result

    def _is_logged(self, method_name):
        """Tell whether ``rest_log`` is to log a call of ours.

        :rtype: bool
        """
        is_active = getattr(super(), "_db_logging_active", None)
        return bool(is_active and self._is_ours and is_active(method_name))

    def _db_logging_active(self, method_name):
        return not self._is_ours and super()._db_logging_active(method_name)

    def _log_call_in_db_values(self, _request, *args, params=None, **outcome):
        values = super()._log_call_in_db_values
        if not self._is_ours:
            return values(_request, *args, params=params, **outcome)
        values = values(
            _request,
            *args,
            params=params if isinstance(params, dict) else {"body": params},
            **outcome,
        )
        if not outcome.get("orig_exception"):
            status = getattr(outcome.get("result"), "status_code", 200)
            values["state"] = "success" if status < 400 else "failed"
        return without_secrets(values)


def without_secrets(value, name=""):
    """Describe a value without what a client is known by.

    :param value: of an entry, with dictionaries and lists in it
    :param str name: what the value is called
    :return: the same, as far as JSON has words for it
    """
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if SECRET_NAME_RE.search(name):
        return REDACTED
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: without_secrets(each, str(key)) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_secrets(each, name) for each in value]
    return f"<{type(value).__name__}>"
