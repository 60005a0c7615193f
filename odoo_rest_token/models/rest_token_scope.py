from odoo import _, api, fields, models
from odoo.exceptions import ValidationError


class RestTokenScope(models.Model):
    """What a token can be limited to, such as ``partners:read``.

    A scope that a token has can't be deleted: a token left without any would be
    without limits.
    """

    _name = "rest.token.scope"
    _description = "REST Token Scope"
    _order = "name"

    name = fields.Char(required=True, readonly=True)

    _sql_constraints = [
        ("name_unique", "UNIQUE (name)", "There is a scope of that name already."),
        ("name_word", r"CHECK (name ~ '^\S+$')", "The name of a scope is one word."),
    ]

    @api.model
    def _parse(self, text):
        """Find the scopes of a list as OAuth 2.0 writes it (RFC 6749, section 3.3).

        :param str text: names, with spaces, and nothing else, between them
        :return: one at least, as a token without any would be without limits
        :rtype: rest.token.scope
        :raise ValidationError: there is no such scope, or none is named
        """
        names = set(text.split(" ")) - {""}
        if not names:
            raise ValidationError(_("No scope is named."))
        scopes = self.sudo().search([("name", "in", list(names))])
        unknown = names.difference(scopes.mapped("name"))
        if unknown:
            raise ValidationError(_("Unknown scope: %s", " ".join(sorted(unknown))))
        return scopes

    @api.model
    def _ensure(self, names):
        """Make sure that there are scopes of these names.

        :param names: iterable of str
        """
        self.env.cr.execute("SELECT name FROM rest_token_scope")
        for name in set(names).difference(name for (name,) in self.env.cr.fetchall()):
            self.env.cr.execute(
                "INSERT INTO rest_token_scope (name) VALUES (%s) "
                "ON CONFLICT DO NOTHING",
                (name,),
            )
