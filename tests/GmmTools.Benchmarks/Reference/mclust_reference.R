# Prints the converged log-likelihood of every model and number of components from mclust's own hierarchical partition.
suppressMessages(library(mclust))
folder <- commandArgs(trailingOnly = TRUE)[1]
cat("data,model,components,parameters,loglikelihood\n")
for (name in c("faithful", "iris")) {
  table <- read.csv(file.path(folder, paste0(name, ".csv")))
  rows <- as.matrix(table[, sapply(table, is.numeric)])
  tree <- hc(rows, modelName = "VVV", use = "SVD")
  for (count in 1:9) {
    for (model in mclust.options("emModelNames")) {
      start <- unmap(if (count == 1) rep(1, nrow(rows)) else hclass(tree, count))
      fit <- try(me(rows, modelName = model, z = start, control = emControl(tol = 1e-12, itmax = 1e5)), silent = TRUE)
      if (!inherits(fit, "try-error") && !is.null(fit$loglik) && is.finite(fit$loglik)) {
        parameters <- nMclustParams(model, ncol(rows), count)
        cat(sprintf("%s,%s,%d,%d,%.14g\n", name, model, count, parameters, fit$loglik))
      }
    }
  }
}
