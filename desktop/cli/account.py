"""`dasan-desk account`: the password of an account file, kept where no file holds it."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from dataclasses import replace
from pathlib import Path

from desktop.adapters.phone.account_file import Account, account_without_password
from desktop.adapters.phone.account_values import AccountError
from desktop.cli.options import add_common_again
from desktop.cli.output import DONE, CommandError, UsageError, emit_event, say

SUMMARY = "keep the password of a telephone account in this computer's keyring"
LONGEST = 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand."""
    commands = parser.add_subparsers(dest="what", metavar="COMMAND", required=True)
    password = commands.add_parser(
        "password", help="keep a password: asked for on a terminal, else the first line of standard input"
    )
    password.add_argument("file", type=Path, metavar="FILE", help="the account file it is for")
    add_common_again(password)


def run(args: argparse.Namespace) -> int:
    """Keep the password, and look whether it is there."""
    from desktop.adapters.system.secrets import Secrets

    try:
        account = account_without_password(args.file)
    except AccountError as error:
        raise UsageError(str(error)) from error
    if account is None:
        raise UsageError(
            f'{args.file} says itself where its password is; take "password" or "password_env" out first.'
        )
    password = _read(account.id)
    if not asyncio.run(Secrets().keep_for_good(account.id, password)):
        raise CommandError("this computer has no keyring that keeps it; the desk asks for it at each start.")
    if args.json:
        emit_event("password", account=account.id, kept=True)
    else:
        say(f"The password of {account.id} is kept in the keyring.")
    return DONE


def with_password(account: Account) -> Account:
    """The account with the keyring's password where its file has none, else with one typed for this run."""
    if not account.registrar or account.password:
        return account
    from desktop.adapters.system.secrets import Secrets

    password = asyncio.run(Secrets().find(account.id))
    if not password and sys.stdin is not None and sys.stdin.isatty():
        password = _read(account.id)
    return replace(account, password=password)


def _read(account: str) -> str:
    """A password from a terminal, without showing it, or the first line of standard input. Raises UsageError."""
    if sys.stdin is None:
        raise UsageError("there is no standard input to read the password from.")
    try:
        if sys.stdin.isatty():
            password = getpass.getpass(f"Password of {account}: ")
        else:
            password = sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    except (EOFError, UnicodeDecodeError):
        password = ""
    if not 0 < len(password) <= LONGEST or any(ord(letter) < 32 for letter in password):
        raise UsageError(f"a password has 1 to {LONGEST} characters, in one line of standard input.")
    return password
