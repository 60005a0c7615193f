"""How presets are declared: what they are called is English, and marked."""

from typing import NamedTuple, Optional

from ..translating import _lt


class PresetArgument(NamedTuple):
    """An argument of an action.

    :param str name: of the argument
    :param str kind: its type
    :param bool required: whether it has to be sent
    :param str default: as a form takes it
    :param str model: of the records that it names
    :param str description: for the document
    """

    name: str
    kind: str = "text"
    required: bool = False
    default: str = ""
    model: Optional[str] = None
    description: str = ""


class PresetAction(NamedTuple):
    """An action: a method, or a dialog.

    :param str name: in the path
    :param str description: what it does
    :param str method: of the model, ``|`` between what series call it
    :param str dialog: XML id of a window action
    :param bool at_once: whether it is called once for many records
    :param tuple arguments: of :class:`PresetArgument`
    """

    name: str
    description: str
    method: str = ""
    dialog: str = ""
    at_once: bool = False
    arguments: tuple = ()


class Preset(NamedTuple):
    """A resource.

    :param str path: below ``/api/``
    :param str model: technical name
    :param str description: for the document
    :param dict fields: access by name; a list, for a to-many field, names the fields
        of its lines
    :param tuple operations: beside search and get
    :param str domain: where its records are
    :param tuple actions: of :class:`PresetAction`
    :param dict reports: XML ids by name
    :param bool files: whether binary fields are files
    :param bool attachments: whether files can be attached
    """

    path: str
    model: str
    description: str
    fields: dict
    operations: tuple = ()
    domain: str = "[]"
    actions: tuple = ()
    reports: dict = {}
    files: bool = False
    attachments: bool = False


CHANGE = ("create", "update")
CHATTER = (
    PresetAction(
        "message",
        _lt("Post a message, for those who follow"),
        method="message_post",
        arguments=(
            PresetArgument("body", "html", required=True),
            PresetArgument("subject"),
            PresetArgument("message_type", default="comment"),
            PresetArgument(
                "subtype_xmlid",
                default="mail.mt_comment",
                description=_lt("mail.mt_note is a note for colleagues alone."),
            ),
            PresetArgument("partner_ids", "records", model="res.partner"),
            PresetArgument("attachment_ids", "records", model="ir.attachment"),
        ),
    ),
    PresetAction(
        "activity",
        _lt("Schedule an activity"),
        method="activity_schedule",
        arguments=(
            PresetArgument("act_type_xmlid", default="mail.mail_activity_data_todo"),
            PresetArgument("date_deadline", "date"),
            PresetArgument("summary"),
            PresetArgument("note", "html"),
            PresetArgument("user_id", "record", model="res.users"),
        ),
    ),
)
