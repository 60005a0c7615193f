"""What all descriptions in OpenAPI share: schemas, headers, errors."""

from ..limits import MAX_PREFER
from ..wire import MAX_ID

NULL = {"type": "null"}
ID_SCHEMA = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
# With what a generator has to be told to be sure of.
ANY_OBJECT = {"type": "object", "additionalProperties": {}}

LINK = {"$ref": "#/components/schemas/Link"}
# One that has a name: generators warn of alternatives of a schema that have none.
LINK_ID = {"$ref": "#/components/schemas/Link.Id"}
LINK_BY_ID = {"$ref": "#/components/schemas/Link.ById"}
LINK_COMPUTED = {"$ref": "#/components/schemas/Link.Computed"}
LINK_INPUT = {"$ref": "#/components/schemas/Link.Input"}
AMOUNT = {"$ref": "#/components/schemas/Amount"}
AMOUNT_INPUT = {"$ref": "#/components/schemas/Amount.Input"}
ERROR = {"$ref": "#/components/schemas/Error"}
IMPORTED = {"$ref": "#/components/schemas/Imported"}
OAUTH_ERROR = {"$ref": "#/components/schemas/OAuthError"}
ERROR_PROPERTIES = {
    "code": {"type": "integer", "description": "HTTP status"},
    "name": {"type": "string"},
    "description": {"type": "string", "description": "What went wrong"},
}
SCHEMAS = {
    "Link": {
        "type": "object",
        "description": "A record, and what it is called.",
        "required": ["id", "name"],
        "properties": {"id": ID_SCHEMA, "name": {"type": "string"}},
        "additionalProperties": False,
    },
    "Link.Id": ID_SCHEMA,
    "Link.ById": {
        "type": "object",
        "description": "A record, whatever it is called.",
        "required": ["id"],
        "properties": {"id": ID_SCHEMA, "name": {"type": "string"}},
        "additionalProperties": False,
    },
    "Link.Input": {
        "description": "A record, as it is sent: its id will do.",
        "anyOf": [LINK, LINK_BY_ID, LINK_ID],
    },
    "Link.Computed": {
        "type": "object",
        "description": "A record that no table has.",
        "required": ["id", "name"],
        "properties": {
            "id": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "name": {"type": "string"},
        },
        "additionalProperties": False,
    },
    "Amount": {
        "type": "object",
        "description": "An amount of money.",
        "required": ["amount", "currency"],
        "properties": {
            "amount": {"type": "number"},
            "currency": {"anyOf": [LINK, NULL]},
        },
        "additionalProperties": False,
    },
    "Amount.Sent": {
        "type": "object",
        "description": "An amount of money. A currency has to be the record's.",
        "required": ["amount"],
        "properties": {
            "amount": {"type": "number"},
            "currency": {"anyOf": [LINK_INPUT, NULL]},
        },
        "additionalProperties": False,
    },
    "Amount.Number": {"type": "number"},
    "Amount.Input": {
        "description": "An amount of money, as it is sent: the number will do.",
        "anyOf": [
            AMOUNT,
            {"$ref": "#/components/schemas/Amount.Sent"},
            {"$ref": "#/components/schemas/Amount.Number"},
        ],
    },
    "Error": {
        "type": "object",
        "required": ["code", "name", "description"],
        "properties": ERROR_PROPERTIES,
        "additionalProperties": False,
    },
    "Imported": {
        "type": "object",
        "description": "What became of a line: a record, or an error.",
        "required": ["line"],
        "properties": {
            "line": {"type": "integer", "minimum": 1},
            "id": ID_SCHEMA,
            "created": {"type": "boolean"},
            **ERROR_PROPERTIES,
        },
        "additionalProperties": False,
    },
    "OAuthError": {
        "type": "object",
        "required": ["code", "name", "description"],
        "properties": {
            **ERROR_PROPERTIES,
            "error": {
                "type": "string",
                "description": "Error code of RFC 6749, unless the request was refused "
                "before it got to its database.",
            },
        },
        "additionalProperties": False,
    },
}

ERRORS = {
    400: "The request can't be read, or a parameter is refused",
    401: "There is no valid token",
    403: "The user, or the token, may not",
    404: "There is no such thing, or not for this user",
    409: "It is in the way of something else",
    412: "It has changed since it was read",
    413: "The body is too long",
    422: "A rule of the data is violated",
    429: "There were too many calls: wait, as `Retry-After` says",
    503: "The service is unavailable for the moment",
}

REQUEST_HEADERS = {
    "X-Company-Id": {
        "description": "One of the user's companies, to leave out records of others.",
        "schema": ID_SCHEMA,
    },
    "Accept-Language": {
        "description": "An installed language, such as `fr` or `pt-BR`, instead of "
        "the user's.",
        "schema": {"type": "string"},
    },
    "If-Match": {
        "description": "The `ETag` of the record as it was read: it is left alone if "
        "it has changed since.",
        "schema": {"type": "string"},
    },
    "If-None-Match": {
        "description": "The `ETag` of the record as it was read: it is read again "
        "only if it has changed since.",
        "schema": {"type": "string"},
    },
    "Idempotency-Key": {
        "description": "Any text of yours. If the request is sent again within a day, "
        "it creates nothing more, and is answered by what the first one created.",
        "schema": {"type": "string", "maxLength": 255},
    },
    "Prefer": {
        "description": "What the client would rather have (RFC 7240): "
        "`return=minimal`, nothing of the record in the answer; `onchange`, a new "
        "record filled in as Odoo's form does; `resolution=merge-duplicates`, what is "
        "there of the same key changed.",
        "schema": {"type": "string", "maxLength": MAX_PREFER},
    },
    "X-Request-Id": {
        "description": "Any id of yours, of up to 128 letters, digits and `.:+/=@_-`, "
        "which the answer and the server's log repeat.",
        "schema": {"type": "string", "maxLength": 128},
    },
}
ANSWER_HEADERS = {
    "ETag": {
        "description": "Changes whenever the record does.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Path of the record, where one was created.",
        "schema": {"type": "string"},
    },
    "Idempotency-Replayed": {
        "description": "`true` where an earlier request of the same `Idempotency-Key` "
        "created what this is.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Preference-Applied": {
        "description": "What was followed of the header `Prefer`.",
        "schema": {"type": "string"},
    },
}
MONITORING_HEADERS = {
    "X-Request-Id": {
        "description": "Of the request, as its client chose it, or as it was made: it "
        "stands in the server's log.",
        "schema": {"type": "string"},
    },
    "Deprecation": {
        "description": "Since when the operation is deprecated (RFC 9745).",
        "schema": {"type": "string", "examples": ["@1769817600"]},
    },
    "Sunset": {
        "description": "From when on the operation may be gone (RFC 8594).",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "What to call in place of a deprecated operation.",
        "schema": {"type": "string"},
    },
}
ANSWER_HEADERS.update(MONITORING_HEADERS)
RATE_HEADERS = {
    "Retry-After": {
        "description": "Seconds to wait for, where there were too many calls.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "RateLimit": {
        "description": "How many calls are left, `r`, for `t` seconds, by the name of "
        "each limit. It comes with all answers to a call that is counted.",
        "schema": {"type": "string", "examples": ['"user";r=5999;t=60']},
    },
    "RateLimit-Policy": {
        "description": "How many calls, `q`, there may be in `w` seconds, by the name "
        "of each limit.",
        "schema": {"type": "string", "examples": ['"user";q=6000;w=60']},
    },
}
ANSWER_HEADERS.update(RATE_HEADERS)
ERROR_HEADERS = {429: RATE_HEADERS}  # by status


def describe_list(record, **others):
    """Return the JSON schema of a list of records, as it is answered.

    :param dict record: JSON schema of a record
    :param others: JSON schemas of what is answered beside the list
    :rtype: dict
    """
    return {
        "type": "object",
        "required": ["count", "data"],
        "properties": {
            "count": {"type": "integer", "description": "Records of this answer."},
            "data": {"type": "array", "items": record},
            **others,
        },
    }


def describe_page(record, **others):
    """Return the JSON schema of a page of records, as it is answered.

    :param dict record: JSON schema of a record
    :param others: JSON schemas of what is answered beside the page
    :rtype: dict
    """
    next_cursor = {
        "type": ["string", "null"],
        "description": "To be sent as `cursor` for the next page, if any.",
        "examples": [None],
    }
    page = describe_list(record, next_cursor=next_cursor, **others)
    page["required"].append("next_cursor")
    return page
