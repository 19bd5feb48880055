import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestTurns, type RequestTurnsOptions } from './request-turns';

/** Requests by caller and number, whose turns of the event loop and answers come when they are told to. */
class Stage {
  readonly begun: string[] = [];
  readonly answers = new Map<string, EventEmitter>();
  readonly #turns: (() => void)[] = [];
  readonly #requests: RequestTurns;

  constructor(options: RequestTurnsOptions) {
    this.#requests = new RequestTurns({ ...options, later: (work) => this.#turns.push(work) });
  }

  ask(caller: string, at: number): boolean {
    const name = `${caller}${at}`;
    const answer = new EventEmitter();
    this.answers.set(name, answer);
    return this.#requests.take(caller, answer, () => this.begun.push(name));
  }

  close(name: string): void {
    this.answers.get(name)?.emit('close');
    this.answers.delete(name);
  }

  /** One turn of the event loop; false when there is nothing left to do. */
  turn(): boolean {
    const work = this.#turns.shift();
    work?.();
    return work !== undefined;
  }
}

describe('turns of requests', () => {
  it('begin at once what nothing stands before, and only so much in a turn of the event loop', () => {
    const stage = new Stage({ perTurn: 2 });
    for (const at of [1, 2, 3]) stage.ask('a', at);
    expect(stage.begun).toEqual(['a1', 'a2']);
    stage.turn();
    expect(stage.begun).toEqual(['a1', 'a2', 'a3']);
  });

  it('let a newcomer in before the rest of a flood', () => {
    const stage = new Stage({ perTurn: 1 });
    for (let at = 0; at < 500; at++) stage.ask('flood', at);
    stage.ask('quiet', 1);
    stage.turn();
    stage.turn();
    expect(stage.begun).toContain('quiet1');
    expect(stage.begun).toHaveLength(3);
  });

  it('answer so many of one caller at a time, and leave room for others', () => {
    const stage = new Stage({ perTurn: 100, ownInWork: 2 });
    for (let at = 0; at < 5; at++) stage.ask('a', at);
    stage.ask('b', 0);
    while (stage.turn());
    expect(stage.begun).toEqual(['a0', 'a1', 'b0']);
    stage.close('a0');
    while (stage.turn());
    expect(stage.begun).toEqual(['a0', 'a1', 'b0', 'a2']);
  });

  it('refuse what is too much of one caller, and forget who has gone', () => {
    const stage = new Stage({ perTurn: 1, perCaller: 2 });
    expect([0, 1, 2, 3].map((at) => stage.ask('a', at))).toEqual([true, true, true, false]);
    expect(stage.ask('b', 0)).toBe(true);
    stage.close('a1');
    while (stage.turn());
    expect(stage.begun).toEqual(['a0', 'b0', 'a2']);
  });

  it('law: whatever comes and goes, each is begun once and in its caller’s order, or has gone before', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), caller: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('close' as const), pick: fc.nat() }),
      fc.record({ kind: fc.constant('turn' as const) }),
    );
    const limits = fc.record({
      perTurn: fc.integer({ min: 1, max: 3 }),
      ownInWork: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), limits, (steps, options) => {
        const stage = new Stage(options);
        const asked: string[] = [];
        const left = new Set<string>();
        const open = (): string[] => [...stage.answers.keys()];
        const close = (name: string): void => {
          if (!stage.begun.includes(name)) left.add(name);
          stage.close(name);
        };
        for (const each of steps) {
          if (each.kind === 'ask') {
            const at = asked.length + 100;
            asked.push(`${each.caller}${at}`);
            stage.ask(each.caller, at);
          } else if (each.kind === 'turn') stage.turn();
          else if (open().length > 0) close(open()[each.pick % open().length] ?? '');
          for (const caller of ['a', 'b', 'c']) {
            const working = stage.begun.filter((name) => name.startsWith(caller) && stage.answers.has(name));
            expect(working.length).toBeLessThanOrEqual(options.ownInWork);
          }
        }
        for (let more = true; more;) {
          const before = stage.begun.length;
          while (stage.turn());
          for (const name of open().filter((each) => stage.begun.includes(each))) close(name);
          more = stage.begun.length > before || open().length > 0;
        }
        for (const caller of ['a', 'b', 'c']) {
          const own = (names: string[]): string[] => names.filter((name) => name.startsWith(caller));
          expect(own(stage.begun)).toEqual(own(asked).filter((name) => !left.has(name)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
