"""The command line: parses, calls, prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slideshow import DISTRIBUTION, __version__
from slideshow.errors import SlideshowError, variable_of
from slideshow.library.counts import FIELDS
from slideshow.settings import CHOICES, RANGES, Settings, unknown_variables

if TYPE_CHECKING:
    from slideshow.commands.importing.work import Importing

STORIES_WORTH_A_BAR = 100
SOURCES_WORTH_A_BAR = 10  # fewer are imported before one looks


def _named(_: click.Context, __: click.Parameter, value: Any) -> Any:
    """Refuse an empty name, which usually comes from an unset shell variable."""
    if value == "" or (isinstance(value, tuple) and "" in value):
        raise click.BadParameter("is empty; if you passed a shell variable, check that it is set")
    return value


STORIES = click.argument("stories", required=False, callback=_named)
LANG = click.option(
    "--lang", metavar="TAG", help="Language of articles whose file name has none, such as fr."
)
BASE_URL = click.option(
    "--base-url", metavar="URL", help="Public URL of the site, for absolute links."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Turn articles into slideshows for the web."""


def _form(*kinds: str) -> Callable[[Any], Any]:
    """Create the option of a format of output, by default the first of ``kinds``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(kinds),
        default=kinds[0],
        show_default=True,
        help="Output format.",
    )


def _setting(name: str, help: str, **attributes: Any) -> Callable[[Any], Any]:
    """Create the option of a setting; its help names the variable and the default."""
    default = Settings.__dataclass_fields__[name].default
    return click.option(
        f"--{name.replace('_', '-')}",
        help=f"{help} [{variable_of(name)}; default: {default or 'none'}]",
        **attributes,
    )


@cli.command()
@STORIES
@LANG
@_setting("host", "Address to listen on.", metavar="ADDRESS", callback=_named)
@_setting("port", "Port to listen on.", type=click.IntRange(*RANGES["port"]))
@_setting("uds", "Unix socket to listen on instead.", metavar="PATH", callback=_named)
@_setting("workers", "Number of server processes.", type=click.IntRange(*RANGES["workers"]))
@_setting("access_log", "Line for each request.", type=click.Choice(CHOICES["access_log"]))
@_setting("log_level", "Least severe messages.", type=click.Choice(CHOICES["log_level"]))
@_setting("log_format", "Form of messages.", type=click.Choice(CHOICES["log_format"]))
@_setting("metrics", "Address of figures for Prometheus.", metavar="ADDRESS:PORT", callback=_named)
@_setting("counts", "File for counts of reads.", metavar="FILE", callback=_named)
@BASE_URL
@click.option(
    "--reload",
    is_flag=True,
    default=None,
    help="Reload open pages when a file changes.",
)
def serve(stories: str | None, **given: Any) -> None:
    """Serve STORIES as slides.

    STORIES is an article, a folder of articles or a bucket (s3://…). Default: the bundled
    stories.
    """
    from slideshow.commands.serve import serve as work

    work(_settings(stories=stories, **given), report=_say)


@cli.command()
@STORIES
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False),
    callback=_named,
    help="Output folder.",
)
@LANG
@click.option(
    "--base-url", metavar="URL", help="Public URL of the exported site, including its path."
)
@click.option("--manual", is_flag=True, help="Write this program's manual, whatever else is set.")
@click.option("--compress", is_flag=True, help="Write .br and .gz files beside the texts.")
@click.option("--full", is_flag=True, help="Render all pages, changed or not.")
def export(
    stories: str | None, out: str, manual: bool, compress: bool, full: bool, **given: Any
) -> None:
    """Write STORIES as static files.

    STORIES is an article, a folder of articles or a bucket (s3://…). Default: the bundled
    stories.
    """
    if stories and manual:
        raise click.UsageError("Give STORIES or --manual.")
    from slideshow.commands import export as work
    from slideshow.commands.preflight import FILES_READ_AT_START, look_over
    from slideshow.library.cards.undrawn import undrawn
    from slideshow.library.opening import open_library

    settings = _settings(stories="" if manual else stories, **given)
    opened = open_library(settings)
    named: set[str] = set()

    def warn(problem: str) -> None:
        if problem not in named:
            named.add(problem)
            _warn(problem)

    look_over(opened.library, warn, FILES_READ_AT_START)
    site = work.Site(opened.settings, opened.library)
    for problem in undrawn(opened.library, site.faces):
        warn(str(problem))
    with click.progressbar(length=len(site.units), label="Exporting", file=sys.stderr) as bar:
        summary = work.export(site, Path(out), bar.update, is_compressed=compress, is_full=full)
    for line in summary.problems:
        warn(line)
    _say(
        f"{summary.total} files in {out}: {summary.written} written, {summary.removed} removed, "
        f"{summary.total - summary.written} unchanged."
    )
    _say(f"Not available on a static host: {'; '.join(work.SERVER_ONLY.values())}.")
    if not settings.base_url:
        _warn(
            "Absolute links point to http://localhost/. "
            "Export again with --base-url set to your site."
        )


@cli.command()
@STORIES
@LANG
@_form("text", "json")
def check(stories: str | None, lang: str | None, form: str) -> None:
    """Look for mistakes in STORIES.

    STORIES is an article, a folder of articles or a bucket (s3://…). Default: the bundled
    stories. Exits with 1 if there are errors, 0 otherwise.
    """
    from slideshow.commands import check as work
    from slideshow.library.opening import open_library
    from slideshow.web.checking import problems_of

    settings = _settings(stories=stories, lang=lang)
    opened = open_library(settings, is_strict=False)
    of_site = problems_of(opened.settings, opened.library)
    with _progress("Checking", len(opened.library.slugs())) as update:
        findings = work.check(opened.library, update, of_site)
    for line in [work.as_json(findings)] if form == "json" else work.as_text(findings):
        _say(line)
    if findings.errors:
        sys.exit(1)


@cli.command()
@STORIES
@click.option(
    "--to",
    "languages",
    multiple=True,
    metavar="LANG",
    help="Add this language, such as es or pt-BR. Repeatable.",
)
@click.option(
    "--from",
    "second",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    callback=_named,
    help="The same story in another language, to fill its catalogue.",
)
@LANG
def translate(
    stories: str | None, languages: tuple[str, ...], second: str | None, lang: str | None
) -> None:
    """Create and update translations (PO files).

    STORIES is an article or a folder of articles. Default: the bundled stories. Existing files
    gain new text and keep their translations.
    """
    from slideshow.commands import translate as work
    from slideshow.library.bucket import is_bucket
    from slideshow.library.opening import open_library

    if unknown := work.unknown(languages):
        raise click.BadParameter(f"no such language: {', '.join(unknown)}", param_hint="--to")
    if languages and second:
        raise click.UsageError("Give --to or --from: a text names its own language.")
    settings = _settings(stories=stories, lang=lang)
    if is_bucket(settings.stories):
        raise SlideshowError(
            f"{settings.stories}: cannot write translations to a bucket",
            "copy the stories to a folder, translate there, then upload the PO files",
        )
    library = open_library(settings).library
    translation = work.Translation(library, languages, datetime.now(UTC))
    with _progress("Translating", len(library.slugs())) as update:
        rows = list(translation.from_text(Path(second)) if second else translation.rows(update))
    nothing = ["No translations yet. Add a language with --to, for example --to es."]
    for line in work.table(rows) if rows else nothing:
        _say(line)
    for line in (*map(str, translation.renamed), *translation.unbegun()):
        _say(line)
    for problem in translation.problems:
        _warn(str(problem))
    if translation.problems:
        sys.exit(1)
    if second:
        _say(f"{second} is all in the catalogue: remove it, or move it out of the folder.")


@cli.command()
@STORIES
@LANG
@BASE_URL
def settings(stories: str | None, **given: Any) -> None:
    """Print each setting of a site, with its origin.

    STORIES is an article, a folder of articles or a bucket (s3://…). Default: the bundled
    stories. The output may be saved as slideshow.toml beside them.
    """
    from slideshow.commands.settings import lines
    from slideshow.library.opening import settings_of_site

    found, problems = settings_of_site(_settings(stories=stories, **given))
    for line in lines(found):
        _say(line)
    for problem in problems:
        _warn(str(problem))
    if any(problem.is_error for problem in problems):
        sys.exit(1)


@cli.command()
@click.argument("stories", callback=_named)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Language of the templates: en or fr; by default both.",
)
def pages(stories: str, languages: tuple[str, ...]) -> None:
    """Write templates of a site's other pages.

    Legal notice, privacy and accessibility statement, to be filled in, are written into the folder
    pages beside STORIES, a folder of articles. Existing files are left as they are.
    """
    from slideshow.commands import pages as work

    known = work.languages()
    if unknown := [tag for tag in languages if tag not in known]:
        raise click.BadParameter(
            f"no templates in {', '.join(unknown)}: choose from {', '.join(known)}",
            param_hint="--lang",
        )
    for path, is_written in work.write(Path(stories), languages or known):
        _say(f"{path} {'written' if is_written else 'left as it is'}")


@cli.command()
@STORIES
@LANG
@click.option("--base-url", metavar="URL", help="Address of the site, to ask it as readers do.")
def doctor(stories: str | None, **given: Any) -> None:
    """Find the faults of a site, from where it runs.

    STORIES is an article, a folder of articles or a bucket (s3://…). Examines settings,
    permissions, disk, fonts and clock, and asks the site for a page through its proxy.
    """
    from slideshow.commands.doctor import examine
    from slideshow.library.opening import open_library

    opened = open_library(_settings(stories=stories, **given), is_strict=False)
    is_well = True
    for finding in examine(opened.settings, opened.library):
        _say(str(finding))
        is_well = is_well and not any(problem.is_error for problem in finding.problems)
    if not is_well:
        sys.exit(1)


@cli.command()
@click.argument("file", required=False, callback=_named)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(FIELDS),
    default=("story", "language"),
    show_default=True,
    help="Columns; the reads of everything else are added up.",
)
@click.option("--since", metavar="DAY", default="", help="First day, such as 2026-11-26.")
@click.option("--until", metavar="DAY", default="9999", help="Last day.")
@_form("text", "csv")
def counts(file: str | None, by: tuple[str, ...], since: str, until: str, form: str) -> None:
    """Print how often pages were read.

    FILE is the one that `slideshow serve --counts FILE` writes; without it, SLIDESHOW_COUNTS.
    """
    from slideshow.commands import counts as work
    from slideshow.library.counts import Counts

    path = Path(file or _settings().counts)
    if not path.is_file():
        raise SlideshowError(
            "no counts yet", "serve with `--counts FILE`, and name that file", path=str(path)
        )
    names = [name for name in FIELDS if name in by]
    rows = Counts(path).totals(names, since, until)
    for line in work.as_csv(names, rows) if form == "csv" else work.as_table(names, rows):
        _say(line)


@cli.command()
@click.argument("story", callback=_named)
@STORIES
@LANG
@BASE_URL
def preview(story: str, stories: str | None, **given: Any) -> None:
    """Print the address at which STORY is shown before it is public.

    STORY is its name in addresses. STORIES is an article, a folder of articles or a bucket
    (s3://…). Default: the bundled stories. The address shows drafts, stories whose time has not
    come, and edits that wait for their translations; whoever has it can see them.
    """
    from slideshow.commands.preview import address_of
    from slideshow.library.opening import open_library

    opened = open_library(_settings(stories=stories, **given))
    _say(address_of(opened.library, opened.settings, story))


@cli.command("import")
@click.argument("sources", nargs=-1, callback=_named)
@click.option(
    "--to",
    "folder",
    default="stories",
    show_default=True,
    type=click.Path(file_okay=False),
    help="Folder to write the articles into.",
)
@click.option("--lang", metavar="TAG", help="Language of sources that do not tell theirs.")
@click.option(
    "--from-folder",
    type=click.Path(exists=True, file_okay=False),
    help="Import every file in a folder.",
)
@click.option("--force", is_flag=True, help="Replace articles, changes of your own included.")
@click.option("--allow-private", is_flag=True, help="Fetch from private networks too.")
def import_(
    sources: tuple[str, ...],
    folder: str,
    lang: str | None,
    from_folder: str | None,
    force: bool,
    allow_private: bool,
) -> None:
    """Turn SOURCES into Markdown articles.

    A source is a document (.docx, .odt, .rtf, .epub), a web page (a saved .html file or an
    address), a feed, a WordPress export (.xml), a deck (.pptx, Marp, Slidev, reveal-md,
    remark) or a spreadsheet with a row per slide (.csv, .xlsx). Importing it again brings its
    changes into the article and keeps yours.
    """
    from slideshow.story.languages import tag_of

    try:
        from slideshow.commands.importing import work
    except ModuleNotFoundError as error:
        raise SlideshowError(
            f"importing needs the package {error.name}", f"pip install '{DISTRIBUTION}[import]'"
        ) from error
    if lang and not tag_of(lang):
        raise click.BadParameter(f"unknown language: {lang}", param_hint="--lang")
    found = [*work.expanded(sources), *(work.sources_in(Path(from_folder)) if from_folder else ())]
    if not found:
        raise click.UsageError("Name a file, an address or --from-folder.")
    importing = work.Importing(Path(folder), lang or "", force, allow_private)
    failed = _imported(importing, found)
    if len(found) > 1:
        _say(f"{len(found) - failed} of {len(found)} sources imported into {folder}.")
    if failed:
        sys.exit(1)


def _imported(importing: Importing, sources: Sequence[str]) -> int:
    """Import each source, print its articles and the parts left out; return the failure count."""
    failed = 0
    is_shown = len(sources) >= SOURCES_WORTH_A_BAR and sys.stderr.isatty()

    def clear() -> None:
        click.echo("\r\x1b[K" if is_shown else "", err=True, nl=False)  # removes the bar's line

    with _progress("Importing", len(sources), SOURCES_WORTH_A_BAR) as update:
        for source in sources:
            try:
                for result in importing.results(source):
                    clear()
                    _say(f"{result.path} {'written' if result.is_new else 'updated'}")
                    for problem in result.problems:
                        _warn(str(problem))
            except (SlideshowError, OSError) as error:
                clear()
                _warn_of(error)
                failed += 1
            update(1)
    return failed


def main() -> None:
    """Run the command line; print a user's error as one line on stderr, with status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # some terminals lack characters
    _guarded(cli)


def _guarded(run: Callable[[], None]) -> None:
    try:
        run()
    except (SlideshowError, OSError) as error:
        _warn_of(error)
        if isinstance(error, OSError):  # a folder without permission, output to a full disk
            _drop_output()
        sys.exit(1)


def _drop_output() -> None:
    """Drop output that cannot be written: at exit it would fail again, with another status."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _progress(
    label: str, length: int, worth: int = STORIES_WORTH_A_BAR
) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr during long work, if stderr is a terminal."""
    is_hidden = length < worth or not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=is_hidden) as bar:
        yield bar.update


def _settings(**given: Any) -> Settings:
    """Read the settings of the command line and the environment; warn of misspelt variables."""
    for problem in unknown_variables(os.environ):
        _warn(str(problem))
    return Settings.from_environment(os.environ, **given)


def _say(line: str) -> None:
    click.echo(line)


def _warn(line: str) -> None:
    click.echo(line, err=True)


def _warn_of(error: SlideshowError | OSError) -> None:
    _warn(str(SlideshowError.of_system(error) if isinstance(error, OSError) else error))
