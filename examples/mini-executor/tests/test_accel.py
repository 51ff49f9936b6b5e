import time

import pytest

import accel
from accel import CPU, DEVICE, Event


def test_reading_a_device_tensor_waits_for_the_work_before_it():
    values = accel.tensor([1, 2, 3], device=DEVICE)
    accel.run_kernel(0.005, lambda: None)
    begin = time.perf_counter()
    assert values[1].item() == 2
    assert time.perf_counter() - begin >= 0.0045


def test_a_launch_does_not_wait():
    begin = time.perf_counter()
    accel.run_kernel(10.0, lambda: None)
    assert time.perf_counter() - begin < 5.0
    accel.current_stream().free_at = 0.0


def test_a_non_blocking_copy_arrives_only_when_the_device_gets_there():
    source = accel.tensor([7, 8], device=DEVICE)
    event = Event()
    accel.run_kernel(0.05, lambda: None)
    host = source.to(CPU, non_blocking=True)
    event.record()
    assert host.tolist() == [0, 0]
    event.synchronize()
    assert host.tolist() == [7, 8]


def test_a_blocking_copy_has_arrived():
    source = accel.tensor([7, 8], device=DEVICE)
    accel.run_kernel(0.002, lambda: None)
    assert source.to(CPU).tolist() == [7, 8]
    assert source.cpu().tolist() == [7, 8]


def test_an_upload_from_pageable_memory_waits():
    accel.synchronize()
    accel.run_kernel(0.005, lambda: None)
    begin = time.perf_counter()
    accel.tensor([1]).to(DEVICE, non_blocking=True)
    assert time.perf_counter() - begin >= 0.0045


def test_events_tell_the_time_between_them():
    first, last = Event(), Event()
    first.record()
    accel.run_kernel(0.003, lambda: None)
    last.record()
    last.synchronize()
    assert 2.9 <= first.elapsed_time(last) < 1000


def test_item_is_for_single_numbers():
    with pytest.raises(ValueError, match="3 elements"):
        accel.tensor([1, 2, 3]).item()
