"""What the series of Odoo call the same, by what is there."""

import re
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
            the same; one that ends with ``?`` is not in all of them
        :rtype: list of str
        """
        known = self._admin(model, "fields_get", re.findall(r"\w+", names), ["type"])
        found = []
        for each in names.split():
            chosen = [name for name in each.rstrip("?").split("|") if name in known]
            assert chosen or each.endswith("?"), f"{model} has no {each}"
            found += chosen[:1]
        return found

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
    def taxes(self):
        """Of a line of an order: up to 18.0 ``tax_id``."""
        return self._find("sale.order.line", "tax_id", "tax_ids")

    @cached_property
    def unit(self):
        """Of a line of an order: up to 18.0 ``product_uom``."""
        return self._find("sale.order.line", "product_uom", "product_uom_id")

    @cached_property
    def move_text(self):
        """What a move is called: up to 18.0 ``name``."""
        return self._find("stock.move", "name", "description_picking")

    @cached_property
    def asks_whether_to_cancel(self):
        """Up to 18.0 an order asks, which has drafts of invoices, or was sent."""
        return self._has_model("sale.order.cancel")

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
        is_new = self._has_model("account.move.send.wizard")  # from 18.0
        model = "account.move.send.wizard" if is_new else "account.move.send"
        subject = self._find(model, "mail_subject", "subject")  # the latter from 19.0
        values = {subject: "Your invoice"}
        return model, {"choice": "action_send_and_print", "values": values}

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
