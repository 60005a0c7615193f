"""What the series of Odoo call the same, by what is there."""

from functools import cached_property


def has_field(admin, model, name):
    """Tell whether a model has a field.

    :param admin: Odoo's RPC, as the administrator
    """
    return name in admin(model, "fields_get", [name], ["type"])


class Names:
    """Names of a server's series.

    :param admin: Odoo's RPC, as the administrator
    """

    def __init__(self, admin):
        self._admin = admin

    def choose(self, model, names):
        """Choose of each field the name that a model has for it.

        :param str names: with blanks between them, and ``|`` between what series call
            the same
        :rtype: list of str
        """
        return [self._find(model, *each.split("|")) for each in names.split()]

    def _find(self, model, *names):
        known = self._admin(model, "fields_get", list(names), ["type"])
        return next(name for name in names if name in known)

    def _has_model(self, model):
        return bool(self._admin("ir.model", "search", [("model", "=", model)]))

    @cached_property
    def moves(self):
        """Of a transfer: up to 15.0 ``move_lines``."""
        return self._find("stock.picking", "move_lines", "move_ids")

    @cached_property
    def done(self):
        """What was done of a move: up to 16.0 ``quantity_done``."""
        return self._find("stock.move", "quantity_done", "quantity")

    @cached_property
    def storable(self):
        """Values of a product that is in stock: up to 17.0 a type."""
        if has_field(self._admin, "product.product", "is_storable"):
            return {"is_storable": True}
        return {"type": "product"}

    @cached_property
    def asks_whether_all_was_done(self):
        """Up to 16.0 a transfer without quantities asks; then what is reserved is."""
        return self._has_model("stock.immediate.transfer")

    @cached_property
    def send(self):
        """The dialog that sends an invoice: its model, and an answer with a subject."""
        if self._has_model("account.invoice.send"):  # up to 16.0
            values = {"is_print": False, "subject": "Your invoice"}
            answer = {"choice": "send_and_print_action", "values": values}
            return "account.invoice.send", answer
        values = {"mail_subject": "Your invoice"}
        answer = {"choice": "action_send_and_print", "values": values}
        is_new = self._has_model("account.move.send.wizard")  # from 18.0
        return "account.move.send.wizard" if is_new else "account.move.send", answer

    @cached_property
    def reversals(self):
        """Of an invoice: up to 17.0 ``reversal_move_id``."""
        return self._find("account.move", "reversal_move_id", "reversal_move_ids")

    @cached_property
    def refund(self):
        """The answer of a reversal that leaves a draft: up to 16.0 a value says so."""
        return self._reverse("refund", "refund_moves")

    @cached_property
    def settle(self):
        """The answer of a reversal that settles the invoice."""
        return self._reverse("cancel", "modify_moves")

    def _reverse(self, method, choice):
        if has_field(self._admin, "account.move.reversal", "refund_method"):
            return {"values": {"reason": "Broken", "refund_method": method}}
        return {"choice": choice, "values": {"reason": "Broken"}}
