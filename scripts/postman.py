"""Writes docs/postman.json, a Postman collection, from frontend/openapi.json; `--check` fails if it is stale.

Nothing in it is random, so that the same API gives the same bytes. Optional parameters are there, but off.
Each request tests that its answer is one the document names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "frontend" / "openapi.json"
TARGET = PROJECT / "docs" / "postman.json"
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
AFTER_SIGNING_IN = (
    "if (pm.response.code === 200) pm.collectionVariables.set('token', pm.response.json().access_token);"
)
DOCUMENTED = "pm.test('is answered as documented', () => pm.expect(%s).to.include(String(pm.response.code)));"
MOST_DEPTH = 8
EXAMPLE_OF_NAME = {
    "email": "{{email}}",
    "username": "{{email}}",
    "password": "{{password}}",
    "symbols": "ES-2020-03",
}
EXAMPLE_OF_FORMAT = {
    "date": "2020-03-20",
    "date-time": "2020-03-20T14:30:00Z",
    "uuid": "00000000-0000-4000-8000-000000000000",
}

Json = dict[str, Any]


def collection(api: Json) -> Json:
    """Return the collection of an OpenAPI document: a folder a tag, in the document's order."""
    folders: dict[str, list[Json]] = {}
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            folders.setdefault(operation["tags"][0], []).append(_item(api, path, method, operation))
    return {
        "info": {
            "name": api["info"]["title"],
            "version": api["info"]["version"],
            "schema": SCHEMA,
        },
        "auth": {
            "type": "bearer",
            "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}],
        },
        "variable": [
            {"key": "baseUrl", "value": "http://localhost:8000"},
            {
                "key": "token",
                "value": "",
                "description": "An access token (sign in by `token`), or an API key.",
            },
            {"key": "email", "value": "you@example.org"},
            {"key": "password", "value": ""},
        ],
        "item": [{"name": tag, "item": items} for tag, items in folders.items()],
    }


def _item(api: Json, path: str, method: str, operation: Json) -> Json:
    parameters = [_resolved(api, each) for each in operation.get("parameters", ())]
    request: Json = {
        "method": method.upper(),
        "header": [_pair(api, each) for each in parameters if each["in"] == "header"],
        "url": _url(api, path, parameters),
        "description": operation.get("description", operation["summary"]),
    }
    body = _body(api, operation)
    if body is not None:
        request["body"] = body
    if not operation.get("security", True):
        request["auth"] = {"type": "noauth"}
    item: Json = {
        "name": operation["summary"],
        "id": operation["operationId"],
        "request": request,
    }
    script = [DOCUMENTED % json.dumps(sorted(operation["responses"]))]
    if path.endswith("/auth/token"):
        script.append(AFTER_SIGNING_IN)
    item["event"] = [{"listen": "test", "script": {"type": "text/javascript", "exec": script}}]
    return item


def _url(api: Json, path: str, parameters: list[Json]) -> Json:
    parts = path.strip("/").replace("{", ":").replace("}", "").split("/")
    query = [_pair(api, each) for each in parameters if each["in"] == "query"]
    raw = "{{baseUrl}}/" + "/".join(parts)
    needed = [f"{each['key']}={each['value']}" for each in query if not each.get("disabled")]
    return {
        "raw": raw + ("?" + "&".join(needed) if needed else ""),
        "host": ["{{baseUrl}}"],
        "path": parts,
        "query": query,
        "variable": [_pair(api, each) for each in parameters if each["in"] == "path"],
    }


def _pair(api: Json, parameter: Json) -> Json:
    value = _example_named(api, parameter["name"], parameter["schema"], 0)
    text = ",".join(map(str, value)) if isinstance(value, list) else _text(value)
    pair: Json = {
        "key": parameter["name"],
        "value": text,
        "description": parameter.get("description", ""),
    }
    if not parameter.get("required"):
        pair["disabled"] = True
    return pair


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _body(api: Json, operation: Json) -> Json | None:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        value = example_of(api, content["application/json"]["schema"])
        raw = json.dumps(value, indent=2, ensure_ascii=False)
        return {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        if kind in content:
            fields = example_of(api, content[kind]["schema"])
            return {
                "mode": "urlencoded",
                "urlencoded": [{"key": k, "value": str(v)} for k, v in fields.items()],
            }
    return None


def example_of(api: Json, schema: Json, depth: int = 0) -> Any:
    """Return a value that a schema gives as its example, or else the plainest one that fits its type."""
    schema = _resolved(api, schema)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("example", "default", "const"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return example_of(
                api,
                next(each for each in schema[key] if each.get("type") != "null"),
                depth,
            )
    return _plain(api, schema, depth)


def _plain(api: Json, schema: Json, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object" and depth < MOST_DEPTH:
        properties = schema.get("properties", {})
        return {
            name: _example_named(api, name, properties[name], depth + 1)
            for name in schema.get("required", ())
            if name in properties
        }
    if kind == "array":
        return [example_of(api, schema["items"], depth + 1)] if depth < MOST_DEPTH else []
    if kind == "integer":
        return int(schema.get("minimum", 1))
    if kind == "number":
        return float(schema.get("minimum", 1.0))
    if kind == "boolean":
        return False
    return EXAMPLE_OF_FORMAT.get(schema.get("format", ""), "")


def _example_named(api: Json, name: str, schema: Json, depth: int) -> Any:
    known = EXAMPLE_OF_NAME.get(name)
    if known is None:
        return example_of(api, schema, depth)
    return [known] if _resolved(api, schema).get("type") == "array" else known


def _resolved(api: Json, schema: Json) -> Json:
    for _ in range(MOST_DEPTH):
        if "$ref" not in schema:
            break
        found: Any = api
        for key in schema["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        schema = found
    return schema


def main(arguments: list[str]) -> int:
    """Write the collection, or tell whether the written one is what the API says."""
    made = (
        json.dumps(
            collection(json.loads(SOURCE.read_text("utf-8"))),
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )
    if arguments == ["--check"]:
        if TARGET.exists() and TARGET.read_text("utf-8") == made:
            return 0
        sys.stderr.write("docs/postman.json is stale: run 'make client'\n")
        return 1
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
