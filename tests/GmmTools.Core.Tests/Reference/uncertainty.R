# reference values of the uncertainty of mixtures; R 4, mclust 6.0.0, numDeriv. The diabetes data are those of Reaven and Miller,
# Diabetologia 16 (1979) 17-24: 145 rows. Run in this folder.
suppressMessages({ library(mclust); library(numDeriv) })
X <- as.matrix(read.csv("../../../src/GmmTools.Core/Validation/Data/diabetes.csv")[, 1:3]); n <- nrow(X)
tight <- emControl(tol = c(1e-12, 1e-10), itmax = c(10000, 10000))
fit <- me(X, modelName = "VVV", z = Mclust(X, G = 3, modelNames = "VVV", verbose = FALSE)$z, control = tight)
cat(sprintf("diabetes VVV,3: log-likelihood %.12g, weights %s\n", fit$loglik, paste(sprintf("%.10g", fit$parameters$pro), collapse = " ")))

# bootstrap: 999 replicates, EM from the fit, run to convergence
for (seed in 1:4) {
  set.seed(seed)
  P <- t(replicate(999, em(X[sample(n, replace = TRUE), ], modelName = "VVV", parameters = fit$parameters, control = tight)$parameters$pro))
  cat("bootstrap", seed, sprintf("%.5f", apply(P, 2, sd, na.rm = TRUE)), "without", sum(!complete.cases(P)), "\n")
}

# observed information of two components of Old Faithful: Hessian of the log-likelihood by Richardson extrapolation at the maximum
Y <- as.matrix(read.csv("../../../src/Examples/faithful.csv")[, 1:2])
two <- me(Y, modelName = "VVV", z = Mclust(Y, G = 2, modelNames = "VVV", verbose = FALSE)$z, control = tight)
logdensity <- function(S, m) { R <- chol(S); -log(2 * pi) - sum(log(diag(R))) - 0.5 * colSums(backsolve(R, t(Y) - m, transpose = TRUE)^2) }
matrix2 <- function(v) matrix(c(v[1], v[2], v[2], v[3]), 2)
# the weight of the smaller component, then means and covariances of both, the larger first
minus <- function(p) -sum(log((1 - p[1]) * exp(logdensity(matrix2(p[6:8]), p[2:3])) + p[1] * exp(logdensity(matrix2(p[9:11]), p[4:5]))))
o <- order(-two$parameters$pro); S <- two$parameters$variance$sigma[, , o]; M <- two$parameters$mean[, o]
p <- c(two$parameters$pro[o[2]], M[, 1], M[, 2], S[1, 1, 1], S[1, 2, 1], S[2, 2, 1], S[1, 1, 2], S[1, 2, 2], S[2, 2, 2])
cat("information:", sprintf("%.9g", sqrt(diag(solve(hessian(minus, p))))), "\n")
