# Times mclustBIC(G = 1:9) over all models for each file named: a line of the name and the seconds.
suppressMessages(library(mclust))
for (path in commandArgs(trailingOnly = TRUE)) {
  table <- read.csv(path)
  rows <- table[, sapply(table, is.numeric)]
  seconds <- system.time(mclustBIC(rows, G = 1:9, verbose = FALSE))[["elapsed"]]
  cat(sprintf("%s,%.4f\n", sub("\\.csv$", "", basename(path)), seconds))
}
