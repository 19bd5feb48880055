import { useCallback, useEffect, useEffectEvent, useRef } from 'react';

/**
 * What is typed after the palette was asked for and before it is there, because its code is on the way: it belongs to the
 * palette's field, and must not go to another page by the page's own keys.
 */
export function useTypedAhead(waiting: boolean, onClose: () => void): () => string {
  const typed = useRef('');
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!waiting) return;
    typed.current = '';
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
      if (ctrlKey || metaKey || altKey || isComposing) return;
      if (target instanceof Element && target.closest('[role="dialog"]') !== null) return;
      if (key === 'Escape') close();
      else if (key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else if (key.length === 1) typed.current += key;
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [waiting]);
  return useCallback(() => typed.current, []);
}
