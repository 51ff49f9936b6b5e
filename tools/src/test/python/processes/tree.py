"""Children of every kind, each of which calls work() once or more; the last one is killed."""
import multiprocessing
import os
import signal
import subprocess
import sys

import work


def child(n):
    return work.work(n)


def killed():
    work.work(7)
    os.kill(os.getpid(), signal.SIGKILL)


def terminated():
    work.work(7)
    os.kill(os.getpid(), signal.SIGTERM)


def main():
    work.work(1)
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        for target, arguments in ((child, (3,)), (terminated, ())):
            process = context.Process(target=target, args=arguments)
            process.start()
            process.join()
    subprocess.run([sys.executable, "-c", "import work; work.work(5)"], check=True)
    process = multiprocessing.get_context("fork").Process(target=killed)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
