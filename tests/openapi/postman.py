"""Make the Postman collection of the OpenAPI document.

    python tests/openapi/postman.py http://127.0.0.1:8016

writes it where it is committed. Run from its first request to its last, as Postman and
newman do, it needs nothing but its variables.
"""

import json
import re
import sys
from pathlib import Path

import requests

ADDON = Path(__file__).resolve().parents[2] / "odoo_rest_token_api"
COLLECTION = ADDON / "static" / "postman" / "odoo_rest_api.postman_collection.json"
FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
TAGS = ("auth", "partners")  # others are not served by every server
VERBS = ("post", "get", "patch", "put", "delete")
VARIABLES = {
    "baseUrl": "http://localhost:8069",
    "db": "",
    "login": "admin",
    "password": "admin",
    "token": "",
}

ISSUE = "auth_issue_token_post"
ENDS = ("auth_revoke_token", "auth_revoke")  # of the token of the others, in the end
REVOCATION = "/revoke"
# Which records are meant, or what they are called, is for people to say; lines of JSON
# are no JSON; a token that takes the place of another one ends the session of that.
LEFT_OUT = re.compile(
    r"auth_rotate_token|partners_.*(many|groups|by_\w+)|partners_(update|delete)_batch"
    r"|partners_(export|import|update_links)"
)
SAVE_ID = 'pm.collectionVariables.set("{name}", pm.response.json().id);'
SCRIPTS = {
    ISSUE: ['pm.collectionVariables.set("token", pm.response.json().access_token);'],
    "auth_issue_token_get": [
        'pm.collectionVariables.set("spare", pm.response.json().access_token);',
    ],
    "auth_list_tokens": [
        'const spare = pm.collectionVariables.get("spare") || "";',
        'const isSpare = (token) => spare.startsWith("access_token_" + token.prefix);',
        "const found = pm.response.json().data.find(isSpare);",
        'pm.collectionVariables.set("token_id", found ? found.id : "");',
    ],
}


class CollectionMaker:
    """
    :param dict document: in OpenAPI 3.1
    """

    def __init__(self, document):
        self.document = document

    def make(self):
        return {
            "info": {
                "name": self.document["info"]["title"],
                "description": "Set the variables of the collection, and send its "
                "first request: it saves a token for the others.",
                "schema": FORMAT,
            },
            "auth": {
                "type": "bearer",
                "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}],
            },
            "variable": [
                {"key": name, "value": value} for name, value in VARIABLES.items()
            ],
            "item": self._make_folders(),
        }

    def _make_folders(self):
        """Make a folder for each tag. What ends tokens comes after all others."""
        folders = []
        for tag in self.document["tags"]:
            if tag["name"] in TAGS:
                folders.append({**tag, "item": self._make_items(tag["name"])})
        tokens = folders[TAGS.index("auth")]
        ends = [item for item in tokens["item"] if self._is_end(item["request"])]
        tokens["item"] = [item for item in tokens["item"] if item not in ends]
        return [*folders, {"name": "auth: the end", "item": ends}]

    def _is_end(self, request):
        is_revocation = request["url"]["raw"].endswith(REVOCATION)
        return request["method"] == "DELETE" or is_revocation

    def _make_items(self, tag):
        operations = [
            (path, verb, operation, item.get("parameters", []))
            for path, item in self.document["paths"].items()
            for verb, operation in item.items()
            if verb in VERBS and operation["tags"] == [tag]
            if not LEFT_OUT.fullmatch(operation["operationId"])
        ]
        operations.sort(key=self._get_place)
        return [self._make_item(*operation) for operation in operations]

    def _get_place(self, described):
        path, verb, operation, _parameters = described
        name = operation["operationId"]
        end = ENDS.index(name) + 1 if name in ENDS else 0
        return end, name != ISSUE, VERBS.index(verb), path

    def _make_item(self, path, verb, operation, parameters):
        parameters = [*parameters, *operation.get("parameters", [])]
        parameters = [self._resolve(parameter) for parameter in parameters]
        is_public = {} in (operation["security"] or [{}])
        request = {
            "method": verb.upper(),
            "description": operation.get("description", ""),
            "header": self._list(parameters, "header"),
            "url": self._make_url(path, parameters, is_public),
        }
        if is_public:
            request["auth"] = {"type": "noauth"}
        if "requestBody" in operation:
            body = self._make_body(operation["requestBody"], is_public)
            request["body"] = {
                "mode": "raw",
                "raw": json.dumps(body, indent=4),
                "options": {"raw": {"language": "json"}},
            }
        return {
            "name": operation["summary"],
            "request": request,
            "event": [self._make_test(path, operation)],
        }

    def _make_url(self, path, parameters, is_public):
        url = {
            "raw": "{{baseUrl}}" + path.replace("{", ":").replace("}", ""),
            "host": ["{{baseUrl}}"],
            "path": [
                part.replace("{", ":").rstrip("}") for part in path[1:].split("/")
            ],
            "query": self._list(parameters, "query"),
            "variable": [
                {"key": parameter["name"], "value": "{{%s}}" % parameter["name"]}
                for parameter in parameters
                if parameter["in"] == "path"
            ],
        }
        for item in url["query"]:
            if is_public and item["key"] in VARIABLES:
                item.update(value="{{%s}}" % item["key"], disabled=False)
        return url

    def _list(self, parameters, place):
        """List parameters that are there for a person to fill in."""
        return [
            {
                "key": parameter["name"],
                "value": "",
                "description": parameter.get("description", ""),
                "disabled": True,
            }
            for parameter in parameters
            if parameter["in"] == place
        ]

    def _make_body(self, body, is_public):
        content = body["content"]["application/json"]
        example = content["example"]
        if is_public:
            example = dict(example)
            names = self._resolve(content["schema"])["properties"].keys() & VARIABLES
            example.update({name: "{{%s}}" % name for name in sorted(names)})
        return example

    def _make_test(self, path, operation):
        statuses = [int(code) for code in operation["responses"] if code[0] == "2"]
        script = [
            'pm.test("is answered as documented", () => {',
            f"    pm.expect(pm.response.code).to.be.oneOf({statuses});",
            "});",
            *SCRIPTS.get(operation["operationId"], ()),
        ]
        name = self._get_id_name(path)
        if 201 in statuses and name:
            script.append(SAVE_ID.format(name=name))
        return {
            "listen": "test",
            "script": {"type": "text/javascript", "exec": script},
        }

    def _get_id_name(self, path):
        """Return what a record's id is called in the paths below a path, if any."""
        for other in self.document["paths"]:
            if f"{path}/{{" in other:
                return other.split("{")[1].split("}")[0]
        return None

    def _resolve(self, described):
        if "$ref" in described:
            _root, *path = described["$ref"].split("/")
            described = self.document
            for name in path:
                described = described[name]
        return described


def make_collection(url):
    """Return the text of the collection, as a server describes itself.

    :rtype: str
    """
    document = requests.get(f"{url}/api/openapi.json", timeout=60).json()
    collection = CollectionMaker(document).make()
    return json.dumps(collection, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    COLLECTION.parent.mkdir(exist_ok=True)
    COLLECTION.write_text(make_collection(sys.argv[1]))
    print(COLLECTION)
