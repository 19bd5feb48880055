import type { ParityEntity } from '@/domain/projections/quality/entities';

type Validated = Pick<ParityEntity, 'games' | 'rated_games' | 'overall_rate'>;

/** Over these configs: games validated since history began, and the share of those with a told rate that agree. */
export function agreementOf(parity: readonly Validated[]): { games: number; share: number | null } {
  let [games, rated, agreed] = [0, 0, 0];
  for (const each of parity) {
    games += each.games;
    rated += each.rated_games;
    agreed += (each.overall_rate ?? 0) * each.rated_games;
  }
  return { games, share: rated === 0 ? null : agreed / rated };
}
