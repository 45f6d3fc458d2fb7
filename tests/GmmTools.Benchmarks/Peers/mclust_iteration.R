# Times EM iterations of R's mclust from given parameters: the difference between two numbers of iterations.
# Questions and answers as in peer.py. A problem whose single iteration takes longer than `slow` seconds is timed by that one
# alone: what comes on top, checks and copies of the data, is below a tenth of it.
suppressPackageStartupMessages(library(mclust))
mclust.options(warn = FALSE)
slow <- 5

read_problem <- function(rows_file, parameter_file) {
  numbers <- scan(parameter_file, quiet = TRUE)
  n <- numbers[1]; d <- numbers[2]; k <- numbers[3]
  values <- numbers[-(1:4)]
  rows <- readBin(rows_file, "double", n * d, endian = "little")
  covariances <- array(values[-(1:(k + k * d))], c(d, d, k))
  list(
    model = if (d == 1) "V" else if (numbers[4] == 1) "VVI" else "VVV",
    rows = if (d == 1) rows else matrix(rows, n, d, byrow = TRUE),
    weights = values[1:k],
    means = matrix(values[k + 1:(k * d)], d, k),
    covariances = covariances)
}

variance_of <- function(problem) {
  covariances <- problem$covariances
  d <- dim(covariances)[1]
  k <- dim(covariances)[3]
  switch(problem$model,
    V = list(modelName = "V", d = 1, G = k, sigmasq = covariances[1, 1, ]),
    VVI = {
      diagonals <- apply(covariances, 3, diag)
      scale <- exp(colMeans(log(diagonals)))
      list(modelName = "VVI", d = d, G = k, scale = scale, shape = sweep(diagonals, 2, scale, "/"))
    },
    VVV = list(modelName = "VVV", d = d, G = k, cholsigma = array(apply(covariances, 3, chol), dim(covariances))))
}

# The responsibilities under the starting parameters: not timed.
responsibilities <- function(problem) {
  means <- if (problem$model == "V") problem$means[1, ] else problem$means
  parameters <- list(pro = problem$weights, mean = means, variance = variance_of(problem))
  estep(data = problem$rows, modelName = problem$model, parameters = parameters)$z
}

time_iterations <- function(problem, count) {
  begin <- Sys.time()
  fit <- me(data = problem$rows, modelName = problem$model, z = problem$z,
            control = emControl(tol = c(0, 0), itmax = c(count, count)))
  list(seconds = as.numeric(Sys.time() - begin, units = "secs"),
       count = abs(attr(fit, "info")[["iterations"]]), loglik = fit$loglik)
}

# me() also stops where the log-likelihood no longer changes at all: then anew, until count iterations were timed.
measure <- function(problem, count) {
  seconds <- 0
  done <- 0
  repeat {
    one <- time_iterations(problem, 1)
    if (one$seconds > slow) {
      return(one)
    }
    more <- time_iterations(problem, 1 + count)
    seconds <- seconds + more$seconds - one$seconds
    done <- done + more$count - 1
    if (done >= count) {
      return(list(seconds = seconds / done, count = more$count, loglik = more$loglik))
    }
  }
}

blas <- if (grepl("openblas", extSoftVersion()[["BLAS"]])) "OpenBLAS" else "reference BLAS"
cat(sprintf("mclust %s, R %s, %s\n", packageVersion("mclust"), getRversion(), blas))
flush(stdout())
input <- file("stdin", open = "r")
current <- ""
while (length(line <- readLines(input, n = 1)) > 0) {
  words <- strsplit(line, " ")[[1]]
  if (current != words[1]) {
    problem <- NULL
    problem <- read_problem(words[1], words[2])
    problem$z <- responsibilities(problem)
    current <- words[1]
  }
  answer <- measure(problem, as.integer(words[3]))
  cat(sprintf("%.17g %d %.17g\n", 1000 * answer$seconds, as.integer(answer$count), answer$loglik))
  flush(stdout())
}
