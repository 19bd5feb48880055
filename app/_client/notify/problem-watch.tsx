'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { explainedAt } from '@/components/overview/selectors';
import { useGo } from '@/components/ui/go';
import type { ProblemEntity } from '@/domain/realtime/entities';
import { LIST_MS, useLiveClient, useTopic } from '../live/live-provider';
import { NewProblems } from './new-problems';
import { listenTelling, telling } from './wish';

/** Follows the problems on every page where the operator wishes to be told of new ones; else it costs nothing. */
export function ProblemWatch() {
  const on = useSyncExternalStore(listenTelling, telling, () => 'absent' as const) === 'on';
  return on ? <Watch /> : null;
}

function Watch() {
  const { topics } = useLiveClient();
  const problems = useTopic<ProblemEntity>('problems.open', LIST_MS);
  const [news] = useState(() => new NewProblems());
  const go = useGo();
  useEffect(() => {
    if (!topics.isHeld('problems.open')) return;
    for (const problem of news.take(problems.values(), Date.now())) if (document.hidden) tell(problem, go);
  }, [topics, problems, news, go]);
  return null;
}

/** By its id, so that several tabs and reports of one problem are one notification. */
function tell(problem: ProblemEntity, go: (href: string) => void): void {
  const told = new Notification(problem.title, { body: problem.detail, tag: `ringside:${problem.id}` });
  told.onclick = () => {
    window.focus();
    go(explainedAt(problem));
    told.close();
  };
}
