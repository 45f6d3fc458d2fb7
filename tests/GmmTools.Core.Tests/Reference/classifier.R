# Writes banknote.csv, and prints what mclust makes of it and of iris: figures of ClassifierReferenceTests.
# Run in this folder, with the package mclust installed: Rscript classifier.R
# The data: Flury and Riedwyl, Multivariate Statistics: A Practical Approach (1988): 200 Swiss bank notes, half of them counterfeit.
suppressMessages(library(mclust))
options(digits = 12)
data(banknote)
notes <- banknote[, c("Length", "Left", "Right", "Bottom", "Top", "Diagonal", "Status")]
names(notes) <- tolower(names(notes))
write.csv(notes, "banknote.csv", row.names = FALSE, quote = FALSE)

# log-density of rows under a mixture, from its parameters alone
density_of <- function(rows, model) {
  parameters <- model$parameters
  count <- model$G
  means <- matrix(parameters$mean, ncol = count)
  sigma <- array(parameters$variance$sigma, c(ncol(rows), ncol(rows), count))
  weights <- if (count == 1) 1 else parameters$pro
  terms <- sapply(seq_len(count), function(k) {
    root <- chol(sigma[, , k])
    distance <- colSums(backsolve(root, t(rows) - means[, k], transpose = TRUE)^2)
    log(weights[k]) - (distance + ncol(rows) * log(2 * pi)) / 2 - sum(log(diag(root)))
  })
  largest <- apply(terms, 1, max)
  largest + log(rowSums(exp(terms - largest)))
}

describe <- function(name, rows, classes, model) {
  joint <- sapply(model$models, function(one) density_of(as.matrix(rows), one))
  joint <- sweep(joint, 2, log(model$prop), "+")
  largest <- apply(joint, 1, max)
  own <- sum(joint[cbind(seq_along(classes), match(classes, names(model$models)))])
  cat(name, " printed ", format(model$loglik), " of rows alone ", format(sum(largest + log(rowSums(exp(joint - largest))))),
      " of rows and classes ", format(own), " df ", model$df,
      " error ", format(mean(predict(model)$classification != classes)), "\n", sep = "")
}

rows <- iris[, 1:4]
for (model in mclust.options("emModelNames")) {
  fit <- MclustDA(rows, iris$Species, modelType = "EDDA", modelNames = model, verbose = FALSE)
  describe(paste("iris", model), rows, iris$Species, fit)
}
fit <- MclustDA(banknote[, -1], banknote$Status, verbose = FALSE)
describe("banknote", banknote[, -1], banknote$Status, fit)
for (class in names(fit$models)) {
  cat(class, fit$models[[class]]$modelName, fit$models[[class]]$G, format(fit$models[[class]]$loglik), "\n")
}
