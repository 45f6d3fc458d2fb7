"""Scores rows by scikit-learn's EllipticEnvelope and IsolationForest, default options but the seed: the lower, the more of an outlier.

Standard input: one line per table, "file dimension seed"; each file holds rows of little-endian doubles. The scores are written to file.elliptic and
file.forest, and "done" is printed. "wine file": writes four columns of the wine data (alcohol, flavanoids, colour, proline) and prints their number of rows.
"""
import sys
import warnings

import numpy as np
from sklearn.covariance import EllipticEnvelope
from sklearn.datasets import load_wine
from sklearn.ensemble import IsolationForest

warnings.filterwarnings("ignore")
for line in sys.stdin:
    words = line.split()
    if words[0] == "wine":
        rows = load_wine().data[:, [0, 6, 9, 12]]
        rows.astype("<f8").tofile(words[1])
        print(len(rows), flush=True)
        continue

    name, dimension, seed = words
    rows = np.fromfile(name, dtype="<f8").reshape(-1, int(dimension))
    EllipticEnvelope(random_state=int(seed)).fit(rows).score_samples(rows).astype("<f8").tofile(name + ".elliptic")
    IsolationForest(random_state=int(seed)).fit(rows).score_samples(rows).astype("<f8").tofile(name + ".forest")
    print("done", flush=True)
