import { useEffect } from 'react';
import { countedTitle } from '@/components/shell/open-problems';
import { useServerFigure } from '../live/live-provider';

/** Keeps the count of problems in the title of the tab, also where the next page brings a title of its own. */
export function useCountedTitle(): void {
  const unseen = useServerFigure(({ problems }) => problems.unseen);
  useEffect(() => {
    const count = (): void => {
      const title = countedTitle(document.title, unseen);
      if (title !== document.title) document.title = title;
    };
    count();
    const observer = new MutationObserver(count);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [unseen]);
}
