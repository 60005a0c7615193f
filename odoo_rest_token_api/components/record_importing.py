import json
import logging

from odoo.http import Response

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from .. import restapi
from ..dispatch.reading import NDJSON
from ..dispatch.streaming import Later
from ..errors import InvalidParameter, is_database_failure, to_json_error
from ..records.params import JSON
from ..records.preferring import APPLIED
from ..records.stream_params import ImportAnswer, ImportParam

_logger = logging.getLogger(__name__)

# As Odoo's own import has it, unless it is told to track history
IMPORTING = {"tracking_disable": True}


class RecordService(restapi.AbstractComponent):
    """Imports: lines of JSON, each of which is a record that is created, or changed.

    They are done in batches, each in a transaction of its own, while what became of the
    ones before is sent. If the client goes away, what is done stays.
    """

    _inherit = "rest.record.service"

    _import_batch_size = 500

    @restapi.method(
        [("/import", "POST")],
        input_param=ImportParam(),
        output_param=ImportAnswer(APPLIED),
        headers=("Prefer",),
        operation_id="import",
        body="lines",
    )
    def import_lines(self, params):
        """Import lines

        The body has a JSON object a line (`application/x-ndjson`). Each is created, or
        changed, whatever becomes of the others, and what became of it is answered in
        turn: in a list, or in lines where the header `Accept` asks for these. The path
        that creates one takes lines of that type, too.
        """
        accepted = self.request.httprequest.accept_mimetypes
        return self._import(params, accepted.best_match(WRITERS, default=JSON))

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _import(self, lines, mimetype=NDJSON):
        """Import lines, and answer what becomes of each.

        :param Lines lines: of the body
        :param str mimetype: of the answer
        :rtype: odoo.http.Response
        :raise AccessError: the user may create none
        :raise InvalidParameter: a header asks for what is not done
        """
        if "Idempotency-Key" in self.request.httprequest.headers:
            reason = "is not for lines: a key of the records tells them apart"
            raise InvalidParameter("Idempotency-Key", reason)
        compat.check_access(self._get_model(), "create")
        self._follow_preferences()
        later = Later(**IMPORTING)
        size = min(self._import_batch_size, self._max_batch)
        outcomes = _import_batches(later, lines, size)
        response = Response(WRITERS[mimetype](outcomes), content_type=mimetype)
        response.headers["X-Accel-Buffering"] = "no"  # of nginx: it is sent as it comes
        applied = self._preferences.get_applied()
        if applied:
            response.headers[APPLIED] = applied
        return response

    def _import_batch(self, batch):
        """Import some lines.

        :param list batch: of (int, object or JsonError), numbers and what is in a line
        :return: what became of each
        :rtype: list of dict
        """
        wrong = [line for line in batch if isinstance(line[1], JsonError)]
        right = [line for line in batch if not isinstance(line[1], JsonError)]
        outcomes = [_describe_error(number, error) for number, error in wrong]
        outcomes += self._import_lines(right) if right else []
        return sorted(outcomes, key=lambda outcome: outcome["line"])

    def _import_lines(self, lines):
        """Import lines at once, or those apart that are in each other's way."""
        try:
            with self.env.cr.savepoint():
                records = self._add([item for _number, item in lines])
        except Exception as error:
            if is_database_failure(error):
                raise  # the whole batch is tried again, where that may help
            if len(lines) > 1:
                middle = len(lines) // 2
                first, second = lines[:middle], lines[middle:]
                return self._import_lines(first) + self._import_lines(second)
            json_error = to_json_error(error)
            if json_error.code == 500:
                _logger.exception("A line can't be imported")
            return [_describe_error(lines[0][0], json_error)]
        return [
            {
                "line": number,
                "id": record_id,
                "created": record_id not in self._changed_ids,
            }
            for (number, _item), record_id in zip(lines, records.ids)
        ]


def _import_batches(later, lines, size):
    """Import lines, a batch after the other.

    :param Later later: the call, in transactions of its own
    :param Lines lines: of the body
    :param int size: of a batch, at most
    :return: what became of those of each batch
    :rtype: iterator of list of dict
    """
    try:
        for batch in lines.iter_batches(size):
            try:
                outcomes = later.run(lambda service, b=batch: service._import_batch(b))
            except Exception as error:
                _logger.exception("Lines can't be imported")
                json_error = to_json_error(error)
                yield [_describe_error(n, json_error) for n, _line in batch]
                return
            yield outcomes
    finally:
        lines.close()


def _describe_error(number, error):
    return {"line": number, **error.get_values()}


def _write_lines(batches):
    for outcomes in batches:
        yield "".join(f"{json.dumps(each)}\n" for each in outcomes).encode()


def _write_list(batches):
    before = "["
    for outcomes in batches:
        texts = ",\n".join(map(json.dumps, outcomes))
        yield f"{before}{texts}".encode()
        before = ",\n"
    yield b"[]" if before == "[" else b"]"


WRITERS = {JSON: _write_list, NDJSON: _write_lines}  # of answers, by their types
