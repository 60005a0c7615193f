from odoo.tests.common import TransactionCase, tagged

from ..records.fields import make_fields
from ..records.fields.texts import describe_choice


@tagged("post_install", "-at_install")
class TestRecordChoices(TransactionCase):
    """Programs that are generated make names of values, and no two of them alike."""

    def test_values_that_make_names_are_an_enum(self):
        for values in (["draft", "done"], ["1", "2"], ["a_b", "a_c"]):
            schema = {"type": "string", "enum": values}
            self.assertEqual(describe_choice(values), schema)

    def test_values_that_make_no_names_are_examples(self):
        for values in (
            ["GMT0", "GMT+0", "GMT-0"],
            ["a", "A"],
            ["a_b", "a-b"],
            ["x.model", "x_model"],
            ["<", ">"],
            ["", "a"],
            ["a", "a"],
            ["null", "a"],
            [1, 2],
            [str(number) for number in range(1000)],
            [],
        ):
            with self.subTest(values=values[:3]):
                schema = describe_choice(values)
                self.assertNotIn("enum", schema)
                self.assertLessEqual(len(schema.get("examples", ())), 5)

    def test_time_zones_are_taken_as_they_are(self):
        field = make_fields(self.env["res.users"], {"tz": "write"})["tz"]
        schema = field.get_json_schema()
        self.assertNotIn("enum", schema)
        self.assertIn("`Africa/Abidjan`", schema["description"])
        self.assertEqual(field.from_json("Etc/GMT+1"), "Etc/GMT+1")
        with self.assertRaises(ValueError):
            field.from_json("Nowhere")
