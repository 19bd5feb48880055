/** How many things fit into a step of so many milliseconds, judged by how long the steps before took. */
export class Pace {
  #amount: number;

  constructor(
    private readonly stepMs: number,
    private readonly limits: { readonly least: number; readonly most: number },
  ) {
    this.#amount = limits.least;
  }

  /** What the next step may do. */
  get amount(): number {
    return this.#amount;
  }

  /** A step did `amount` in so many milliseconds. One slow step may be the machine's doing: the pace moves half the way. */
  took(amount: number, ms: number): void {
    if (amount <= 0) return;
    const fits = (amount * this.stepMs) / Math.max(ms, 0.01);
    const { least, most } = this.limits;
    this.#amount = Math.round(Math.min(most, Math.max(least, (this.#amount + fits) / 2)));
  }
}
