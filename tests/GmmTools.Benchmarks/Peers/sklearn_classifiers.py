"""Cross-validates scikit-learn's discriminant analyses and naive Bayes, default options, on folds that are given.

Standard input: one line per table, "file dimension repetitions"; file holds rows of little-endian doubles, file.classes one class per row and file.folds
the fold of each row, repetition after repetition, as little-endian 32-bit integers. Printed are, for LDA, QDA and GaussianNB, error, log-loss and Brier
score (summed over classes), the means over the repetitions. "wine file" writes the wine data and its classes, and prints the number of columns.
"""
import sys
import warnings

import numpy as np
from sklearn.datasets import load_wine
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.naive_bayes import GaussianNB

warnings.filterwarnings("ignore")
for line in sys.stdin:
    words = line.split()
    if words[0] == "wine":
        wine = load_wine()
        wine.data.astype("<f8").tofile(words[1])
        wine.target.astype("<i4").tofile(words[1] + ".classes")
        print(wine.data.shape[1], flush=True)
        continue

    name, dimension, repetitions = words[0], int(words[1]), int(words[2])
    rows = np.fromfile(name, dtype="<f8").reshape(-1, dimension)
    classes = np.fromfile(name + ".classes", dtype="<i4")
    folds = np.fromfile(name + ".folds", dtype="<i4").reshape(repetitions, -1)
    truth = np.eye(classes.max() + 1)[classes]
    figures = []
    for method in LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis, GaussianNB:
        sums = np.zeros(3)
        for dealt in folds:
            logs = np.empty(truth.shape)
            for fold in range(dealt.max() + 1):
                logs[dealt == fold] = method().fit(rows[dealt != fold], classes[dealt != fold]).predict_log_proba(rows[dealt == fold])
            # where a probability is 0 in double precision, its logarithm is that of the smallest number
            logs = np.maximum(logs, np.log(5e-324))
            sums += [(logs.argmax(1) != classes).mean(), -logs[np.arange(len(classes)), classes].mean(), ((np.exp(logs) - truth) ** 2).sum(1).mean()]
        figures.extend(sums / repetitions)
    print(" ".join(repr(float(figure)) for figure in figures), flush=True)
