import re

import pytest

from mini_executor import host_profiler
from mini_executor.host_profiler import resolve
from mini_executor.llm_request import BoundRequest
from mini_executor.sampler import Sampler

pytest.importorskip("line_profiler")


def profiled(executor, make_request):
    executor.enqueue_requests([make_request(1, max_tokens=3)])
    executor.event_loop()


def test_the_path_switches_it_on(executor, make_request, monkeypatch, tmp_path):
    report = tmp_path / "profile.txt"
    monkeypatch.setenv(host_profiler.PATH_VARIABLE, str(report))
    profiled(executor, make_request)
    assert re.search(r"Timer unit: [\d.e-]+ s", report.read_text())
    assert re.search(r"Function: (\S+\.)?_forward_step at line \d+", report.read_text())


def test_without_a_path_nothing_is_written(executor, make_request, monkeypatch, tmp_path):
    monkeypatch.delenv(host_profiler.PATH_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    profiled(executor, make_request)
    assert list(tmp_path.iterdir()) == []


def test_named_functions_replace_the_default_ones(executor, make_request, monkeypatch, tmp_path):
    report = tmp_path / "profile.txt"
    monkeypatch.setenv(host_profiler.PATH_VARIABLE, str(report))
    monkeypatch.setenv(host_profiler.FUNCTIONS_VARIABLE,
                       "mini_executor.sampler.Sampler.update_requests, bench::make_requests")
    profiled(executor, make_request)
    functions = re.findall(r"Function: (?:\S+\.)?(\w+) at line", report.read_text())
    assert functions == ["make_requests", "update_requests"] or functions == [
        "update_requests", "make_requests"]


def test_an_unknown_function_is_only_warned_of(executor, make_request, monkeypatch, tmp_path, caplog):
    monkeypatch.setenv(host_profiler.PATH_VARIABLE, str(tmp_path / "profile.txt"))
    monkeypatch.setenv(host_profiler.FUNCTIONS_VARIABLE, "mini_executor.sampler.Sampler.nothing")
    profiled(executor, make_request)
    assert "mini_executor.sampler.Sampler.nothing cannot be profiled" in caplog.text


def test_names_lead_to_methods_functions_and_properties():
    assert resolve("mini_executor.sampler.Sampler._draw") is Sampler._draw
    assert resolve("mini_executor.host_profiler::resolve") is resolve
    assert resolve("mini_executor.llm_request.BoundRequest.is_finished") is (
        BoundRequest.is_finished.fget)
