"""Both versions of changed functions in one launch, exchanged between the steps.

Set by the launcher: TLLM_HOSTPERF_SWAP, a JSON file: `root`, whose calls are the steps;
`functions`, each with `name` (`module::Class.method`), `path` and `base` and `candidate` (files
with both texts of its module); `seed`; `warm_up` and `block`, in steps. To that file's name
without its ending `.<pid>.swap.json` is added: what was timed, or why nothing was.

`__code__` of the function objects is exchanged, so that every reference to them has the same
version. Runs on Python 3.8 and later.
"""
import os


def start():
    plan = os.environ.get("TLLM_HOSTPERF_SWAP")
    if not plan:
        return
    import json

    from .. import ends, imports, targets
    from . import swapper

    with open(plan, encoding="utf-8") as stream:
        wanted = json.load(stream)
    names = targets.parse(",".join([wanted["root"]] + [f["name"] for f in wanted["functions"]]))
    swapping = swapper.Swapper(os.path.splitext(plan)[0], names, wanted)
    ends.watch(swapping)
    imports.watch(names, swapping)
