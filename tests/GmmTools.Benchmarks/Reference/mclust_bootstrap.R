# MclustBootstrap with 999 replicates of three components, VVV: the method, seconds, and the standard errors of the weights
suppressMessages(library(mclust))
X <- read.csv(commandArgs(trailingOnly = TRUE)[1])[, 1:3]
fit <- Mclust(X, G = 3, modelNames = "VVV", verbose = FALSE)
kinds <- c(Bootstrap = "bs", WeightedLikelihood = "wlbs", Parametric = "pb")
for (name in names(kinds)) {
  set.seed(1)
  seconds <- system.time(b <- MclustBootstrap(fit, nboot = 999, type = kinds[[name]], verbose = FALSE))[3]
  cat(name, sprintf("%.3f", seconds), sprintf("%.4f", summary(b, what = "se")$pro), "\n")
}
