/**
 * The tests by which a node's results are compared with the others'. All are one-sided: they ask whether the node is
 * worse, and answer how often chance alone would make it look at least this bad.
 */

/** Wilson's 95 % interval of a share, which stays within 0..1 and is honest for few trials; null without any. */
export function wilson(failed: number, n: number, z = 1.959964): readonly [low: number, high: number] | null {
  if (n <= 0) return null;
  const share = failed / n;
  const base = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / base;
  const half = (z / base) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** ln(n!), exact below 20, else Stirling's series (relative error below 1e-15). */
export function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * Fisher's exact test: given how many of all trials failed, the chance that at least `failed` of them fall on this
 * node's `n`. Exact for any counts; assumes that trials fail independently of each other.
 */
export function fisherUpper(failed: number, n: number, othersFailed: number, othersN: number): number {
  const [all, allFailed] = [n + othersN, failed + othersFailed];
  const most = Math.min(n, allFailed);
  if (failed <= Math.max(0, n + allFailed - all)) return 1;
  let term = Math.exp(
    logChoose(allFailed, failed) + logChoose(all - allFailed, n - failed) - logChoose(all, n),
  );
  let sum = 0;
  for (let k = failed; k <= most; k += 1) {
    sum += term;
    // Terms fall ever faster beyond the mean: what is left is less than what no longer changes the sum.
    if (term < sum * 1e-12 && k * all > n * allFailed) break;
    term *= ((allFailed - k) * (n - k)) / ((k + 1) * (all - allFailed - n + k + 1));
  }
  return Math.min(1, sum);
}

/** Count, sum and sum of squares of some values. */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Welch's test that the mean of `own` is greater than that of `others`; variances may differ. 1 where nothing varies.
 * Student's distribution and not the normal one: among a thousand nodes only tails count, and there, from 20 values, the
 * normal one is too small by a factor of ten and more.
 */
export function welchUpper(own: Moments, others: Moments): number {
  const [a, b] = [meanAndError(own), meanAndError(others)];
  const error2 = a.error2 + b.error2;
  if (error2 === 0) return 1;
  const degrees = error2 ** 2 / (a.error2 ** 2 / (own.n - 1) + b.error2 ** 2 / (others.n - 1));
  return studentUpper((a.mean - b.mean) / Math.sqrt(error2), degrees);
}

function meanAndError({ n, sum, squares }: Moments): { mean: number; error2: number } {
  const mean = sum / n;
  return { mean, error2: Math.max(0, squares / n - mean * mean) / (n - 1) };
}

/**
 * The chance of a value of Student's distribution above t, by the normal value that D. L. Wallace (1959) gives it: from 19
 * degrees on within 5 % down to chances of 1e-7, and too great rather than too small.
 */
export function studentUpper(t: number, degrees: number): number {
  const z = ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees));
  return normalUpper(t < 0 ? -z : z);
}

/** The chance of a standard normal value above z; Chebyshev fit of erfc, relative error below 2e-7 also far out. */
export function normalUpper(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const fit = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const upper = 0.5 * t * Math.exp(-x * x + fit);
  return z >= 0 ? upper : 1 - upper;
}

/**
 * Holm's correction for many tests at once: adjusted p-values in the order given. Calling those below 5 % worse errs
 * with any of them in at most 5 % of cases, however many nodes there are.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 0;
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, (ps[index] ?? 1) * (ps.length - rank)));
    adjusted[index] = least;
  });
  return adjusted;
}
