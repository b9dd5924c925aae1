"""Yanban, a quiet chat bot for teachers' professional learning communities."""

import asyncio
import gc
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot.ending import BAD_SETTING, fail

# Everything heavy is imported by the command that needs it.
app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=__doc__,
)
INTERRUPTED = 130


def main() -> None:
    """Run the command line; whatever is wrong is one clear line and an exit code."""
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(INTERRUPTED) from None
    except TyperException as error:
        fail(" ".join(error.format_message().split()), BAD_SETTING)
    sys.exit(code or 0)


@app.command()
def run() -> None:
    """Connect to Telegram and serve until stopped."""
    # The log writer would load rich only to colour tracebacks, which are never shown.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
    # What is loaded now stays until the end: looking through it for rubbish would only take time.
    gc.disable()
    from bot import commands

    asyncio.run(commands.run())


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="Where the demo keeps its things.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 8765,
    empty: Annotated[bool, typer.Option("--empty", help="Start without the little history.")] = False,
) -> None:
    """Start the sandbox: a chat page in the browser, no account and no network needed."""
    from bot.demo import serve

    asyncio.run(serve(folder, port, empty))


@app.command()
def check() -> None:
    """Say line by line what works and what does not; exit code 0 when all does."""
    from bot import checkup, commands

    raise typer.Exit(asyncio.run(checkup.check(commands.settings())))


@app.command()
def migrate() -> None:
    """Bring the database to the shape this version expects."""
    from bot import commands

    commands.migrate()


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Save the database and the button key, also while the bot is running."""
    from bot import backup, commands

    backup.save(commands.settings(), file)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Bring a backup back; what was there is kept aside. Stop the bot first."""
    from bot import backup, commands

    backup.bring_back(commands.settings(), file)


@app.command()
def when(
    phrases: Annotated[list[str] | None, typer.Argument(help="What to read; none: lines of input.")] = None,
    now: Annotated[str | None, typer.Option(help="The moment it is, such as 2026-11-23T10:00.")] = None,
    tz: Annotated[str, typer.Option(help="Time zone of the readers.")] = "Asia/Shanghai",
    term_start: Annotated[str | None, typer.Option(help="First day of term, such as 2026-08-31.")] = None,
) -> None:
    """Read when something is in a teacher's words; one JSON object a line."""
    from bot import phrases as reading

    reading.answer(phrases or [], now, tz, term_start)


@app.command()
def export(folder: Annotated[Path, typer.Argument(help="The folder to write into.")]) -> None:
    """Write what each community shares as JSON and Markdown, without anybody's private words."""
    from bot import commands
    from bot.export import export as write

    write(commands.settings(), folder)


@app.command(hidden=True)
def docs(
    check: Annotated[bool, typer.Option("--check", help="Only say whether they are up to date.")] = False,
) -> None:
    """Write docs/commands.md and docs/settings.md anew from the code."""
    from bot.reference import refresh

    raise typer.Exit(refresh(Path.cwd() / "docs", check))
