import Link from 'next/link';
import { memo } from 'react';
import { modelHref } from '@/components/models/href';
import { RatedModel } from '@/components/models/rated-model';
import { withoutConfig } from '@/components/models/short-name';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatElo } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Age } from '@/components/ui/time/time';
import type { ConfigEntity } from '@/domain/realtime/entities';

/** Where it would cut the champions' names it is left out. */
const TREND = 'hidden @[26rem]:table-cell';

/** Each config with its champion: since when, after whom, how strong. */
export function ConfigTable({ configs }: { configs: readonly ConfigEntity[] }) {
  if (configs.length === 0)
    return <Empty title="No config seen yet">Ratings and promotions appear with the first evaluation.</Empty>;
  return (
    <Table label="Configs and their champions">
      <thead>
        <tr>
          <Th>Config</Th>
          <Th>Champion</Th>
          <Th className="text-right">Elo now</Th>
          <Th className={TREND}>Elo trend</Th>
        </tr>
      </thead>
      <tbody>
        {configs.map((config) => (
          <ConfigLine key={config.config} config={config} />
        ))}
      </tbody>
    </Table>
  );
}

const ConfigLine = memo(function ConfigLine({ config }: { config: ConfigEntity }) {
  const { champion, champion_since: since, previous } = config;
  return (
    <Tr>
      <Td>
        <Link
          href={`/events?config=${encodeURIComponent(config.config)}`}
          prefetch={false}
          className="hover:underline"
        >
          <ConfigName name={config.config} narrow />
        </Link>
      </Td>
      <Td className="w-full max-w-0">
        <span className="block truncate font-mono font-medium" title={champion ?? undefined}>
          {champion === null ? (
            <span className="text-faint">none yet</span>
          ) : (
            <Link href={modelHref(champion)} prefetch={false} className="hover:underline">
              {champion}
            </Link>
          )}
        </span>
        <span
          className="block truncate text-2xs text-faint"
          title={previous === null ? undefined : `before: ${previous}`}
        >
          {since !== null && <Age at={since} />}
          {previous !== null && `, after ${withoutConfig(previous, config.config)}`}
        </span>
      </Td>
      <Td className="text-right whitespace-nowrap">
        <span className="block font-semibold">{formatElo(config.elo)}</span>
        <Beneath config={config} />
      </Td>
      <Td className={TREND}>
        <Spark
          values={config.elo_spark.map(([, elo]) => elo)}
          zeroBased={false}
          width={84}
          className="block"
          label={`Elo of ${config.config}, last ${config.elo_spark.length} ratings`}
        />
      </Td>
    </Tr>
  );
});

/** Whose rating it is, and the best there was where that is higher: in one line, so that all configs are seen at once. */
function Beneath({ config }: { config: ConfigEntity }) {
  const { champion, elo_model: rated, elo, best_elo: best, best_model: model } = config;
  const another = rated !== null && rated !== champion;
  return (
    <span className="flex min-h-4 justify-end text-2xs text-faint">
      {another && <RatedModel config={config} />}
      {best !== null && elo !== null && best > elo + 0.05 && (
        // Where there is less room the name of the champion matters more.
        <span className="hidden @[30rem]:inline" title={model ?? undefined}>
          {another && ', '}best {formatElo(best)}
        </span>
      )}
    </span>
  );
}
