"""What the form of a resource says of the fields of documents."""

import pytest
from blackbox.clients import RpcError
from blackbox.resources import Exposing

DOCUMENTS = {
    "account.move": "partner_id",
    "sale.order": "partner_id",
    "purchase.order": "partner_id",
    "stock.picking": "partner_id",
    "hr.leave": "holiday_status_id",
}


@pytest.fixture
def exposing(admin):
    exposing = Exposing(admin)
    yield exposing
    exposing.remove()


@pytest.mark.parametrize("model", DOCUMENTS)
def test_state_is_advised_against_and_what_is_written_in_draft_is_not(
    admin, exposing, model
):
    name = DOCUMENTS[model]
    fields = [("state", "write"), (name, "write")]
    resource = exposing(f"form-{model.replace('.', '-')}", model, *fields)
    row = admin("rest.resource", "read", [resource], ["advice", "problem"])[0]
    assert row["advice"].startswith("state: ")
    assert "action" in row["advice"]
    assert name not in row["advice"]
    assert not row["problem"]


def test_stages_that_people_choose_are_not_advised_against(admin, exposing):
    for model in ("crm.lead", "project.task"):
        path = f"form-{model.replace('.', '-')}"
        resource = exposing(path, model, ("stage_id", "write"))
        row = admin("rest.resource", "read", [resource], ["advice"])[0]
        assert not row["advice"]


def test_field_that_can_not_be_served_is_refused(admin, exposing):
    model = exposing.find("ir.model", model="res.partner")
    values = {
        "name": "x_rest_data",
        "field_description": "Data",
        "model_id": model,
        "ttype": "serialized",
    }
    field = admin("ir.model.fields", "create", values)
    try:
        with pytest.raises(RpcError, match="x_rest_data"):
            exposing("form-sparse", "res.partner", "name", "x_rest_data")
    finally:
        admin("ir.model.fields", "unlink", [field])
