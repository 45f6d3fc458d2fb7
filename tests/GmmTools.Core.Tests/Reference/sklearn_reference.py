#!/usr/bin/python3
"""Writes sklearn-20-iterations.json: what scikit-learn's EM reaches in 20 iterations from given starts.

Run as: /usr/bin/python3 tests/GmmTools.Core.Tests/Reference/sklearn_reference.py (made with scikit-learn 1.2.1, numpy 1.24.2).

What the numbers mean, as read in scikit-learn 1.2.1, sklearn/mixture/_base.py, BaseMixture.fit_predict: with max_iter=20 the loop
does 20 times E-step, M-step, and stops early only if abs(change) < tol, which tol=0 never fulfils. The parameters after it are those
of the 20th M-step, and score(X) * n is their log-likelihood (lower_bound_ is not: it belongs to the mixture before the last M-step).
The starts' covariances obey the covariance type, so that the first E-steps agree, and are stored as whole matrices. Numbers are
written by repr: they read back to the same double.
"""
import csv
import json
import os
import warnings

import numpy
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "..", "src", "Examples")
ITERATIONS = 20
DATA = {"faithful": 2, "iris": 4}
MODELS = {"VVV": "full", "EEE": "tied", "VVI": "diag", "VII": "spherical"}
WEIGHTS = {2: [0.6, 0.4], 3: [0.5, 0.3, 0.2]}


def read(name):
    with open(os.path.join(EXAMPLES, name + ".csv"), newline="") as file:
        rows = list(csv.reader(file))[1:]
    return numpy.array([[float(cell) for cell in row[: DATA[name]]] for row in rows])


def start(x, k, kind):
    """Means: rows at equal steps through the first column; covariances: the pooled one, scaled, as far as the type allows."""
    order = numpy.argsort(x[:, 0], kind="stable")
    means = x[order[[(2 * i + 1) * len(x) // (2 * k) for i in range(k)]]]
    pooled = numpy.cov(x.T, bias=True)
    factors = [1.0 if kind == "tied" else 0.3 + 0.2 * i for i in range(k)]
    if kind == "diag":
        pooled = numpy.diag(numpy.diag(pooled))
    elif kind == "spherical":
        pooled = numpy.eye(len(pooled)) * numpy.diag(pooled).mean()
    return means, [factor * pooled for factor in factors]


def precisions(covariances, kind):
    inverses = numpy.array([numpy.linalg.inv(covariance) for covariance in covariances])
    return {
        "full": inverses,
        "tied": inverses[0],
        "diag": numpy.array([numpy.diag(inverse) for inverse in inverses]),
        "spherical": inverses[:, 0, 0],
    }[kind]


def case(name, k, model):
    x = read(name)
    kind = MODELS[model]
    means, covariances = start(x, k, kind)
    mixture = GaussianMixture(
        k, covariance_type=kind, tol=0, reg_covar=0, max_iter=ITERATIONS, n_init=1, random_state=0,
        weights_init=WEIGHTS[k], means_init=means, precisions_init=precisions(covariances, kind))
    mixture.fit(x)
    assert mixture.n_iter_ == ITERATIONS and not mixture.converged_
    return {
        "data": name,
        "componentCount": k,
        "model": model,
        "weights": WEIGHTS[k],
        "means": means.tolist(),
        "covariances": [covariance.tolist() for covariance in covariances],
        "logLikelihood": float(mixture.score(x) * len(x)),
    }


def main():
    warnings.simplefilter("ignore", ConvergenceWarning)
    reference = {
        "source": "scikit-learn " + sklearn.__version__,
        "iterations": ITERATIONS,
        "cases": [case(name, k, model) for name in DATA for k in WEIGHTS for model in MODELS],
    }
    with open(os.path.join(HERE, "sklearn-20-iterations.json"), "w") as file:
        json.dump(reference, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
