"""Fits scikit-learn's GaussianMixture, default options, to a CSV file: arguments are the file and the number of components.

Prints "fitted" once the fit is there, where EndToEndReport stops the clock, and then its log-likelihood.
"""
import sys
import warnings

import pandas as pd
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
rows = pd.read_csv(sys.argv[1]).to_numpy()
model = GaussianMixture(int(sys.argv[2]), random_state=0).fit(rows)
print("fitted", flush=True)
print(repr(float(model.score(rows)) * len(rows)), flush=True)
