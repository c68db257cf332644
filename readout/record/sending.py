"""What is new in saved searches, sent to where people want it: as JSON, signed, again where it fails, and not for ever."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from readout.errors import FetchError, Refused
from readout.fetching.posting import sign
from readout.record.record import Record
from readout.record.searches import Fresh, Search, fresh_answers, note_failed, note_sent, searches

Post = Callable[[str, bytes, Mapping[str, str]], int]
#: Answers of one sending, and sendings of one run to one address; what is left is sent the next time.
TOGETHER, SENDINGS = 100, 10
PAUSES = (1.0, 4.0)  # seconds before what failed is tried again
_AGAIN = (408, 425, 429)  # statuses that ask for it, beside those of 500 and more


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending what is new in a search: how many answers went, in how many sendings, and why no more did, if any failed."""

    search: str
    answers: int = 0
    sendings: int = 0
    error: str | None = None


def send_new(
    record: Record, post: Post, *, names: Collection[str] | None = None, sleep: Callable[[float], None] = time.sleep
) -> tuple[Sent, ...]:
    """Sends what is new in the searches that have a webhook. What was taken (a status of 200 to 299) is not sent again.

    Args:
        record: where they are.
        post: sends a body with headers to an address, and gives the status.
        names: only these searches, also where sending to them was given up; all others where it is not given.
        sleep: waits before the next try.
    """
    wanted = [
        search
        for search in searches(record)
        if search.webhook and (search.name in names if names is not None else not search.is_given_up)
    ]
    return tuple(_sent(record, search, post, sleep) for search in wanted)


def _sent(record: Record, search: Search, post: Post, sleep: Callable[[float], None]) -> Sent:
    answers = 0
    for number in range(SENDINGS):
        fresh = fresh_answers(record, search, TOGETHER)
        if not fresh.items:
            if fresh.upto > search.sent:
                note_sent(record, search.name, fresh.upto)
            return Sent(search.name, answers, number)
        error = _tried(record, search, fresh, post, sleep)
        if error is not None:
            note_failed(record, search, error)
            return Sent(search.name, answers, number, error)
        note_sent(record, search.name, fresh.upto)
        answers += len(fresh.items)
        search = _behind(search, fresh)
        if not fresh.more:
            return Sent(search.name, answers, number + 1)
    return Sent(search.name, answers, SENDINGS)


def _behind(search: Search, fresh: Fresh) -> Search:
    values = {name: getattr(search, name) for name in Search.__dataclass_fields__}
    return Search(**{**values, "sent": fresh.upto, "failures": 0, "error": None})


def _tried(record: Record, search: Search, fresh: Fresh, post: Post, sleep: Callable[[float], None]) -> str | None:
    """Why something could not be sent, after as many tries as there are; None where it could."""
    body = body_of(search, fresh)
    said = "it was not tried"
    for pause in (*PAUSES, None):
        moment = record.now()
        headers = {
            "X-Readout-Timestamp": moment,
            "X-Readout-Delivery": hashlib.sha256(body).hexdigest()[:16],
            "X-Readout-Signature": sign(search.secret or "", moment, body),
        }
        try:
            status = post(search.webhook or "", body, headers)
        except Refused as error:
            return str(error)
        except FetchError as error:
            said = str(error)
        else:
            if 200 <= status < 300:
                return None
            said = f"it answered {status}"
            if status < 500 and status not in _AGAIN:
                return said
        if pause is not None:
            sleep(pause)
    return said


def body_of(search: Search, fresh: Fresh) -> bytes:
    """What is sent: the search, its answers as JSON lines have them, and whether more come at once."""
    value = {
        "search": search.name,
        "kind": search.kind,
        "query": search.query,
        "items": [item.to_json() for item in fresh.items],
        "more": fresh.more,
    }
    return json.dumps(value, separators=(",", ":")).encode("ascii")
