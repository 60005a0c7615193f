"""What OCA's ``rest_log`` writes into its table of calls, where it is installed."""

import logging
import re
from contextlib import contextmanager
from traceback import format_exc

from odoo.http import request

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.log import redact

from ..dispatch.operations import OUTERMOST
from ..errors import is_transient
from ..restapi import AbstractComponent

_logger = logging.getLogger(__name__)

REDACTED = "<redacted>"
SECRET_NAME_RE = re.compile(
    "passw|pwd|secret|token|assertion|authorization|cookie|api.?key|code_verifier",
    re.IGNORECASE,
)


class BaseRestService(AbstractComponent):
    """Its log has no credentials; and of our services, it changes no answer.

    ``rest_log`` answers each error by 500, and puts the address of its entry into each
    answer: ours go on as without it, and are logged by its hooks.
    """

    _inherit = "base.rest.service"
    _module = OUTERMOST

    def dispatch(self, method_name, *args, params=None):
        if not self._is_logged_by_rest_log(method_name):
            return super().dispatch(method_name, *args, params=params)
        call = (request, method_name, *args)
        try:
            result = super().dispatch(method_name, *args, params=params)
        except Exception as error:
            if not is_transient(error):  # Odoo calls once more, and that counts
                compat.forget_pending(self.env)
                outcome = {"traceback": format_exc(), "orig_exception": error}
                with log_failure(), self.env.registry.cursor() as cr:
                    env = self.env(cr=cr)
                    self._log_call_in_db(env, *call, params=params, **outcome)
            raise
        with log_failure(), self.env.cr.savepoint():
            self._log_call_in_db(self.env, *call, params=params, result=result)
        return result

    def _is_logged_by_rest_log(self, method_name):
        """Tell whether ``rest_log`` is to log a call of ours.

        :rtype: bool
        """
        is_active = getattr(super(), "_db_logging_active", None)
        return bool(is_active and self._is_ours and is_active(method_name))

    def _db_logging_active(self, method_name):
        return not self._is_ours and super()._db_logging_active(method_name)

    @property
    def _log_call_header_strip(self):
        authenticators = self.env["ir.http"]._get_rest_authenticators()
        names = {each.header.title() for each in authenticators}
        return (*super()._log_call_header_strip, "Authorization", *names)

    def _log_call_in_db_values(self, _request, *args, params=None, **outcome):
        values = super()._log_call_in_db_values
        if not self._is_ours:
            values = values(_request, *args, params=params, **outcome)
            return values and {**values, "request_url": redact(values["request_url"])}
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


@contextmanager
def log_failure():
    """Have what fails as a call is logged change no answer."""
    try:
        yield
    except Exception:
        _logger.warning("A call was not logged by rest_log", exc_info=True)


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
