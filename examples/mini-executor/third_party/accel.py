"""A simulated accelerator, asynchronous as a real one is.

A kernel costs the host only its launch; its work runs on the device's own clock, in the order
of the stream. Values of a device tensor can be read by copying them to the host, which waits for
all work before it. A non-blocking copy into page-locked memory returns at once: until the device
has got that far, the memory still holds what it held before.

The numbers a kernel computes are real, so a wrong input gives wrong tokens.
"""
from __future__ import annotations

import contextlib
from time import perf_counter
from typing import Any, Callable, List, Optional, Sequence, Union

CPU = "cpu"
DEVICE = "sim:0"

LAUNCH_S = 2.0e-6
"""Host time to put one operation into a stream."""
COPY_S = 2.5e-6
"""Device time of a small copy."""
WAKE_S = 5.0e-6
"""Time from the end of the device's work until a waiting host goes on."""
PIN_S = 6.0e-6
"""Host time to page-lock memory for one tensor."""


def _spin_until(deadline: float) -> None:
    while perf_counter() < deadline:
        pass


class Stream:
    """Work in order. `free_at` is when the device will have done all that was launched so far."""

    def __init__(self) -> None:
        self.free_at = 0.0
        self.launches = 0

    def launch(self, seconds: float) -> float:
        """Puts an operation of `seconds` into the stream; returns when the device will end it."""
        begin = perf_counter()
        _spin_until(begin + LAUNCH_S)
        self.launches += 1
        self.free_at = max(self.free_at, begin + LAUNCH_S) + seconds
        return self.free_at

    def synchronize(self) -> None:
        _spin_until(max(self.free_at, perf_counter()) + WAKE_S)


class Event:
    """A mark in a stream."""

    def __init__(self) -> None:
        self.reached_at: Optional[float] = None

    def record(self, stream: Optional[Stream] = None) -> None:
        self.reached_at = max((stream or current_stream()).free_at, perf_counter())

    def query(self) -> bool:
        return self.reached_at is None or perf_counter() >= self.reached_at

    def synchronize(self) -> None:
        if self.reached_at is not None and not self.query():
            _spin_until(self.reached_at + WAKE_S)

    def elapsed_time(self, end: "Event") -> float:
        """Milliseconds of device time from this mark to `end`."""
        if self.reached_at is None or end.reached_at is None:
            raise RuntimeError("both events must have been recorded")
        return (end.reached_at - self.reached_at) * 1e3


_stack: List[Stream] = [Stream()]


def current_stream() -> Stream:
    return _stack[-1]


@contextlib.contextmanager
def stream(other: Stream):
    _stack.append(other)
    try:
        yield other
    finally:
        _stack.pop()


def synchronize() -> None:
    """Waits until the device has nothing left to do."""
    for each in _stack:
        each.synchronize()


class Tensor:
    """A vector of numbers that lies on the host or on the device."""

    __slots__ = ("_data", "device", "pinned", "_arriving", "_arrives_at")

    def __init__(self, data: List[Any], device: str, pinned: bool = False) -> None:
        self._data = data
        self.device = device
        self.pinned = pinned
        self._arriving: Optional[List[Any]] = None
        self._arrives_at = 0.0

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"Tensor(size={len(self._data)}, device={self.device!r})"

    def numel(self) -> int:
        return len(self._data)

    @property
    def is_device(self) -> bool:
        return self.device != CPU

    def __getitem__(self, index: Union[int, slice]) -> "Tensor":
        """A view, as a tensor of its own: elements become numbers by `item`."""
        data = self._read()[index] if not self.is_device else self._data[index]
        return Tensor(data if isinstance(index, slice) else [data], self.device, self.pinned)

    def __setitem__(self, index: int, value: Any) -> None:
        if self.is_device:
            current_stream().launch(COPY_S)
        self._data[index] = value

    def item(self) -> Any:
        if len(self._data) != 1:
            raise ValueError(f"a tensor with {len(self._data)} elements is no single number")
        return self._to_host()[0]

    def tolist(self) -> List[Any]:
        return list(self._to_host())

    def cpu(self) -> "Tensor":
        return Tensor(list(self._to_host()), CPU)

    def to(self, device: str, non_blocking: bool = False) -> "Tensor":
        """A copy on the other side. To the device it is asynchronous only from pinned memory."""
        if device == self.device:
            return self
        target = Tensor([0] * len(self._data), device, pinned=device == CPU and non_blocking)
        return target.copy_(self, non_blocking)

    def copy_(self, source: "Tensor", non_blocking: bool = False) -> "Tensor":
        if len(source) > len(self):
            raise ValueError(f"{len(source)} elements do not fit into {len(self)}")
        if source.is_device and not self.is_device:
            done = current_stream().launch(COPY_S)
            rest = self._data[len(source):]
            if non_blocking and self.pinned:
                self._arriving, self._arrives_at = list(source._data) + rest, done
            else:
                current_stream().synchronize()
                self._data = list(source._data) + rest
            return self
        values = source._read() if not source.is_device else source._data
        self._data[: len(values)] = values
        if self.is_device:
            current_stream().launch(COPY_S)
            if not source.is_device and not (source.pinned and non_blocking):
                current_stream().synchronize()
        return self

    def _read(self) -> List[Any]:
        if self._arriving is not None and perf_counter() >= self._arrives_at:
            self._data, self._arriving = self._arriving, None
        return self._data

    def _to_host(self) -> List[Any]:
        if not self.is_device:
            return self._read()
        current_stream().launch(COPY_S)
        current_stream().synchronize()
        return self._data


def tensor(data: Sequence[Any], device: str = CPU, pin_memory: bool = False) -> Tensor:
    """A new tensor with the given values. On the device they are copied from pageable memory."""
    if device != CPU:
        return Tensor(list(data), CPU).to(device)
    if pin_memory:
        _spin_until(perf_counter() + PIN_S)
    return Tensor(list(data), CPU, pin_memory)


def zeros(size: int, device: str = CPU, pin_memory: bool = False) -> Tensor:
    if device != CPU:
        current_stream().launch(COPY_S)
    elif pin_memory:
        _spin_until(perf_counter() + PIN_S)
    return Tensor([0] * size, device, pin_memory and device == CPU)


def run_kernel(seconds: float, body: Callable[[], Any]) -> Any:
    """Launches a kernel of `seconds` whose result is `body()`."""
    result = body()
    current_stream().launch(seconds)
    return result
