import { EvidenceTable } from '@/app/_actions/champion/evidence-table';
import { JsonTree } from '@/components/ui/values/json-tree';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { isJsonObject, type Json } from '@/domain/json';
import type { Evidence } from '@/server/api/actions/evidence';

type Weighed = Pick<Evidence, 'coming' | 'going' | 'data' | 'warnings'>;

const isSide = (value: Json | undefined): boolean =>
  isJsonObject(value) && typeof value['model_id'] === 'string' && Array.isArray(value['regressions']);

/** The evidence of a change of champion, where an entry of the log has one: entries outlive the code that wrote them. */
function weighed(evidence: Json): Weighed | null {
  if (!isJsonObject(evidence)) return null;
  const { coming, going, data = null, warnings } = evidence;
  const sound =
    isSide(coming) &&
    (going === null || isSide(going)) &&
    (data === null || isJsonObject(data)) &&
    Array.isArray(warnings);
  return sound ? ({ coming, going, data, warnings } as unknown as Weighed) : null;
}

/** What an operator had before their eyes: a change of champion as the dialog showed it, anything else as it was kept. */
export function PastEvidence({ evidence }: { evidence: Json }) {
  const seen = weighed(evidence);
  if (seen === null) return <JsonTree value={evidence} />;
  return (
    <>
      <EvidenceTable evidence={seen} past />
      {seen.warnings.map(({ code, text }) => (
        <p key={code} className="flex min-w-0 items-baseline gap-1.5 text-xs">
          <ToneShape tone="warn" className="size-2" />
          <span className="min-w-0 break-words">
            {text} <span className="text-dim">Read, and decided all the same.</span>
          </span>
        </p>
      ))}
      <details className="text-xs">
        <summary className="cursor-pointer text-dim hover:text-fg">All of it, as it was kept</summary>
        <div className="pt-1">
          <JsonTree value={evidence} openDepth={1} />
        </div>
      </details>
    </>
  );
}
