import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

/** Handed over in buffers that are garbage soon after: so many bytes of them wait for a collection. */
const PILE_BYTES = 4 * 2 ** 20;

/** Collects what became garbage while it was young: about a millisecond. */
function collectYoung(): void {
  collect ??= exposed();
  collect({ type: 'minor' });
}
let collect: Collect | null = null;

function exposed(): Collect {
  setFlagsFromString('--expose_gc');
  // Contexts that are made from now on have it; ours has not.
  return runInNewContext('gc') as Collect;
}

/**
 * Watches over large buffers that live for a moment. V8 counts their bytes, but collects the young generation only once small
 * objects fill it; by then the buffers have outlived a collection or two, and every 64 MB of them cost a full one of the whole
 * heap (decision 0072). Told of each buffer, this has the young generation collected in time.
 */
export class YoungGarbage {
  #piled = 0;

  constructor(private readonly collect: () => void = collectYoung) {}

  /** A buffer of so many bytes was handed over. */
  add(bytes: number): void {
    this.#piled += bytes;
    if (this.#piled < PILE_BYTES) return;
    this.#piled = 0;
    this.collect();
  }
}
