from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import ItemCase

FORM = """<form>
    <field name="item_id" invisible="1"/>
    <p %(not_urgent)s>It can wait.</p>
    <div %(urgent)s>It <b>can't</b> wait.</div>
    <div>Sent to <field name="count" readonly="1"/> of them.
        <field name="is_urgent"/></div>
    <field name="subject"/>
    <field name="tag_ids"/>
    <field name="signature" %(signed)s/>
    <footer>
        <button name="send" type="object" string="Wait" %(not_urgent)s/>
        <button name="send" type="object" string="Go" %(urgent)s/>
        <button name="send_fast" type="object" string="Fly" %(urgent)s/>
        <button special="cancel" string="Cancel"/>
    </footer>
</form>"""
EXPRESSIONS = {
    "urgent": 'invisible="not is_urgent"',
    "not_urgent": 'invisible="is_urgent"',
    "signed": 'readonly="not is_urgent"',
}
DOMAINS = {
    "urgent": "attrs=\"{'invisible': [('is_urgent', '=', False)]}\"",
    "not_urgent": "attrs=\"{'invisible': [('is_urgent', '=', True)]}\"",
    "signed": "attrs=\"{'readonly': [('is_urgent', '=', False)]}\"",
}


@tagged("post_install", "-at_install")
class TestDialogs(ItemCase):
    def setUp(self):
        super().setUp()
        fields = self.env["ir.model.fields"]
        model = self.env["ir.model"]._get("rest.test.item")
        resource = self.env["rest.resource"].create(
            {
                "path": "test-items",
                "model_id": model.id,
                "field_ids": [
                    (0, 0, {"field_id": fields._get(model.model, n).id})
                    for n in ("name", "note")
                ],
            }
        )
        window_action = self.env["ir.actions.act_window"].create(
            {
                "name": "Write a letter",
                "res_model": "rest.test.letter",
                "view_mode": "form",
                "target": "new",
                "view_id": self._new_form().id,
            }
        )
        self.env["rest.resource.action"].create(
            {
                "resource_id": resource.id,
                "name": "write-letter",
                "window_action_id": window_action.id,
            }
        )
        self.item = self._new_item(tag_ids=[(6, 0, self.tags[:2].ids)])
        self.letter = f"/api/test-items/{self.item.id}/write-letter"

    def _new_form(self):
        """Up to 16.0 conditions are domains, from 17.0 expressions."""
        for conditions in (DOMAINS, EXPRESSIONS):
            values = {
                "name": "Letter",
                "model": "rest.test.letter",
                "arch": FORM % conditions,
            }
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.addons.base"):
                    return self.env["ir.ui.view"].create(values)
            except ValidationError:
                continue
        raise AssertionError("no form")

    def _ask(self, **answer):
        response = self.client.post(self.letter, json={})
        self.assertEqual(response.status_code, 409, response.text)
        return response.json()["dialog"]

    def _answer(self, **answer):
        response = self.client.post(self.letter, json={"dialog": answer})
        return self.assertDone(response)["note"]

    def test_all_that_the_form_holds_is_sent(self):
        self.assertEqual(
            self._answer(values={"subject": "News"}), "News to First, Second: None"
        )

    def test_nothing_changed_is_sent_as_it_stands(self):
        self.assertEqual(self._answer(), "About Item to First, Second: None")

    def test_links_are_those_that_were_answered(self):
        tags = [self.tags[2].id]
        self.assertEqual(
            self._answer(values={"tag_ids": tags}), "About Item to Third: None"
        )

    def test_what_follows_from_a_change_is_sent_where_it_may_be_changed(self):
        answer = {"choice": "send", "values": {"is_urgent": True}}
        self.assertEqual(
            self._answer(**answer), "About Item to First, Second: Somebody"
        )

    def test_text_is_what_a_user_sees(self):
        self.assertEqual(self._ask()["text"], "It can wait. Sent to 2 of them.")

    def test_buttons_are_those_that_a_user_sees(self):
        self.assertEqual(self._ask()["choices"], [{"choice": "send", "title": "Wait"}])
        response = self.client.post(
            self.letter, json={"dialog": {"choice": "send_fast"}}
        )
        self.assertError(response, 400, "choice")
        answer = {"choice": "send_fast", "values": {"is_urgent": True}}
        self.assertIn("About Item", self._answer(**answer))

    def test_field_that_is_never_seen_is_not_asked(self):
        fields = self._ask()["fields"]["properties"]
        self.assertNotIn("item_id", fields)
        self.assertTrue({"subject", "tag_ids", "is_urgent", "signature"} <= set(fields))
