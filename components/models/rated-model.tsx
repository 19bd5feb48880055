import type { ConfigEntity } from '@/domain/realtime/entities';
import { withoutConfig } from './short-name';

/** Whose rating a config's newest is, where that is not the champion's. */
export function RatedModel({ config: { config, champion, elo_model: rated } }: { config: ConfigEntity }) {
  if (rated === null || rated === champion) return null;
  return (
    <span
      className="explained block text-2xs text-faint"
      title={`${rated} was rated last; it is not the champion`}
    >
      of {withoutConfig(rated, config)}
    </span>
  );
}
