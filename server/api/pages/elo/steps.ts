import type { ConfigElo } from '../../../../domain/projections/elo';
import { compareStamps, type Stamp } from '../../../../domain/projections/shared/order';

/**
 * Training steps of a config. No event of the cluster counts optimiser steps, so a step is an epoch: those of all
 * trainings that completed, one after the other.
 */
export class TrainingSteps {
  readonly #runs: readonly (Stamp & { total: number })[];
  readonly #ofModel = new Map<string, number>();
  readonly #before: number;

  constructor(config: ConfigElo) {
    let total = config.epochsBefore;
    this.#before = total;
    this.#runs = config.runs.map(({ t, s, model, epochs }) => {
      total += epochs;
      if (model !== null) this.#ofModel.set(model, total);
      return { t, s, total };
    });
  }

  /** Epochs trained up to and including the training that made the model; else those completed by `moment`. */
  of(model: string | null, moment: Stamp): number {
    const own = model === null ? undefined : this.#ofModel.get(model);
    return own ?? this.by(moment);
  }

  /** Epochs trained by then. */
  by(moment: Stamp): number {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = this.#runs[middle];
      if (run !== undefined && compareStamps(run, moment) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#runs[low - 1]?.total ?? this.#before;
  }

  get total(): number {
    return this.#runs.at(-1)?.total ?? this.#before;
  }
}
