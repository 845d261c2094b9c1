"""`python -m benchmarks NAME [--json]`."""

from __future__ import annotations

import json
import sys
from importlib import import_module


def main() -> None:
    name = sys.argv[1]
    module = {"import": "importing"}.get(name, name.replace("-", "_"))  # `import` is a word of Python's own
    report = import_module(f"benchmarks.{module}").run()
    print(json.dumps(report.as_json(), ensure_ascii=False) if "--json" in sys.argv else report.text())


if __name__ == "__main__":
    main()
