"""Soundness of workflow nets by pm4py's Woflan: reads PNML files of a folder, prints one JSON map name -> verdict.

pm4py is AGPL: it lives in an environment of its own, is compared with and never a part of this program.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from pathlib import Path

import pm4py


def sound(file: Path) -> bool:
    """The net is sound. Its end is the place nothing comes after, which Woflan wants to be told."""
    net, start, _ = pm4py.read_pnml(str(file))
    last = [place for place in net.places if not place.out_arcs]
    if len(last) != 1:
        return False
    end = pm4py.objects.petri_net.obj.Marking({last[0]: 1})
    return bool(pm4py.check_soundness(net, start, end, print_diagnostics=False)[0])


def main(folder: Path) -> None:
    logging.disable(logging.CRITICAL)
    found = {}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for file in sorted(folder.glob("*.pnml")):
            try:
                found[file.stem] = sound(file)
            except Exception as error:  # a net it cannot read is told by name, not counted as a verdict
                found[file.stem] = f"{type(error).__name__}: {error}"[:120]
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
