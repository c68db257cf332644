"""What the pages show and how they are asked: the filter language, the signs, the API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from readout.exports.columns import COLUMNS
from readout.record.kinds import ABOUT, HAS
from readout.web.site import site_of


def help_page(request: Request) -> Response:
    """The help."""
    kinds = {name: [kind for kind, has in HAS.items() if name in has] for name in ABOUT}
    return site_of(request).page(request, "help.html", filters=ABOUT, kinds=kinds, columns=COLUMNS)


router = APIRouter()
router.add_api_route("/help", help_page, methods=["GET"])
