"""Fits of scikit-learn with a large reg_covar, to convergence, for regularized.json: python3 regularized.py > regularized.json"""
import json
import os

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = {
    "faithful": np.genfromtxt(os.path.join(HERE, "../../../src/Examples/faithful.csv"), delimiter=",", skip_header=1, usecols=(0, 1)),
    "iris": np.genfromtxt(os.path.join(HERE, "../../../src/Examples/iris.csv"), delimiter=",", skip_header=1, usecols=(0, 1, 2, 3)),
}
CASES = [("faithful", "full", "VVV", 2, 0.5), ("faithful", "tied", "EEE", 2, 2.0), ("iris", "full", "VVV", 3, 0.05), ("iris", "diag", "VVI", 3, 0.1),
         ("iris", "spherical", "VII", 3, 0.2)]

fits = []
for data, kind, model, count, addition in CASES:
    rows = DATA[data]
    order = np.argsort(rows[:, -1], kind="stable")
    labels = np.empty(len(rows), dtype=int)
    labels[order] = np.arange(len(rows)) * count // len(rows)
    means = np.array([rows[labels == k].mean(axis=0) for k in range(count)])
    fit = GaussianMixture(count, covariance_type=kind, reg_covar=addition, tol=1e-14, max_iter=100000, means_init=means, random_state=0).fit(rows)
    fits.append({
        "data": data, "model": model, "component_count": count, "addition": addition,
        "log_likelihood": fit.score(rows) * len(rows), "weights": fit.weights_.tolist(), "means": fit.means_.tolist(),
    })

print(json.dumps({"scikit-learn": sklearn.__version__, "fits": fits}, indent=1))
