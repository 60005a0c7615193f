from werkzeug.exceptions import BadRequest

from odoo.addons.base_rest.restapi import CerberusValidator as BaseCerberusValidator


class CerberusValidator(BaseCerberusValidator):
    """Cerberus schema whose refusals name each field in plain words."""

    def from_params(self, service, params):
        if not isinstance(params, dict):
            raise BadRequest("The body has to be an object.")
        validator = self.get_cerberus_validator(service, "input")
        if validator.validate(params):
            return validator.document
        raise BadRequest(describe_errors(validator.errors))


def describe_errors(errors):
    """Put the errors of Cerberus into one sentence.

    :param dict errors: ``Validator.errors``
    :return: such as ``login: required field; lines.0.price: must be of float type``
    :rtype: str
    """
    return "; ".join(_flatten(errors))


def _flatten(errors, path=()):
    for key, messages in sorted(errors.items(), key=lambda item: str(item[0])):
        here = (*path, str(key))
        for message in messages:
            if isinstance(message, dict):
                yield from _flatten(message, here)
            else:
                yield f"{'.'.join(here)}: {message}"
