"""Fits scikit-learn's GaussianMixture, default options, to the problems that RecoveryReport wrote; prints one log-likelihood a line.

Standard input: one line per problem, "file components dimension seed"; each file holds rows of little-endian doubles.
"""
import sys
import warnings

import numpy as np
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
for line in sys.stdin:
    name, components, dimension, seed = line.split()
    rows = np.fromfile(name, dtype="<f8").reshape(-1, int(dimension))
    model = GaussianMixture(int(components), random_state=int(seed)).fit(rows)
    print(repr(float(model.score(rows)) * len(rows)), flush=True)
