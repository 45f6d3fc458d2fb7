"""Times EM iterations of scikit-learn's GaussianMixture: the steps of its fit, from given parameters; see peer.py."""
import numpy as np
import sklearn
from scipy import linalg
from sklearn.mixture import GaussianMixture

import peer


def prepare(problem):
    """The loop of fit_predict, less its k-means start: E-step, M-step, lower bound."""
    rows = problem.rows

    def start():
        model = GaussianMixture(
            len(problem.weights), covariance_type="diag" if problem.diagonal else "full", reg_covar=0
        )
        model._validate_params()
        model._check_parameters(rows)
        if problem.diagonal:
            covariances = np.array([np.diag(matrix) for matrix in problem.covariances])
            precisions_cholesky = 1 / np.sqrt(covariances)
        else:
            covariances = problem.covariances
            identity = np.eye(rows.shape[1])
            precisions_cholesky = np.array(
                [linalg.solve_triangular(linalg.cholesky(matrix, lower=True), identity, lower=True).T for matrix in covariances]
            )
        model._set_parameters((problem.weights.copy(), problem.means.copy(), covariances.copy(), precisions_cholesky))

        def iterate():
            log_prob_norm, log_resp = model._e_step(rows)
            model._m_step(rows, log_resp)
            model._compute_lower_bound(log_resp, log_prob_norm)

        def log_likelihood():
            return model._e_step(rows)[0] * len(rows)

        return iterate, log_likelihood

    return start


if __name__ == "__main__":
    peer.serve(f"scikit-learn {sklearn.__version__}", prepare)
