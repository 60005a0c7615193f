from odoo import api, models

from odoo.addons.base.models import res_users

from ..identity import check_person, is_person, no_person


class PersonsOnly:
    """Dialog that passwords are typed into: its user's programs don't see it."""

    __slots__ = ()  # as those of models

    def check_access_rights(self, operation, raise_exception=True):
        """Up to Odoo 17.0."""
        if not self.env.su and not is_person():
            if raise_exception:
                raise no_person()
            return False
        return super().check_access_rights(operation, raise_exception)

    def _check_access(self, operation):
        """From Odoo 18.0."""
        if not is_person():
            return self, no_person
        return super()._check_access(operation)


class ResUsersIdentitycheck(PersonsOnly, models.TransientModel):
    """Dialog that Odoo opens where a proof of identity is needed, and there is none."""

    _inherit = "res.users.identitycheck"

    @api.model_create_multi
    def create(self, vals_list):
        check_person()  # Odoo creates it in superuser mode
        return super().create(vals_list)

    def run_check(self):
        check_person()
        return super().run_check()


if hasattr(res_users, "ChangePasswordOwn"):  # from Odoo 16.0

    class ChangePasswordOwn(PersonsOnly, models.TransientModel):
        """Dialog that a user types a new password of their own into."""

        _inherit = "change.password.own"
