"""Chebyshev coefficients of P(t) = log(erfc(z) / t) + z^2, t = 2 / (2 + z), on t in [0, 1] (z >= 0).

The form is that of Numerical Recipes (3rd edition, 6.2.2); the coefficients are computed here with mpmath.
Prints them for src/sweep/samplers/normal.ts, then values of log Phi for its test.
"""
import json
import mpmath as mp

mp.mp.dps = 60
COUNT = 28


def p(t):
    if t == 0:
        return mp.log(1 / (2 * mp.sqrt(mp.pi)))
    z = 2 / t - 2
    if z > 1e8:
        return mp.log(1 / (2 * mp.sqrt(mp.pi)))
    return mp.log(mp.erfc(z) / t) + z * z


n = 80
nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
values = [p((x + 1) / 2) for x in nodes]
coefficients = [
    2 / mp.mpf(n) * sum(values[k] * mp.cos(mp.pi * j * (k + mp.mpf(1) / 2) / n) for k in range(n)) for j in range(COUNT)
]
print(",\n".join(repr(float(c)) for c in coefficients))


def log_ndtr(x):
    return mp.log(mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2)


def log_mass(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    return mp.log((mp.erfc(-b / mp.sqrt(2)) - mp.erfc(-a / mp.sqrt(2))) / 2)


# Differences of tails lose hundreds of digits.
mp.mp.dps = 500
xs = [-40, -20.5, -8, -5, -3.3, -1.5, -1, -0.5, -0.1, 0, 0.1, 0.5, 1, 2, 3, 5, 8]
pairs = [(-1, 1), (-5, -4.5), (4.5, 5), (-30, -29), (29, 30), (-0.001, 0.001), (-3, 0), (0, 2.5), (-10, 10), (7, 40), (1.5, 1.5001)]
fixture = {
    "logNdtr": [[x, float(log_ndtr(x))] for x in xs],
    "logMass": [[a, b, float(log_mass(a, b))] for a, b in pairs],
}
with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump(fixture, file, indent=1)
