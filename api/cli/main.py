"""`zhibao`: every command in one place; each does its work in a module of its own."""

import os
from pathlib import Path
from typing import Annotated

import typer

from api.cli.claim import claim
from api.cli.fit import fit
from api.cli.letter import letter
from api.cli.policy import policy
from api.cli.sandbox import sandbox
from api.cli.speak import or_stop, say
from api.cli.who import Who
from api.policy import Role
from kernel.settings import Settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""A price multiplies small arrays: a second thread costs it several times what it saves."""

app = typer.Typer(
    name="zhibao",
    help="Zhibao 知保: price, issue and settle insurance of intellectual-property risk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
token = typer.Typer(help="Who may call the API.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(token, name="token")
app.add_typer(fit, name="fit")
app.add_typer(policy, name="policy")
app.add_typer(letter, name="letter")
app.add_typer(sandbox, name="sandbox")
app.add_typer(claim, name="claim")

File = Annotated[str, typer.Argument(help="A JSON file, or - for standard input.")]
Schemes = Annotated[
    Path | None, typer.Option(help="A folder with scheme files; they come before those shipped.")
]
Quote = Annotated[str, typer.Argument(help="Id or number of a quote.")]
Person = Annotated[str, typer.Option("--as", help="Who does it; it stands in the trail.")]
Level = Annotated[str, typer.Option(help="That person's level: clerk to chief.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where papers and journal go.")] = Path("demo-out"),
    cases: Annotated[Path | None, typer.Option(help="A folder of cases.")] = None,
    only: Annotated[str | None, typer.Option(help="Name of the one case to run.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Run every worked case from end to end on an embedded database."""
    from api.cli.demo import run_demo  # noqa: PLC0415 - each command loads only what it needs

    good = or_stop(lambda: run_demo(out, cases, settings(), only=only, as_json=json))
    raise typer.Exit(0 if good else 1)


@app.command()
def split(file: File, schemes: Schemes = None) -> None:
    """Share a loss under a scheme: who bears what, and why."""
    from api.cli.split import run_split  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_split(file, schemes or settings().schemes_dir)))


@app.command()
def price(file: File, schemes: Schemes = None) -> None:
    """Price a proposal without saving it: the receipt."""
    from api.cli.price import run_price  # noqa: PLC0415 - as above

    house = settings()
    say(or_stop(lambda: run_price(file, schemes or house.schemes_dir, house.own_counts)))


@app.command()
def indicate(
    file: File,
    patents: Annotated[
        Path | None, typer.Option(help="CSV or JSON file of rights; else ZHIBAO_PATENTS.")
    ] = None,
    schemes: Schemes = None,
) -> None:
    """Indicate a range of price from patent numbers and a loan; not binding."""
    from api.cli.indicate import run_indicate  # noqa: PLC0415 - as above

    house = settings()
    folder = schemes or house.schemes_dir
    say(or_stop(lambda: run_indicate(file, patents or house.patents, folder, house.own_counts)))


@app.command()
def quote(
    file: File,
    client: Annotated[str, typer.Option(help="Id or register number of who asks.")],
    as_: Person,
    authority: Level = "clerk",
) -> None:
    """Price a proposal and keep the quote with its receipt."""
    from api.cli.desk_work import run_quote  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_quote(file, client, settings(), Who(as_, authority))))


@app.command()
def approve(
    quote: Quote,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    as_: Person,
    authority: Level = "clerk",
) -> None:
    """Clear a referred quote; who made it cannot."""
    from api.cli.desk_work import run_approve  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_approve(quote, reason, settings(), Who(as_, authority))))


@app.command()
def bind(quote: Quote, as_: Person, authority: Level = "clerk") -> None:
    """Bind a quote into a policy, and file its schedule."""
    from api.cli.desk_work import run_bind  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_bind(quote, settings(), Who(as_, authority))))


@app.command()
def explained(
    quote: Quote,
    as_: Person,
    file: Annotated[
        str | None, typer.Argument(help="JSON: who explained which clauses, when and how.")
    ] = None,
    authority: Level = "clerk",
) -> None:
    """Which clauses of a quote must be explained, and who explained them; a file records it."""
    from api.cli.paper import run_explained  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_explained(quote, file, settings(), Who(as_, authority))))


@app.command()
def paper(
    kind: Annotated[str, typer.Argument(help="Such as cover_note; a wrong one lists all.")],
    name: Annotated[str, typer.Argument(help="Id or number of a quote, policy or claim.")],
    as_: Person,
    out: Annotated[Path | None, typer.Option(help="PDF file to write.")] = None,
    authority: Level = "clerk",
) -> None:
    """Issue a paper of a quote, a policy or a claim from the records."""
    from api.cli.paper import run_paper  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_paper(kind, name, out, settings(), Who(as_, authority))))


@app.command()
def frontier(file: File, schemes: Schemes = None) -> None:
    """With some figures given, how far another may go, and what binds it."""
    from api.cli.explain import run_frontier  # noqa: PLC0415 - as above

    house = settings()
    say(or_stop(lambda: run_frontier(file, schemes or house.schemes_dir, house.own_counts)))


@app.command()
def ways(file: File, schemes: Schemes = None) -> None:
    """What would turn a decline or a referral into an acceptance, smallest change first."""
    from api.cli.explain import run_ways  # noqa: PLC0415 - as above

    house = settings()
    say(or_stop(lambda: run_ways(file, schemes or house.schemes_dir, house.own_counts)))


@app.command("who-pays")
def who_pays(
    file: File,
    schemes: Schemes = None,
    picture: Annotated[Path | None, typer.Option(help="SVG file to draw it into.")] = None,
) -> None:
    """Who pays what, month by month: expected and worst, by party."""
    from api.cli.explain import run_who_pays  # noqa: PLC0415 - as above

    house = settings()
    folder = schemes or house.schemes_dir
    say(or_stop(lambda: run_who_pays(file, folder, house.own_counts, picture)))


@app.command()
def diff(
    first: File,
    second: Annotated[str, typer.Argument(help="The proposal to compare with.")],
    schemes: Schemes = None,
) -> None:
    """What lies between the prices of two proposals: one input after the other."""
    from api.cli.explain import run_diff  # noqa: PLC0415 - as above

    house = settings()
    say(or_stop(lambda: run_diff(first, second, schemes or house.schemes_dir, house.own_counts)))


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a fit.")],
    table: Annotated[Path, typer.Argument(metavar="DATA", help="A CSV or Parquet file.")],
    out: Annotated[Path, typer.Option(help="CSV or Parquet file to write.")],
    *,
    at: Annotated[str | None, typer.Option(help="Ages for a hazard fit, such as 1,3,5.")] = None,
    from_age: Annotated[
        str | None, typer.Option("--from", help="Column of the age each row has reached.")
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option(help="TOML of dated factors of the odds of default.")
    ] = None,
) -> None:
    """Score a table with a fit: `pd`, or `risk` and `survival_T`, a row out for each row in."""
    from api.cli.score import run_score  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_score(folder, table, out, at=at, from_age=from_age, overlay=overlay)))


@app.command()
def transcript(
    file: Annotated[Path, typer.Argument(help="The bank's statement: a CSV or XLSX file.")],
    loan: Annotated[str, typer.Option(help="JSON file of the loan, or - for standard input.")],
    picture: Annotated[Path | None, typer.Option(help="SVG file to draw the balance into.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Work a loan account out again from the bank's statement: exit 0 if all figures agree."""
    from api.cli.transcript import run_transcript  # noqa: PLC0415 - as above

    agreed = or_stop(lambda: run_transcript(file, loan, picture, as_json=json))
    raise typer.Exit(0 if agreed else 1)


@app.command()
def settle_tape(
    table: Annotated[Path, typer.Argument(metavar="DATA", help="A CSV or Parquet file.")],
    scheme: Annotated[str, typer.Option(help="Code of the scheme.")],
    columns: Annotated[
        str,
        typer.Option(
            help="Where what stands, such as principal=lost,loan=lent,on=day,by=year; also "
            "interest, costs, ip_share, tier."
        ),
    ],
    *,
    currency: Annotated[str, typer.Option(help="Of every amount.")] = "CNY",
    opening: Annotated[Path | None, typer.Option(help="JSON of balances at first.")] = None,
    schemes: Schemes = None,
    out: Annotated[Path | None, typer.Option(help="File to write each row's parts to.")] = None,
) -> None:
    """Share every loss of a table under one scheme, caps filling as they go; sums by vintage."""
    from api.cli.settle_tape import run_settle_tape  # noqa: PLC0415 - as above
    from api.cli.tape_columns import columns_of  # noqa: PLC0415 - as above

    folder = schemes or settings().schemes_dir
    say(
        or_stop(
            lambda: run_settle_tape(
                table,
                scheme,
                columns_of(columns),
                currency=currency,
                opening=opening,
                schemes=folder,
                out=out,
            )
        )
    )


@app.command()
def card(
    named: Annotated[str, typer.Argument(metavar="FIT", help="Its folder, or a shipped id.")],
    *,
    json: AsJson = False,
) -> None:
    """Print the card of a fit: what it is, how it did, what it does not know."""
    from api.cli.card import run_card  # noqa: PLC0415 - as above

    settings()
    found, text = or_stop(lambda: run_card(named))
    say(found.json()) if json else typer.echo(text)


@app.command()
def market(
    seed: Annotated[int, typer.Option(help="One seed gives one market.")],
    out: Annotated[Path, typer.Option(help="Folder for its tables.")] = Path("market"),
    size: Annotated[float, typer.Option(help="Times the usual number of rows.")] = 1.0,
    *,
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet instead of CSV.")] = False,
) -> None:
    """Write rights, firms, loans and disputes whose true law is known."""
    from api.cli.market import run_market  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_market(seed, out, size, "parquet" if parquet else "csv")))


@app.command()
def replay(quote: Annotated[str, typer.Argument(help="Id or number of a stored quote.")]) -> None:
    """Price a stored quote again from its frozen inputs: exit 0 if every byte is the same."""
    from api.cli.books import run_replay  # noqa: PLC0415 - as above

    answer = or_stop(lambda: run_replay(quote, settings()))
    say(answer)
    raise typer.Exit(0 if answer["same"] else 1)


@app.command("verify-books")
def verify_books() -> None:
    """Audit journal, trail, papers, letters, shares and pools: exit 0 if nothing is wrong."""
    from api.cli.books import run_verify  # noqa: PLC0415 - as above

    answer = or_stop(lambda: run_verify(settings()))
    say(answer)
    raise typer.Exit(0 if answer["clean"] else 1)


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this release."""
    from kernel.db import revisions  # noqa: PLC0415 - as above

    url = settings().database_url
    or_stop(lambda: revisions.upgrade(url))
    say({"upgraded": True})


@token.command("issue")
def issue(
    role: Annotated[str, typer.Option(help=f"One of {', '.join(Role)}.")],
    party: Annotated[str, typer.Option(help="Name of the party it acts for.")],
    register_id: Annotated[str, typer.Option(help="The party's number in its register.")],
    label: Annotated[str, typer.Option(help="Four eyes go by it: one label, one person.")] = "",
    authority: Annotated[
        str, typer.Option(help="How far an underwriter may go: clerk to chief.")
    ] = "clerk",
) -> None:
    """Issue a bearer token, and register its party if it is new. It is shown once."""
    from api.cli.tokens import run_issue  # noqa: PLC0415 - as above

    say(
        or_stop(
            lambda: run_issue(
                role, party, register_id, label, authority=authority, settings=settings()
            )
        )
    )


@token.command("revoke")
def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the token.")]) -> None:
    """Revoke a bearer token at once."""
    from api.cli.tokens import run_revoke  # noqa: PLC0415 - as above

    say(or_stop(lambda: run_revoke(id_, settings())))


@app.command()
def serve(
    *, docs: Annotated[bool, typer.Option(help="Also serve /docs and /openapi.json.")] = False
) -> None:
    """Serve the API. On an embedded database that is new, its schema is made first."""
    from api.cli.serve import run_serve  # noqa: PLC0415 - as above

    or_stop(lambda: run_serve(settings(), docs=docs))


@app.command()
def openapi() -> None:
    """Print the OpenAPI description of the API."""
    from api.cli.serve import description  # noqa: PLC0415 - as above

    say(or_stop(lambda: description(settings())))


def settings() -> Settings:
    """Return the settings of the environment, or stop naming what is wrong with them."""
    read = or_stop(lambda: Settings.from_environment(os.environ))
    if read.fits_dir is not None:
        from models.shelf import open_shelf  # noqa: PLC0415 - most houses have no folder of fits

        or_stop(lambda: open_shelf(read.fits_dir))
    return read


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
