"""What the Python peers of PeersReport share: problems read from files, answers written line by line.

Standard input: one line per question, "rows parameters iterations". The rows are little-endian doubles; the parameters are text:
N d K diagonal(0|1), then K weights, K means, K covariance matrices. Standard output: who answers, then per question
"milliseconds-per-iteration iterations log-likelihood-after-them".
"""
import ctypes
import functools
import os
import sys
import time

import numpy as np


class Problem:
    """Rows and the parameters that every measurement starts from."""

    def __init__(self, rows_file, parameter_file):
        with open(parameter_file, encoding="ascii") as file:
            numbers = file.read().split()
        n, d, k = (int(text) for text in numbers[:3])
        values = np.array(numbers[4:], dtype=float)
        self.diagonal = numbers[3] == "1"
        self.rows = np.fromfile(rows_file, dtype="<f8").reshape(n, d)
        self.weights = values[:k]
        self.means = values[k : k + k * d].reshape(k, d)
        self.covariances = values[k + k * d :].reshape(k, d, d)


def blas_name():
    """The linear algebra that numpy calls: OpenBLAS with the kernels that it chose, or where it lies."""
    with open("/proc/self/maps", encoding="utf-8") as file:
        paths = sorted({line.split()[-1] for line in file if "blas" in os.path.basename(line.split()[-1])})
    for path in paths:
        library = ctypes.CDLL(path)
        for suffix in ("", "64_"):
            if hasattr(library, "openblas_get_config" + suffix):
                configuration = getattr(library, "openblas_get_config" + suffix)
                configuration.restype = ctypes.c_char_p
                words = configuration().decode().split()
                core = getattr(library, "openblas_get_corename" + suffix)
                core.restype = ctypes.c_char_p
                return f"{words[0]} {words[1]} {core().decode()}"
    return "reference BLAS" if paths else "unknown BLAS"


def serve(name, prepare):
    """Answers questions; prepare(problem) gives a function that starts anew and returns (iterate, log_likelihood)."""
    print(f"{name}, {blas_name()}", flush=True)

    @functools.lru_cache(maxsize=1)
    def start_of(rows_file, parameter_file):
        return prepare(Problem(rows_file, parameter_file))

    for line in sys.stdin:
        rows_file, parameter_file, count = line.split()
        iterate, log_likelihood = start_of(rows_file, parameter_file)()
        begin = time.perf_counter()
        for _ in range(int(count)):
            iterate()
        elapsed = time.perf_counter() - begin
        print(f"{1000 * elapsed / int(count)!r} {count} {float(log_likelihood())!r}", flush=True)
