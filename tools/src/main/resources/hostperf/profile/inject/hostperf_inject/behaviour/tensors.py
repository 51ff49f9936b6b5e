"""Tensors and arrays by shape, type and content. One on a device is copied there, in its stream,
and read only when the recording is written, so that no call waits for the device."""
import hashlib
import math
import sys

MOST_VALUES = 256
MOST_READ = 65_536
MOST_COPIED = 1 << 20  # bytes of one tensor
MOST_PENDING = 64 << 20
KNOWN = {}
MOST_KNOWN = 4_096


def kind_of(kind):
    for one in kind.__mro__:
        module = (one.__module__ or "").split(".")[0]
        if module == "torch" and one.__name__ == "Tensor":
            return "torch"
        if module == "numpy" and one.__name__ == "ndarray":
            return "array"
        if module == "numpy" and one.__name__ == "generic":
            return "scalar"
    return None


class Pending:
    """Copies on a device whose content is still to be read."""

    def __init__(self):
        self.copies = {}
        self.bytes = 0
        self.unread = 0

    def node(self, how, value):
        try:
            if how == "array":
                return of_array(value, str(value.dtype), "cpu")
            return self.of_torch(value)
        except Exception:  # A fake or traced tensor has no content.
            return ("opaque", "tensor")

    def of_torch(self, value):
        torch = sys.modules["torch"]
        value = value.detach()
        dtype = str(value.dtype).replace("torch.", "")
        device = value.device.type
        if value.layout is not torch.strided or device == "meta":
            return known(dtype, value.shape, device)
        with torch.no_grad():
            if device == "cpu":
                return of_array(on_host(torch, value), dtype, device)
            size = value.numel() * value.element_size()
            if (size > MOST_COPIED or self.bytes + size > MOST_PENDING
                    or torch.cuda.is_available() and torch.cuda.is_current_stream_capturing()):
                self.unread += 1
                return known(dtype, value.shape, device)
            number = len(self.copies)
            self.copies[number] = value.clone()
            self.bytes += size
            return ("pending", number, dtype, tuple(value.shape), device)

    def read(self, node):
        """The node of a copy, with its content."""
        _, number, dtype, shape, device = node
        torch = sys.modules["torch"]
        copy = self.copies[number]
        self.copies[number] = None
        try:
            self.bytes -= copy.numel() * copy.element_size()
            return of_array(on_host(torch, copy.cpu()), dtype, device)
        except Exception:
            return known(dtype, shape, device)


def on_host(torch, value):
    if value.dtype is torch.bfloat16 or "float8" in str(value.dtype):
        value = value.float()
    return value.contiguous().numpy()


def known(dtype, shape, device):
    """Of which only the shape is known."""
    return ("tensor", dtype, tuple(int(n) for n in shape), device, "", (), ())


def of_array(values, dtype, device):
    import numpy

    if values.dtype.kind not in "biuf":
        return known(dtype, values.shape, device)
    flat = numpy.ascontiguousarray(values).reshape(-1)
    if flat.size > MOST_READ:
        flat = numpy.ascontiguousarray(flat[:: -(-flat.size // MOST_READ)])
    digest = hashlib.blake2b(flat.tobytes(), digest_size=8).hexdigest()
    # Most arrays are met again and again; their values as text are what takes time.
    key = dtype, values.shape, device, digest
    node = KNOWN.get(key)
    if node is None:
        if len(KNOWN) >= MOST_KNOWN:
            KNOWN.clear()
        node = KNOWN[key] = described(flat, *key)
    return node


def described(flat, dtype, shape, device, digest):
    import numpy

    few = flat if flat.size <= MOST_VALUES else flat[:: -(-flat.size // MOST_VALUES)]
    sums = ()
    if flat.dtype.kind == "f" and flat.size:
        wide = flat.astype(numpy.float64)
        with numpy.errstate(all="ignore"):
            weights = numpy.arange(1, flat.size + 1) / flat.size
            sums = (wide.sum(), (wide * weights).sum(), numpy.abs(wide).max())
        sums = tuple(repr(float(each)) for each in sums)
    return ("tensor", dtype, tuple(int(n) for n in shape), device, digest,
            tuple(text(each) for each in few.tolist()), sums)


def text(value):
    return repr(value) if not isinstance(value, float) or math.isfinite(value) else str(value)
