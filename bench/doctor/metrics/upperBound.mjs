/**
 * The share that is exceeded with a probability of at most `1 − confidence` where `hits` of `trials` were seen: Clopper and Pearson's
 * one-sided bound (1934). With no hits it is about 3 / trials (the rule of three).
 */
export function upperBound(hits, trials, confidence = 0.95) {
  if (hits >= trials) return 1;
  let [low, high] = [hits / trials, 1];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (atMost(hits, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of at most so many hits, each of probability p; the terms in logarithms, as they underflow. */
function atMost(hits, trials, p) {
  let sum = 0;
  let logTerm = trials * Math.log1p(-p);
  for (let k = 0; k <= hits; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((trials - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return sum;
}
