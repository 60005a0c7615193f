import json
import time

from werkzeug.exceptions import BadRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from odoo.tests.common import TransactionCase, tagged

from ..dispatch.reading import read_params

MIB = 2**20


@tagged("post_install", "-at_install")
class TestReadParams(TransactionCase):
    def _read(self, data=b"", content_type=None, query="", method="POST"):
        builder = EnvironBuilder(
            method=method,
            query_string=query,
            input_stream=None,
            data=data,
            content_type=content_type,
        )
        return read_params(Request(builder.get_environ()))

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
