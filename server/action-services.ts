import type { Engine } from './engine';
import { createEventIds } from './router/prepare/event-ids';
import type { Services } from './services';

/** What operators' actions use of the running server. */
export function actionServices({ history }: Engine): Services['actions'] {
  return {
    log: history,
    inTurn: turns(),
    newId: createEventIds(() => Date.now()),
  };
}

/** A queue of one: what is handed in runs when all before it has ended, however it ended. */
export function turns(): Services['actions']['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (decide) => {
    const mine = last.then(decide, decide);
    last = mine.catch(() => undefined);
    return mine;
  };
}
