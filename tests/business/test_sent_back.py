"""What was read is sent back: 200 and the same, though Odoo refuses such writes."""

import pytest

from business.helpers import send_back, write_all
from business.names import Names, has_field

FIELDS = {
    "stock.picking": "partner_id scheduled_date origin picking_type_id location_id "
    "location_dest_id move_lines|move_ids",
    "res.users": "name login email password groups_id|group_ids lang tz company_ids",
    "account.move": "partner_id invoice_date ref invoice_line_ids line_ids state",
    "product.template": "name list_price price? standard_price taxes_id categ_id",
    "sale.order": "partner_id date_order order_line note state pricelist_id",
    "purchase.order": "partner_id date_order order_line notes|note currency_id",
    "hr.employee": "name job_title work_email address_id tz",
    "hr.leave": "name holiday_status_id employee_id request_date_from state",
    "project.task": "name description user_id|user_ids date_deadline stage_id tag_ids",
    "crm.lead": "name partner_id stage_id probability expected_revenue",
    "calendar.event": "name start stop partner_ids description",
    "stock.move": "name|description_picking product_id product_uom_qty "
    "quantity_done|quantity state",
    "account.account": "name code root_id",
    "account.move.line": "name account_id debit credit tax_ids",
}


@pytest.mark.parametrize("model", FIELDS)
def test_what_was_read_is_sent_back(admin, expose, model):
    names = Names(admin).choose(model, FIELDS[model])
    resource = expose(model, *write_all(*names))
    outcomes = send_back(resource, limit=20)
    assert set(outcomes) == {"the same"}, outcomes


def test_price_stays_where_none_is_sent(admin, expose):
    # Up to 15.0, templates have a price beside that of the list.
    none = {"price": 0} if has_field(admin, "product.template", "price") else {}
    templates = expose("product.template", *write_all("name", "list_price", *none))
    template = templates.create({"name": "Chair", "list_price": 12.5, **none})
    assert template["list_price"] == 12.5
    templates.update(template["id"], name="Stool", **none)
    assert templates.read(template["id"])["list_price"] == 12.5


def test_password_is_not_emptied(expose, admin):
    users = expose("res.users", *write_all("name", "login", "password"))
    user = users.search(login="demo")["data"][0]
    assert users.update(user["id"], password=None) == user
