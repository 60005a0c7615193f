from odoo import _, api, fields, models


class RestTokenShow(models.AbstractModel):
    """Dialog that shows a secret: abstract, so that no table ever holds it."""

    _name = "rest.token.show"
    _description = "REST Token Issued"

    # The web client reads the secret by an onchange, which needs an id.
    id = fields.Id()
    secret = fields.Char(string="Access Token", readonly=True)

    @api.model
    def _open(self, secret):
        """Return the action that shows a secret once.

        :rtype: dict
        """
        return {
            "type": "ir.actions.act_window",
            "name": _("REST Token Issued"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_secret": secret},
        }
