"""The two weights and their gradients that the optimisers' scripts share: a weighted quadratic."""
WEIGHTS = {
    "dense/kernel": {
        "start": [[0.5, -0.3, 0.8, 0.03], [-1.2, 0.4, 0.1, -0.6], [0.9, 1.1, -0.7, 0.25]],
        "scale": [[1.0, 0.3, 2.0, 5.0], [0.1, 4.0, 0.7, 1.5], [3.0, 0.05, 0.9, 2.5]],
    },
    "dense/bias": {
        "start": [1.0, -2.0, 0.5, 3.0, -0.01, 0.0],
        "scale": [1.0, 0.1, 10.0, 0.5, 100.0, 1e-4],
    },
}
STEPS = 100
KEPT = (1, 2, 10, 100)


def gradient(scale, parameter, step):
    """Of sum(scale * p^2) / 2, plus one that alternates. Steps count from 1."""
    return scale * parameter + 0.1 * (-1) ** step


def rate(learning_rate, step):
    """The rate halves after 50 steps: a schedule's doing."""
    return learning_rate * (1 if step <= 50 else 0.5)
