"""PED-ANOVA importances of Optuna 5 on random trials. Writes importances.json beside it."""
import json
import math
import warnings
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")


def plain(trial):
    lr = trial.suggest_float("lr", 1e-5, 1.0, log=True)
    drop = trial.suggest_float("drop", 0.0, 0.9)
    momentum = trial.suggest_float("momentum", 0.0, 1.0, step=0.1)
    units = trial.suggest_int("units", 16, 512, log=True)
    layers = trial.suggest_int("layers", 1, 9, step=2)
    activation = trial.suggest_categorical("activation", ["relu", "tanh", "swish"])
    trial.suggest_categorical("fixed", ["same"])
    return (
        (math.log10(lr) + 2) ** 2
        + 0.3 * drop
        + 0.1 * momentum * layers
        + {"relu": 0.0, "tanh": 1.0, "swish": 0.4}[activation]
        + 100 / units
    )


def conditional(trial):
    kind = trial.suggest_categorical("kind", ["a", "b"])
    x = trial.suggest_float("x", -2, 2)
    if kind == "a":
        return x**2 + trial.suggest_float("depth", 0, 3)
    return (x - 1) ** 2 + 1 + 0.1 * trial.suggest_int("width", 1, 200)


def distribution(d):
    if isinstance(d, optuna.distributions.CategoricalDistribution):
        return {"kind": "categorical", "choices": list(d.choices)}
    kind = "int" if isinstance(d, optuna.distributions.IntDistribution) else "float"
    step = {} if d.step is None or (kind == "int" and d.step == 1) else {"step": d.step}
    return {"kind": kind, "low": d.low, "high": d.high, **({"log": True} if d.log else {}), **step}


cases = []
for objective, n, direction in [
    (plain, 12, "minimize"),
    (plain, 100, "minimize"),
    (plain, 100, "maximize"),
    (conditional, 80, "minimize"),
    (plain, 1, "minimize"),
]:
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=n), direction=direction)
    study.optimize(objective, n_trials=n)
    cases.append(
        {
            "direction": direction,
            "trials": [
                {
                    "params": t.params,
                    "distributions": {k: distribution(d) for k, d in t.distributions.items()},
                    "value": t.value,
                }
                for t in study.trials
            ],
            "importances": optuna.importance.get_param_importances(study),
        }
    )
with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump({"optuna": optuna.__version__, "cases": cases}, file)
