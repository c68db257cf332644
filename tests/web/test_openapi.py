"""What the API answers is what its description says, whatever it is asked: schemathesis makes up the questions."""

from __future__ import annotations

from contextlib import suppress

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from small_site import Client

#: Whether a made-up query can be asked is not for a schema to say, so that an answer of 400 is as good as one of 200.
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12  # of each operation, of questions that fit the description and of such that do not


def test_every_answer_is_as_described(client: Client) -> None:
    described = schemathesis.openapi.from_url(f"{client.origin}/api/openapi.json")
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in schemathesis.GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            )
            def ask(case: schemathesis.Case) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(base_url=client.origin, headers={"Origin": client.origin}, checks=CHECKS)

            with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
                ask()
    assert asked > 20 * EXAMPLES
