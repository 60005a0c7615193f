from .. import restapi
from ..records.link_params import LinksParam, list_changed
from ..records.params import ChangeAnswer
from ..records.preferring import APPLIED


class RecordService(restapi.AbstractComponent):
    """Links that are added and removed, without the others being named."""

    _inherit = "rest.record.service"

    @restapi.method(
        [("/<int:record_id>/links", "PATCH")],
        input_param=LinksParam(),
        output_param=ChangeAnswer("ETag", APPLIED),
        headers=("If-Match", "Prefer"),
        errors=(409, 412, 422),
    )
    def update_links(self, record_id, params):
        """Add and remove links

        The path that changes the record takes the same, beside its other fields.
        """
        return self.update(record_id, params)

    def _may_call(self, name):
        may_call = super()._may_call(name)
        return may_call and (name != "update_links" or bool(list_changed(self)))
