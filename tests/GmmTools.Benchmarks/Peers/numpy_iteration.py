"""Times EM iterations of a plain loop in numpy and scipy as a good data scientist writes it; see peer.py.

Full covariances (and one column): multivariate_normal.logpdf for each component, covariances through matrix products.
Diagonal covariances: elementwise. With the argument "lean": elementwise for one column too, a log-sum-exp by hand in place of
SciPy's, temporary arrays reused - faster, but further from how such a loop is written.
"""
import sys

import numpy as np
import scipy
from scipy import linalg
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

import peer

LOG_2_PI = np.log(2 * np.pi)
LEAN = "lean" in sys.argv[1:]


def normalise(log_densities):
    """Responsibilities, and the log-likelihood: log-sum-exp over the components, which lie in rows."""
    if not LEAN:
        totals = logsumexp(log_densities, axis=0)
        return np.exp(log_densities - totals), totals.sum()
    largest = log_densities.max(axis=0)
    log_densities -= largest
    np.exp(log_densities, out=log_densities)
    sums = log_densities.sum(axis=0)
    log_densities /= sums
    return log_densities, (largest + np.log(sums)).sum()


class Mixture:
    """What all forms share; a form gives log_densities and spreads."""

    def __init__(self, problem, spreads):
        self.x = problem.rows
        self.weights, self.means, self.spreads = problem.weights, problem.means, spreads

    def expect(self):
        """Fills the responsibilities; returns the log-likelihood."""
        self.responsibilities, log_likelihood = normalise(self.log_densities() + np.log(self.weights)[:, None])
        return log_likelihood

    def maximise(self):
        """The parameters from the responsibilities."""
        sums = self.responsibilities.sum(axis=1)
        self.weights = sums / len(self.x)
        self.means = self.responsibilities @ self.x / sums[:, None]
        self.spreads = [self.scatter(r, m) / s for r, m, s in zip(self.responsibilities, self.means, sums)]


class Full(Mixture):
    """Components with full covariance matrices."""

    def __init__(self, problem):
        super().__init__(problem, problem.covariances)

    def log_densities(self):
        """Log-densities of all rows, a component in each row."""
        return np.array([self.log_density(m, c) for m, c in zip(self.means, self.spreads)])

    def log_density(self, mean, covariance):
        """One component. SciPy refuses a condition number above some 5e9 (case f has 1e10): then by hand, through Cholesky."""
        try:
            return multivariate_normal.logpdf(self.x, mean, covariance)
        except np.linalg.LinAlgError:
            factor = linalg.cholesky(covariance, lower=True)
            whitened = linalg.solve_triangular(factor, (self.x - mean).T, lower=True)
            logarithm = len(mean) * LOG_2_PI + 2 * np.log(np.diag(factor)).sum()
            return -0.5 * (logarithm + np.square(whitened).sum(axis=0))

    def scatter(self, r, mean):
        """Sum of squares and products of the weighted rows about their mean."""
        centred = self.x - mean
        return (r[:, None] * centred).T @ centred


class Diagonal(Mixture):
    """Components with diagonal covariance matrices, of which the diagonals are kept."""

    def __init__(self, problem):
        super().__init__(problem, [np.diag(matrix) for matrix in problem.covariances])

    def log_densities(self):
        """Log-densities of all rows, a component in each row."""
        return np.array([
            -0.5 * (LOG_2_PI + np.log(v)).sum() + np.square(self.x - m) @ (-0.5 / v) for m, v in zip(self.means, self.spreads)
        ])

    def scatter(self, r, mean):
        """Sum of squares of the weighted rows about their mean."""
        return r @ np.square(self.x - mean)


class OneColumn(Mixture):
    """Univariate components, elementwise and mostly in place."""

    def __init__(self, problem):
        super().__init__(problem, problem.covariances[:, 0, 0])
        self.x = problem.rows[:, 0].copy()
        self.means = problem.means[:, 0]

    def log_densities(self):
        """Log-densities of all rows, a component in each row."""
        densities = self.x - self.means[:, None]
        np.square(densities, out=densities)
        densities *= (-0.5 / self.spreads)[:, None]
        densities -= 0.5 * (LOG_2_PI + np.log(self.spreads))[:, None]
        return densities

    def maximise(self):
        """The parameters from the responsibilities."""
        sums = self.responsibilities.sum(axis=1)
        self.weights = sums / len(self.x)
        self.means = self.responsibilities @ self.x / sums
        self.spreads = np.array([r @ np.square(self.x - mean) for r, mean in zip(self.responsibilities, self.means)]) / sums


def prepare(problem):
    """The form that fits the problem."""
    form = Diagonal if problem.diagonal else OneColumn if LEAN and problem.rows.shape[1] == 1 else Full

    def start():
        mixture = form(problem)

        def iterate():
            mixture.expect()
            mixture.maximise()

        return iterate, mixture.expect

    return start


if __name__ == "__main__":
    peer.serve(f"numpy {np.__version__} and scipy {scipy.__version__}{' (lean)' if LEAN else ''}", prepare)
