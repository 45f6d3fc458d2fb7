#!/usr/bin/python3
"""Reference values of NoiseModelTests: Old Faithful under normal components and uniform noise of density 1/V.

Fraley and Raftery, Journal of the American Statistical Association 97 (2002) 611-631, section 4.2:
log p(x) = log(w0/V + sum_k wk N(x; mk, Sk)), and an M-step in which w0 is the mean responsibility of the noise.
EM from one stated start, w0 = 0.1, until a step gains less than 1e-12, with scipy's densities and plain sums over the rows.

Run as: /usr/bin/python3 tests/GmmTools.Core.Tests/Reference/noise.py (made with numpy 1.24.2, scipy 1.10.1).
"""
import csv
import os

import numpy
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

HERE = os.path.dirname(os.path.abspath(__file__))
SHARE = 0.1


def read(name):
    with open(os.path.join(HERE, "..", "..", "..", "src", "Examples", name + ".csv"), newline="") as file:
        return numpy.array([[float(cell) for cell in row] for row in list(csv.reader(file))[1:]])


def start(x, k, spherical):
    """As Starts.Spread: means at equal steps through the order of the first column, a k-th of the variances."""
    order = numpy.argsort(x[:, 0], kind="stable")
    variances = x.var(axis=0) / k
    if spherical:
        variances[:] = variances.mean()
    return numpy.full(k, (1 - SHARE) / k), x[order[[(2 * i + 1) * len(x) // (2 * k) for i in range(k)]]], [numpy.diag(variances)] * k


def constrain(scatters, sizes, model):
    """Covariances of a model from scatters about the means: Celeux and Govaert (1995), table 1."""
    d = len(scatters[0])
    if model[0] == "E":
        scatters, sizes = [sum(scatters)] * len(sizes), [sum(sizes)] * len(sizes)
    covariances = [scatter / size for scatter, size in zip(scatters, sizes)]
    if model.endswith("II"):
        return [numpy.eye(d) * numpy.trace(covariance) / d for covariance in covariances]
    return [numpy.diag(numpy.diag(covariance)) if model.endswith("I") else covariance for covariance in covariances]


def fit(x, k, model, log_volume):
    weights, means, covariances = start(x, k, model.endswith("II"))
    noise = SHARE
    before = -numpy.inf
    for iteration in range(200_000):
        terms = numpy.column_stack(
            [numpy.full(len(x), numpy.log(noise) - log_volume)]
            + [numpy.log(w) + multivariate_normal.logpdf(x, m, c) for w, m, c in zip(weights, means, covariances)])
        logs = logsumexp(terms, axis=1)
        if logs.sum() - before < 1e-12:
            return logs.sum(), noise, weights, iteration
        before = logs.sum()
        shares = numpy.exp(terms - logs[:, None])
        sizes = shares.sum(axis=0)
        noise, weights = sizes[0] / len(x), sizes[1:] / len(x)
        means = [shares[:, i + 1] @ x / sizes[i + 1] for i in range(k)]
        scatters = [(shares[:, i + 1, None] * (x - means[i])).T @ (x - means[i]) for i in range(k)]
        covariances = constrain(scatters, sizes[1:], model)
    raise RuntimeError("no convergence")


if __name__ == "__main__":
    rows = read("faithful")
    box = numpy.log(numpy.ptp(rows, axis=0)).sum()

    # the volume that R mclust 6.0.0 takes, hypvol(faithful): a box along the principal axes. Its Mclust(faithful, G, model,
    # initialization = list(noise = any)), run to tol 1e-12, gives the same log-likelihoods: VVI -1232.1818424544 and -1132.2696876519.
    for volume in [box, numpy.log(131.86880100350035)]:
        for name, count in [(m, k) for m in ["VVV", "EEE", "VVI", "EEI", "VII", "EII"] for k in [1, 2, 3]]:
            value, share, others, steps = fit(rows, count, name, volume)
            print(repr(numpy.exp(volume)), name, count, repr(value), repr(share), others, steps)
