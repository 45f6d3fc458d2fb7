"""Scores rows with saved mixtures by scikit-learn, with the lines that the help of Export-GaussianMixture gives.

Run in this folder: python3 sklearn_scores.py > sklearn-scores.json
The models beside it were saved by Export-GaussianMixture from fits of the shipped data (faithful: K = 2, VVV; iris: K = 3, VVI).
"""
import csv
import json

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

EXAMPLES = "../../../src/Examples/"


def rows(name, columns):
    with open(f"{EXAMPLES}{name}.csv", newline="") as file:
        return np.array([[float(row[column]) for column in columns] for row in csv.DictReader(file)])


result = {"scikit-learn": sklearn.__version__}
for name in ("faithful", "iris"):
    m = json.load(open(f"{name}-model.json")); g = GaussianMixture(len(m['weights']), covariance_type=m['covariance_type'])
    g.weights_, g.means_, g.covariances_ = (np.array(m[name]) for name in ('weights', 'means', 'covariances'))
    g.precisions_cholesky_ = sklearn.mixture._gaussian_mixture._compute_precision_cholesky(g.covariances_, g.covariance_type)
    x = rows(name, m["feature_names"])
    result[name] = {"scores": g.score_samples(x).tolist(), "components": (g.predict(x) + 1).tolist()}
print(json.dumps(result))
