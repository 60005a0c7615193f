from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from .. import compat
from ..exceptions import shorten
from ..principal import Scope


@compat.add_constraints(
    name_unique=("UNIQUE (name, audience)", "There is a scope of that name already."),
    name_word=(r"CHECK (name ~ '^\S+$')", "The name of a scope is one word."),
    audience_word=(
        r"CHECK (audience ~ '^[^\s/]*$')",
        "An audience is one word without slashes.",
    ),
)
class RestTokenScope(models.Model):
    """What a token can be limited to, such as ``partners:read``.

    A scope belongs to what it was made for, its audience: another collection of
    services may have one of the same name. One that a token has can't be deleted, as a
    token left without any would be without limits. It is archived where what it was
    made for is gone.
    """

    _name = "rest.token.scope"
    _description = "REST Token Scope"
    _order = "name, audience"

    name = fields.Char(required=True, readonly=True)
    audience = fields.Char(
        required=True,
        readonly=True,
        default="",
        help="What it was made for; empty where routes name it.",
    )
    active = fields.Boolean(default=True, readonly=True)

    def _to_principal(self):
        """Return this scope as those who call have it.

        :rtype: Scope
        """
        self.ensure_one()
        return Scope(self.name, self.audience)

    @api.model
    def _parse(self, text, audience=""):
        """Find the scopes of a list as OAuth 2.0 writes it (RFC 6749, section 3.3).

        :param str text: names, with spaces, and nothing else, between them
        :param str audience: whose scopes are meant where others have the same names
        :return: one at least, as a token without any would be without limits
        :rtype: rest.token.scope
        :raise ValidationError: there is no such scope, or none is named, or several are
            of that name, and none of that audience
        """
        names = set(text.split(" ")) - {""}
        if not names:
            raise ValidationError(_("No scope is named."))
        scopes = self.sudo().search([("name", "in", list(names))])
        unknown = names.difference(scopes.mapped("name"))
        if unknown:
            unknown = shorten(" ".join(sorted(unknown)))
            raise ValidationError(_("Unknown scope: %s", unknown))
        own = scopes.filtered(lambda scope: scope.audience == audience)
        others = scopes.filtered(lambda scope: scope.name not in own.mapped("name"))
        if len(own) + len(others) > len(names):
            others = shorten(" ".join(sorted(set(others.mapped("name")))))
            raise ValidationError(_("Several scopes have the same name: %s", others))
        return own + others

    @api.model
    def _ensure(self, names, audience=""):
        """Make sure that there are scopes of these names.

        One that has no audience, and that no addon declares, is of a version that knew
        no audiences: who asks for it first has it.

        :param names: iterable of str
        :param str audience: what they are for; nothing for routes that name them
        """
        domain = [("name", "in", list(names)), ("audience", "in", ["", audience])]
        records = self.sudo().with_context(active_test=False).search(domain)
        own = records.filtered(lambda scope: scope.audience == audience)
        own.filtered(lambda scope: not scope.active).active = True
        for scope in records - own:
            if scope.name not in own.mapped("name"):
                if not scope.get_external_id()[scope.id]:
                    scope.audience = audience
                    own += scope
        for name in set(names).difference(own.mapped("name")):
            # Several workers may load the database at once.
            self.env.cr.execute(
                "INSERT INTO rest_token_scope (name, audience, active) "
                "VALUES (%s, %s, TRUE) ON CONFLICT DO NOTHING",
                (name, audience),
            )

    @api.model
    def _retire(self, names, audience):
        """Remove scopes that are for nothing any more; archive those that tokens have.

        :param names: iterable of str
        :param str audience: what they were for
        """
        domain = [("name", "in", list(names)), ("audience", "=", audience)]
        scopes = self.sudo().with_context(active_test=False).search(domain)
        used = scopes._find_used()
        used.active = False
        (scopes - used).unlink()

    def _find_used(self):
        """Find those of these scopes that something is limited to.

        :rtype: rest.token.scope
        """
        tokens = self.env["rest.token"].sudo().with_context(active_test=False)
        return self & tokens.search([("scope_ids", "in", self.ids)]).scope_ids

    def _get_words(self):
        """Say what a scope is for, to people: in the language of the context.

        :rtype: str
        """
        self.ensure_one()
        return self.name
