# reference values of mixtures of one column: distribution functions by pnorm, quantiles by uniroot on them; R 4
w <- c(0.2, 0.5, 0.3); m <- c(-3, 0, 4); s <- c(0.5, 2, 1)
F <- function(x) sum(w * pnorm(x, m, s)); S <- function(x) sum(w * pnorm(x, m, s, lower.tail = FALSE))
for (x in c(-20, -4, 0, 2.5, 9)) cat(sprintf("F %.17g %.17g\n", x, F(x)))
for (p in c(1e-12, 1e-5, 0.025, 0.3, 0.5, 0.9, 0.999999)) {
  g <- if (p <= 0.5) function(x) log(F(x)) - log(p) else function(x) log1p(-p) - log(S(x))
  cat(sprintf("Q %.17g %.17g\n", p, uniroot(g, c(-30, 30), tol = 1e-15, maxiter = 10000)$root))
}
