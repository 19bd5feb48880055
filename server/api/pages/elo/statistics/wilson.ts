import { Z95 } from './normal';

/**
 * Wilson's 95 % interval of a share seen in `games` trials (E. B. Wilson, 1927, without continuity correction). Unlike
 * the textbook one it never leaves 0..1 and says something honest about 0 of n and n of n. Null without games.
 */
export function wilson(share: number, games: number): readonly [low: number, high: number] | null {
  if (!(games > 0) || !(share >= 0 && share <= 1)) return null;
  const z2 = Z95 ** 2;
  const centre = share + z2 / (2 * games);
  const spread = Z95 * Math.sqrt((share * (1 - share)) / games + z2 / (4 * games ** 2));
  const scale = 1 + z2 / games;
  // Exact at the ends, where rounding would leave 1e-17.
  return [
    share === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    share === 1 ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}
