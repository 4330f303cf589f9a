"""Judges `az` command lines with the argument parser of the real azure-cli, offline.

Standard input:   one JSON array of texts per line, the arguments after `az`.
Standard output:  one JSON object per line, in the same order:
    {"ok": true}
    {"ok": false, "error": "what azure-cli says"}
    {"ok": null,  "error": "unknown command group (extension)"}   not in azure-cli itself, so not judged

"ok" means that azure-cli would start the command: every option exists, is spelled in full, has the values it
wants, nothing required is missing, and the validators of the arguments agree. What the command then does, or
asks Azure about, is not judged.

Nothing here uses the network: a connection that is attempted all the same fails, and shows in the verdict.
All answers come from one process, because starting azure-cli takes longer than dozens of judgements.
"""

import argparse
import contextlib
import io
import json
import logging
import os
import sys
import tempfile

# Command groups that come from extensions of azure-cli. No package index has those, so they cannot be judged here;
# every other unknown group is a mistake.
EXTENSION_GROUPS = {"k8s-extension", "connectedk8s"}

# Validators that are left out, because they ask Azure (and so want a login) before they answer:
# - the default location of a new resource is looked up from its resource group when --location is not given.
ONLINE_VALIDATORS = {"get_default_location_from_resource_group"}


class Refused(Exception):
    """azure-cli would not start the command."""


class Accepted(Exception):
    """azure-cli has nothing against the command, and would start it now."""


def isolate(folder):
    """Keeps the user's configuration, extensions and login out, and the network unreachable.

    Must run before azure-cli is imported, which reads its settings then.
    """
    for name in list(os.environ):
        # AZURE_DEFAULTS_GROUP and its like would quietly supply a missing --resource-group.
        if name.startswith("AZURE_"):
            del os.environ[name]
    os.environ.update(
        AZURE_CONFIG_DIR=folder,
        AZURE_EXTENSION_DIR=os.path.join(folder, "extensions"),
        AZURE_CORE_COLLECT_TELEMETRY="no",
        AZURE_EXTENSION_USE_DYNAMIC_INSTALL="no",
    )
    network = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}

    def offline(event, _arguments):
        if event in network:
            raise Refused(f"this judge is offline, and azure-cli wanted the network ({event})")

    sys.addaudithook(offline)
    # Advice such as "the suffix is automatically omitted" is not a verdict.
    logging.disable(logging.CRITICAL)


def make_judge():
    """A function that takes the arguments after `az`, and raises `Accepted` or what speaks against them.

    azure-cli's own steps are run, not repeated here: its loader of commands, its global options, its parser, its
    validators. Only the ends are cut off: the parser's ways out, and the start of the command.
    """
    from azure.cli.core import get_default_cli
    from azure.cli.core.commands import AzCliCommandInvoker
    from azure.cli.core.parser import AzCliCommandParser

    class Parser(AzCliCommandParser):
        """The real parser, but every mistake is raised. The original prints, seeks advice online and exits."""

        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            # argparse takes `--reg` for `--registry` as long as no other option begins so. The next azure-cli may have
            # one, so an abbreviation in a script is a mistake that waits.
            self.allow_abbrev = False

        def error(self, message):
            raise Refused(message)

        def validation_error(self, message):
            raise Refused(message)

        def format_help(self):
            raise Refused("only shows help")

        def _check_value(self, action, value):
            # The original offers to download an extension that might know the command.
            if not self.command_source and action.choices is not None and value not in action.choices:
                raise Refused(f"azure-cli, as installed for this judge, has no command '{value}' in '{self.prog}'")
            argparse.ArgumentParser._check_value(self, action, value)

    class Invoker(AzCliCommandInvoker):
        """The real course of a command, up to its start."""

        def _validate_arg_level(self, ns, **_):
            ns._argument_validators = [
                validator for validator in ns._argument_validators if validator.__name__ not in ONLINE_VALIDATORS
            ]
            super()._validate_arg_level(ns)

        def resolve_warnings(self, cmd, parsed_args):
            """Deprecated and preview commands are accepted without a word."""

        def resolve_confirmation(self, cmd, parsed_args):
            """Nobody is asked whether they are sure."""

        def _run_jobs_serially(self, jobs, ids):
            raise Accepted

        def _run_jobs_concurrently(self, jobs, ids):
            raise Accepted

    # Once for all: it reads configuration files, which nobody changes meanwhile.
    cli = get_default_cli()

    def judge(argv):
        cli.invocation = Invoker(
            cli_ctx=cli, parser_cls=Parser, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
        )
        cli.invocation.execute(list(argv))

    return judge


def verdict(judge, line):
    """The answer to one line of input, as a dictionary."""
    try:
        argv = json.loads(line)
    except ValueError as error:
        return {"ok": False, "error": f"not JSON: {error}"}
    if not isinstance(argv, list) or not argv or not all(isinstance(argument, str) for argument in argv):
        return {"ok": False, "error": "not a JSON array of texts"}
    if argv[0] in EXTENSION_GROUPS:
        return {"ok": None, "error": "unknown command group (extension)"}
    said = io.StringIO()
    try:
        # What azure-cli prints belongs to the error, not among our answers.
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            judge(argv)
    except Accepted:
        return {"ok": True}
    # Whatever else is raised, and however it leaves: the command did not get through.
    except (Exception, SystemExit) as error:
        return {"ok": False, "error": str(error) or said.getvalue().strip() or type(error).__name__}
    return {"ok": False, "error": said.getvalue().strip() or "does nothing"}


def main():
    """Answers line by line, until the input ends."""
    with tempfile.TemporaryDirectory(prefix="azure-cli-judge-") as folder:
        isolate(folder)
        judge = make_judge()
        # The same line gets the same answer; loading an unknown group again would take a second each time.
        answers = {}
        # JSON is UTF-8, whatever the locale says.
        for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
            if line not in answers:
                answers[line] = json.dumps(verdict(judge, line))
            print(answers[line], flush=True)


if __name__ == "__main__":
    main()
