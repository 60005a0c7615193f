"""Read the parameters of a request, whatever the kind of its body."""

import json
import re
import shutil
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import NamedTuple
from urllib.parse import parse_qsl

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_input_stream

from odoo.addons.odoo_rest_token.exceptions import JsonError, shorten

from ..limits import (
    MAX_BATCH_SIZE,
    MAX_BOUNDARY,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_ESCAPES,
    MAX_IN_MEMORY,
    MAX_LINE,
    MAX_LINES,
    MAX_PART_HEADERS,
    MAX_PART_SPACES,
    MEAN_PART_HEADERS,
    STRANGER,
    TOKEN_HOLDER,
)

BODY = "odoo_rest_token_api.body"  # what limits it
NDJSON = "application/x-ndjson"
FILE = "application/octet-stream"
# Types of bodies that are lines, by what operations say of theirs. Clients that are
# generated send files, and know no lines.
LINE_TYPES = {"lines": (NDJSON, FILE), "one_or_lines": (NDJSON,)}
PARTS = "odoo_rest_token_api.parts"  # query and body, that were read before
MIN_BUFFER = 1024  # bytes, as Werkzeug up to 1.0 asks for
BRACKET_RE = re.compile(r"[][{}]")
SPACES_RE = re.compile(rf"\s{{{MAX_PART_SPACES}}}")
EMPTY_LINE_RE = re.compile(rb"\r\n\r\n|\n\n")  # whatever Werkzeug takes for one


class Upload(NamedTuple):
    """A file that a client sent.

    :param str name: what it is called, if the client said so
    :param str mimetype: what the client says that it is
    :param bytes content: of the file
    """

    name: str
    mimetype: str
    content: bytes


class Form(dict):
    """What a query string or a form says: lists of what it gives under each name.

    ``name[]`` stands for a list, as in the query parameters that base_rest documents.

    :param pairs: iterable of names and values
    :raise ValueError: a name is empty, or stands both with brackets and without
    """

    def __init__(self, pairs):
        super().__init__()
        self._lists = set()
        for key, value in pairs:
            if not key:
                raise ValueError("a parameter has no name")
            name = key[:-2] if key.endswith("[]") else key
            is_list = name != key
            if name in self and is_list != (name in self._lists):
                raise _make_refusal(name)
            if is_list:
                self._lists.add(name)
            self.setdefault(name, []).append(value)

    def to_params(self, gather):
        """Return what is meant.

        :param gather: function of a name and of a list of values, as :func:`take_one`
        :rtype: dict
        :raise ValueError: a name is given twice, and no list is meant
        """
        return {
            name: values if name in self._lists else gather(name, values)
            for name, values in self.items()
        }


def take_one(name, values):
    """Return the one value that a form gives under a name.

    :param str name: of a parameter
    :param list values: what the form gives under it
    :raise ValueError: there are several
    """
    if len(values) > 1:
        raise _make_refusal(name)
    return values[0]


def _take_all(name, values):
    return values[0] if len(values) == 1 else values


def _make_refusal(name):
    return ValueError(f"{shorten(name)!r} is given twice")


def peek_params(httprequest):
    """Read the parameters of a stranger's request, and keep them for who reads them.

    :param werkzeug.wrappers.Request httprequest: as :func:`read_params` takes it
    :return: what there is of them, as far as each stands once; nothing if they can't be
        read
    :rtype: dict, or list
    """
    try:
        parts = _read_parts(httprequest, STRANGER)
    except HTTPException as error:
        httprequest.environ[PARTS] = error  # it is raised for who reads them
        return {}
    httprequest.environ[PARTS] = parts
    return _merge(*parts, gather=_take_all)


def read_params(httprequest, limits=TOKEN_HOLDER, gather=take_one):
    """Return the parameters of a request: of its query string and of its body.

    The body is a form (URL-encoded or multipart) or JSON; where both name a
    parameter, it is the body's that counts.

    :param werkzeug.wrappers.Request httprequest: any method, GET included
    :param Limits limits: of what there may be
    :param gather: what makes a parameter of the values that a form gives under its name
    :rtype: dict, or list where the body is a JSON array
    :raise BadRequest: what was sent can't be read, or names a parameter twice
    :raise BodyTooLarge: the body is over the limit
    """
    query, body = _take_parts(httprequest, limits)
    with _explaining():
        return _merge(query, body, gather)


def _take_parts(httprequest, limits):
    # Who has them may change them: they are read again if Odoo tries again.
    parts = httprequest.environ.pop(PARTS, None)
    if isinstance(parts, HTTPException):
        raise parts
    return parts or _read_parts(httprequest, limits)


def _merge(query, body, gather):
    if isinstance(body, list):
        return body
    return {**query.to_params(gather), **_to_params(body, gather)}


def _to_params(body, gather):
    return body.to_params(gather) if isinstance(body, Form) else body


@contextmanager
def _explaining():
    """Say to the client what is wrong with its request.

    :raise BadRequest: it can't be read
    """
    try:
        yield
    except (ValueError, LookupError, OSError) as error:
        raise BadRequest(f"The request can't be read: {error}.") from error


class Lines:
    """The lines of a body (NDJSON), each of which is JSON.

    The body is read to its end before they are: a client that sends one and reads no
    answer meanwhile would wait for a server that waits for it.

    :param werkzeug.wrappers.Request httprequest: whose body they are
    :param Limits limits: of what there may be in one
    """

    def __init__(self, httprequest, limits):
        self._limits = limits
        self._file = SpooledTemporaryFile(MAX_IN_MEMORY)
        shutil.copyfileobj(_get_stream(httprequest.environ), self._file)

    def iter_batches(self, count):
        """Iterate over the lines, some at a time, but those that are empty.

        :param int count: of lines at a time, at most
        :return: numbers, from 1, and values; or what is wrong with a line
        :rtype: iterator of list of (int, object or JsonError)
        """
        batch, size = [], 0
        self._file.seek(0)
        for number, line in enumerate(self._iter_lines(), 1):
            if number > MAX_LINES:
                reason = f"No more than {MAX_LINES} lines are read."
                batch.append((number, JsonError(reason, code=413)))
                break
            if line is None or line.strip():
                batch.append((number, self._parse(line)))
                size += len(line or b"")
            if len(batch) >= count or size > MAX_BATCH_SIZE:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _iter_lines(self):
        """Iterate over the lines; one that is too long is None."""
        while True:
            line = self._file.readline(MAX_LINE + 1)
            if not line:
                return
            is_long = len(line) > MAX_LINE
            while len(line) > MAX_LINE and not line.endswith(b"\n"):
                line = self._file.readline(MAX_LINE + 1)
            yield None if is_long else line

    def _parse(self, line):
        if line is None:
            return JsonError(f"The line is longer than {MAX_LINE} bytes.", code=413)
        try:
            return parse_json(line.decode(), self._limits)
        except ValueError as error:
            return JsonError(f"The line can't be read: {error}.", code=400)

    def close(self):
        self._file.close()


def _get_stream(environ):
    """Return the body as a stream: from 16.0, Odoo keeps what is of WSGI to itself.

    :param dict environ: of a request
    """
    if BODY in environ:
        is_chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        terminated = {"wsgi.input_terminated": True} if is_chunked else {}
        environ = {**environ, "wsgi.input": environ[BODY], **terminated}
    return get_input_stream(environ)


def read_lines(httprequest, limits=TOKEN_HOLDER):
    """Return the lines of the body of a request.

    :param werkzeug.wrappers.Request httprequest: any
    :param Limits limits: of what there may be
    :rtype: Lines
    :raise BadRequest: there is a query string
    :raise BodyTooLarge: the body is over the limit
    """
    if limits.body is not None and BODY in httprequest.environ:
        httprequest.environ[BODY].lower_limit(limits.body)
    if httprequest.query_string:
        raise BadRequest("Lines take no parameters.")
    try:
        return Lines(httprequest, limits)
    except (ValueError, OSError) as error:
        raise BadRequest(f"The request can't be read: {error}.") from error


def read_file(httprequest, limits=TOKEN_HOLDER):
    """Return the file that a request brings, whatever its type, beside its parameters.

    It is the body, or the one file of a form (RFC 7578), whose texts are parameters.

    :param werkzeug.wrappers.Request httprequest: any
    :param Limits limits: of what there may be
    :return: the parameters, and the :class:`Upload` as ``file``
    :rtype: dict
    :raise BadRequest: it can't be read, or brings no file, or several
    :raise BodyTooLarge: the body is over the limit
    """
    if limits.body is not None and BODY in httprequest.environ:
        httprequest.environ[BODY].lower_limit(limits.body)
    with _explaining():
        params = Form(_parse_form(httprequest.query_string, limits)).to_params(take_one)
        if httprequest.mimetype == "multipart/form-data":
            form = Form(_read_multipart(httprequest, limits)).to_params(take_one)
            params.update((n, v) for n, v in form.items() if isinstance(v, str))
            files = [file for file in form.values() if isinstance(file, FileStorage)]
        else:
            files = [_make_file(httprequest)]
        _check_text([params, *(file.filename or "" for file in files)])
    if len(files) != 1:
        raise BadRequest("file: there has to be one part of the form that is a file")
    file = files[0]
    upload = Upload(file.filename or "", file.mimetype or "", file.read())
    return {**params, "file": upload}


def _make_file(httprequest):
    """Make a file of a body, named as ``Content-Disposition`` says (RFC 6266)."""
    header = httprequest.headers.get("Content-Disposition", "")
    options = parse_options_header(header)[1]
    return FileStorage(
        BytesIO(httprequest.get_data(cache=False)),
        filename=options.get("filename") or "",
        content_type=httprequest.mimetype,
    )


def read_apart(httprequest, limits=TOKEN_HOLDER, gather=take_one):
    """Return the parameters of a request, as :func:`read_params` does, but apart.

    :param werkzeug.wrappers.Request httprequest: any method
    :param Limits limits: of what there may be
    :param gather: what makes a parameter of the values that a form gives under its name
    :return: ``query``, and ``body``, which is None where there is none
    :rtype: dict
    :raise BadRequest: what was sent can't be read, or names a parameter twice
    :raise BodyTooLarge: the body is over the limit
    """
    query, body = _take_parts(httprequest, limits)
    with _explaining():
        return {
            "query": query.to_params(gather),
            "body": _to_params(body, gather) if httprequest.mimetype else None,
        }


def _read_parts(httprequest, limits):
    if not httprequest.query_string and not httprequest.mimetype:
        return Form(()), {}
    if limits.body is not None and BODY in httprequest.environ:
        httprequest.environ[BODY].lower_limit(limits.body)
    with _explaining():
        query = Form(_parse_form(httprequest.query_string, limits))
        body = _read_body(httprequest, limits)
        _check_text([query, body])
    return query, body


def _read_body(httprequest, limits):
    mimetype = httprequest.mimetype
    if mimetype == "application/json" or mimetype.endswith("+json"):
        body = parse_json(httprequest.get_data().decode() or "{}", limits)
        if not isinstance(body, (dict, list)):
            raise ValueError("JSON has to be an object or an array")
        return body
    if mimetype == "application/x-www-form-urlencoded":
        return Form(_parse_form(httprequest.get_data(), limits))
    if mimetype == "multipart/form-data":
        if httprequest.mimetype_params.get("boundary"):
            return Form(_read_multipart(httprequest, limits))
        # Some clients give this type to a URL-encoded body.
        return Form(_parse_form(httprequest.get_data(), limits))
    return {}


def _read_multipart(httprequest, limits):
    form, files = _parse_multipart(
        httprequest.get_data(), httprequest.mimetype_params["boundary"], limits
    )
    for part in form.items(multi=True):
        if "\N{REPLACEMENT CHARACTER}" in "".join(map(str, part)):
            raise ValueError("a part is not UTF-8")
        yield part
    yield from files.items(multi=True)


def _parse_multipart(data, boundary, limits):
    """Parse a multipart body; it is empty where its parts can't be told apart.

    It is read as a whole: from 2.0, Werkzeug looks for the boundary in all that came
    before, again for each piece that it reads.

    :param bytes data: the body
    :param str boundary: of its parts
    :param Limits limits: of what there may be
    :return: texts and files
    :rtype: (werkzeug.datastructures.MultiDict, werkzeug.datastructures.MultiDict)
    :raise ValueError: there are too many parts, or their headers are too long
    """
    if len(boundary) > MAX_BOUNDARY:
        raise ValueError("the boundary is too long")
    delimiter = b"--" + boundary.encode()
    count = data.count(delimiter)
    if count > limits.fields + 1:
        raise ValueError("too many parts")
    if not count:
        return MultiDict(), MultiDict()
    headers = [_get_headers(part) for part in data.split(delimiter)[1:]]
    if sum(map(len, headers)) > limits.fields * MEAN_PART_HEADERS:
        raise ValueError("the headers of all parts are too long")
    size = max(len(data), MIN_BUFFER)
    parser = MultiPartParser(buffer_size=size + -size % 4)
    try:
        return parser.parse(BytesIO(data), boundary.encode("ascii"), len(data))
    except (ValueError, TypeError):  # the latter, for an option without a value
        return MultiDict(), MultiDict()


def _get_headers(part):
    """Return the headers of a part, unless Werkzeug takes the square of their time.

    :param bytes part: what comes after its boundary
    :rtype: bytes
    :raise ValueError: it does
    """
    end = EMPTY_LINE_RE.search(part, 0, MAX_PART_HEADERS)
    if not end and len(part) > MAX_PART_HEADERS:
        raise ValueError("the headers of a part are too long")
    headers = part[: end.start()] if end else part
    if SPACES_RE.search(headers.decode(errors="replace")):
        raise ValueError("the headers of a part have too many spaces")
    return headers


def parse_json(text, limits=TOKEN_HOLDER):
    """Parse JSON.

    :param str text: JSON, as RFC 8259 has it: ``NaN`` is none
    :param Limits limits: of what there may be
    :raise ValueError: it is none, there is too much of it, or PostgreSQL can't take it
    """
    _check_size(text, limits)
    value = json.loads(
        text,
        object_pairs_hook=_to_dict,
        parse_int=partial(_read_number, int),
        parse_float=partial(_read_number, float),
        parse_constant=_refuse_constant,
    )
    _check_text(value)
    return value


def _check_size(text, limits):
    """Refuse JSON of too many values, or too deep, before there is one of them.

    Where the text is no JSON, what counts is what comes before.
    """
    text = text.replace("\\\\", "").replace('\\"', "")  # the other quotes hold strings
    if text.count('"') > 4 * limits.values:  # of keys and of values
        raise ValueError("too many values")
    structure = "".join(text.split('"')[::2])
    if sum(map(structure.count, ",[{")) > limits.values:
        raise ValueError("too many values")
    depth = 0
    for bracket in BRACKET_RE.findall(structure):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")


def _read_number(convert, digits):
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number is too long")
    return convert(digits)


def _parse_form(data, limits):
    if data.count(b"%") > MAX_ESCAPES:
        raise ValueError("too many escaped characters")
    return parse_qsl(
        data.decode(),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=limits.fields,
    )


def _to_dict(pairs):
    result = {}
    for key, value in pairs:
        if not key:
            raise ValueError("a parameter has no name")
        if key in result:
            raise _make_refusal(key)
        result[key] = value
    return result


def _refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def _check_text(value):
    """Refuse text that PostgreSQL can't take: null characters, lone surrogates."""
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("null character")
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
