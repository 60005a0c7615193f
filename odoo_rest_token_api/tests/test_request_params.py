import json
import time
import tracemalloc
from unittest.mock import patch

from werkzeug.exceptions import BadRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from odoo.tests.common import TransactionCase, tagged

from ..dispatch import reading
from ..dispatch.reading import peek_params, read_params
from ..limits import (
    MAX_BOUNDARY,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_PART_HEADERS,
    STRANGER,
    TOKEN_HOLDER,
)
from .common import RestApiCase

MIB = 2**20
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@tagged("post_install", "-at_install")
class TestReadParams(TransactionCase):
    def _read(self, *args, limits=TOKEN_HOLDER, **options):
        return read_params(self._request(*args, **options), limits)

    def _request(self, data=b"", content_type=None, query="", method="POST"):
        builder = EnvironBuilder(
            method=method,
            query_string=query,
            input_stream=None,
            data=data,
            content_type=content_type,
        )
        return Request(builder.get_environ())

    def assertRefused(self, reason, *args, **options):
        with self.assertRaises(BadRequest) as caught:
            self._read(*args, **options)
        self.assertIn(reason, caught.exception.description)
        self.assertLess(len(caught.exception.description), 300)

    def test_nothing_is_an_empty_object(self):
        self.assertEqual(self._read(), {})
        self.assertEqual(self._read(content_type="application/json"), {})

    def test_form(self):
        for form_type in ("application/x-www-form-urlencoded", "multipart/form-data;"):
            for method in ("GET", "POST", "DELETE"):
                params = self._read(b"a=1&b=x+y%20z%C3%A9&c=", form_type, method=method)
                self.assertEqual(params, {"a": "1", "b": "x y zé", "c": ""})

    def test_multipart(self):
        params = self._read({"a": "1", "b": "é"}, "multipart/form-data")
        self.assertEqual(params, {"a": "1", "b": "é"})

    def test_multipart_that_is_long_is_read_at_once(self):
        multipart = "multipart/form-data; boundary=x"
        start = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
        for body, params in [
            (b"\r" * 16 * MIB, {}),
            (bytes(16 * MIB) + b"--x", {}),
            (start + b"\r\n" + b"1" * 16 * MIB + b"\r\n--x--", {"a"}),
        ]:
            begin = time.process_time()
            self.assertEqual(set(self._read(body, multipart)), set(params))
            self.assertLess(time.process_time() - begin, 5)

    def test_multipart_of_too_many_parts_is_refused(self):
        part = b'--x\r\nContent-Disposition: form-data; name="%d"\r\n\r\n1\r\n'
        for count in (1000, 1001):
            body = b"".join(part % number for number in range(count)) + b"--x--\r\n"
            if count > 1000:
                with self.assertRaises(BadRequest):
                    self._read(body, "multipart/form-data; boundary=x")
            else:
                params = self._read(body, "multipart/form-data; boundary=x")
                self.assertEqual(len(params), count)

    def test_json(self):
        value = {"a": 1, "b": [None, {"c": "é"}]}
        for json_type in ("application/json", "application/merge-patch+json"):
            self.assertEqual(self._read(json.dumps(value), json_type), value)
        self.assertEqual(self._read("[1, 2]", "application/json"), [1, 2])

    def test_body_counts_more_than_the_query_string(self):
        params = self._read('{"a": 1}', "application/json", "a=2&b=3")
        self.assertEqual(params, {"a": 1, "b": "3"})

    def test_brackets_stand_for_a_list(self):
        self.assertEqual(
            self._read(query="a[]=1&a[]=2&b=3"), {"a": ["1", "2"], "b": "3"}
        )

    def test_other_bodies_are_not_read(self):
        self.assertEqual(self._read(b"a=1", "text/plain"), {})

    def test_spaces_of_a_password_are_kept(self):
        self.assertEqual(self._read(query="password=%20x%20"), {"password": " x "})

    def test_what_is_given_twice_is_refused(self):
        with self.assertRaises(BadRequest):
            self._read(query="a=1&a=2")
        with self.assertRaises(BadRequest):
            self._read('{"a": 1, "a": 2}', "application/json")
        for query in ("a=1&a[]=2", "a[]=1&a=2"):
            with self.assertRaises(BadRequest):
                self._read(query=query)

    def test_what_is_refused_is_repeated_in_part(self):
        name = "<" * MIB
        self.assertRefused("is given twice", f'{{"{name}": 1, "{name}": 2}}', JSON)
        self.assertRefused("is given twice", f"{name}=1&{name}=2", FORM)

    def test_numbers_have_a_length(self):
        for start in ("", "-", "0.", "1e"):
            number = start + "1" * (MAX_DIGITS - len(start))
            self._read(f'{{"a": {number}}}', JSON)
            self.assertRefused("number is too long", f'{{"a": {number}1}}', JSON)

    def test_depth_of_json_is_limited_before_it_is_read(self):
        for start, end in ("[]", ('{"a":', "}"), ('[{"a":', "}]")):
            depth = MAX_DEPTH // (start.count("[") + start.count("{"))
            innermost = "1" if end != "]" else ""
            text = start * depth + innermost + end * depth
            self._read(text, JSON)
            self.assertRefused("nested too deep", f"[{text}]", JSON)
            self.assertRefused("nested too deep", start * 100_000, JSON)

    def test_values_of_json_are_limited(self):
        for limits in (STRANGER, TOKEN_HOLDER):
            few, many = limits.values - 2, limits.values
            for body in (
                lambda count: json.dumps([0] * count),
                lambda count: json.dumps([""] * count),
                lambda count: json.dumps({"a": [""] * count}),
                lambda count: json.dumps({str(n): str(n) for n in range(count)}),
            ):
                self._read(body(few), JSON, limits=limits)
                self.assertRefused("too many", body(many + 1), JSON, limits=limits)
            self._read("[" + "[]," * (few // 2) + "[]]", JSON, limits=limits)
            body = "[" + "{}," * many + "[]]"
            self.assertRefused("too many", body, JSON, limits=limits)

    def test_text_is_no_value_whatever_is_in_it(self):
        for text in (",", "[", '"', "\\", '\\"', '",', "[{" * 60, "\\u005b"):
            value = [text * 2000, {text: 1}]
            for ascii_only in (True, False):
                body = json.dumps(value, ensure_ascii=ascii_only)
                self.assertEqual(self._read(body, JSON, limits=STRANGER), value)

    def _refuse_and_measure(self, body, content_type):
        """Check that a body is refused, and return how much memory that took."""
        request = self._request(body, content_type)
        tracemalloc.start()
        try:
            with self.assertRaises(BadRequest):
                read_params(request)
            _size, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        return peak

    def test_too_many_values_are_no_objects_for_a_moment(self):
        body = b"[" + b"[]," * (6 * MIB) + b"[]]"
        self.assertLess(self._refuse_and_measure(body, JSON), 5 * len(body))

    def test_escapes_of_a_form_take_no_hundredfold_memory(self):
        body = b"a=" + b"%41" * (6 * MIB)
        self.assertLess(self._refuse_and_measure(body, FORM), 3 * len(body))
        self.assertEqual(self._read(b"a=" + b"%41" * 10**5, FORM), {"a": "A" * 10**5})

    def test_fields_of_a_stranger_are_few(self):
        few = "&".join(f"a{number}=1" for number in range(STRANGER.fields))
        self.assertEqual(len(self._read(few, FORM, limits=STRANGER)), STRANGER.fields)
        self.assertRefused("number of fields", f"{few}&b=", FORM, limits=STRANGER)
        self.assertRefused("number of fields", query=f"{few}&b=", limits=STRANGER)

    def test_parts_have_short_headers_and_boundaries(self):
        start = b'--%s\r\nContent-Disposition: form-data; name="a"%s\r\n\r\n1\r\n--%s--'
        for boundary, option in (
            (b"x" * MAX_BOUNDARY, b""),
            (b"x", b"; b=" + b"c" * (MAX_PART_HEADERS - 100)),
        ):
            multipart = f"multipart/form-data; boundary={boundary.decode()}"
            body = start % (boundary, option, boundary)
            self.assertEqual(self._read(body, multipart), {"a": "1"})
        multipart = "multipart/form-data; boundary=x"
        for option in (b"c" * MAX_PART_HEADERS, b"\r\n b" * 300, b"\r a: b" * 300):
            body = start % (b"x", b"; b=" + option, b"x")
            self.assertRefused("headers of a part", body, multipart)
        body = start % (b"x", b";" + b" " * 100, b"x")
        self.assertRefused("too many spaces", body, multipart)
        part = b'--x\r\nContent-Disposition: form-data; name="%d"; b=%s\r\n\r\n1\r\n'
        parts = [part % (number, b"c" * 500) for number in range(30)]
        body = b"".join([*parts, b"--x--"])
        self.assertEqual(len(self._read(body, multipart)), 30)
        self.assertRefused("of all parts", body, multipart, limits=STRANGER)
        self.assertRefused("boundary is too long", b"a", multipart + "x" * MAX_BOUNDARY)

    def test_what_was_peeked_at_is_read_once_and_made_anew_after(self):
        request = self._request('{"db": "a", "b": []}', JSON)
        with patch.object(json, "loads", wraps=json.loads) as loads:
            self.assertEqual(peek_params(request)["db"], "a")
            params = read_params(request, STRANGER)
            self.assertEqual(loads.call_count, 1)
        params["b"].append("changed")  # by a service whose transaction is tried again
        self.assertEqual(read_params(request, STRANGER), {"db": "a", "b": []})

    def test_what_can_not_be_read_is_said_to_who_reads_it(self):
        request = self._request("{", JSON)
        with patch.object(json, "loads", wraps=json.loads) as loads:
            self.assertEqual(peek_params(request), {})
            with self.assertRaises(BadRequest):
                read_params(request, STRANGER)
            self.assertEqual(loads.call_count, 1)


@tagged("post_install", "-at_install")
class TestReadOnce(RestApiCase):
    def test_a_request_for_a_token_is_parsed_once(self):
        parse = reading.parse_json
        for path in ("/api/auth/token", "/rest/sky/token"):
            for body in ({"login": "nobody"}, {"db": self.env.cr.dbname}):
                with patch.object(reading, "parse_json", wraps=parse) as spy:
                    response = self._request("POST", path, json=body)
                self.assertError(response, 400, "password: ")
                self.assertEqual(spy.call_count, 1)

    def test_a_body_is_short_where_no_token_is_needed(self):
        headers = {"Content-Type": JSON}
        for method, path, code in (
            ("POST", "/api/auth/token", 400),
            ("POST", "/rest/sky/token", 400),
            ("DELETE", "/api/auth/session", 404),
        ):
            for body in (
                b" " * (STRANGER.body - 2) + b"{}",
                b" " * STRANGER.body + b"{",
            ):
                long = len(body) > STRANGER.body
                for data in (body, iter([body])):
                    response = self._request(method, path, data=data, headers=headers)
                    self.assertError(response, 413 if long else code)

    def test_a_token_brings_more(self):
        self._add_group(self.holder, "base.group_partner_manager")
        values = {"name": "Ada", "comment": "a" * STRANGER.body}
        partner = self.assertDone(self.client.post("/api/partners", json=values), 201)
        self.assertTrue(partner["id"])
