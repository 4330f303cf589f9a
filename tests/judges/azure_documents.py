"""Compares the answers of the stand-in for `az` with the models and tables of the real azure-cli, offline.

Standard input:   one JSON object per line:
    {"model": "Token", "json": "what --output json prints"}
    {"model": "ConnectedRegistry", "json": "...", "table": "what --output table prints", "command": "acr ... show"}
Standard output:  one JSON object per line, in the same order:
    {"ok": true}
    {"ok": false, "error": "the differences"}

A document must come out as it is from the model of the SDK, printed as azure-cli prints it: with exactly the keys of
the model at every level. Without a model only the table is compared. A table must be the one that azure-cli renders
from the document for that command.
"""

import io
import json
import sys
import tempfile

from azure_cli import isolate

# The modules of azure-cli are imported in functions: `isolate` must run first.


def printed(model, document):
    """The document as azure-cli prints it once the model of the SDK has read it from the wire."""
    from azure.cli.core.commands.transform import _add_resource_group
    from azure.cli.core.util import todict

    flattened = getattr(model, f"_{model.__name__}__flattened_items", [])
    own = model({})._attr_to_rest_field
    # The models have names such as `sync_window`; the wire and the document have `syncWindow`.
    names = {
        "".join(part.title() if at else part for at, part in enumerate(name.split("_")))
        for name in flattened
        if name not in own
    }
    wire = {key: value for key, value in document.items() if key not in names}
    wire["properties"] = {key: value for key, value in document.items() if key in names}
    result = todict(model(wire if names else document))
    _add_resource_group(result)
    return result


def differences(expected, found, path=""):
    """The paths at which two documents differ."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            at = f"{path}.{key}"
            if key not in found:
                yield f"{at} is missing"
            elif key not in expected:
                yield f"{at} is unknown"
            else:
                yield from differences(expected[key], found[key], at)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, pair in enumerate(zip(expected, found)):
            yield from differences(*pair, f"{path}[{at}]")
    elif expected != found:
        yield f"{path} is {found!r}, not {expected!r}"


def rendered(cli, command, result):
    """The table that azure-cli prints for the result of a command, which may have a layout of its own."""
    from knack.output import format_table
    from knack.util import CommandResultItem

    invoker = cli.invocation_cls(
        cli_ctx=cli, parser_cls=cli.parser_cls, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
    )
    commands = invoker.commands_loader.load_command_table(command.split())
    item = CommandResultItem(result, table_transformer=commands[command].table_transformer)
    return "".join(line.rstrip() + "\n" for line in format_table(item).splitlines())


def compare(cli, task):
    """The differences between an answer of the stand-in and the one of azure-cli."""
    from azure.mgmt.containerregistry import models

    result = json.loads(task["json"])
    if "model" in task:
        model = getattr(models, task["model"])
        for document in result if isinstance(result, list) else [result]:
            yield from differences(printed(model, document), document, task["model"])
    if "table" in task:
        table = rendered(cli, task["command"], result)
        if table != task["table"]:
            yield f"the table is\n{task['table']}, not\n{table}"


def main():
    """Answers line by line, until the input ends."""
    with tempfile.TemporaryDirectory(prefix="azure-documents-") as folder:
        isolate(folder)
        from azure.cli.core import get_default_cli

        cli = get_default_cli()
        for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
            try:
                error = "; ".join(compare(cli, json.loads(line)))
            except Exception as problem:  # Whatever it is, the answer was not compared.
                error = f"{type(problem).__name__}: {problem}"
            print(json.dumps({"ok": not error, "error": error}), flush=True)


if __name__ == "__main__":
    main()
