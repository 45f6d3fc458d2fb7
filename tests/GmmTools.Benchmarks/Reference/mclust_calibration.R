# The number of components that mclust chooses by BIC among G = 1:5 and all models, for each file of a folder: a line of the name and the number.
suppressMessages(library(mclust))
for (path in list.files(commandArgs(trailingOnly = TRUE), pattern = "\\.csv$", full.names = TRUE)) {
  rows <- read.csv(path)
  chosen <- tryCatch(mclustBIC(rows, G = 1:5, verbose = FALSE), error = function(e) NULL)
  best <- if (is.null(chosen)) NA else as.integer(sub(".*,", "", names(summary(chosen))[1]))
  cat(sprintf("%s,%s\n", sub("\\.csv$", "", basename(path)), best))
}
