"""Fails when a table or a schema of the API has a field that this program must not have (docs/rights.md).

Part of `make check`: the same test as in the suite, so that such a field never gets as far as a commit.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")


def found() -> list[str]:
    """One sentence for each forbidden field of the tables and the API."""
    from django.apps import apps
    from ninja import NinjaAPI

    import gongzhi.api
    from tests.support import guardrails

    said = guardrails.forbidden(guardrails.names_of_models(apps.get_app_config("records").get_models()))
    modules = [importlib.import_module(f"gongzhi.api.{one.name}") for one in pkgutil.iter_modules(gongzhi.api.__path__)]
    values = [value for module in (gongzhi.api, *modules) for value in vars(module).values()]
    for api in {id(value): value for value in values if isinstance(value, NinjaAPI)}.values():
        schema = api.get_openapi_schema(path_prefix="/")
        said += guardrails.forbidden(guardrails.names_of_schema(schema))
    return said


def main() -> int:
    """Exit code 1 with the reasons when there is one."""
    said = found()
    for sentence in said:
        print(sentence, file=sys.stderr)
    print("guardrails: no forbidden field" if not said else f"guardrails: {len(said)} forbidden, see docs/rights.md")
    return 1 if said else 0


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main())
