"""torch: read-backs, device operations, tensors made, copies between host and device.

Nothing here imports torch: what the program has not imported it does not use.
"""
import sys
import warnings

from .arming import StandIns


def torch_with_device():
    torch = sys.modules.get("torch")
    if torch is None:
        return None, "the program does not use torch"
    return torch, ""


class ReadBacks:
    """Calls that make the host wait for the device, by torch's own sync debug mode."""

    name = "device synchronisation"

    def __init__(self, observer):
        self.observer = observer

    def start(self):
        torch, reason = torch_with_device()
        if reason:
            return reason
        if not torch.cuda.is_available():
            return "torch sees no GPU here"
        self.torch = torch
        self.show = warnings.showwarning
        warnings.filterwarnings("always", message="called a synchronizing CUDA operation")
        warnings.showwarning = self.shown

    def shown(self, message, category, filename, lineno, file=None, line=None):
        if "called a synchronizing CUDA operation" not in str(message):
            return self.show(message, category, filename, lineno, file, line)
        if self.observer.local.active:
            self.observer.ledger.add("sync", sys._getframe(1))

    def enter(self):
        self.torch.cuda.set_sync_debug_mode("warn")

    def leave(self):
        self.torch.cuda.set_sync_debug_mode("default")


class Operations:
    """Every operation that torch dispatches from Python, by line. What runs within a CUDA graph's
    replay or in compiled code is dispatched once or never: replays are counted as such."""

    name = "tensor operations"
    # It makes each operation about four times slower, so it looks at some of the steps.
    kinds = ("read_back", "copy", "device_op", "host_tensor_op")

    def __init__(self, observer):
        self.observer = observer

    def start(self):
        torch, reason = torch_with_device()
        if reason:
            return reason
        from torch.utils._python_dispatch import TorchDispatchMode

        observer = self.observer

        class Mode(TorchDispatchMode):
            def __torch_dispatch__(self, function, types, args=(), kwargs=None):
                result = function(*args, **(kwargs or {}))
                count(observer.ledger, function, args, kwargs or {}, result)
                return result

        self.mode = Mode
        # The first time torch imports what it needs for it, which takes seconds.
        with Mode():
            torch.zeros(1).add(1)
        observer.ledger.entries.clear()

    def enter(self):
        self.observer.local.mode = self.mode()
        self.observer.local.mode.__enter__()

    def leave(self):
        self.observer.local.mode.__exit__(None, None, None)


class Replays(StandIns):
    name = "graph replays"

    def start(self):
        torch, reason = torch_with_device()
        if reason:
            return reason
        graph = getattr(torch.cuda, "CUDAGraph", None)
        original = getattr(graph, "replay", None)
        if original is None or not torch.cuda.is_available():
            return "torch sees no GPU here"
        observer = self.observer

        def replay(graph):
            if observer.local.active:
                observer.ledger.add("graph_replay", sys._getframe(1))
            return original(graph)

        self.stand_in(graph, "replay", replay)


READS = ("aten._local_scalar_dense", "aten.item")
LIFT = "aten.lift_fresh"
COPIES = ("aten._to_copy", "aten.copy_")
VIEWS = ("view", "reshape", "expand", "select", "slice", "unsqueeze", "squeeze", "transpose",
         "permute", "detach", "alias", "as_strided", "t", "unbind", "split", "narrow", "_unsafe_view",
         "lift_fresh")


_names = {}


def named(function):
    """(name, whether it only looks at memory that is there)"""
    known = _names.get(function)
    if known is None:
        name = str(function).rsplit(".", 1)[0]
        known = _names[function] = (name, name.split(".")[-1] in VIEWS)
    return known


def count(ledger, function, args, kwargs, result):
    name, is_view = named(function)
    if is_view:
        if name == LIFT and not all(t.is_cpu or t.is_meta for t in tensors(result)):
            # `torch.tensor(values, device=…)` copies out of torch's sight, then lifts.
            size = sum(t.element_size() * t.nelement() for t in tensors(result))
            ledger.add("copy", sys._getframe(2), "host to device, pageable, blocking", size=size)
        return
    made = list(tensors(result))
    given = list(tensors(args))
    if kwargs:
        given.extend(tensors(kwargs))
    frame = sys._getframe(2)
    if name in READS:
        if not all(t.is_cpu for t in given):
            ledger.add("read_back", frame, name)
        return
    if made and name in COPIES:
        to = made[0]
        source = next((t for t in given if t.device.type != to.device.type), None)
        if source is not None:
            ways = "%s to %s, %s, %s" % (
                kind(source), kind(to),
                "pinned" if pinned(source) or pinned(to) else "pageable",
                "non-blocking" if is_non_blocking(args, kwargs) else "blocking")
            ledger.add("copy", frame, ways, size=to.element_size() * to.nelement())
            return
    on_host = all(t.is_cpu or t.is_meta for t in made) and all(t.is_cpu or t.is_meta for t in given)
    ledger.add("host_tensor_op" if on_host else "device_op", frame, name)


def tensors(value):
    if hasattr(value, "device") and hasattr(value, "nelement"):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from tensors(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from tensors(item)


def kind(tensor):
    return "host" if tensor.device.type == "cpu" else "device"


def pinned(tensor):
    return tensor.device.type == "cpu" and tensor.is_pinned()


def is_non_blocking(args, kwargs):
    return bool(kwargs.get("non_blocking", len(args) > 2 and args[2] is True))


def collectors(observer):
    return [ReadBacks(observer), Replays(observer), Operations(observer)]
