"""Read the parameters of a request, whatever the kind of its body."""

import json
from io import BytesIO
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import MultiPartParser

MAX_FIELDS = 1000
MIN_BUFFER = 1024  # bytes, as Werkzeug up to 1.0 asks for
MAX_DEPTH = 50  # whatever looks into them goes as deep as they do


def read_params(httprequest):
    """Return the parameters of a request: of its query string and of its body.

    The body is a form (URL-encoded or multipart) or JSON; where both name a
    parameter, it is the body's that counts. ``name[]`` stands for a list, as in the
    query parameters that base_rest documents.

    :param werkzeug.wrappers.Request httprequest: any method, GET included
    :rtype: dict, or list where the body is a JSON array
    :raise BadRequest: what was sent can't be read, or names a parameter twice
    """
    if not httprequest.query_string and not httprequest.mimetype:
        return {}
    try:
        params = _to_dict(_parse_form(httprequest.query_string))
        body = _read_body(httprequest)
        _check_text([params, body])
    except (ValueError, LookupError, OSError) as error:
        raise BadRequest(f"The request can't be read: {error}.") from error
    except RecursionError as error:
        raise BadRequest("The request can't be read: nested too deep.") from error
    return body if isinstance(body, list) else {**params, **body}


def _read_body(httprequest):
    mimetype = httprequest.mimetype
    if mimetype == "application/json" or mimetype.endswith("+json"):
        return _read_json(httprequest)
    if mimetype == "application/x-www-form-urlencoded":
        return _to_dict(_parse_form(httprequest.get_data()))
    if mimetype == "multipart/form-data":
        if httprequest.mimetype_params.get("boundary"):
            return _to_dict(_read_multipart(httprequest))
        # Some clients give this type to a URL-encoded body.
        return _to_dict(_parse_form(httprequest.get_data()))
    return {}


def _read_multipart(httprequest):
    form, files = _parse_multipart(
        httprequest.get_data(), httprequest.mimetype_params["boundary"]
    )
    for part in form.items(multi=True):
        if "\N{REPLACEMENT CHARACTER}" in "".join(map(str, part)):
            raise ValueError("a part is not UTF-8")
        yield part
    yield from files.items(multi=True)


def _parse_multipart(data, boundary):
    """Parse a multipart body; it is empty where its parts can't be told apart.

    It is read as a whole: from 2.0, Werkzeug looks for the boundary in all that came
    before, again for each piece that it reads.

    :param bytes data: the body
    :param str boundary: of its parts
    :return: texts and files
    :rtype: (werkzeug.datastructures.MultiDict, werkzeug.datastructures.MultiDict)
    :raise ValueError: there are too many parts
    """
    count = data.count(b"--" + boundary.encode())
    if count > MAX_FIELDS + 1:
        raise ValueError("too many parts")
    if not count:
        return MultiDict(), MultiDict()
    size = max(len(data), MIN_BUFFER)
    parser = MultiPartParser(buffer_size=size + -size % 4)
    try:
        return parser.parse(BytesIO(data), boundary.encode("ascii"), len(data))
    except ValueError:
        return MultiDict(), MultiDict()


def _read_json(httprequest):
    data = httprequest.get_data()
    if not data:
        return {}
    body = json.loads(
        data.decode(), object_pairs_hook=_to_dict, parse_constant=_refuse_constant
    )
    if not isinstance(body, (dict, list)):
        raise ValueError("JSON has to be an object or an array")
    return body


def _parse_form(data):
    return parse_qsl(
        data.decode(),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=MAX_FIELDS,
    )


def _to_dict(pairs):
    result, lists = {}, {}
    for key, value in pairs:
        if not key:
            raise ValueError("a parameter has no name")
        if key.endswith("[]"):
            lists.setdefault(key[:-2], []).append(value)
        elif key in result:
            raise ValueError(f"{key!r} is given twice")
        else:
            result[key] = value
    for key in result.keys() & lists.keys():
        raise ValueError(f"{key!r} is given twice")
    return {**result, **lists}


def _refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def _check_text(value, depth=0):
    """Refuse text that PostgreSQL can't take: null characters, lone surrogates."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("null character")
    elif isinstance(value, list):
        for item in value:
            _check_text(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item, depth + 1)
