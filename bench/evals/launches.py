"""Measures two versions of an engine outside hostperf: alternating launches, in processor time, and digests of what
they put out."""

import hashlib
import os
import shutil
import statistics
import subprocess

from task import git


def export(work, commit, folder):
    """The tree of a commit with everything outside the editable files as it was at the base."""
    folder.mkdir(parents=True)
    for tree, paths in ((work.base, ["."]), (commit, editable(work))):
        archive = subprocess.run(
            ["git", "archive", tree, "--", *paths], cwd=work.checkout, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    deleted = git(work.checkout, "diff", "--name-only", "--diff-filter=D", work.base, commit, "--", *editable(work))
    for name in deleted.split("\n") if deleted else []:
        (folder / name).unlink()
    return folder


def editable(work):
    return [f":(glob){each}" for each in work.task.editable]


def launch(work, folder, words):
    """One launch: its processor seconds, or None where it failed, and the digest of its output file."""
    output = folder / work.task.output
    if output.exists():
        output.unlink()
    environment = {**work.environment(), "PYTHONPATH": str(folder)}
    with open(os.devnull, "w") as nothing:
        child = subprocess.Popen(words, cwd=folder, env=environment, stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode or not output.exists():
        return None, "failed"
    return used.ru_utime + used.ru_stime, hashlib.sha256(output.read_bytes()).hexdigest()


class Comparison:
    """Base against result.

    `gain` is the median of the pairs' ratios. `sure` means that hardly a pair says otherwise: all of up to seven, all
    but one of eight to fifteen. Of two equal versions, eight pairs say so of a gain in 3.5 % of attempts, twelve in
    0.3 %; `same` means that all outputs are.
    """

    def __init__(self, ratios, same):
        self.ratios, self.same = ratios, same
        self.gain = statistics.median(ratios) if ratios else 0.0
        faster = sum(each > 1 for each in ratios)
        self.sure = bool(ratios) and faster >= len(ratios) - len(ratios) // 8

    @staticmethod
    def of(work, commit, pairs):
        place = work.folder / "judged"
        shutil.rmtree(place, ignore_errors=True)
        base, result = export(work, work.base, place / "base"), export(work, commit, place / "result")
        for script in work.task.held_out:
            for folder in (base, result):
                shutil.copy(work.task.folder / script, folder / script)
        words = [work.python, *work.task.launch]
        same = all(
            launch(work, base, [work.python, script])[1] == launch(work, result, [work.python, script])[1] != "failed"
            for script in work.task.held_out)
        ratios = []
        for number in range(pairs):
            order = (base, result) if number % 2 == 0 else (result, base)
            seconds, digest = zip(*(launch(work, folder, words) for folder in order))
            if None in seconds:
                return Comparison([], False)
            before, after = seconds if number % 2 == 0 else reversed(seconds)
            same = same and digest[0] == digest[1]
            ratios.append(before / after)
        return Comparison(ratios, same)
