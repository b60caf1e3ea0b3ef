"""Writes `tradesense_client/models.py` from the API's own description; `make client` calls it."""

from __future__ import annotations

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DESCRIPTION = HERE.parents[2] / "frontend" / "openapi.json"
TARGET = HERE / "tradesense_client" / "models.py"
ROOTS = (
    "FuturesProduct",
    "FuturesProductDetail",
    "QuotesAnswer",
    "CurveAnswer",
    "UnderlyingItem",
    "ChainAnswer",
    "BarsAnswer",
    "InstrumentItem",
    "Feed",
)
HEAD = '''"""What the API answers, as types for checkers; plain dictionaries at run time.

Written by `make_models.py` from the API's own description: don't edit.
"""

from __future__ import annotations

from typing import {names}
'''
LONGEST_LINE = 110
_SIMPLE = {"string": "str", "number": "float", "integer": "int", "boolean": "bool", "null": "None"}
_REFERENCE = re.compile(r'"#/components/schemas/(\w+)"')


def write_models(description: dict[str, Any]) -> str:
    """Return the source of the models of a description."""
    schemas = description["components"]["schemas"]
    wanted: list[str] = []
    for root in ROOTS:
        _collect(schemas, root, wanted)
    models = [_model(name, schemas[name]) for name in sorted(wanted)]
    text = "\n\n\n".join(models) + "\n"
    names = [
        name for name in ("Any", "Literal", "NotRequired", "TypedDict") if re.search(rf"\b{name}\b", text)
    ]
    return f"{HEAD.format(names=', '.join(names))}\n\n{text}"


def _collect(schemas: dict[str, Any], name: str, wanted: list[str]) -> None:
    if name in wanted:
        return
    wanted.append(name)
    for other in _REFERENCE.findall(json.dumps(schemas[name])):
        _collect(schemas, other, wanted)


def _model(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return _fitting(f"{name} = {_type(schema)}")
    fields = schema["properties"]
    required = set(schema.get("required", fields))
    assert all(each.isidentifier() and not keyword.iskeyword(each) for each in fields), name
    lines = [f"class {name}(TypedDict):"]
    for field, inner in fields.items():
        kind = _type(inner)
        lines.append(_fitting(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}"))
    return "\n".join(lines)


def _fitting(line: str) -> str:
    before, bracket, inside = line.partition("Literal[")
    if len(line) <= LONGEST_LINE or not bracket:
        return line
    words, _, after = inside.partition("]")
    margin = " " * (len(line) - len(line.lstrip()))
    listed = "".join(f"{margin}    {word},\n" for word in words.split(", "))
    return f"{before}Literal[\n{listed}{margin}]{after}"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "const" in schema:
        return f"Literal[{json.dumps(schema['const'])}]"
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(each) for each in schema['enum'])}]"
    if schema.get("type") == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_type(inner) if isinstance(inner, dict) else 'Any'}]"
    return _SIMPLE.get(str(schema.get("type")), "Any")


def main() -> int:
    """Write the models; with `--check`, only tell whether they are what the description says."""
    source = write_models(json.loads(DESCRIPTION.read_text("utf-8")))
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text("utf-8") == source else 1
    TARGET.write_text(source, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
