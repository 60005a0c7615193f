"""Answers that are made while they are sent, when their request is over for Odoo."""

import threading

import psycopg2

from odoo.http import request

from odoo.addons.odoo_rest_token import compat

from ..errors import is_transient

MAX_TRIES = 5


class Later:
    """A call that goes on while its answer is sent, in transactions of its own.

    It is made while the request is served, and has its user, context and headers.

    :param context: more of Odoo's context
    """

    def __init__(self, **context):
        self._call = request.rest_call
        self._registry = request.env.registry
        self._uid = request.env.uid
        self._context = {**request.env.context, **context}
        self._request = compat.copy_request(request)

    def run(self, function):
        """Run a function in a transaction, and again where others are in its way.

        :param function: takes the service, in the environment of the transaction
        :return: what it returned, which is committed
        """
        for number in range(1, MAX_TRIES + 1):
            try:
                return self._run(function)
            except psycopg2.OperationalError as error:
                if not is_transient(error) or number == MAX_TRIES:
                    raise
        raise AssertionError()

    def _run(self, function):
        thread = threading.current_thread()
        thread.dbname, thread.uid = self._registry.db_name, self._uid
        with compat.push_request(self._request), self._registry.cursor() as cr:
            compat.set_environment(self._request, cr, self._uid, self._context)
            with self._call.open_service() as service:
                result = function(service)
        self._registry.signal_changes()
        return result
