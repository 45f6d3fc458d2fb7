"""Prints the values of GammaTailTests: upper tails of chi-square, lower tails of the normal distribution; needs mpmath."""
from mpmath import mp, mpf, gammainc, erfc, sqrt
mp.dps = 40
for d in (1, 2, 3, 7, 50, 500):
    for value in (1.5 * d + 20, 400, 900, 1300, 1405):
        if value > d:
            q = gammainc(mpf(d) / 2, mpf(value) / 2, regularized=True)
            if q > mpf("1e-307"):
                print(f"[InlineData({value}, {d}, {mp.nstr(q, 17)})]")
for z in (-8.5, -19.5, -20.5, -25, -30, -37):
    print(f"[InlineData({z}, {mp.nstr(erfc(-mpf(z) / sqrt(2)) / 2, 17)})]")
