import { Panel } from '../ui/panel';

/** Says in plain words what a page does not have yet, and where the same can be seen today. */
export function Planned({ items, today }: { items: readonly string[]; today?: React.ReactNode }) {
  return (
    <Panel title="Not built yet" hint="what this page will show">
      <ul className="grid list-disc gap-x-8 gap-y-1 pl-4 text-sm text-dim marker:text-faint xl:grid-cols-2">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      {today !== undefined && <p className="pt-3 text-sm text-dim">{today}</p>}
    </Panel>
  );
}
