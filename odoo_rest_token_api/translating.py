"""Texts of constants: Odoo's export finds them, and they are translated later."""

from odoo.addons.odoo_rest_token import compat

ADDON = __package__.rpartition(".")[2]


def _lt(text):
    """Mark a text as one to translate.

    :param str text: in English
    :rtype: str
    """
    return text


def translate(env, text):
    """Translate a text that was marked.

    :param odoo.api.Environment env: whose language counts
    :param str text: in English
    :return: in that language, or in English
    :rtype: str
    """
    return compat.translate_code(env, ADDON, text)
