import { errorFunction } from 'simple-statistics';

/** Standard normal quantile of 97.5 %: two-sided 95 %. */
export const Z95 = 1.959963984540054;

/** Probability that a standard normal variable is below z. */
export function normalBelow(z: number): number {
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}

/** Student's t quantile of 97.5 % by the expansion around the normal one (Cornish-Fisher); within 1 % from 3 degrees on. */
export function t95(degrees: number): number {
  const z = Z95;
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3)
  );
}
