import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockBuilder, StoredBlock } from '../../blocks/block';
import type { Name } from '../../blocks/dimensions';
import { NameCounts } from './name-counts';
import { Dictionary, NameTable } from '../../blocks/names';

const NODE = 3;
const nodes = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd')), { minLength: 1, maxLength: 40 });

it('names are counted by number as they are one by one, however often they are told', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(nodes, fc.boolean(), fc.boolean()), { maxLength: 6 }), (blocks) => {
      const [table, counts, wanted] = [new NameTable(), new NameCounts(), new Map<Name, number>()];
      for (const [names, whole, numbered] of blocks) {
        const builder = new BlockBuilder(0);
        names.forEach((name, n) => builder.add(n + 1, n, ['c', 't', 's', name, null, null, 'info', 'local']));
        const { codes, times } = builder.encode();
        const columns = { codes: () => codes, times: () => times };
        const block = numbered ? new StoredBlock(builder, new Dictionary(table, builder), columns) : builder;
        const slots = Uint16Array.from(names.keys()).filter((slot) => whole || slot % 3 === 0);
        if (whole) counts.addAll(block, NODE);
        else counts.addSlots(block, NODE, block.codes(NODE), slots);
        for (const slot of slots) wanted.set(names[slot] ?? null, (wanted.get(names[slot] ?? null) ?? 0) + 1);
        expect(new Map(counts.byName())).toEqual(wanted);
      }
      expect(new Map(counts.byName())).toEqual(wanted);
    }),
  );
});
