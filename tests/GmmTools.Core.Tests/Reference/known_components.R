# The optima that mclust's semi-supervised EM ends in, for known-components.json: iris with the class of rows 1, 11, ..., 141 known.
# Rscript known_components.R > known-components.json
suppressMessages(library(mclust))
numbers <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")
labels <- rep(NA, 150)
labels[seq(1, 150, by = 10)] <- as.character(iris$Species[seq(1, 150, by = 10)])
models <- c("VVV", "EEE", "VEV")
cat("[\n")
for (model in models) {
  p <- MclustSSC(iris[, 1:4], class = factor(labels), G = 3, modelNames = model)$parameters
  matrices <- sapply(1:3, function(k) paste0("[", paste(apply(p$variance$sigma[, , k], 1, numbers), collapse = ", "), "]"))
  cat('  {\n    "covariance_model": "', model, '",\n    "covariance_type": "full",\n    "weights": ', numbers(p$pro), ",\n", sep = "")
  cat('    "means": [', paste(apply(p$mean, 2, numbers), collapse = ",\n      "), "],\n", sep = "")
  cat('    "covariances": [', paste(matrices, collapse = ",\n      "), "]\n  }", if (model != tail(models, 1)) ",", "\n", sep = "")
}
cat("]\n")
