"""Prints the option tables of the parser of the installed azure-cli, offline.

Standard input:   one JSON array per line: the words of a command.
Standard output:  one JSON object: {"azure-cli": "2.91.0", "extensions": {"k8s-extension": "1.9.3"}}
then one per line of input, in the same order:
    {"command": "acr list", "arguments": [{"options": ["--name", "-n"], "required": true, "choices": [...], "nargs": "+"}]}
    {"command": "acr lost", "arguments": null}      there is no such command, or what it needs is not installed

"nargs" is "0" for an option without a value, and left out for one with one value.
"""

import contextlib
import io
import json
import logging
import os
import sys
import tempfile


class Loaded(Exception):
    """The parser of a command is complete."""


def isolate(folder):
    """Keeps the user's configuration and login out, but lets the installed extensions in. Before azure-cli is imported."""
    extensions = os.environ.get("AZURE_EXTENSION_DIR")
    if not extensions:
        configuration = os.environ.get("AZURE_CONFIG_DIR") or os.path.expanduser(os.path.join("~", ".azure"))
        extensions = os.path.join(configuration, "cliextensions")
    for name in list(os.environ):
        if name.startswith("AZURE_"):
            del os.environ[name]
    os.environ.update(
        AZURE_CONFIG_DIR=folder,
        AZURE_EXTENSION_DIR=extensions,
        AZURE_CORE_COLLECT_TELEMETRY="no",
        AZURE_EXTENSION_USE_DYNAMIC_INSTALL="no",
    )
    network = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}

    def offline(event, _arguments):
        if event in network:
            raise OSError(f"nothing is asked online ({event})")

    sys.addaudithook(offline)
    logging.disable(logging.CRITICAL)


def described(action):
    """An argument of argparse as the tables have it."""
    argument = {"options": [str(option) for option in action.option_strings]}
    if action.required and action.option_strings:
        argument["required"] = True
    if action.choices is not None:
        argument["choices"] = [str(choice) for choice in action.choices]
    if action.nargs is not None:
        argument["nargs"] = str(action.nargs)
    return argument


def make_tables():
    """A function that takes the words of a command and answers with its arguments, or None where it does not exist."""
    from azure.cli.core import get_default_cli
    from azure.cli.core.commands import AzCliCommandInvoker
    from azure.cli.core.parser import AzCliCommandParser
    from knack.events import EVENT_INVOKER_CMD_TBL_LOADED

    cli = get_default_cli()

    def loaded(_cli, **arguments):
        raise Loaded(arguments["parser"])

    cli.register_event(EVENT_INVOKER_CMD_TBL_LOADED, loaded)

    def tables(words):
        cli.invocation = AzCliCommandInvoker(
            cli_ctx=cli, parser_cls=AzCliCommandParser, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
        )
        try:
            cli.invocation.execute(list(words))
        except Loaded as end:
            parser = end.args[0].subparser_map.get(" ".join(words))
            if parser:
                # What azure-cli hands to itself is nobody's option.
                return [described(action) for action in parser._actions if type(action).__name__ != "IgnoreAction"]
        return None

    return tables


def versions():
    """The versions of azure-cli and of the extensions that are installed."""
    from azure.cli.core import __version__
    from azure.cli.core.extension import get_extensions

    return {"azure-cli": __version__, "extensions": {extension.name: extension.version for extension in get_extensions()}}


def main():
    """Answers line by line, until the input ends."""
    with tempfile.TemporaryDirectory(prefix="azure-cli-facts-") as folder:
        isolate(folder)
        tables = make_tables()
        print(json.dumps(versions()), flush=True)
        for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
            words = json.loads(line)
            # What azure-cli prints is not ours to answer.
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                try:
                    arguments = tables(words)
                except ImportError:
                    # Beside the azure-cli for the tests only those packages are installed that our scripts need.
                    arguments = None
            answer = {"command": " ".join(words), "arguments": arguments}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
