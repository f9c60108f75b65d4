import pytest
from callers import Counter
from sqlalchemy import Engine

import api.routes.quotes
from api.app import create_app
from api.errors import answer, problem_json, status_of
from kernel.db.engine import make_engine
from kernel.errors import Conflict, Fault, Invalid, NotFound, NotPermitted, Unavailable
from kernel.settings import Settings

FAULT = Fault("field", "is wrong", "mend it")


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFound("x", FAULT), 404),
        (Conflict("x", FAULT), 409),
        (Conflict("idempotency-key-reused", FAULT), 422),
        (Invalid("x", FAULT), 422),
        (NotPermitted("x", FAULT), 403),
        (Unavailable("x", FAULT), 503),
    ],
)
def test_every_kind_of_refusal_has_its_status(refusal: Exception, status: int) -> None:
    assert status_of(refusal) == status


def test_a_problem_is_never_without_an_error() -> None:
    with pytest.raises(AssertionError):
        problem_json(422, "x", ())
    assert answer(503, "x", FAULT).headers["retry-after"] == "5"


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/quote", "/v1/quotes/", "/docs", "/openapi.json"])
def test_an_unknown_route_is_a_problem(counter: Counter, path: str) -> None:
    unknown = counter.caller["bank"].ask("GET", path)
    assert unknown.status_code == 404
    assert unknown.headers["content-type"] == "application/problem+json"
    assert unknown.json()["errors"] == [
        {
            "field": "path",
            "problem": "there is no such route",
            "cure": "see the list of operations",
        }
    ]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_another_method_is_a_problem_that_names_the_right_ones(
    counter: Counter, method: str
) -> None:
    refused = counter.caller["bank"].ask(method, "/v1/quotes")
    assert refused.status_code == 405
    assert refused.headers["allow"] in ("GET", "POST")
    assert refused.headers["content-type"] == "application/problem+json"


def test_what_nobody_foresaw_is_a_problem_without_its_inside(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the secret inside")

    monkeypatch.setattr(api.routes.quotes.store, "quotes", broken)
    refused = counter.caller["bank"].ask("GET", "/v1/quotes")
    assert refused.status_code == 500
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "our-fault"
    assert "secret" not in refused.text
    assert "ZeroDivision" not in refused.text


def test_a_database_that_is_away_is_named_so(counter: Counter, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE access RENAME TO elsewhere")
    broken = counter.caller["bank"].ask("GET", "/v1/quotes")
    assert broken.status_code in (500, 503)
    assert broken.json()["errors"][0]["cure"]
    assert "elsewhere" not in broken.text


def test_a_refusal_for_now_says_when_to_come_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("database-busy", Fault("database", "is too busy", "repeat"))

    monkeypatch.setattr(api.routes.quotes.store, "quotes", away)
    refused = counter.caller["bank"].ask("GET", "/v1/quotes")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")


def test_a_database_of_another_schema_is_not_served(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with pytest.raises(Unavailable) as refused:
        create_app(Settings(), engine=engine)
    assert refused.value.code == "schema-behind"
    assert create_app(Settings(), engine=engine, check=False).openapi()
    engine.dispose()


def test_a_faulty_scheme_file_stops_the_start(engine: Engine, tmp_path: object) -> None:
    (tmp_path / "bad.toml").write_text('code = "bad"\n', encoding="utf-8")
    with pytest.raises(Invalid):
        create_app(Settings(schemes_dir=tmp_path), engine=engine)
