import re
import sys

import bench


def run_bench(monkeypatch, capsys, output):
    monkeypatch.setattr(sys, "argv", ["bench.py", "--requests", "24", "--output", str(output)])
    assert bench.main() == 0
    return capsys.readouterr().out


def test_figures_come_in_the_known_lines(monkeypatch, capsys, tmp_path):
    printed = run_bench(monkeypatch, capsys, tmp_path / "tokens.txt")
    for pattern in (r"Total Output Throughput \(tokens/sec\):\s+([\d.]+)",
                    r"Request Throughput \(req/sec\):\s+([\d.]+)",
                    r"Total Latency \(ms\):\s+([\d.]+)",
                    r"\[TPOT\] \(ms\):\s+([\d.]+)"):
        assert float(re.search(pattern, printed).group(1)) > 0


def test_two_runs_leave_the_same_tokens(monkeypatch, capsys, tmp_path):
    run_bench(monkeypatch, capsys, tmp_path / "one.txt")
    run_bench(monkeypatch, capsys, tmp_path / "two.txt")
    assert (tmp_path / "one.txt").read_bytes() == (tmp_path / "two.txt").read_bytes()


def test_canceled_requests_leave_no_tokens(monkeypatch, capsys, tmp_path):
    run_bench(monkeypatch, capsys, tmp_path / "tokens.txt")
    served = {int(line.split()[0]) for line in (tmp_path / "tokens.txt").read_text().splitlines()}
    _, canceled = bench.make_requests(24, 20)
    assert not served & set(canceled)
    assert len(served) == 24 - len(canceled)
