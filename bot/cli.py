"""Arguments to one call a command (contracts.md). Exit codes: 0 fine, 1 content or input has faults, 2 usage.

The rule: a command imports what it needs when it runs, so that none waits for what another needs. What commands do
stands in `channels/`; here nothing is decided but which of them is meant. Help and refusals are Japanese and come from
`knowledge/words/cli.yaml`.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.access import Access
    from bot.content.load import Content
    from bot.content.wording import Wording
    from bot.settings import Settings
    from bot.turn import Turns

T = TypeVar("T")

_TALK = "talk"
_DAY = click.DateTime(["%Y-%m-%d"])


class Stop(Exception):
    """The end of a command: a sentence for stderr, and the exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


class _Command(click.Command):
    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002  one page for all commands
        from bot.channels.once.usage import help_page

        return help_page(_wording().words)


class _Commands(click.Group):
    """`bansou` alone, or with options only, is `bansou talk`."""

    command_class = _Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else _TALK
        alone = not args or (first.startswith("-") and first not in ctx.help_option_names)
        return super().parse_args(ctx, [_TALK, *args] if alone else args)

    def get_help(self, ctx: click.Context) -> str:
        return _Command.get_help(self, ctx)  # type: ignore[arg-type]  # both are commands to click


def main(arguments: list[str] | None = None) -> int:
    import gc

    from bot.channels.base import as_utf8

    gc.disable()  # what a start makes it nearly all keeps: looking through it costs a fifth; long runs enable it again
    as_utf8(sys.stdin, "replace")
    as_utf8(sys.stdout, "backslashreplace")  # half a surrogate pair in JSON is written as JSON writes it
    as_utf8(sys.stderr, "backslashreplace")
    try:
        return int(commands.main(arguments, prog_name="bansou", standalone_mode=False) or 0)
    except Stop as stop:
        click.echo(str(stop), err=True)
        return stop.code
    except click.UsageError as error:
        from bot.channels.once.usage import refusal

        click.echo(refusal(_wording().words, error), err=True)
        return error.exit_code
    except click.Abort:
        return 1
    finally:
        gc.enable()  # for who called us within a process of its own


@click.group(cls=_Commands)
def commands() -> None:
    pass


# --- talking ---


@commands.command(_TALK)
@click.option("--db", type=click.Path(path_type=Path))
@click.option("--user")
@click.option("--jsonl", is_flag=True)
@click.option("--record", type=click.File("w", encoding="utf-8"))
def talk(db: Path | None, user: str | None, jsonl: bool, record: TextIO | None) -> int:
    from bot.channels.jsonl import Jsonl
    from bot.channels.terminal import ME, Terminal

    settings = _settings()
    settings = settings if db is None else replace(settings, database=db)
    with ExitStack() as stack:
        turns = _turns(stack, settings)
        if record is not None:
            from bot.channels.recorded import recorded

            turns = recorded(turns, record)
        if jsonl:
            return Jsonl(turns, sys.stdin, sys.stdout).serve()
        return Terminal(turns, sys.stdin, sys.stdout, user or ME, live=sys.stdin.isatty()).serve()


@commands.command()
def telegram() -> int:
    settings = _settings()
    if not settings.telegram_token:
        raise _stop("no_token", 2)
    import logging

    from bot.channels.telegram.run import run_telegram

    logging.basicConfig(level=logging.INFO)  # the channel puts its redacting filter on the handler made here
    with ExitStack() as stack:
        sign = _alone(stack, settings)
        turns = _turns(stack, settings, public=True)
        turns.library.search("")  # makes the index now rather than in somebody's first turn
        server, allowed = settings.telegram_server, settings.allowed_users
        return run_telegram(turns, settings.telegram_token, server, allowed, webhook=settings.webhook, sign=sign)


@commands.command()
@click.option("--alive", "only_alive", is_flag=True)
def doctor(only_alive: bool) -> int:
    from bot.channels.doctor.visit import alive, visit
    from bot.clock import clock

    if only_alive:
        return alive(_settings(), _wording().words, sys.stdout)
    return visit(_settings(), _wording().words, sys.stdout, clock())


@commands.command()
@click.option("--until", type=_DAY)
@click.option("--cancel", is_flag=True)
def invite(until: datetime | None, cancel: bool) -> int:
    if until is not None and cancel:
        raise _stop("invite_what", 2)
    settings = _settings()
    if not settings.telegram_token and not cancel:
        raise _stop("no_token", 2)
    import logging

    from bot.channels.telegram import inviting
    from bot.clock import end_of

    logging.getLogger("httpx").setLevel(logging.WARNING)  # the token stands in every address that it logs
    with ExitStack() as stack:
        access = _access(stack, settings)
        words = _wording().words
        if cancel:
            return inviting.cancel(access, words, sys.stdout)
        ends = None if until is None else end_of(until.date())
        if ends is not None and ends < access.clock():
            raise _stop("invite_past", 2)
        return inviting.invite(access, settings, words, sys.stdout, ends)


# --- answering once ---


@commands.command()
@click.argument("flow")
@click.option("--answers", type=click.File("rb"), required=True)
@click.option("--today", type=_DAY)
def run(flow: str, answers: IO[bytes], today: datetime | None) -> int:  # noqa: ARG001  no rule reads a date yet
    from bot.channels.once.run import run as evaluate

    return evaluate(_root(), _wording(), flow, answers.read(), out=sys.stdout, err=sys.stderr)


@commands.command()
@click.argument("text", required=False)
@click.option("--json", "as_data", is_flag=True)
@click.option("--limit", type=click.IntRange(min=1))
@click.option("--explain", is_flag=True)
@click.option("--batch", type=click.File("rb"))
def search(text: str | None, as_data: bool, limit: int | None, explain: bool, batch: IO[bytes] | None) -> int:
    if (text is None) == (batch is None):
        raise _stop("search_what", 2)
    from bot.assemble import make_library
    from bot.channels.once import search as once

    library = _usable(lambda: make_library(_settings(), _content()))
    if batch is not None:
        return once.search_batch(library, batch.read(), sys.stdout, limit)
    return once.search(library, text or "", sys.stdout, limit=limit, as_data=as_data, explain=explain)


@commands.command()
@click.option("--json", "as_data", is_flag=True)
def entries(as_data: bool) -> int:
    from bot.channels.once import lists

    return lists.entries(_root(), _wording(), sys.stdout, sys.stderr, as_data=as_data)


@commands.command()
@click.option("--json", "as_data", is_flag=True)
def flows(as_data: bool) -> int:
    from bot.channels.once import lists

    return lists.flows(_root(), _wording(), sys.stdout, sys.stderr, as_data=as_data)


@commands.command()
@click.option("--json", "as_data", is_flag=True)
@click.option("--deep", is_flag=True)
@click.option("--witness", is_flag=True)
@click.option("--today", type=_DAY)
def check(as_data: bool, deep: bool, witness: bool, today: datetime | None) -> int:
    from bot.channels.once import content
    from bot.clock import clock

    if deep or witness:
        from bot.channels.once.proofs import check_deep

        return check_deep(
            _root(), _wording(), sys.stdout, clock, (today or clock()).date(), as_data=as_data, talks=witness
        )
    return content.check(_root(), _wording(), sys.stdout, (today or clock()).date(), as_data=as_data)


@commands.command()
@click.option("--batch", type=click.File("rb"), required=True)
def guard(batch: IO[bytes]) -> int:
    from bot.channels.once import content

    return content.guard(_wording(), batch.read(), sys.stdout)


# --- what commands stand on ---


def _root() -> Path:
    from bot.content.load import content_root

    return content_root()


def _wording() -> Wording:
    from bot.content.wording import read_wording

    return read_wording(_root())


def _content() -> Content:
    from bot.content.load import read_content

    return read_content(_root(), prove=False)  # what never holds is for `check` to find


def _stop(key: str, code: int, /, **slots: object) -> Stop:
    from bot.channels.once.output import say

    return Stop(say(_wording().words, key, **slots), code)


def _settings() -> Settings:
    from bot.settings import BadSetting, read_settings

    try:
        return read_settings(os.environ, sys.platform)
    except BadSetting as error:
        wanted = _stop(error.wanted, 2)
        raise _stop("bad_setting", 2, name=error.key, value=error.value, wanted=wanted) from None


def _turns(stack: ExitStack, settings: Settings, *, public: bool = False) -> Turns:
    """The open store with all that stands on it; whatever keeps it from opening is one sentence."""
    import gc
    import sqlite3

    from bot.assemble import open_turns
    from bot.content.problems import faults

    content = _content()
    try:
        turns = _usable(lambda: stack.enter_context(open_turns(settings, content, public=public)))
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise _stop("cannot_open", 1, path=settings.database) from error
    if bad := faults(content.problems):
        click.echo(content.words.say("left_out", count=len(bad)), err=True)
    gc.freeze()
    gc.enable()
    return turns


def _access(stack: ExitStack, settings: Settings) -> Access:
    """The open store and what is known of who may; nothing is tidied, a bot may be at work on it."""
    import sqlite3

    from bot.assemble import open_access

    try:
        return stack.enter_context(open_access(settings))
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise _stop("cannot_open", 1, path=settings.database) from error


def _alone(stack: ExitStack, settings: Settings) -> Callable[[], None]:
    """No second bot at this database; what comes back gives a sign of life."""
    from bot.store.lock import AlreadyRunning, only_one

    try:
        return stack.enter_context(only_one(settings.database))
    except AlreadyRunning as other:
        raise _stop("already_running", 69, path=settings.database, holder=other.holder) from None  # EX_UNAVAILABLE
    except OSError as error:
        raise _stop("cannot_open", 1, path=settings.database) from error


def _usable(make: Callable[[], T]) -> T:
    """What `make` makes; where the content cannot carry it, its faults are told and that is the end."""
    from bot.assemble import Unusable
    from bot.channels.once.output import tell

    try:
        return make()
    except Unusable as unusable:
        tell(sys.stderr, unusable.problems, _wording())
        raise _stop("unusable", 1) from None
