import json
from typing import Any

import pytest
from callers import Counter, open_counter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlalchemy import Engine

from api.app import create_app
from api.openapi import describe, example, operations
from api.policy import ALLOWED, OPEN
from api.routes import PUBLIC, ROUTERS
from api.schemas.common import Problem
from api.strict_json import read
from kernel.settings import Settings

ROUTES = {route.operation_id: route for router in ROUTERS for route in router.routes}
DRAWN = {
    *("read_document_content", "draw_who_pays", "read_letter_message"),
    *("read_claim_paper", "draw_pool_forecast", "read_issued_report_csv"),
}
"""Operations that answer with a paper, a picture, a table or a message between banks."""

JSON_OUT = sorted(set(ALLOWED) - DRAWN)


def _refs(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        inner = [part for name, part in value.items() if name != "example"]
        return own.union(*(_refs(part) for part in inner))
    return set().union(*(_refs(inner) for inner in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("operation", JSON_OUT)
def test_the_example_fits_the_form_and_the_answer(operation: str) -> None:
    route, shown = ROUTES[operation], example(operation)
    assert isinstance(route, APIRoute)
    TypeAdapter(route.response_model).validate_json(json.dumps(shown["response"]))
    assert ("request" in shown) == (route.body_field is not None)
    if route.body_field is not None:
        form = route.dependant.body_params[0].field_info.annotation
        read(form, json.dumps(shown["request"]).encode())


def test_the_description_is_whole(counter: Counter) -> None:
    document = counter.app.openapi()
    assert document["openapi"].startswith("3.1")
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert named == _refs(document), "every schema is there, and none is left over"
    assert document["security"] == [{"token": []}]
    ids = [shown["operationId"] for _, _, shown in operations(document)]
    assert sorted(ids) == sorted(ALLOWED.keys() | OPEN)


def test_every_operation_says_what_it_does_and_how_it_may_end(counter: Counter) -> None:
    for path, method, shown in operations(counter.app.openapi()):
        assert shown["summary"]
        assert "Roles: " in shown["description"]
        answers = shown["responses"]
        if shown["operationId"] in OPEN:
            assert {"422", "429", "500", "503"} <= set(answers)
            assert {"401", "403", "415"}.isdisjoint(answers)
            assert shown["security"] == []
        else:
            assert {"401", "403", "422", "500", "503"} <= set(answers)
        if method == "POST" and shown["operationId"] not in OPEN:
            assert {"400", "413", "415"} <= set(answers)
        if "{" in path:
            assert "404" in answers
        (good,) = (status for status in answers if status.startswith("2"))
        for media_type, content in answers[good]["content"].items():
            assert media_type in ("application/pdf", "image/svg+xml") or content["example"]
        for status in set(answers) - {good}:
            content = answers[status]["content"]["application/problem+json"]
            problem = Problem.model_validate_json(json.dumps(content["example"]))
            assert problem.status == int(status)
        writes = "Idempotency-Key" in str(shown.get("parameters"))
        assert writes == (method == "POST" and shown["operationId"] not in READS_BY_POST)


READS_BY_POST = {
    *("preview_quote", "find_frontier", "indicate_price", "split_loss"),
    *("check_eligibility", "find_bank_products", "score_innovation"),
    *("preview_policy_change", "preview_policy_renewal", "preview_policy_cancellation"),
    *("preview_policy_reinstatement", "preview_transaction_reversal", "preview_letter"),
    *("check_file", "work_out_damages"),
}


def test_the_open_door_is_described_as_it_answers(counter: Counter) -> None:
    routes = {route.operation_id: route for router in PUBLIC for route in router.routes}
    described = {shown["operationId"]: shown for _, _, shown in operations(counter.app.openapi())}
    for operation in OPEN:
        content = described[operation]["responses"]["200"]["content"]
        assert "text/html" in content
        route = routes[operation]
        assert isinstance(route, APIRoute)
        if route.response_model is not None:
            shown = content["application/json"]
            TypeAdapter(route.response_model).validate_json(json.dumps(shown["example"]))
            assert shown["schema"]["$ref"].endswith(route.response_model.__name__)
    retry = described["check_file"]["responses"]["429"]["headers"]
    assert list(retry) == ["Retry-After"]
    sent = described["check_file"]["requestBody"]["content"]
    assert set(sent) == {"application/pdf", "multipart/form-data"}
    (number,) = [one for one in described["check_letter"]["parameters"] if one["in"] == "path"]
    assert (number["name"], number["required"]) == ("number", True)


def test_the_description_is_served_only_where_it_is_asked_for(engine: Engine) -> None:
    closed = open_counter(engine).client
    assert {closed.get(path).status_code for path in ("/docs", "/openapi.json")} == {404}
    app = create_app(Settings(), engine=engine, docs=True)
    served = TestClient(app)
    assert served.get("/docs").status_code == 200
    assert served.get("/openapi.json").json() == json.loads(json.dumps(describe(app)))


def test_every_problem_that_leaves_fits_its_schema(counter: Counter) -> None:
    for path in ("/v1/nowhere", "/v1/quotes?limit=0", "/v1/quotes/x"):
        Problem.model_validate_json(counter.caller["bank"].ask("GET", path).content)
